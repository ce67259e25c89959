import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CLAIM_KINDS, GRADES, MODES, SEVERITIES, score, STANCES, TIERS } from './index.js';
import type { IncidentRecord, ReportRecord, ScoreDocument } from './index.js';

/** The instant all sample documents are about, and its distance from the epoch in days. */
const asOfDay = 20_545;

function dayText(day: number): string {
  return new Date(Math.round(day * 86_400_000)).toISOString();
}

class Sampler {
  constructor(private readonly value: fc.GeneratorValue) {}

  from = <T>(...choices: readonly T[]): T => this.value(fc.constantFrom<T[]>, ...choices);
  whole = (min: number, max: number): number => this.value(fc.integer, { min, max });
  number = (min: number, max: number): number => this.value(fc.double, { min, max, noNaN: true });
  chance = (): boolean => this.value(fc.boolean);
  day = (from: number, to: number): string => dayText(asOfDay + this.whole(from * 24, to * 24) / 24);
  list = <T>(min: number, max: number, make: (index: number) => T): T[] =>
    Array.from({ length: this.whole(min, max) }, (_, index) => make(index));
  maybe = <T extends object>(make: () => T): T | Record<never, never> => (this.chance() ? make() : {});
}

const ids = ['é', '\u{1f600}', '\ufffd', '10', '9', '__proto__', 'z', 'Z'] as const;
const idOf = (list: string, index: number): string => `${ids[index] ?? ''}${index === 5 ? '' : list}`;

function reports(sample: Sampler, name: string): ReportRecord[] {
  return sample.list(0, 3, (index) => ({
    id: `${name}-${String(index)}`,
    origin: sample.from('wire', 'operator', 'état'),
    grade: sample.from(...GRADES),
    stance: sample.from(...STANCES, 1 as const),
    published_at: sample.day(-400, 20),
    ...sample.maybe(() => ({ retracted_at: sample.day(-100, 50) })),
  }));
}

function place(sample: Sampler): Partial<IncidentRecord> {
  const lon = 50 + sample.number(-0.5, 0.5);
  const lat = 26 + sample.number(-0.5, 0.5);
  const size = sample.number(0.02, 2);
  switch (sample.from('point', 'point', 'footprint', 'nowhere')) {
    case 'point':
      return { lon, lat, precision_km: sample.from(0, 1, 25) };
    case 'footprint':
      return {
        footprint: [
          [lon, lat],
          [lon + size, lat],
          [lon + size / 2, lat + size],
        ],
      };
    case 'nowhere':
      return {};
  }
}

/** Valid documents that reach every field of the format, on places where incidents matter. */
export const documents: fc.Arbitrary<ScoreDocument> = fc.gen().map((value) => {
  const sample = new Sampler(value);
  const theatres = ['T', 'Ü'].map((id) => ({
    id,
    coverage_start: sample.day(-900, 5),
    ...sample.maybe(() => ({ coverage_end: sample.day(-60, 5) })),
    history_events: sample.from(0, 0, 12.5),
    history_years: sample.from(0, 10),
  }));
  const regions = sample.list(1, 3, (index) => {
    const weights = sample.list(1, 4, () => sample.whole(1, 5));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return {
      id: idOf('R', index),
      theatre: sample.from('T', 'T', 'Ü'),
      capacity_mw: sample.from(0, 60, 300),
      failover_share: sample.number(0, 1),
      azs: weights.map((weight, at) => ({
        id: idOf('z', at),
        lat: 26 + sample.number(-0.3, 0.3),
        lon: 50 + sample.number(-0.3, 0.3),
        share: weight / total,
        precision_km: sample.from(0, 2, 10),
        ...sample.maybe(() => ({ shared_fate: sample.from('campus', 'cable') })),
        ...(sample.whole(0, 9) === 0 ? { out_until: sample.day(-10, 500) } : {}),
      })),
      ...sample.maybe(() => ({ quorum: sample.whole(1, weights.length) })),
      ...sample.maybe(() => ({ single_az_share: sample.number(0, 1) })),
      ...sample.maybe(() => ({ base_value_usd_per_day: sample.number(0, 5e6) })),
    };
  });
  const regionIds = regions.map(({ id }) => id);
  const targets = regions.flatMap(({ id, azs }) => [id, ...azs.map((az) => `${id}/${az.id}`)]);
  const chokepoints = sample.list(0, 2, (index) => ({
    id: `C${String(index)}`,
    theatre: 'T',
    base_rate_per_year: sample.from(0, 0.5, 2),
    outage_days: sample.from(0, 30),
    dependents: regionIds.filter(() => sample.chance()).map((region) => ({ region, loss_share: sample.number(0, 1) })),
    ...sample.maybe(() => ({ outage_until: sample.day(-10, 500) })),
  }));
  const incidentCount = sample.whole(0, 5);
  const incidents = Array.from({ length: incidentCount }, (_, index) => ({
    id: idOf('I', index),
    occurred_at: sample.day(-500, 10),
    theatre: sample.from('T', 'Ü'),
    mode: sample.from(...MODES),
    severity: sample.from(...SEVERITIES),
    ...place(sample),
    ...sample.maybe(() => ({ targets: [sample.from(...targets)] })),
    ...(index > 0 && sample.whole(0, 3) === 0 ? { duplicate_of: idOf('I', sample.whole(0, index - 1)) } : {}),
    ...(chokepoints.length > 0 && sample.whole(0, 5) === 0 ? { chokepoint: 'C0' } : {}),
    reports: reports(sample, `I${String(index)}`),
  }));
  const validity = (): object => ({
    ...sample.maybe(() => ({ valid_from: sample.day(-300, 20) })),
    ...sample.maybe(() => ({ valid_to: sample.day(-20, 300) })),
  });
  return {
    as_of: dayText(asOfDay),
    seed: sample.from(0, 42, 2 ** 40 + 1),
    theatres,
    regions,
    incidents,
    claims: sample.list(0, 3, (index) => ({
      id: idOf('K', index),
      region: sample.from(...regionIds),
      kind: sample.from(...CLAIM_KINDS),
      reports: reports(sample, `K${String(index)}`),
      ...validity(),
    })),
    workloads: sample.list(0, 3, (index) => ({
      id: idOf('W', index),
      region: sample.from(...regionIds),
      commitment_usd_per_year: sample.from(0, 1e8, 3e9),
      tier: sample.from(...TIERS),
      failover_share: sample.number(0, 1),
      ...validity(),
    })),
    chokepoints,
    params: { ...sample.maybe(() => ({ eta: sample.from(0, 0.95), rho: sample.from(0, 0.6, 1) })) },
  };
});

describe('sample documents', () => {
  it('are valid, differ, and often have something to score', () => {
    const samples = fc.sample(documents, 60);
    const results = samples.map((document) => score(document));
    expect(new Set(results.map((result) => result.portfolio.eal_usd)).size).toBeGreaterThan(40);
    expect(results.filter((result) => result.incidents.length > 1).length).toBeGreaterThan(5);
  });
});
