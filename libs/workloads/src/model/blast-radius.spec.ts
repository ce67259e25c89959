import { describe, expect, it } from '@jest/globals';
import type { Claim, ClaimValue } from '@faultline/evidence';
import { placesOf } from '@faultline/places';
import {
  AWS,
  BLOG,
  by,
  GAZETTE,
  PAPER,
  placeRegion,
  UAE,
  BAHRAIN,
  type Subject,
} from '../../../../test/support/claims.js';
import { blastRadius, type Direction, type Effect } from './blast-radius.js';
import { stakeOf, type Stake } from './stake.js';

const AT = '2026-06-01T00:00:00.000Z';
const it_ = (id: string, ...regionIds: string[]): Subject => ({ id, regionIds, zoneIds: [], countries: [] });

const hosting = (id: string, kind: 'region' | 'partition' = 'region'): ClaimValue => ({
  predicate: 'hosting',
  value: { at: { kind, id }, text: 'runs there' },
});
const runs = (id: string, place: Subject, source = PAPER): Claim =>
  by(source).says(hosting(place.id), it_(id, place.id));
const needs = (
  on: string,
  redundancy: { k: number; n: number } | null = null,
  group = 'main',
  role: 'runs-on' | 'part-of' | 'bought-through' = 'runs-on',
): ClaimValue => ({
  predicate: 'dependency',
  value: { on, role, group, redundancy, text: 'needs it' },
});
const has = (customerId: string | null, platformId: string | null = null): ClaimValue => ({
  predicate: 'workload',
  value: { class: 'government', customerId, platformId, text: 'has it' },
});
const authorised = (partitionId: string, platformId: string | null = null): ClaimValue => ({
  predicate: 'authorisation',
  value: { scheme: 'fedramp', level: 'High', authority: null, grantedOn: null, partitionId, platformId, text: 'may' },
});
const named = (id: string, operatorId: string | null = null, partitionId: string | null = null): Claim =>
  by(PAPER).says(
    { predicate: 'entity', value: { name: `The ${id}`, aliases: [], operatorId, partitionId, text: 'named' } },
    it_(id),
  );
const searched = (about: string[]): ClaimValue => ({
  predicate: 'gap',
  value: {
    about,
    topic: 'hosting',
    question: 'any workload there',
    searchedIn: ['the papers'],
    searchedOn: '2026-05-30',
    text: 'nothing',
  },
});

const PLACES = [
  by(AWS).says({ predicate: 'place.operator', value: { name: 'AWS', kind: 'cloud', url: null } }, it_('aws')),
  by(AWS).says(
    { predicate: 'place.partition', value: { name: 'GovCloud', operatorId: 'aws', positionPolicy: 'metro' } },
    it_('aws-us-gov'),
  ),
  by(AWS).says(placeRegion(), UAE),
  by(AWS).says(placeRegion({ country: 'BH', zoneIds: ['aws:mes1-az1'], zoneCount: 1 }), BAHRAIN),
  by(AWS).says(
    placeRegion({ country: 'US', partitionId: 'aws-us-gov', zoneIds: ['aws:usgw1-az1'], zoneCount: 1 }),
    it_('aws:us-gov-west-1', 'aws:us-gov-west-1'),
  ),
];
const stakeWith = (...claims: Claim[]): Stake => {
  const all = [...PLACES, ...claims].map((claim, position) => ({ ...claim, position, id: String(position) }));
  return stakeOf(all, placesOf(all), { validAt: AT, publicAt: AT, position: 1000 });
};
const from = (
  stake: Stake,
  subject: string | string[],
  direction: Direction = 'down',
  severity: 'lost' | 'impaired' = 'lost',
) => {
  const radius = blastRadius(stake, [subject].flat(), direction, severity);
  if (!radius) throw new Error(`nothing can be asked of ${JSON.stringify(subject)}`);
  const effects = Object.fromEntries(radius.nodes.map(({ id, effect }) => [id, effect]));
  return { ...radius, effects, ids: radius.nodes.map(({ id }) => id) };
};

