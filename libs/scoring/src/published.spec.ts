import { describe, expect, it } from '@jest/globals';
import { exceedanceCurve } from './exceedance.js';
import { POINTS_PER_LOG } from './explanation.js';
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

  /**
   * CLIMADA's TestFreqCurve: ten events of one frequency, here ten years of 1,610 with one event each. It interpolates
   * between return periods; ours is the loss at or below, so CLIMADA's figure lies between ours and the next.
   */
  it('CLIMADA TestFreqCurve: 2,320,408,028.57 at 500 years and 3,287,314,329.13 at 1000', () => {
    const losses = [
      0, 0.400665463736549e9, 3.150330960044466e9, 3.715826406781887e9, 2.900244271902339e9, 0.778570745161971e9,
      0.698736262566472e9, 0.381063674256423e9, 0.56914246415745e9, 0.467572545849132e9,
    ];
    const years = Math.round(1 / 6.211180124223603e-4);
    expect(years).toBe(1610);
    const annual = new Float64Array(years);
    annual.set(losses);
    const curve = exceedanceCurve(annual, annual);
    const descending = [...losses].sort((a, b) => b - a);
    for (const [returnPeriod, published] of [
      [500, 2320408028.5695677],
      [1000, 3287314329.129928],
    ] as const) {
      const ours = curve.find(({ returnPeriodYears }) => returnPeriodYears === returnPeriod)!.aggregateUsd;
      const rank = descending.indexOf(ours);
      const [shorter, longer] = [years / (rank + 1), years / rank];
      const share = (returnPeriod - shorter) / (longer - shorter);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThan(1);
      expect(ours + share * (descending[rank - 1]! - ours)).toBeCloseTo(published, 3);
    }
  });

  /** INFORM Risk 2020 v040: the index is the geometric mean of three, so its points on a log scale add up. */
  it.each([
    ['AFG', 8.8, 8.2, 7.2, 8],
    ['ALB', 3.9, 1.6, 4.2, 3],
    ['BHR', 0.6, 1.1, 3.2, 1.3],
    ['CAF', 8.1, 9, 8.7, 8.6],
    ['CHN', 6.9, 3.1, 3.6, 4.3],
    ['DEU', 1.5, 3.4, 1.5, 2],
    ['FIN', 0.1, 1.6, 1.4, 0.6],
    ['IND', 7.4, 4.9, 4.3, 5.4],
    ['IRN', 6.4, 4.9, 4.4, 5.2],
    ['IRQ', 8.6, 5.9, 6.8, 7],
    ['ISR', 4.6, 2, 2.1, 2.7],
    ['JPN', 5.6, 1.5, 1.5, 2.3],
  ])(
    'INFORM %s: hazard %d, vulnerability %d, lack of coping %d give %d',
    (_, hazard, vulnerability, coping, published) => {
      const points = [hazard, vulnerability, coping].reduce((sum, part) => sum + POINTS_PER_LOG * Math.log(part), 0);
      expect(Math.round(10 * Math.exp(points / 3 / POINTS_PER_LOG)) / 10).toBe(published);
    },
  );
});
