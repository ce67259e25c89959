import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { feedsAt, type Claim, type FeedDescriptor, type Poll, type Watch } from '@faultline/evidence';
import { incidentsAt } from '@faultline/incidents';
import { sha256 } from '@faultline/ledger';
import { placesOf } from '@faultline/places';
import { score } from '@faultline/scoring';
import {
  ADVERSARY,
  attack,
  AWS,
  AZ1,
  AZ2,
  AZ3,
  BLOG,
  by,
  cause,
  condition,
  country,
  duration,
  histories,
  instant,
  PAPER,
  placeRegion,
  reason,
  search,
  threat,
  UAE,
} from '../../../../test/support/claims.js';
import { coverageSummary, exposureOf } from './exposure.js';

const region = by({ ...AWS, id: 'reference', class: 'analyst' })
  .through('reference')
  .says(placeRegion(), UAE);

const BOARD: FeedDescriptor = {
  id: 'aws-health',
  title: 'The board',
  licence: '',
  attribution: '',
  redistributable: true,
  url: 'https://board.example/',
  cadenceSeconds: 60,
  contentAgeBudgetSeconds: null,
  covers: ['provider-outage'],
  operatorIds: ['aws'],
};
const RECORD: Watch = {
  feedId: 'record',
  countries: ['AE'],
  classes: ['armed-conflict'],
  operatorIds: null,
  from: instant('2026-02-28T00:00Z'),
  to: instant('2026-09-21T00:00Z'),
  text: 'put together afterwards',
};
const poll = (at: string, outcome: Poll['outcome']): Poll => ({
  feedId: 'aws-health',
  trigger: 'schedule',
  startedAt: instant(at),
  finishedAt: instant(at),
  outcome,
  reason: outcome === 'failed' ? 'http.503' : null,
  captureHash: null,
  items: 0,
  claimsNew: 0,
  claimsRepeated: 0,
  quarantined: {},
  newestContentAt: null,
  validators: { etag: null, lastModified: null },
});

interface Given {
  readonly polls?: readonly Poll[];
  readonly watches?: readonly Watch[];
  readonly place?: Claim;
}

function exposureAt(
  asOf: string,
  claims: readonly Claim[],
  { polls = [], watches = [RECORD], place = region }: Given = {},
) {
  const coordinates = { validAt: instant(asOf), publicAt: instant(asOf), position: claims.length + 1 };
  const view = incidentsAt(
    sha256,
    [place, ...claims].map((claim, position) => ({ ...claim, position })),
    coordinates,
  );
  const places = placesOf(view.visible);
  const feeds = feedsAt([BOARD], polls, coordinates.publicAt);
  return exposureOf(sha256, places.regions.get(UAE.id)!, { coordinates, view, places, feeds, watches });
}
const nowAt = (asOf: string, claims: readonly Claim[], given?: Given) => exposureAt(asOf, claims, given).now;
const tells = (time: string, state: Parameters<typeof condition>[0], subject = UAE) =>
  by(AWS).at(time).says(condition(state), subject);