describe('down from a cloud region', () => {
  it('reaches what is said to run there, with its customer, by the claims that say so', () => {
    const ledger = runs('workload:ledger', BAHRAIN);
    const treasury = by(PAPER).says(has('org:treasury'), it_('workload:ledger'));
    const { effects, edges } = from(stakeWith(ledger, treasury), BAHRAIN.id);
    expect(effects).toEqual({ [BAHRAIN.id]: 'subject', 'workload:ledger': 'not-stated', 'org:treasury': 'not-stated' });
    expect(edges.map(({ from: a, to, kind, claims }) => [a, to, kind, claims.length])).toEqual([
      [BAHRAIN.id, 'workload:ledger', 'hosted', 1],
      ['workload:ledger', 'org:treasury', 'serves', 1],
    ]);
  });

  it('reaches nothing by the operator, nor by the partition, nor by what is authorised there', () => {
    const stake = stakeWith(
      named('org:aws', 'aws'),
      named('platform:govcloud', null, 'aws-us-gov'),
      by(PAPER).says(has(null, 'platform:govcloud'), it_('workload:third')),
      by(PAPER).says(needs('org:aws', { k: 1, n: 1 }), it_('workload:mission')),
      by(PAPER).says(authorised('aws-us-gov'), it_('workload:mission')),
      by(PAPER).says(hosting('aws-us-gov', 'partition'), it_('workload:other')),
    );
    for (const region of [UAE.id, BAHRAIN.id, 'aws:us-gov-west-1']) expect(from(stake, region).ids).toEqual([region]);
    expect(from(stake, 'aws-us-gov').effects).toMatchObject({
      'workload:mission': 'authorised-only',
      'workload:other': 'not-stated',
      'platform:govcloud': 'cannot-run',
      'workload:third': 'not-stated',
    });
    expect(from(stake, 'workload:mission', 'up').ids).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^aws:/)]),
    );
  });

  it('does not follow an authorisation to what stands on the authorised', () => {
    const stake = stakeWith(
      by(PAPER).says(authorised('aws-us-gov'), it_('model:m')),
      by(PAPER).says(needs('model:m', { k: 1, n: 1 }), it_('workload:w')),
    );
    expect(from(stake, 'aws-us-gov').ids).toEqual(['aws-us-gov', 'model:m']);
  });

  it('says what was searched where nothing is found, and that nothing was searched where nothing was', () => {
    const stake = stakeWith(by(PAPER).says(searched(['org:x', BAHRAIN.id]), it_('org:x')));
    const answer = (region: string) => from(stake, region).hosting[0]!.answer;
    expect(answer(BAHRAIN.id)).toMatchObject({
      outcome: 'none-found',
      text: 'None found: any workload there; searched the papers on 2026-05-30.',
    });
    expect(answer(UAE.id)).toMatchObject({ outcome: 'not-searched', claims: [] });
    const both = stakeWith(
      by(PAPER).says(searched(['org:x', BAHRAIN.id]), it_('org:x')),
      runs('workload:ledger', BAHRAIN),
    );
    expect(from(both, BAHRAIN.id).hosting[0]!.answer).toMatchObject({
      outcome: 'found',
      text: 'Said to run here: workload:ledger. Besides: None found: any workload there; searched the papers on 2026-05-30.',
    });
  });
});

