import { describe, expect, it } from '@jest/globals';
import { conditionalLoss, formatScoreResult, score } from './index.js';
import type { IncidentRecord, RegionRecord, RegionResult, ReportRecord, ScoreDocument } from './index.js';

const report: ReportRecord = { id: 'rep', origin: 'wire', grade: 'A', stance: 1, published_at: '2026-03-02' };
const incident: IncidentRecord = {
  id: 'I',
  occurred_at: '2026-03-01',
  theatre: 'T',
  mode: 'local',
  severity: 3,
  lat: 26,
  lon: 50,
  reports: [report],
};
const region: RegionRecord = {
  id: 'R',
  theatre: 'T',
  capacity_mw: 100,
  azs: [
    { id: 'a', lat: 26, lon: 50, share: 0.5 },
    { id: 'b', lat: 26.5, lon: 50, share: 0.3 },
    { id: 'c', lat: 27, lon: 50, share: 0.2 },
  ],
};
const base: ScoreDocument = {
  as_of: '2026-04-02T00:00:00Z',
  theatres: [{ id: 'T', coverage_start: '2024-01-01' }],
  regions: [region],
};

function only(patch: Partial<ScoreDocument>): RegionResult {
  const [first] = score({ ...base, ...patch }).regions;
  if (first === undefined) throw new Error('the result has no region');
  return first;
}
const withRegion = (patch: Partial<RegionRecord>): RegionResult => only({ regions: [{ ...region, ...patch }] });
const withIncident = (patch: Partial<IncidentRecord>): RegionResult => only({ incidents: [{ ...incident, ...patch }] });
const trigger = (result: RegionResult): number => result.azs.reduce((sum, az) => sum + az.trigger, 0);

describe('with little to go on', () => {
  it('an empty document has an empty result', () => {
    expect(score({ as_of: '2026-04-02' })).toEqual({
      schema: 'faultline-score/1',
      as_of: '2026-04-02',
      incidents: [],
      regions: [],
      pairs: [],
      portfolio: { eal_usd: 0 },
    });
  });

  it('no incidents: the prior, and nothing recent', () => {
    const quiet = only({});
    expect(trigger(quiet)).toBe(0);
    expect(quiet.exposure.recent_detail).toEqual({ quiet: quiet.exposure.contributions.recent, incidents: {} });
    expect(quiet.exposure.contributions.recent).toBeLessThan(0);
  });

  it('no visible report: the incident is not there', () => {
    for (const hidden of [
      [],
      [{ ...report, published_at: '2026-04-03' }],
      [{ ...report, retracted_at: '2026-04-02' }],
    ]) {
      expect(withIncident({ reports: hidden })).toEqual(only({}));
    }
  });

  it('no value at risk: score 0, and the clamp carries the rest', () => {
    const empty = withRegion({ capacity_mw: 0 });
    expect(empty.exposure).toMatchObject({ score: 0, raw: -80, band: 'minimal' });
    expect(empty.exposure.contributions.clamp).toBe(80);
    expect(empty.loss.eal_usd).toBe(0);
    expect(empty.severity.score).toBe(0);
  });

  it('an unfinished year of coverage counts as none, and only history speaks', () => {
    const theatres = [{ id: 'T', coverage_start: '2026-05-01', coverage_end: '2026-03-01', history_years: 5 }];
    const result = only({ theatres, incidents: [incident] });
    expect(result.data_quality).toEqual({ coverage_years: 5, stale: true });
    expect(result.azs[0]?.n).toBe(0);
    expect(result.azs[0]?.trigger).toBeGreaterThan(0);
  });
});

describe('feeds', () => {
  it('are stale after fourteen days of silence, not before', () => {
    const staleAfter = (end: string): boolean =>
      only({ theatres: [{ id: 'T', coverage_start: '2024-01-01', coverage_end: end }] }).data_quality.stale;
    expect(staleAfter('2026-03-19')).toBe(false);
    expect(staleAfter('2026-03-18T23:59:59Z')).toBe(true);
  });
});

