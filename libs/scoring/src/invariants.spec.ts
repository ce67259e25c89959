import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { worstDeviation } from './deviation.spec.js';
import { DEFAULT_PARAMETERS, formatScoreResult, parseInstantDays, score } from './index.js';
import type { RegionRecord, RegionResult, ReportRecord, ScoreDocument, ScoreResult } from './index.js';
import { documents } from './sample-documents.spec.js';

const runs = { numRuns: 120 };

function same(a: ScoreResult, b: ScoreResult, tolerance = 1e-9): void {
  const { deviation, path } = worstDeviation(a, b);
  expect({ path, within: deviation <= tolerance, deviation }).toEqual({ path, within: true, deviation });
}

function regionOf(result: ScoreResult, index: number): RegionResult {
  const region = result.regions[index];
  if (region === undefined) throw new Error(`the result has no region ${String(index)}`);
  return region;
}

const forAll = (check: (document: ScoreDocument, noise: number) => void): void => {
  fc.assert(fc.property(documents, fc.integer({ min: 0, max: 1e6 }), check), runs);
};

describe('a score', () => {
  it('I1: does not depend on the order of any list, simulated or not', () => {
    forAll((document, noise) => {
      const simulated = { ...document, n_sims: 12 };
      const shuffled = shuffle(simulated, noise) as ScoreDocument;
      expect(formatScoreResult(score(shuffled))).toBe(formatScoreResult(score(simulated)));
    });
  });

  it('I2: does not move when an origin repeats itself', () => {
    const echo = (reports: readonly ReportRecord[]): ReportRecord[] =>
      reports.flatMap((report) => [report, { ...report, id: `${report.id}-again` }]);
    forAll((document) => {
      const incidents = document.incidents?.map((incident) => ({ ...incident, reports: echo(incident.reports) }));
      const claims = document.claims?.map((claim) => ({ ...claim, reports: echo(claim.reports) }));
      same(score({ ...document, incidents, claims }), score(document));
    });
  });

  it('I3: counts an incident and its duplicate once', () => {
    forAll((document) => {
      const copies = document.incidents?.map((incident, at) => ({
        ...incident,
        id: `copy ${String(at)}`,
        duplicate_of: incident.id,
      }));
      same(score({ ...document, incidents: [...(document.incidents ?? []), ...(copies ?? [])] }), score(document));
    });
  });

  it('I4: sees nothing of what is published or occurs later', () => {
    forAll((document) => {
      const isPast = (instant: string): boolean => days(instant) <= days(document.as_of);
      const seen = (reports: readonly ReportRecord[]): ReportRecord[] =>
        reports
          .filter((report) => isPast(report.published_at))
          .map(({ retracted_at: retracted, ...report }) =>
            typeof retracted === 'string' && isPast(retracted) ? { ...report, retracted_at: retracted } : report,
          );
      const named = new Set(document.incidents?.map((incident) => incident.duplicate_of));
      const incidents = document.incidents
        ?.filter((incident) => isPast(incident.occurred_at) || named.has(incident.id))
        .map((incident) => ({ ...incident, reports: seen(incident.reports) }));
      const claims = document.claims?.map((claim) => ({ ...claim, reports: seen(claim.reports) }));
      same(score({ ...document, incidents, claims }), score(document), 0);
    });
  });

  it('I5: is the sum of its parts, at both levels', () => {
    forAll((document) => {
      for (const { exposure, likelihood, severity, chokepoint_loading, ongoing_loading } of score(document).regions) {
        const scale = Math.max(1, Math.abs(exposure.raw), Math.abs(likelihood.raw));
        expect(Math.abs(total(exposure.contributions) + exposure.reference - exposure.score) / scale).toBeLessThan(
          1e-9,
        );
        expect(Math.abs(total(likelihood.contributions) + likelihood.reference - likelihood.score)).toBeLessThan(1e-9);
        const { quiet, incidents } = exposure.recent_detail;
        expect(total(incidents) + quiet).toBeCloseTo(exposure.contributions.recent, 9);
        expect(Object.values(incidents).filter((points) => points < 0)).toEqual([]);
        if (Object.keys(exposure.attractiveness_detail).length > 0 && exposure.contributions.attractiveness !== 0) {
          expect(total(exposure.attractiveness_detail)).toBeCloseTo(exposure.contributions.attractiveness, 9);
        }
        const isFloored = likelihood.raw + severity.raw - 40 <= -80 || severity.raw <= -140;
        if (!isFloored) {
          const parts = likelihood.raw + severity.raw + chokepoint_loading + ongoing_loading - 40;
          expect(parts).toBeCloseTo(exposure.raw, 9);
        }
      }
    });
  });

  it('I6: stays within its ranges, and its probabilities in their order', () => {
    forAll((document) => {
      const result = score({ ...document, n_sims: 25 });
      const rising = (...values: readonly number[]): void => {
        values.reduce((low, high) => {
          expect(high).toBeGreaterThanOrEqual(low * (1 - 1e-12) - 1e-12);
          return high;
        });
      };
      for (const region of result.regions) {
        const { exposure, likelihood, severity, probabilities } = region;
        for (const level of [exposure, likelihood, severity]) rising(0, level.score, 100);
        rising(0, exposure.interval.p05, exposure.interval.p50, exposure.interval.p95, 100);
        for (const { p05, p50, p95, p_damage, p_outage } of Object.values(probabilities)) {
          rising(0, p05, p50, p95, 1);
          rising(0, p_outage, p_damage, 1);
        }
        rising(probabilities['30'].p_damage, probabilities['90'].p_damage, probabilities['365'].p_damage);
        rising(0, region.chokepoint_loading);
        rising(0, region.ongoing_loading);
        rising(0, region.expected_share_hit, region.expected_share_failed, 1);
      }
      for (const point of result.portfolio.simulation?.ep_curve ?? []) {
        rising(0, point.oep_usd, point.aep_usd, point.tvar_usd);
      }
      for (const pair of result.pairs) rising(0, pair.p_a_greater, 1);
    });
  });

  it('I7: does not depend on the currency', () => {
    forAll((document, noise) => {
      const factor = 0.01 + noise / 1e4;
      const params = DEFAULT_PARAMETERS;
      const converted = score({
        ...document,
        regions: document.regions?.map((region) => ({
          ...region,
          ...(typeof region.base_value_usd_per_day === 'number'
            ? { base_value_usd_per_day: region.base_value_usd_per_day * factor }
            : {}),
        })),
        workloads: document.workloads?.map((workload) => ({
          ...workload,
          commitment_usd_per_year: workload.commitment_usd_per_year * factor,
        })),
        params: {
          ...document.params,
          cost_per_mw_usd: params.cost_per_mw_usd * factor,
          revenue_per_mw_year_usd: params.revenue_per_mw_year_usd * factor,
          c_zero_usd: params.c_zero_usd * factor,
          e_zero_usd_per_year: params.e_zero_usd_per_year * factor,
          eal_floor_usd: params.eal_floor_usd * factor,
        },
      });
      const original = score(document);
      converted.regions.forEach((region, index) => {
        const before = regionOf(original, index);
        expect(worstDeviation(region.exposure, before.exposure).deviation).toBeLessThan(1e-9);
        expect(worstDeviation(region.severity, before.severity).deviation).toBeLessThan(1e-9);
        expect(region.loss.eal_usd / factor / Math.max(1, before.loss.eal_usd)).toBeCloseTo(
          before.loss.eal_usd / Math.max(1, before.loss.eal_usd),
          9,
        );
      });
    });
  });

  it('I8: does not depend on where longitude starts', () => {
    forAll((document, noise) => {
      const turn = noise % 3 === 0 ? 360 : noise % 3 === 1 ? -360 : noise / 1000;
      same(score(turnGlobe(document, turn)), score(document), 1e-8);
    });
  });
});