describe('redundancy', () => {
  const two = (k: number, n: number) =>
    stakeWith(
      runs('platform:a', UAE),
      runs('platform:b', BAHRAIN),
      by(PAPER).says(needs('platform:a', { k, n }), it_('workload:w')),
      by(PAPER).says(needs('platform:b', { k, n }), it_('workload:w')),
      by(PAPER).says(needs('workload:w', { k: 1, n: 1 }), it_('workload:last')),
    );
  const effectOn = (stake: Stake, id: string, ...subjects: string[]): Effect | null | undefined =>
    from(stake, subjects).effects[id];

  it('keeps a thing running while enough alternatives are left, and what stands on it is not reached', () => {
    const stake = two(1, 2);
    expect(effectOn(stake, 'workload:w', 'platform:a')).toBe('keeps-running');
    expect(from(stake, 'platform:a').ids).not.toContain('workload:last');
    expect(effectOn(stake, 'workload:w', 'platform:a', 'platform:b')).toBe('cannot-run');
    expect(effectOn(stake, 'workload:last', 'platform:a', 'platform:b')).toBe('cannot-run');
  });

  it('stops a thing that needs all of them', () => {
    expect(effectOn(two(2, 2), 'workload:w', 'platform:a')).toBe('cannot-run');
    expect(effectOn(two(2, 3), 'workload:w', 'platform:a')).toBe('keeps-running');
    expect(effectOn(two(2, 3), 'workload:w', 'platform:a', 'platform:b')).toBe('cannot-run');
  });

  it('leaves open what hangs on something that is itself open', () => {
    // That a platform runs in a region does not say whether it runs elsewhere too.
    expect(effectOn(two(2, 2), 'workload:w', UAE.id)).toBe('not-stated');
    expect(effectOn(two(1, 2), 'workload:w', UAE.id)).toBe('keeps-running');
    expect(effectOn(two(1, 2), 'workload:w', UAE.id, BAHRAIN.id)).toBe('not-stated');
  });

  it('is not assumed', () => {
    const stake = stakeWith(by(PAPER).says(needs('platform:a'), it_('workload:w')));
    expect(effectOn(stake, 'workload:w', 'platform:a')).toBe('not-stated');
  });

  it('is contested where statements of it disagree, or where there are more alternatives than are stated', () => {
    const disagree = stakeWith(
      by(PAPER).says(needs('platform:a', { k: 1, n: 1 }), it_('workload:w')),
      by(GAZETTE).says(needs('platform:a', { k: 1, n: 2 }), it_('workload:w')),
    );
    expect(effectOn(disagree, 'workload:w', 'platform:a')).toBe('contested');
    expect(from(disagree, 'platform:a').edges[0]!.redundancy.map(({ k, n }) => [k, n])).toEqual([
      [1, 1],
      [1, 2],
    ]);
    const more = stakeWith(
      by(PAPER).says(needs('platform:a', { k: 1, n: 1 }), it_('workload:w')),
      by(PAPER).says(needs('platform:b'), it_('workload:w')),
    );
    expect(effectOn(more, 'workload:w', 'platform:a')).toBe('contested');
  });

  it('in the mouth of a source that is not credible decides nothing', () => {
    const stake = stakeWith(by(BLOG).says(needs('platform:a', { k: 1, n: 1 }), it_('workload:w')));
    expect(effectOn(stake, 'workload:w', 'platform:a')).toBe('not-stated');
    expect(from(stake, 'platform:a').edges[0]).toMatchObject({ credible: false });
  });

  it('of one need says nothing of another', () => {
    const stake = stakeWith(
      by(PAPER).says(needs('platform:a', { k: 1, n: 1 }, 'compute'), it_('workload:w')),
      by(PAPER).says(needs('platform:b', { k: 1, n: 2 }, 'keys'), it_('workload:w')),
    );
    expect(effectOn(stake, 'workload:w', 'platform:b')).toBe('keeps-running');
    expect(effectOn(stake, 'workload:w', 'platform:a')).toBe('cannot-run');
  });

  it('of a channel of purchase stops nothing that runs; a part goes with its whole', () => {
    const stake = stakeWith(
      by(PAPER).says(needs('platform:a', { k: 1, n: 1 }, 'channel', 'bought-through'), it_('workload:w')),
      by(PAPER).says(needs('platform:a', null, 'main', 'part-of'), it_('platform:part')),
    );
    expect(from(stake, 'platform:a').effects).toMatchObject({
      'workload:w': 'not-stated',
      'platform:part': 'cannot-run',
    });
  });

  it('ends in rings of things that need each other', () => {
    const stake = stakeWith(
      by(PAPER).says(needs('platform:b', { k: 1, n: 1 }), it_('platform:a')),
      by(PAPER).says(needs('platform:a', { k: 1, n: 1 }), it_('platform:b')),
      by(PAPER).says(needs('platform:a', { k: 1, n: 1 }), it_('platform:c')),
    );
    expect(from(stake, 'platform:c').ids).toEqual(['platform:c']);
    expect(from(stake, 'platform:b').effects).toEqual({
      'platform:a': 'cannot-run',
      'platform:b': 'subject',
      'platform:c': 'cannot-run',
    });
  });
});

