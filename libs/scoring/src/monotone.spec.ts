import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CLAIM_KINDS, GRADES, MODES, parseScoreDocument, score } from './index.js';
import type { IncidentRecord, RegionResult, ReportRecord, ScoreDocument, Severity } from './index.js';

const golden = parseScoreDocument(
  readFileSync(new URL('../golden/gulf-strike/input.json', import.meta.url), 'utf8').replace(
    '"n_sims": 2000',
    '"n_sims": 0',
  ),
);
const runs = { numRuns: 60 };

const report = (grade: ReportRecord['grade'], stance: ReportRecord['stance'], origin: string): ReportRecord => ({
  id: `${origin}-${grade}`,
  origin,
  grade,
  stance,
  published_at: '2026-03-20',
});

const strikes: fc.Arbitrary<IncidentRecord> = fc.record({
  id: fc.constant('new strike'),
  occurred_at: fc.integer({ min: 10, max: 28 }).map((day) => `2026-03-${String(day)}`),
  theatre: fc.constantFrom('T-GULF', 'T-EUR'),
  mode: fc.constantFrom(...MODES),
  severity: fc.constantFrom<Severity[]>(0, 1, 2, 3),
  lat: fc.double({ min: 25.5, max: 26.5, noNaN: true }),
  lon: fc.double({ min: 50, max: 51, noNaN: true }),
  precision_km: fc.constantFrom(0, 2, 20),
  reports: fc
    .array(fc.constantFrom(...GRADES), { minLength: 1, maxLength: 3 })
    .map((grades) => grades.map((grade, at) => report(grade, 1, `origin ${String(at)}`))),
});

const withStrike = (strike: IncidentRecord): ScoreDocument => ({
  ...golden,
  incidents: [...(golden.incidents ?? []), strike],
});

const regionsOf = (document: ScoreDocument): readonly RegionResult[] => score(document).regions;

function expectNoLower(
  after: readonly RegionResult[],
  before: readonly RegionResult[],
  of: (region: RegionResult) => number,
): void {
  expect(after).toHaveLength(before.length);
  after.forEach((region, index) => {
    const earlier = before[index];
    if (earlier !== undefined) expect(of(region)).toBeGreaterThanOrEqual(of(earlier) * (1 - 1e-12));
  });
}

const rate = (region: RegionResult): number => region.annual_rate;
const loss = (region: RegionResult): number => region.loss.eal_usd;