describe('Now', () => {
  it('is unmonitored where nobody listens, and never calm', () => {
    expect(nowAt('2026-03-01T00:00Z', [])).toMatchObject({ state: 'unmonitored', quorum: 'not-known' });
    const failing = [poll('2026-03-01T00:00Z', 'failed')];
    expect(nowAt('2026-03-01T01:00Z', [], { polls: failing }).state).toBe('unmonitored');
    const stopped = [poll('2026-02-01T00:00Z', 'unchanged')];
    expect(nowAt('2026-03-01T01:00Z', [], { polls: stopped }).state).toBe('unmonitored');
    const listening = [poll('2026-03-01T00:59Z', 'unchanged')];
    expect(nowAt('2026-03-01T01:00Z', [], { polls: listening }).state).toBe('no-impairment-stated');
    const empty = listening.map((one) => ({ ...one, silence: { madeAt: one.finishedAt } }));
    expect(nowAt('2026-03-01T01:00Z', [], { polls: empty })).toMatchObject({
      state: 'unmonitored',
      label: 'Unmonitored: the operator’s board is empty, which is not health',
      freshness: 'unknown',
    });
  });

  it('says nothing of a zone that nobody spoke of', () => {
    const { zones } = nowAt('2026-03-01T15:00Z', [tells('2026-03-01T14:00Z', 'impaired', AZ2)]);
    expect(zones.map(({ id, state }) => [id, state])).toEqual([
      [AZ1.id, 'no-statement'],
      [AZ2.id, 'impaired'],
      [AZ3.id, 'no-statement'],
    ]);
  });

  it('counts zones against a majority', () => {
    const two = [tells('2026-03-01T14:00Z', 'impaired', AZ2), tells('2026-03-02T14:00Z', 'impaired', AZ3)];
    expect(nowAt('2026-03-01T15:00Z', two)).toMatchObject({ zonesDown: 1, quorum: 'not-known' });
    expect(nowAt('2026-03-02T15:00Z', two)).toMatchObject({
      zonesDown: 2,
      quorum: 'lost',
      label: 'Impaired: 2 of 3 zones down',
    });
    const others = by(AWS).at('2026-03-01T14:30Z').says(condition('operational', 'other-zones'), UAE);
    expect(nowAt('2026-03-01T15:00Z', [two[0]!, others])).toMatchObject({ zonesDown: 1, quorum: 'held' });
  });

  it('takes the last word of the operator, and lets no unreliable source move it', () => {
    const down = tells('2026-03-01T14:00Z', 'unavailable');
    const blog = by(BLOG).at('2026-03-01T15:00Z').says(condition('restored'), UAE);
    const now = nowAt('2026-03-01T16:00Z', [down, blog]);
    expect(now.state).toBe('unavailable');
    expect(now.against.map(({ id }) => id)).toEqual([blog.id]);
    expect(nowAt('2026-03-01T18:00Z', [down, blog, tells('2026-03-01T17:00Z', 'restored')]).state).toBe('restored');
  });

  it('shows another’s later bad news over the operator’s old good news, and says whose it is', () => {
    const paper = by(PAPER).at('2026-03-01T16:00Z').says(condition('unavailable'), UAE);
    const now = nowAt('2026-03-01T17:00Z', [tells('2026-03-01T14:00Z', 'restored'), paper]);
    expect(now.stated?.claim.source.id).toBe(PAPER.id);
    expect(['unavailable', 'contested']).toContain(now.state);
  });

  it('demotes what has gone stale, drops stale good news, and keeps an outage of "several months" for as long as assumed', () => {
    const down = tells('2026-04-30T12:00Z', 'unavailable');
    expect(nowAt('2026-06-30T12:00Z', [down])).toMatchObject({ state: 'unavailable', demoted: true });
    const months = by(AWS).at('2026-04-30T12:00Z').says(duration('several months'), UAE);
    expect(nowAt('2026-06-30T12:00Z', [down, months])).toMatchObject({ state: 'unavailable', demoted: false });
    expect(nowAt('2026-12-30T12:00Z', [down, months])).toMatchObject({ demoted: true });
    expect(nowAt('2026-06-30T12:00Z', [tells('2026-04-30T12:00Z', 'restored')]).state).toBe('unmonitored');
  });

  it('weighs several disturbances of one board by the last word of each', () => {
    const thread = (name: string, time: string, state: Parameters<typeof condition>[0]) =>
      by(AWS).at(time).inThread(name).through('aws-health').says(condition(state), UAE);
    const open = [thread('a', '2026-03-01T10:00Z', 'degraded'), thread('b', '2026-03-01T11:00Z', 'investigating')];
    expect(nowAt('2026-03-01T12:00Z', open).state).toBe('degraded');
    expect(nowAt('2026-03-01T14:00Z', [...open, thread('a', '2026-03-01T13:00Z', 'restored')]).state).toBe(
      'investigating',
    );
  });

  it('tells one lost zone from a lost region', () => {
    const one = [tells('2026-09-15T00:00Z', 'permanently-lost', AZ2)];
    expect(nowAt('2026-09-16T00:00Z', one)).toMatchObject({ state: 'impaired', zonesLost: 1 });
    const all = [AZ1, AZ2, AZ3].map((zone) => tells('2026-09-15T00:00Z', 'permanently-lost', zone));
    expect(nowAt('2026-09-16T00:00Z', all).state).toBe('permanently-lost');
  });
});