describe('an edge', () => {
  it('of subjects that are only impaired stops nothing', () => {
    const stake = stakeWith(by(PAPER).says(needs('platform:a', { k: 1, n: 1 }), it_('workload:w')));
    expect(from(stake, 'platform:a', 'down', 'impaired').effects['workload:w']).toBe('not-stated');
  });

  it('that its own operator denies is shown and carries nothing', () => {
    const said = by(PAPER).at('2026-03-01T00:00Z').says(hosting(BAHRAIN.id), it_('workload:ledger', BAHRAIN.id));
    const authority = { ...AWS, id: 'workload:ledger' };
    const denied = by(authority)
      .at('2026-03-02T00:00Z')
      .denies(hosting(BAHRAIN.id), it_('workload:ledger', BAHRAIN.id));
    const customer = by(PAPER).says(has('org:treasury'), it_('workload:ledger'));
    const { effects, edges } = from(stakeWith(said, denied, customer), BAHRAIN.id);
    expect(effects).toEqual({ [BAHRAIN.id]: 'subject', 'workload:ledger': 'denied-only' });
    expect(edges).toHaveLength(1);
    expect(edges[0]!.denials).toHaveLength(1);
  });

  it('is not there once its source took it back, nor before or after the time it is of', () => {
    const gone = stakeWith(
      by(PAPER).inItem('i').says(hosting(BAHRAIN.id), it_('workload:ledger', BAHRAIN.id)),
      by(PAPER).says({ predicate: 'retraction', value: { itemId: 'i', text: 'taken back' } }, it_('workload:ledger')),
    );
    expect(from(gone, BAHRAIN.id).ids).toEqual([BAHRAIN.id]);
    const over = (begin: string, end: string) =>
      from(
        stakeWith(by(PAPER).of(begin, end).says(hosting(BAHRAIN.id), it_('workload:ledger', BAHRAIN.id))),
        BAHRAIN.id,
      ).ids.length;
    expect([over('2026-01-01T00:00Z', '2026-05-01T00:00Z'), over('2026-01-01T00:00Z', '2026-07-01T00:00Z')]).toEqual([
      1, 2,
    ]);
  });
});

describe('up from a customer', () => {
  it('comes to the platforms, operators and regions it stands on, each edge with its claims', () => {
    const stake = stakeWith(
      named('org:aws', 'aws'),
      by(PAPER).says(has('org:treasury', 'platform:cloud'), it_('workload:ledger')),
      by(PAPER).says(needs('org:aws', { k: 1, n: 2 }), it_('platform:cloud')),
      runs('workload:ledger', BAHRAIN),
    );
    const { ids, edges, nodes } = from(stake, 'org:treasury', 'up');
    expect(ids).toEqual(['aws', BAHRAIN.id, 'org:aws', 'org:treasury', 'platform:cloud', 'workload:ledger']);
    expect(edges.every(({ claims }) => claims.length > 0)).toBe(true);
    expect(nodes.find(({ id }) => id === 'platform:cloud')).toMatchObject({
      effect: null,
      needs: [{ on: ['org:aws'], redundancy: [{ k: 1, n: 2 }] }],
    });
  });

  it('says what was searched of each workload whose place is not known', () => {
    const stake = stakeWith(
      by(PAPER).says(has('org:treasury'), it_('workload:ledger')),
      by(PAPER).says(searched(['workload:ledger']), it_('workload:ledger')),
    );
    expect(from(stake, 'org:treasury', 'up').hosting).toMatchObject([
      { id: 'workload:ledger', answer: { outcome: 'none-found' } },
    ]);
  });
});

describe('what cannot be asked', () => {
  it('is a zone, a site and what nobody speaks of', () => {
    const stake = stakeWith(runs('workload:ledger', UAE));
    expect(stake.places.zones.has('aws:mec1-az2')).toBe(true);
    for (const subject of ['aws:mec1-az2', 'facility:x', 'workload:none', 'country:AE', ''])
      expect(blastRadius(stake, [subject], 'down')).toBeUndefined();
    expect(blastRadius(stake, [], 'down')).toBeUndefined();
  });
});