describe('time', () => {
  it('T1: with a live feed, no news and no denials the rate never rises', () => {
    forAll((document, noise) => {
      const calm = withoutNews(document);
      const later = new Date((days(document.as_of) + noise / 1000) * 86_400_000).toISOString();
      const before = score(calm);
      score({ ...calm, as_of: later }).regions.forEach((region, index) => {
        expect(region.annual_rate).toBeLessThanOrEqual(regionOf(before, index).annual_rate * (1 + 1e-9));
      });
    });
  });

  it('T2: with a dead feed the rate stays where it is', () => {
    forAll((document, noise) => {
      const dead = {
        ...withoutNews(document),
        claims: [],
        theatres: document.theatres?.map((theatre) => ({ ...theatre, coverage_end: '2026-03-20' })),
      };
      const later = new Date((days(document.as_of) + noise / 1000) * 86_400_000).toISOString();
      const before = score(dead);
      score({ ...dead, as_of: later }).regions.forEach((region, index) => {
        expect(region.annual_rate).toBe(regionOf(before, index).annual_rate);
        expect(region.data_quality.stale || noise < 5000).toBe(true);
      });
    });
  });
});

describe('structure', () => {
  const shareAllFates = (regions: readonly RegionRecord[]): RegionRecord[] =>
    regions.map((region) => ({ ...region, azs: region.azs.map((az) => ({ ...az, shared_fate: 'one campus' })) }));

  it('V1: shared fate leaves rate and property alone and lowers no other loss', () => {
    forAll((document) => {
      const before = score(document);
      score({ ...document, regions: shareAllFates(document.regions ?? []) }).regions.forEach((region, index) => {
        const apart = regionOf(before, index);
        expect(region.annual_rate).toBe(apart.annual_rate);
        expect(region.loss.property_per_event_usd).toBe(apart.loss.property_per_event_usd);
        expect(region.p_outage_given_event).toBeGreaterThanOrEqual(apart.p_outage_given_event - 1e-12);
        expect(region.expected_share_failed).toBeGreaterThanOrEqual(apart.expected_share_failed - 1e-12);
        expect(region.loss.eal_usd).toBeGreaterThanOrEqual(apart.loss.eal_usd * (1 - 1e-12));
      });
    });
  });

  it('V2: campaigns hit as many zones a year as zones are hit', () => {
    forAll((document) => {
      const { q0, rho } = { ...DEFAULT_PARAMETERS, ...document.params };
      for (const region of score(document).regions) {
        const equivalents = region.azs.reduce((sum, az) => sum + az.expected_equivalents_365, 0);
        const hits = region.annual_rate * (1 + (rho ?? 0) * (region.azs.length - 1));
        expect(hits / ((q0 ?? 0) * region.attractiveness.A * equivalents)).toBeCloseTo(1, 12);
      }
    });
  });
});