describe('a score moves the right way', () => {
  it('M1: a graver incident never lowers a rate', () => {
    fc.assert(
      fc.property(strikes, fc.constantFrom<Severity[]>(0, 1, 2, 3), (strike, other) => {
        const severities: Severity[] = [strike.severity, other].sort();
        const [mild, grave] = severities.map((severity) => regionsOf(withStrike({ ...strike, severity })));
        expectNoLower(grave ?? [], mild ?? [], rate);
      }),
      runs,
    );
  });

  it('M2, M3: a confirming origin never lowers a rate, and turned into a denial never raises it', () => {
    fc.assert(
      fc.property(strikes, fc.constantFrom(...GRADES), (strike, grade) => {
        const told = (stance: ReportRecord['stance']): readonly RegionResult[] =>
          regionsOf(withStrike({ ...strike, reports: [...strike.reports, report(grade, stance, 'one more')] }));
        const untold = regionsOf(withStrike(strike));
        expectNoLower(told(1), untold, rate);
        expectNoLower(untold, told(-1), rate);
      }),
      runs,
    );
  });

  it('M4: a strike at a zone never lowers any rate and raises that of its region', () => {
    fc.assert(
      fc.property(strikes, (strike) => {
        const before = regionsOf(golden);
        const after = regionsOf(withStrike({ ...strike, lat: 26.2, lon: 50.48, targets: ['R1/R1-b'] }));
        expectNoLower(after, before, rate);
        expect(after[0]?.annual_rate).toBeGreaterThan(before[0]?.annual_rate ?? Number.NaN);
      }),
      runs,
    );
  });

  it('M5: the trigger falls with distance', () => {
    fc.assert(
      fc.property(strikes, fc.double({ min: 0, max: 30, noNaN: true }), (strike, degrees) => {
        const triggerAt = (lon: number): number =>
          regionsOf(withStrike({ ...strike, lat: 26.2, lon }))[0]?.azs[1]?.trigger ?? Number.NaN;
        expect(triggerAt(50.48 + degrees)).toBeGreaterThanOrEqual(triggerAt(50.48 + degrees * 1.5) - 1e-12);
        expect(triggerAt(50.48)).toBeGreaterThan(triggerAt(50.68));
      }),
      runs,
    );
  });

  it('M10: naming the zone that was struck never lowers its trigger', () => {
    fc.assert(
      fc.property(strikes, fc.constantFrom('R1', 'R1/R1-a', 'R2/R2-c'), (strike, target) => {
        const zones = (document: ScoreDocument): readonly number[] =>
          regionsOf(document).flatMap((region) => region.azs.map((az) => az.trigger));
        const unnamed = zones(withStrike(strike));
        zones(withStrike({ ...strike, targets: [target] })).forEach((trigger, index) => {
          expect(trigger).toBeGreaterThanOrEqual(unnamed[index] ?? Number.NaN);
        });
      }),
      runs,
    );
  });

  it('M6: a further claim never lowers a rate', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CLAIM_KINDS), fc.constantFrom(...GRADES), (kind, grade) => {
        const claim = { id: 'new claim', region: 'R2', kind, reports: [report(grade, 1, 'wire')] };
        const before = regionsOf(golden);
        const after = regionsOf({ ...golden, claims: [...(golden.claims ?? []), claim] });
        expectNoLower(after, before, rate);
        expect(after[1]?.annual_rate).toBeGreaterThan(before[1]?.annual_rate ?? Number.NaN);
      }),
      runs,
    );
  });

  const shares = fc.double({ min: 0, max: 1, noNaN: true });

  it('M7: capacity never lowers an expected loss', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 10, noNaN: true }), (factor) => {
        const regions = golden.regions?.map((region) => ({ ...region, capacity_mw: region.capacity_mw * factor }));
        expectNoLower(regionsOf({ ...golden, regions }), regionsOf(golden), loss);
      }),
      runs,
    );
  });

  it('M8: a further dependence never lowers an expected loss', () => {
    fc.assert(
      fc.property(shares, fc.double({ min: 0, max: 5, noNaN: true }), (lossShare, ratePerYear) => {
        const cable = {
          id: 'cable',
          theatre: 'T-EUR',
          base_rate_per_year: ratePerYear,
          outage_days: 20,
          outage_until: '2026-05-01',
          dependents: [{ region: 'R2', loss_share: lossShare }],
        };
        const chokepoints = [...(golden.chokepoints ?? []), cable];
        expectNoLower(regionsOf({ ...golden, chokepoints }), regionsOf(golden), loss);
      }),
      runs,
    );
  });

  it('M9: failover never raises an expected loss', () => {
    fc.assert(
      fc.property(shares, shares, (one, other) => {
        const withFailover = (share: number): readonly RegionResult[] =>
          regionsOf({
            ...golden,
            regions: golden.regions?.map((region) => ({ ...region, failover_share: share })),
            workloads: golden.workloads?.map((workload) => ({ ...workload, failover_share: share })),
          });
        expectNoLower(withFailover(Math.min(one, other)), withFailover(Math.max(one, other)), loss);
      }),
      runs,
    );
  });
});

describe('what-if changes to the worked example', () => {
  const change = (patch: Partial<ScoreDocument>): readonly RegionResult[] => regionsOf({ ...golden, ...patch });

  it('a confirmed strike on a quiet region lifts it by two bands', () => {
    const strike: IncidentRecord = {
      id: 'I4',
      occurred_at: '2026-04-01',
      theatre: 'T-EUR',
      mode: 'standoff',
      severity: 3,
      lat: 50.12,
      lon: 8.73,
      precision_km: 1,
      targets: ['R2/R2-a'],
      reports: [{ ...report('A', 1, 'operator-status'), published_at: '2026-04-01' }],
    };
    const [, quiet] = regionsOf(withStrike(strike));
    expect(quiet?.exposure.score).toBeCloseTo(84.35, 1);
    expect(quiet?.probabilities['90'].p_damage).toBeCloseTo(0.059, 3);
  });

  it('a cable out for thirty days costs every dependent and leaves the likelihood alone', () => {
    const chokepoints = golden.chokepoints?.map((cable) => ({ ...cable, outage_until: '2026-05-02' }));
    const [gulf, quiet] = change({ chokepoints });
    expect(gulf?.exposure.score).toBeCloseTo(91.57, 1);
    expect(quiet?.exposure.score).toBeCloseTo(57.16, 1);
    expect(gulf?.likelihood.score).toBeCloseTo(98.4747, 4);
  });

  it('a workload that leaves takes its value along', () => {
    const workloads = golden.workloads?.map((workload) => ({ ...workload, valid_to: '2026-04-02' }));
    expect(change({ workloads })[0]?.exposure.score).toBeCloseTo(86.79, 1);
  });
});
