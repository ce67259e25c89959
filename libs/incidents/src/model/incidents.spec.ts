import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Claim } from '@faultline/evidence';
import { sha256 } from '@faultline/ledger';
import {
  attack,
  AWS,
  AZ2,
  AZ3,
  BLOG,
  by,
  cause,
  condition,
  country,
  damage,
  duration,
  earthquake,
  histories,
  instant,
  means,
  nature,
  PAPER,
  retraction,
  UAE,
  USGS,
} from '../../../../test/support/claims.js';
import { coincidentWith } from './coincidence.js';
import { incidentsAt } from './incidents.js';
import { changedFields, revisionStateOf } from './revision.js';

const at = (publicAt: string, claims: readonly Claim[], validAt = publicAt) =>
  incidentsAt(
    sha256,
    claims.map((claim, position) => ({ ...claim, position })),
    { validAt: instant(validAt), publicAt: instant(publicAt), position: claims.length },
  );
const aspect = (view: ReturnType<typeof at>, name: string, index = 0) =>
  view.incidents[index]!.aspects.find((candidate) => candidate.aspect === name)!;

const opening = by(AWS).at('2026-03-01T12:51Z').says(condition('investigating'), UAE);
const power = by(AWS).at('2026-03-01T13:19Z').says(nature('power'), UAE);
const zone = by(AWS).at('2026-03-01T14:09Z').of('2026-03-01T12:30Z').says(condition('impaired'), AZ2);
const objects = by(AWS).at('2026-03-01T17:41Z').of('2026-03-01T12:30Z').says(cause('struck-by-objects'), UAE);
const drones = by(AWS).at('2026-03-03T00:19Z').of('2026-03-01T12:30Z').says(cause('drone-strike', 'drone-strike'), UAE);
const struck = by(AWS).at('2026-03-03T00:19Z').of('2026-03-01T12:30Z').says(attack('drone-strike'), UAE);
const third = by(AWS).at('2026-03-03T00:19Z').says(condition('impaired'), AZ3);
const story = [opening, power, zone, objects, drones, struck, third];