describe('Ahead', () => {
  const strike = by(AWS).at('2026-03-03T00:19Z').of('2026-03-01T12:30Z').says(attack('drone-strike'), UAE);

  it('is only the prior where nobody watches armed conflict, and says so', () => {
    const { ahead, defaulted } = exposureAt('2026-03-01T00:00Z', [], { watches: [] });
    expect(ahead).toMatchObject({ outcome: 'prior-only', frozenSince: null });
    expect(ahead.reason).toMatch(/not an observation/);
    expect(defaulted.map(({ field }) => field)).toContain('theatre.coverage');
  });

  it('freezes when its coverage ends, and never calms down by that', () => {
    const live = exposureAt('2026-09-20T00:00Z', [strike]).ahead;
    const frozen = exposureAt('2026-11-20T00:00Z', [strike]).ahead;
    expect([live.outcome, frozen.outcome]).toEqual(['scored', 'frozen']);
    expect(frozen.reason).toBe('Frozen since 2026-09-21: no data, not calm.');
    expect(frozen.likelihood!.score).toBeGreaterThanOrEqual(live.likelihood!.score - 1);
  });

  it('rises with a strike, counts it once, and names the claims behind it', () => {
    const before = exposureAt('2026-03-01T12:00Z', [strike]).ahead;
    const { ahead, input } = exposureAt('2026-03-03T01:00Z', [strike]);
    expect(ahead.likelihood!.score).toBeGreaterThan(before.likelihood!.score + 20);
    expect(input.document.incidents).toMatchObject([{ mode: 'standoff', severity: 3, targets: [UAE.id] }]);
    const recent = ahead.likelihood!.contributions.find(({ factor }) => factor === 'recent')!;
    expect(recent.claimIds).toEqual([strike.id]);
    const { p05, p50, p95 } = ahead.likelihood!.interval!;
    expect(p05).toBeLessThan(p50);
    expect(p50).toBeLessThan(p95);
  });

  it('is not given what nobody calls a hostile act, and says that it was not', () => {
    const claims = [
      tells('2026-03-01T14:00Z', 'impaired', AZ2),
      by(AWS).at('2026-03-01T17:41Z').says(cause('struck-by-objects'), UAE),
    ];
    const { input, leftOut } = exposureAt('2026-03-01T18:00Z', claims);
    expect(input.document.incidents).toEqual([]);
    expect(leftOut.map(({ reason: why }) => why)).toEqual(
      expect.arrayContaining(['not-a-hostile-act', 'no-end-stated']),
    );
  });

  it('says that hosting is claimed where somebody asserts it, and never where it is only denied', () => {
    const hosting = {
      predicate: 'hosting' as const,
      value: { at: { kind: 'region' as const, id: UAE.id }, text: 'It runs there.' },
    };
    const looked = by({ ...AWS, id: 'desk', class: 'analyst' }).says(search('workloads'), UAE);
    const hosted = { ...UAE, id: 'workload:payroll', countries: [] };
    const said = by(PAPER).at('2026-03-06T00:00Z').says(hosting, hosted);
    const denied = by(AWS).at('2026-03-06T01:00Z').denies(hosting, hosted);
    const of = (...claims: Claim[]) => exposureAt('2026-03-13T00:00Z', [looked, ...claims]).hosting;
    expect(of(denied)).toMatchObject({ outcome: 'none-found' });
    expect(of(said, denied)).toMatchObject({ outcome: 'found', text: expect.stringContaining('1 denials') });
    expect(of(said).text).toMatch(/^Claimed, not established here: 1 statements/);
    expect(of(said).claimIds).toContain(said.id);
  });

  it('takes an adversary’s reason and a declared threat as beliefs, by origin, and asserts no hosting', () => {
    const alleged = by(ADVERSARY).at('2026-03-06T00:00Z').says(reason('military-hosting'), UAE);
    const named = by(ADVERSARY)
      .at('2026-03-12T00:00Z')
      .says(threat(['aws'], ['AE']), country('AE'));
    const copied = by(PAPER)
      .copying('agency')
      .at('2026-03-12T02:00Z')
      .says(threat(['aws'], ['AE']), country('AE'));
    const elsewhere = by(ADVERSARY)
      .at('2026-03-12T00:00Z')
      .says(threat(['aws'], ['QA']), country('QA'));
    const looked = by({ ...AWS, id: 'desk', class: 'analyst' }).says(search('military workloads'), UAE);
    const { input, hosting, ahead } = exposureAt('2026-03-13T00:00Z', [alleged, named, copied, elsewhere, looked]);
    expect(input.document.claims?.map(({ kind }) => kind).sort()).toEqual(['declared_target', 'mil_ai']);
    expect(input.document.workloads ?? []).toEqual([]);
    expect(hosting.outcome).toBe('none-found');
    const without = exposureAt('2026-03-13T00:00Z', [looked]).ahead;
    expect(ahead.likelihood!.score).toBeGreaterThan(without.likelihood!.score);
  });

  it('leaves out a lost zone and shares the rest; with nothing left there is no forward score', () => {
    const lost = (...zones: (typeof AZ1)[]) =>
      zones.map((zone) => tells('2026-09-15T00:00Z', 'permanently-lost', zone));
    const { input, leftOut } = exposureAt('2026-09-16T00:00Z', [strike, ...lost(AZ2)]);
    const azs = input.document.regions![0]!.azs;
    expect(azs.map(({ id, share }) => [id, share])).toEqual([
      [AZ1.id, 0.5],
      [AZ3.id, 0.5],
    ]);
    expect(leftOut).toContainEqual(expect.objectContaining({ id: AZ2.id, reason: 'zone-permanently-lost' }));
    const nothing = exposureAt('2026-09-16T00:00Z', [strike, ...lost(AZ1, AZ2, AZ3)]).ahead;
    expect(nothing).toMatchObject({ outcome: 'no-forward-score', likelihood: null, probabilities: [] });
  });

  it('lists what it had to assume: size, value, positions, shares, quorum', () => {
    const fields = exposureAt('2026-03-01T00:00Z', []).defaulted.map(({ field }) => field);
    expect(fields).toEqual(
      expect.arrayContaining([
        'capacity_mw',
        'base_value_usd_per_day',
        'zones[].position',
        'zones[].share',
        'quorum',
        'failover_share',
      ]),
    );
    const unnamed = by({ ...AWS, id: 'reference', class: 'analyst' }).says(
      placeRegion({ zoneIds: [], zoneCount: null }),
      UAE,
    );
    expect(exposureAt('2026-03-01T00:00Z', [], { place: unnamed }).defaulted.map(({ field }) => field)).toContain(
      'zones',
    );
  });

  it('always makes an input the model takes, parts that add up to the score, and the same answer again', () => {
    fc.assert(
      fc.property(
        histories(),
        fc.constantFrom('2026-03-05T00:00Z', '2026-03-24T13:00Z', '2026-11-01T00:00Z'),
        (claims, asOf) => {
          const exposure = exposureAt(asOf, claims);
          if (exposure.ahead.outcome === 'no-forward-score') return;
          expect(() => score(exposure.input.document)).not.toThrow();
          for (const scored of [exposure.ahead.likelihood!, exposure.ahead.exposureAtReferenceSize!]) {
            const sum = scored.contributions.reduce((total, { points }) => total + points, scored.reference);
            expect(Math.abs(sum - scored.score)).toBeLessThan(1e-6);
            const shown = scored.contributions.reduce(
              (total, { shownPoints }) => total + shownPoints,
              scored.shownReference,
            );
            expect(shown).toBe(scored.shownScore);
          }
          expect(exposureAt(asOf, claims)).toEqual(exposure);
          const cited = new Set(exposure.claims.map(({ id }) => id));
          const behind = [...exposure.input.evidence.values()].flatMap(({ claimIds }) => claimIds);
          expect(behind.filter((id) => !cited.has(id))).toEqual([]);
        },
      ),
      { numRuns: 120 },
    );
  });
});

