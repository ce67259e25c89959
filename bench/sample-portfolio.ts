import type { ScoreDocument } from '@faultline/scoring';
import { uniforms } from './sample-world.js';

/** A portfolio of regions of three zones in as many theatres as a tenth of them, with incidents in some. */
export function samplePortfolio(regionCount: number, years: number, seed: number): ScoreDocument {
  const next = uniforms(seed);
  const theatres = Math.max(1, Math.round(regionCount / 10));
  const regions = Array.from({ length: regionCount }, (_, number) => ({
    id: `region-${number}`,
    theatre: `theatre-${number % theatres}`,
    capacity_mw: 20 + Math.round(next() * 200),
    azs: ['a', 'b', 'c'].map((id) => ({
      id,
      lat: (number % theatres) * 2 + next(),
      lon: Math.floor(number / theatres) * 2 + next(),
      share: 1 / 3,
    })),
  }));
  return {
    schema: 'faultline-score/1',
    as_of: '2026-04-02',
    seed,
    n_sims: years,
    theatres: Array.from({ length: theatres }, (_, number) => ({
      id: `theatre-${number}`,
      coverage_start: '2014-01-01',
    })),
    regions,
    incidents: Array.from({ length: regionCount }, (_, number) => ({
      id: `incident-${number}`,
      occurred_at: '2026-02-20',
      theatre: `theatre-${Math.floor(next() ** 3 * theatres)}`,
      mode: next() < 0.5 ? ('standoff' as const) : ('local' as const),
      severity: 2 as const,
      lat: next() * theatres * 2,
      lon: next() * 20,
      reports: [{ id: 'r', origin: 'o', grade: 'B' as const, stance: 1 as const, published_at: '2026-02-21' }],
    })),
    claims: [],
    workloads: [],
    chokepoints: [
      {
        id: 'strait',
        theatre: 'theatre-0',
        base_rate_per_year: 0.05,
        outage_days: 20,
        dependents: [{ region: 'region-0', loss_share: 0.2 }],
      },
    ],
  };
}