describe('incidents', () => {
  it('make one of all that is said of one disturbance, from the first post to the drones', () => {
    const view = at('2026-03-04T00:00Z', story);
    expect(view.incidents).toHaveLength(1);
    expect(view.unlinked).toEqual([]);
    expect(view.incidents[0]).toMatchObject({
      peril: 'drone-strike',
      status: 'confirmed',
      severity: 3,
      regionIds: [UAE.id],
    });
    expect(view.incidents[0]!.zoneIds).toEqual([AZ2.id, AZ3.id]);
  });

  it('know at each hour what was said by then, and nothing more', () => {
    const outcomes = (publicAt: string) =>
      Object.fromEntries(at(publicAt, story).incidents[0]!.aspects.map(({ aspect: name, outcome }) => [name, outcome]));
    expect(outcomes('2026-03-01T13:00Z')).toMatchObject({
      nature: 'not-stated',
      cause: 'not-stated',
      zones: 'not-stated',
    });
    expect(outcomes('2026-03-01T15:00Z')).toMatchObject({ nature: 'stated', cause: 'not-stated', zones: 'stated' });
    expect(outcomes('2026-03-01T18:00Z')).toMatchObject({ cause: 'stated', means: 'not-stated', act: 'not-stated' });
    expect(outcomes('2026-03-03T01:00Z')).toMatchObject({
      act: 'stated',
      attribution: 'not-stated',
      duration: 'not-stated',
    });
  });

  it('refine a cause by the same source without calling it contested, and call it so when another credible one differs', () => {
    expect(aspect(at('2026-03-04T00:00Z', story), 'cause').outcome).toBe('stated');
    const other = by(PAPER).at('2026-03-02T09:00Z').of('2026-03-01T12:30Z').says(cause('network'), UAE);
    expect(aspect(at('2026-03-04T00:00Z', [...story, other]), 'cause').outcome).toBe('contested');
    const machine = by(BLOG).at('2026-03-02T09:00Z').of('2026-03-01T12:30Z').says(cause('network'), UAE);
    const beside = aspect(at('2026-03-04T00:00Z', [...story, machine]), 'cause');
    expect(beside.outcome).toBe('stated');
    expect(beside.statements.map(({ claim }) => claim.source.id)).toContain(BLOG.id);
  });

  it('keep their id and only gain claims as more becomes public', () => {
    fc.assert(
      fc.property(histories(), fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 24 }), (claims, a, b) => {
        const day = (number: number) => `2026-03-${String(number).padStart(2, '0')}T13:00Z`;
        const [early, late] = [at(day(Math.min(a, b)), claims), at('2026-04-01T00:00Z', claims, day(Math.max(a, b)))];
        const known = new Map(at('2026-04-01T00:00Z', claims).incidents.map((incident) => [incident.id, incident]));
        for (const incident of early.incidents) {
          const grown = known.get(incident.id);
          expect(grown).toBeDefined();
          const ids = new Set(grown!.links.map(({ claim }) => claim.id));
          expect(incident.links.filter(({ claim }) => !ids.has(claim.id))).toEqual([]);
        }
        expect(new Set(late.incidents.map(({ id }) => id)).size).toBe(late.incidents.length);
      }),
      { numRuns: 150 },
    );
  });

  it('are the same in whatever order claims were recorded or handed over', () => {
    fc.assert(
      fc.property(
        histories().chain((claims) =>
          fc.tuple(fc.constant(claims), fc.shuffledSubarray(claims, { minLength: claims.length })),
        ),
        ([claims, shuffled]) => {
          const coordinates = {
            validAt: instant('2026-04-01T00:00Z'),
            publicAt: instant('2026-04-01T00:00Z'),
            position: 99,
          };
          expect(incidentsAt(sha256, shuffled, coordinates).incidents).toEqual(
            incidentsAt(sha256, claims, coordinates).incidents,
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it('link every claim to one incident at the most, and say why', () => {
    fc.assert(
      fc.property(histories(), (claims) => {
        const view = at('2026-04-01T00:00Z', claims);
        const linked = view.incidents.flatMap(({ block, links }) => links.map(({ claim }) => `${block} ${claim.id}`));
        expect(new Set(linked).size).toBe(linked.length);
        for (const { links } of view.incidents)
          for (const link of links) expect(link.reasons.length).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
  });

  it('leave a tombstone when the retraction came before what it takes back', () => {
    const quake = by(USGS).at('2026-03-02T10:00Z').inThread('usgs:x').inItem('x').through('usgs').says(earthquake(5), {
      id: 'usgs:x',
      regionIds: [],
      zoneIds: [],
      countries: [],
    });
    const taken = by(USGS)
      .at('2026-03-02T09:00Z')
      .inThread('usgs:x')
      .inItem('r')
      .through('usgs')
      .says(retraction('x'), {
        id: 'usgs:x',
        regionIds: [],
        zoneIds: [],
        countries: [],
      });
    for (const claims of [
      [quake, taken],
      [taken, quake],
    ]) {
      expect(at('2026-03-03T00:00Z', claims).incidents).toMatchObject([
        { lifecycle: 'retracted', status: 'retracted' },
      ]);
    }
  });

  it('keep apart what happened far apart in time', () => {
    const second = by(AWS).at('2026-03-24T00:00Z').of('2026-03-23T00:00Z').says(attack('drone-strike', 1), UAE);
    expect(at('2026-03-25T00:00Z', [...story, second]).incidents).toHaveLength(2);
  });

  it('keep apart the threads of a board that are days apart, and join those of one morning', () => {
    const thread = (name: string, time: string) =>
      by(AWS).at(time).inThread(name).through('aws-health').says(condition('degraded'), UAE);
    expect(
      at('2026-03-20T00:00Z', [thread('a', '2026-03-01T10:00Z'), thread('b', '2026-03-01T12:00Z')]).incidents,
    ).toHaveLength(1);
    expect(
      at('2026-03-20T00:00Z', [thread('a', '2026-03-01T10:00Z'), thread('b', '2026-03-09T12:00Z')]).incidents,
    ).toHaveLength(2);
  });
});

describe('the lifecycle of an incident', () => {
  const lifecycle = (publicAt: string, ...more: Claim[]) => at(publicAt, [...story, ...more]).incidents[0]!.lifecycle;

  it('ends on the word of the operator, not on silence and not on an outsider’s', () => {
    expect(lifecycle('2026-03-02T00:00Z')).toBe('unfolding');
    expect(lifecycle('2026-09-01T00:00Z')).toBe('ongoing');
    const outsider = by(PAPER).at('2026-03-05T00:00Z').says(condition('restored'), UAE);
    expect(lifecycle('2026-03-06T00:00Z', outsider)).toBe('ongoing');
    const over = [UAE, AZ2, AZ3].map((subject) => by(AWS).at('2026-03-05T00:00Z').says(condition('restored'), subject));
    expect(lifecycle('2026-03-06T00:00Z', ...over)).toBe('resolved');
  });

  it('can be a loss that will not come back', () => {
    const lost = by(AWS).at('2026-09-15T00:00Z').of('2026-03-01T12:30Z').says(condition('permanently-lost'), AZ2);
    expect(lifecycle('2026-09-16T00:00Z', lost)).toBe('permanent-loss');
  });
});

describe('coincidence', () => {
  it('shows what happened there and then beside an incident, and links nothing', () => {
    const war = by(PAPER)
      .at('2026-02-28T20:00Z')
      .of('2026-02-28T06:00Z')
      .says(attack('missile-strike', 1), country('AE'));
    const elsewhere = by(PAPER)
      .at('2026-02-28T20:00Z')
      .of('2026-02-28T06:00Z')
      .says(attack('missile-strike', 1), country('QA'));
    const longAgo = by(PAPER)
      .at('2026-02-21T20:00Z')
      .of('2026-02-21T06:00Z')
      .says(attack('missile-strike', 1), country('AE'));
    const view = at('2026-03-01T15:00Z', [longAgo, war, elsewhere, ...story]);
    const disturbance = view.incidents.find(({ regionIds }) => regionIds.includes(UAE.id))!;
    const beside = coincidentWith(disturbance, view.incidents);
    expect(beside.map(({ incident, reason }) => [incident.countries, reason])).toEqual([
      [['AE'], 'same-country-same-time'],
    ]);
    expect(disturbance.links.map(({ claim }) => claim.id)).not.toContain(war.id);
    expect(disturbance.severity).toBeNull();
  });
});

describe('revisions', () => {
  const stateAt = (publicAt: string) =>
    revisionStateOf(
      at(publicAt, [
        ...story,
        by(AWS).at('2026-03-03T12:00Z').says(means('drone'), UAE),
        by(AWS).at('2026-03-03T12:00Z').says(damage('fire'), UAE),
        by(AWS).at('2026-04-30T00:00Z').says(duration('several months'), UAE),
      ]).incidents[0]!,
    );

  it('name what changed, aspect by aspect', () => {
    expect(changedFields(stateAt('2026-03-01T15:00Z'), stateAt('2026-03-01T18:00Z'))).toEqual(
      expect.arrayContaining(['claimIds', 'aspects.cause']),
    );
    expect(changedFields(stateAt('2026-03-01T18:00Z'), stateAt('2026-03-03T01:00Z'))).toEqual(
      expect.arrayContaining([
        'title',
        'peril',
        'severity',
        'zoneIds',
        'aspects.act',
        'aspects.cause',
        'aspects.zones',
      ]),
    );
  });

  it('do not change because time passes', () => {
    expect(changedFields(stateAt('2026-03-05T00:00Z'), stateAt('2026-04-20T00:00Z'))).toEqual([]);
  });
});
