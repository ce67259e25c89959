import { describe, expect, it } from '@jest/globals';
import { score } from './score.js';

describe('figures others have published', () => {
  /**
   * The risk metrics of CLIMADA's own test: two events of frequency 1 and 0.1 a year that cost three places 1, 0, 1 and
   * 2, 2, 0. Here the events are chokepoints, the places regions that lose 1 USD a day.
   */
  it('CLIMADA test_metrics: expected annual impact 1.2, 0.2, 1 per place and 2.4 in all', () => {
    const chokepoint = (id: string, rate: number, days: number, regions: readonly string[]) => ({
      id,
      theatre: 'T',
      base_rate_per_year: rate,
      outage_days: days,
      dependents: regions.map((region) => ({ region, loss_share: 1 })),
    });
    const { regions } = score({
      as_of: '2026-01-01',
      theatres: [{ id: 'T', coverage_start: '2025-01-01' }],
      regions: ['a', 'b', 'c'].map((id) => ({
        id,
        theatre: 'T',
        capacity_mw: 0,
        base_value_usd_per_day: 1,
        azs: [{ id: 'z', lat: 0, lon: 0, share: 1 }],
      })),
      chokepoints: [chokepoint('first', 1, 1, ['a', 'c']), chokepoint('second', 0.1, 2, ['a', 'b'])],
    });
    const annual = regions.map(({ loss }) => loss.chokepoint_eal_usd);
    expect(annual.map((usd) => usd.toFixed(12))).toEqual(['1.200000000000', '0.200000000000', '1.000000000000']);
    expect(annual.reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(2.4, 12);
  });
});