describe('incidents', () => {
  it('after the end of coverage have age 0', () => {
    const theatres = [{ id: 'T', coverage_start: '2024-01-01', coverage_end: '2026-02-01' }];
    const fresh = only({ theatres, incidents: [{ ...incident, occurred_at: '2026-02-01' }] });
    expect(only({ theatres, incidents: [incident] }).azs).toEqual(fresh.azs);
  });

  it('without point or footprint are nowhere: only their theatre tells', () => {
    expect(trigger(withIncident({ lat: null, lon: null }))).toBe(0);
    expect(trigger(withIncident({ lat: null, lon: null, mode: 'standoff' }))).toBeGreaterThan(0);
    expect(withIncident({ lon: null }).azs).toEqual(withIncident({ lat: null, lon: null }).azs);
  });

  it('with a footprint are where it is, whatever the point says', () => {
    const footprint = [
      [49.9, 25.9],
      [50.1, 25.9],
      [50.1, 26.1],
      [49.9, 26.1],
    ] as const;
    const area = withIncident({ footprint, lat: -40, lon: 0, precision_km: 90 });
    expect(area.azs[0]).toEqual(withIncident({}).azs[0]);
    expect(area.azs[1]?.trigger).toBeGreaterThan(withIncident({}).azs[1]?.trigger ?? Number.NaN);
  });

  it('about a chokepoint say nothing of zones', () => {
    const chokepoints = [{ id: 'C', theatre: 'T', base_rate_per_year: 0, outage_days: 0, dependents: [] }];
    const result = score({ ...base, chokepoints, incidents: [{ ...incident, chokepoint: 'C', targets: ['R/a'] }] });
    expect(result.incidents).toHaveLength(1);
    expect(result.regions[0]?.azs).toEqual(only({}).azs);
    expect(result.regions[0]?.exposure.recent_detail.incidents).toEqual({});
  });

  it('reported before they occurred still wait for the day', () => {
    const early = { ...incident, occurred_at: '2026-04-01', reports: [{ ...report, published_at: '2026-03-01' }] };
    expect(trigger(only({ incidents: [early] }))).toBeGreaterThan(0);
    expect(trigger(only({ incidents: [early], as_of: '2026-03-31' }))).toBe(0);
  });

  it('whose original lies ahead are not counted', () => {
    const original = { ...incident, id: 'O', occurred_at: '2026-05-01', reports: [] };
    const result = score({ ...base, incidents: [original, { ...incident, duplicate_of: 'O' }] });
    expect(result.incidents).toEqual([]);
  });

  it('pool the reports of their duplicates', () => {
    const second = { ...incident, id: 'J', duplicate_of: 'I', reports: [{ ...report, origin: 'other' }] };
    const [alone] = score({ ...base, incidents: [{ ...incident, reports: [{ ...report, grade: 'C' }] }] }).incidents;
    const weak = { ...incident, reports: [{ ...report, grade: 'C' as const }] };
    const pooled = score({ ...base, incidents: [weak, second] }).incidents;
    expect(pooled).toHaveLength(1);
    expect(pooled[0]?.confidence).toBeGreaterThan(alone?.confidence ?? 1);
  });

  it('have no reports from duplicates that lie ahead', () => {
    const ahead = { ...incident, id: 'J', occurred_at: '2026-04-03', duplicate_of: 'I', reports: [report] };
    const weak = { ...incident, reports: [{ ...report, origin: 'other', grade: 'C' as const }] };
    expect(score({ ...base, incidents: [weak, ahead] }).incidents).toEqual(
      score({ ...base, incidents: [weak] }).incidents,
    );
  });

  it('count from the first instant of coverage on', () => {
    const since = (start: string): number | undefined =>
      only({ theatres: [{ id: 'T', coverage_start: start }], incidents: [incident] }).azs[0]?.n;
    expect(since('2026-03-01')).toBeGreaterThan(0.9);
    expect(since('2026-03-01T00:00:01Z')).toBe(0);
  });

  it('count one report per origin: the weightiest, then the latest, then the greatest id', () => {
    const told = (...reports: readonly Partial<ReportRecord>[]): number | undefined =>
      score({ ...base, incidents: [{ ...incident, reports: reports.map((patch) => ({ ...report, ...patch })) }] })
        .incidents[0]?.confidence;
    const confirmed = told({});
    const denied = told({ stance: -1 });
    expect(told({ grade: 'A', stance: 1 }, { grade: 'B', stance: -1 })).toBe(confirmed);
    expect(told({ stance: 1 }, { stance: -1, published_at: '2026-03-03' })).toBe(denied);
    expect(told({ id: 'x', stance: -1 }, { id: 'y' })).toBe(confirmed);
    expect(told({ id: '\u{1f600}', stance: -1 }, { id: '\ufffd' })).toBe(denied);
    expect(told({ stance: 1 }, { stance: -1 })).toBe(confirmed);
    expect(told({ stance: -1 }, { stance: 1 })).toBe(confirmed);
    expect(denied).toBeLessThan(0.3);
  });
});

