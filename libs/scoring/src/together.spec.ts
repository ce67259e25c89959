import { describe, expect, it } from '@jest/globals';
import { score, scoreTogether, sensitivityOf } from './index.js';
import type { RegionRecord, ScoreDocument } from './index.js';

const regionOf = (id: string, theatre: string, lon: number): RegionRecord => ({
  id,
  theatre,
  capacity_mw: 40,
  azs: ['a', 'b', 'c'].map((zone, index) => ({ id: zone, lat: 10, lon: lon + index / 10, share: 1 / 3 })),
});
const REGIONS = [regionOf('near', 'gulf', 50), regionOf('next', 'gulf', 51), regionOf('far', 'north', 5)];
const documentOf = (...regions: readonly RegionRecord[]): ScoreDocument => ({
  as_of: '2026-04-01',
  theatres: [
    { id: 'gulf', coverage_start: '2024-01-01' },
    { id: 'north', coverage_start: '2024-01-01' },
  ],
  regions,
  incidents: [
    {
      id: 'strike',
      occurred_at: '2026-03-01',
      theatre: 'gulf',
      mode: 'standoff',
      severity: 3,
      lat: 10,
      lon: 50,
      reports: [{ id: 'r', origin: 'o', grade: 'A', stance: 1, published_at: '2026-03-01' }],
    },
  ],
});
const whole = documentOf(...REGIONS);
const drawn = { seed: 7, years: 20_000 };

describe('documents beside each other', () => {
  it('give what one document of all their regions gives, bit for bit, in any order', () => {
    const { regions, pairs, portfolio } = score({ ...whole, seed: 7, n_sims: 20_000 });
    for (const order of [REGIONS, [...REGIONS].reverse()]) {
      const together = scoreTogether(
        order.map((region) => documentOf(region)),
        drawn,
      );
      expect(together).toEqual({ regions, pairs, portfolio });
    }
    expect(portfolio.simulation!.ep_curve.length).toBeGreaterThan(5);
  });

  it('share the shocks of a theatre, which two theatres would not', () => {
    const apart = { ...REGIONS[1]!, theatre: 'north' };
    const oepOf = (second: RegionRecord) =>
      scoreTogether([documentOf(REGIONS[0]!), documentOf(second)], drawn).portfolio.simulation!.p_any_loss;
    expect(oepOf(REGIONS[1]!)).not.toBe(oepOf(apart));
  });

  it('are none, and no loss', () => {
    expect(scoreTogether([], drawn)).toEqual({ regions: [], pairs: [], portfolio: { eal_usd: 0 } });
  });

  it('are refused where they are not of one instant, one parameter set, or hold a region twice', () => {
    const [near, next] = [documentOf(REGIONS[0]!), documentOf(REGIONS[1]!)];
    expect(() => scoreTogether([near, { ...next, as_of: '2026-05-01' }], drawn)).toThrow(/one instant/);
    expect(() => scoreTogether([near, { ...next, params: { eta: 0.5 } }], drawn)).toThrow(/parameter sets/);
    expect(() => scoreTogether([near, near], drawn)).toThrow(/draw apart/);
  });
});

describe('sensitivity', () => {
  const rows = sensitivityOf(whole, 'near');
  const row = (name: string) => rows.find(({ parameter }) => parameter === name)!;

  it('moves each parameter that is no convention, alone, and tells the widest first', () => {
    expect(rows).toHaveLength(25);
    expect(rows.map(({ exposure }) => exposure.swing)).toEqual(
      rows.map(({ exposure }) => exposure.swing).toSorted((a, b) => b - a),
    );
    expect(row('q0')).toMatchObject({ low: '0.005', standing: '0.01', high: '0.02' });
    const twice = score({ ...whole, params: { tau_days: 60 } }).regions.find(({ id }) => id === 'near')!;
    expect(row('tau_days').exposure.high).toBe(twice.exposure.score);
  });

  it('keeps shares between 0 and 1, and moves no likelihood by what is only cost', () => {
    expect(row('eta')).toMatchObject({ low: '0.538', high: '0.824' });
    expect(row('outage_days').likelihood.swing).toBe(0);
    expect(row('outage_days').exposure.swing).toBeGreaterThan(5);
  });

  it('starts from the parameters of the document', () => {
    const own = sensitivityOf({ ...whole, params: { tau_days: 10 } }, 'near');
    expect(own.find(({ parameter }) => parameter === 'tau_days')).toMatchObject({ standing: '10', high: '20' });
  });

  it('is refused for a region the document does not have', () => {
    expect(() => sensitivityOf(whole, 'nowhere')).toThrow(RangeError);
  });
});
