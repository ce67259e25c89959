import { describe, expect, it } from '@jest/globals';
import type { ScoreDocument } from '@faultline/scoring';
import { scenarioOf, type Patch, type ScenarioGround } from './scenario.js';

const document: ScoreDocument = {
  as_of: '2026-04-01T00:00:00.000Z',
  theatres: [{ id: 'AE', coverage_start: '2026-01-01', coverage_end: '2026-04-01T00:00:00.000Z' }],
  regions: [
    {
      id: 'aws:here',
      theatre: 'AE',
      capacity_mw: 0,
      base_value_usd_per_day: 1_000,
      azs: ['a', 'b', 'c'].map((id) => ({ id, lat: 25, lon: 55, precision_km: 50, share: 1 / 3 })),
    },
  ],
};
const ground: ScenarioGround = {
  own: [document],
  ownZoneIds: new Set(['a', 'b']),
  knownRegionIds: new Set(['aws:here', 'aws:there']),
};
const run = (...patches: Patch[]) => scenarioOf(ground, patches);

describe('a scenario', () => {
  it('of nothing lost changes nothing, and is marked', () => {
    const same = run({ patch: 'report-withdrawn', claimId: 'none' });
    expect(same.marked).toBe('scenario');
    expect(same.regions[0]).toMatchObject({
      exposure: { change: 0 },
      likelihood: { change: 0 },
      ealUsd: { change: 0 },
    });
    expect(same.conditional).toEqual([]);
  });

  it('tells the loss of exactly the zones assumed, and of those that share their fate', () => {
    const one = run({ patch: 'zones-out', zoneIds: ['a'], days: 10 });
    // A third of the value, of which 30 % cannot run elsewhere, for 180 days.
    expect(one.conditional[0]!.loss.total_usd).toBeCloseTo(1_000 * 180 * (1 / 3) * 0.3, 9);
    const shared: Patch = { patch: 'shared-dependency', name: 'one feeder', zoneIds: ['a', 'b'] };
    const both = run(shared, { patch: 'zones-out', zoneIds: ['a'], days: 10 });
    expect(both.conditional[0]!.loss.total_usd).toBeCloseTo(1_000 * 180, 9);
  });

  it('never shortens an outage that is going on', () => {
    const long: Patch = { patch: 'regions-lost', regionIds: ['aws:here'], days: 100 };
    const [alone, then] = [run(long), run(long, { patch: 'zones-out', zoneIds: ['a'], days: 1 })];
    expect(alone.regions[0]!.ongoingUsd.scenario).toBe(100_000);
    expect(then.regions[0]!.ongoingUsd.scenario).toBe(100_000);
  });

  it('counts others’ regions and tells nothing of them', () => {
    const lost = run({ patch: 'regions-lost', regionIds: ['aws:there'], days: 100 });
    expect(lost.othersLost).toBe(1);
    expect(lost.conditional).toEqual([]);
    expect(JSON.stringify(lost)).not.toContain('aws:there');
  });

  it('refuses what is not the reader’s own, and what nobody knows', () => {
    const refused = (patch: Patch) => () => run(patch);
    expect(refused({ patch: 'zones-out', zoneIds: ['c'], days: 1 })).toThrow(/zones your portfolio names/);
    expect(refused({ patch: 'value-moved', from: 'aws:here', to: 'aws:there', share: 1 })).toThrow(
      /something of yours/,
    );
    expect(refused({ patch: 'regions-lost', regionIds: ['aws:nowhere'], days: 1 })).toThrow(/known cloud region/);
  });

  it('takes two dependencies of one name as two', () => {
    const out = (lossShare: number): Patch => ({
      patch: 'dependency-out',
      name: 'a cable',
      days: 10,
      dependents: [{ regionId: 'aws:here', lossShare }],
    });
    expect(run(out(0.25), out(0.5)).regions[0]!.ongoingUsd.scenario).toBeCloseTo(7_500, 9);
  });
});