describe('claims', () => {
  const claim = { id: 'K', region: 'R', kind: 'mil_ai' as const, reports: [report] };

  it('end at valid_to and begin at valid_from', () => {
    const claimsAt = (from: string | null, to: string | null): number =>
      only({ claims: [{ ...claim, valid_from: from, valid_to: to }] }).attractiveness.claims.length;
    expect(claimsAt(null, '2026-04-02')).toBe(0);
    expect(claimsAt(null, '2026-04-02T00:00:01Z')).toBe(1);
    expect(claimsAt('2026-04-02', null)).toBe(1);
    expect(claimsAt('2026-04-02T00:00:01Z', null)).toBe(0);
  });

  it('without a visible report are absent', () => {
    const hidden = { ...claim, reports: [{ ...report, retracted_at: '2026-03-05' }] };
    expect(only({ claims: [hidden] })).toEqual(only({}));
  });

  it('fade to the prior with the age of their reports', () => {
    const believedAt = (asOf: string): number | undefined =>
      only({ as_of: asOf, claims: [claim] }).attractiveness.claims[0]?.p;
    expect(believedAt('2026-03-02')).toBeCloseTo(1 / (1 + 9 * Math.exp(-3.5)), 12);
    expect(believedAt('2028-03-01')).toBeCloseTo(1 / (1 + 9 * Math.exp(-1.75)), 12);
  });

  it('that are certain share what there is', () => {
    const reports = Array.from({ length: 14 }, (_, at) => ({ ...report, origin: `o${String(at)}` }));
    const certain = { ...claim, reports };
    const params = { evidence_cap: 1 };
    const result = only({ claims: [certain, { ...certain, id: 'L' }, { ...claim, id: 'M' }], params });
    expect(result.attractiveness.A).toBe(20);
    const { attractiveness } = result.exposure.contributions;
    expect(result.exposure.attractiveness_detail).toEqual({ K: attractiveness / 2, L: attractiveness / 2, M: 0 });
  });
});