describe('coverage in one word', () => {
  const statement = (
    incidentClass: 'provider-outage' | 'armed-conflict',
    state: 'watched' | 'failing' | 'record-only' | 'unmonitored',
  ) => ({
    incidentClass,
    state,
    feedIds: [],
    from: null,
    to: null,
    text: '',
  });

  it('is never watched where only one of the two classes is', () => {
    const of = (...states: Parameters<typeof statement>[1][]) =>
      coverageSummary([statement('provider-outage', states[0]!), statement('armed-conflict', states[1]!)]);
    expect(of('watched', 'watched')).toBe('watched');
    expect(of('watched', 'unmonitored')).toBe('partly');
    expect(of('failing', 'unmonitored')).toBe('failing');
    expect(of('unmonitored', 'record-only')).toBe('record-only');
    expect(of('unmonitored', 'unmonitored')).toBe('unmonitored');
  });
});

describe('a live watch on armed conflict', () => {
  const WATCHERS: FeedDescriptor = { ...BOARD, id: 'watchers', covers: ['armed-conflict'], operatorIds: null };
  const struck = by(AWS).at('2026-03-03T00:00Z').of('2026-03-01T12:30Z').says(attack('drone-strike'), UAE);
  const monthAt = (asOf: string, last: string) => {
    const coordinates = { validAt: instant(asOf), publicAt: instant(asOf), position: 9 };
    const view = incidentsAt(
      sha256,
      [region, struck].map((claim, position) => ({ ...claim, position })),
      coordinates,
    );
    const places = placesOf(view.visible);
    const polls = ['2026-04-01T00:00Z', last].map((at) => ({ ...poll(at, 'unchanged'), feedId: 'watchers' }));
    const feeds = feedsAt([WATCHERS], polls, coordinates.publicAt);
    const { ahead, input } = exposureOf(sha256, places.regions.get(UAE.id)!, {
      coordinates,
      view,
      places,
      feeds,
      watches: [RECORD],
    });
    return { ahead, p30: ahead.probabilities[0]!.pDamage, theatre: input.document.theatres![0]! };
  };

  it('that is quiet lets the score fall; one that has gone dead freezes it', () => {
    const spring = monthAt('2026-04-02T00:00Z', '2026-04-01T23:59Z');
    const quiet = monthAt('2026-08-01T00:00Z', '2026-07-31T23:59Z');
    const dead = monthAt('2026-08-01T00:00Z', '2026-04-01T23:59Z');
    expect(spring.ahead.outcome).toBe('scored');
    expect(quiet.ahead.outcome).toBe('scored');
    expect(quiet.p30).toBeLessThan(spring.p30 / 4);
    expect(dead.ahead).toMatchObject({ outcome: 'frozen', frozenSince: instant('2026-04-01T23:59Z') });
    expect(dead.ahead.reason).toBe('Frozen since 2026-04-01: no data, not calm.');
    expect(dead.p30).toBeCloseTo(spring.p30, 12);
  });

  it('does not make what the record tells of unobserved', () => {
    const { theatre, ahead } = monthAt('2026-08-01T00:00Z', '2026-07-31T23:59Z');
    expect(theatre.coverage_start).toBe(RECORD.from);
    const baseline = ahead.likelihood!.contributions.find(({ factor }) => factor === 'baseline')!;
    expect(baseline.points).toBeGreaterThan(5);
  });
});