function total(parts: object): number {
  return Object.values(parts).reduce<number>((sum, part) => sum + Number(part), 0);
}

function days(instant: string): number {
  return parseInstantDays(instant) ?? Number.NaN;
}

/** Reorders every list but the vertices of footprints. */
function shuffle(value: unknown, noise: number): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => shuffle(item, noise));
    return items
      .map((item, index) => ({ item, rank: ((index + 1) * (2 * noise + 1)) % 7 }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === 'footprint' ? item : shuffle(item, noise)]),
  );
}

function turnGlobe(document: ScoreDocument, turn: number): ScoreDocument {
  return {
    ...document,
    regions: document.regions?.map((region) => ({
      ...region,
      azs: region.azs.map((az) => ({ ...az, lon: az.lon + turn })),
    })),
    incidents: document.incidents?.map(({ lon, footprint, ...incident }) => ({
      ...incident,
      ...(typeof lon === 'number' ? { lon: lon + turn } : {}),
      ...(footprint ? { footprint: footprint.map(([x, y]) => [x + turn, y] as const) } : {}),
    })),
  };
}

/** Takes away denials, retractions, what lies ahead, and feeds that end. */
function withoutNews(document: ScoreDocument): ScoreDocument {
  const isPast = (instant: string): boolean => days(instant) <= days(document.as_of);
  const confirmed = (reports: readonly ReportRecord[]): ReportRecord[] =>
    reports
      .filter((report) => isPast(report.published_at))
      .map((report) => ({ ...report, stance: 1 as const, retracted_at: null }));
  return {
    ...document,
    theatres: document.theatres?.map((theatre) => ({ ...theatre, coverage_end: null })),
    incidents: document.incidents
      ?.filter((incident) => isPast(incident.occurred_at))
      .map((incident) => ({ ...incident, duplicate_of: null, reports: confirmed(incident.reports) })),
    claims: document.claims
      ?.filter((claim) => typeof claim.valid_from !== 'string' || isPast(claim.valid_from))
      .map((claim) => ({ ...claim, reports: confirmed(claim.reports) })),
  };
}