describe('regions', () => {
  it('of one zone fail with it', () => {
    const one = withRegion({ azs: [{ id: 'a', lat: 26, lon: 50, share: 1 }] });
    expect(one).toMatchObject({ p_outage_given_event: 1, expected_share_hit: 1, expected_share_failed: 1 });
  });

  it('whose zones all share one fate fail whole', () => {
    const campus = withRegion({ azs: region.azs.map((az) => ({ ...az, shared_fate: 'campus' })) });
    expect(campus).toMatchObject({ p_outage_given_event: 1, expected_share_failed: 1 });
    expect(campus.expected_share_hit).toBeLessThan(1);
  });

  it('that need every zone fail with any', () => {
    expect(withRegion({ quorum: 3 }).p_outage_given_event).toBeCloseTo(1, 12);
    expect(withRegion({ quorum: 1 }).p_outage_given_event).toBeCloseTo(0.25 ** 2, 12);
  });

  it('are hit zone by zone with ρ = 0, and whole with ρ = 1', () => {
    expect(only({ params: { rho: 0 } }).p_outage_given_event).toBe(0);
    expect(only({ params: { rho: 1 } }).p_outage_given_event).toBeCloseTo(1, 12);
    expect(only({ params: { rho: 1 } }).annual_rate).toBeCloseTo(only({ params: { rho: 0 } }).annual_rate / 3, 12);
  });

  it('forget without excitation', () => {
    const calm = only({ params: { eta: 0 }, incidents: [incident] });
    expect(calm.azs[0]?.expected_equivalents_365).toBeCloseTo(calm.azs[0]?.long_run_rate ?? Number.NaN, 12);
    expect(calm.exposure.contributions.recent).toBeCloseTo(0, 9);
  });

  it('know their level exactly where the model does', () => {
    const { uncertainty } = only({ params: { model_error_factor: 1 } });
    expect(uncertainty.sigma_model).toBe(0);
    expect(uncertainty.sigma).toBe(uncertainty.sigma_local);
  });

  it('that are partly out lose what cannot run elsewhere, and below quorum everything, for a year at most', () => {
    const out = (...ids: readonly string[]): number =>
      withRegion({
        failover_share: 0.5,
        azs: region.azs.map((az) => ({ ...az, out_until: ids.includes(az.id) ? '2026-04-12' : '2026-03-01' })),
      }).loss.ongoing_usd;
    const perDay = (100 * 10e6) / 365 / 2;
    expect(out()).toBe(0);
    expect(out('b')).toBeCloseTo(perDay * 10 * 0.3 * 0.3, 3);
    expect(out('a', 'c')).toBeCloseTo(perDay * 10, 3);
    const longest = withRegion({ azs: region.azs.map((az) => ({ ...az, out_until: '2030-01-01' })) });
    expect(longest.loss.ongoing_usd).toBeCloseTo(perDay * 2 * 365, 3);
  });

  it('add up several shares of one chokepoint', () => {
    const cable = (...lossShares: readonly number[]): RegionResult =>
      only({
        chokepoints: [
          {
            id: 'C',
            theatre: 'T',
            base_rate_per_year: 2,
            outage_days: 5,
            outage_until: '2026-03-01',
            dependents: lossShares.map((loss_share) => ({ region: 'R', loss_share })),
          },
        ],
      });
    expect(cable(0.1, 0.3).loss.chokepoints).toEqual([
      { ...cable(0.4).loss.chokepoints[0], eal_usd: expect.any(Number) },
    ]);
    expect(cable(0.1, 0.3).loss.eal_usd).toBeCloseTo(cable(0.4).loss.eal_usd, 3);
    expect(cable().loss.chokepoints).toEqual([]);
    expect(cable(0.4).loss.ongoing_usd).toBe(0);
  });

  it('lose what the named zones and all that share their fate are worth', () => {
    const loss = conditionalLoss(base, 'R', ['c']);
    expect(loss.property_usd).toBeCloseTo(0.2 * 100 * 11.7e6 * 0.25, 3);
    expect(loss.bi_usd).toBeCloseTo(((100 * 10e6) / 365) * 180 * 0.2 * 0.3, 3);
    expect(loss.total_usd).toBe(loss.property_usd + loss.bi_usd);
    expect(() => conditionalLoss(base, 'R', ['d'])).toThrow('got zone "d", wanted zones of "R": "a", "b", "c"');
    expect(() => conditionalLoss(base, 'X', [])).toThrow('got region "X"');
  });
});

describe('ids from outside', () => {
  it('may be any text, and are written in code-point order', () => {
    const ids = ['10', '9', '__proto__', 'constructor', 'Région', '\u{1f600}', '\ufffd'];
    const regions = ids.map((id) => ({ ...region, id: `R ${id}` }));
    const incidents = ids.map((id) => ({ ...incident, id }));
    const claims = ids.map((id) => ({ id, region: 'R 9', kind: 'gov' as const, reports: [report] }));
    const text = formatScoreResult(score({ ...base, regions, incidents, claims, n_sims: 2 }));
    const parsed = JSON.parse(text) as { regions: RegionResult[] };
    expect(parsed.regions.map(({ id }) => id)).toEqual(
      [...ids]
        .sort()
        .toSorted(byBytes)
        .map((id) => `R ${id}`),
    );
    const detail = text.slice(text.indexOf('"recent_detail"'));
    const order = [...ids].sort(byBytes).map((id) => detail.indexOf(JSON.stringify(id)));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });
});

describe('numbers too large or too small to multiply', () => {
  it.each([
    ['capacity', { regions: [{ ...region, capacity_mw: 1e305 }] }],
    ['prior', { params: { m0_per_year: 1e-300, alpha: 1e300 } }],
  ])('are refused: %s', (_, patch) => {
    expect(() => score({ ...base, ...patch })).toThrow(
      /^E5 document: got values that make the \w+ of "R" -?\w+, wanted /,
    );
  });
});

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
