import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { poissonQuantile } from '../philox.js';
import { areaUnderCurve, bootstrapSkill, brierScore, logScore, reliabilityOf, sampleCrps } from './measures.js';

const cases = fc
  .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1)), { minLength: 1, maxLength: 60 })
  .map((pairs) => ({ said: pairs.map(([p]) => p), seen: pairs.map(([, y]) => y) }));

describe('scores of probabilities', () => {
  it('are those of the definitions', () => {
    expect(brierScore([0.5, 1, 0], [1, 1, 1])).toBeCloseTo((0.25 + 0 + 1) / 3, 15);
    expect(logScore([0.5, 0.25], [1, 0])).toBeCloseTo((Math.log(2) + Math.log(4 / 3)) / 2, 15);
  });

  it('keep a certain forecast from costing everything', () => {
    expect(logScore([0], [1])).toBeCloseTo(-Math.log(1e-4), 12);
    expect(logScore([1], [0])).toBeCloseTo(-Math.log(1e-4), 12);
  });

  it('are best, among constants, at the base rate', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0.001, max: 0.999, noNaN: true }), ({ seen }, other) => {
        const rate = seen.reduce<number>((sum, y) => sum + y, 0) / seen.length;
        const constant = (p: number) => seen.map(() => p);
        expect(brierScore(constant(rate), seen)).toBeLessThanOrEqual(brierScore(constant(other), seen) + 1e-12);
      }),
    );
  });
});

describe('area under the curve', () => {
  it('is the share of pairs in the right order, ties half', () => {
    fc.assert(
      fc.property(cases, ({ said, seen }) => {
        const of = (kind: number) => said.filter((_, at) => seen[at] === kind);
        const pairs = of(1).flatMap((p) => of(0).map((q) => (p > q ? 1 : p === q ? 0.5 : 0)));
        const wanted = pairs.length === 0 ? null : pairs.reduce((sum: number, pair) => sum + pair, 0) / pairs.length;
        const got = areaUnderCurve(said, seen);
        if (wanted === null) expect(got).toBeNull();
        else expect(got).toBeCloseTo(wanted, 12);
      }),
    );
  });
});

describe('reliability', () => {
  it('puts every case into one tenth, 1 into the last', () => {
    const bins = reliabilityOf([0, 0.1, 0.19, 0.95, 1], [0, 1, 0, 1, 1]);
    expect(bins.map(({ cases: count }) => count)).toEqual([1, 2, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect(bins[1]).toEqual({ from: 0.1, to: 0.2, cases: 2, meanSaid: expect.closeTo(0.145, 12), observed: 0.5 });
    expect(bins[2]).toMatchObject({ meanSaid: null, observed: null });
  });
});

describe('bootstrap', () => {
  it('has no width where every origin says the same, and is the same every time', () => {
    expect(bootstrapSkill([1, 1, 1], [4, 4, 4], 50, 1)).toEqual({ low: 0.75, high: 0.75 });
    const losses = [1, 2, 3, 4, 5];
    const reference = [3, 3, 3, 3, 3];
    expect(bootstrapSkill(losses, reference, 200, 7)).toEqual(bootstrapSkill(losses, reference, 200, 7));
    expect(bootstrapSkill(losses, reference, 200, 7)).not.toEqual(bootstrapSkill(losses, reference, 200, 8));
  });

  it('has the spread of the mean of resampled origins', () => {
    // Skill is 1 − mean(loss); the mean of 400 draws of a fair coin has sd 0.025.
    const losses = Array.from({ length: 400 }, (_, at) => at % 2);
    const { low, high } = bootstrapSkill(
      losses,
      losses.map(() => 1),
      1000,
      1,
    );
    expect(low).toBeGreaterThan(0.5 - 1.6449 * 0.025 - 0.006);
    expect(low).toBeLessThan(0.5 - 1.6449 * 0.025 + 0.006);
    expect(high).toBeGreaterThan(0.5 + 1.6449 * 0.025 - 0.006);
    expect(high).toBeLessThan(0.5 + 1.6449 * 0.025 + 0.006);
  });
});

describe('CRPS of equally likely values', () => {
  it('is the absolute error of a single value', () => {
    expect(sampleCrps([3], 7)).toBe(4);
  });

  it('is mean |X − y| − ½ mean |X − X′|, in any order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: -50, max: 50 }),
        (values, observed) => {
          const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
          const wanted =
            mean(values.map((x) => Math.abs(x - observed))) -
            mean(values.flatMap((x) => values.map((other) => Math.abs(x - other)))) / 2;
          expect(sampleCrps(values, observed)).toBeCloseTo(wanted, 10);
          expect(sampleCrps([...values].reverse(), observed)).toBeCloseTo(wanted, 10);
        },
      ),
    );
  });

  it('is near ∫ (F − 1{x ≥ y})² for the quantiles of a Poisson number', () => {
    const mean = 4;
    const values = Array.from({ length: 2000 }, (_, at) => poissonQuantile(mean, (at + 0.5) / 2000));
    let cumulative = 0;
    let wanted = 0;
    let probability = Math.exp(-mean);
    for (let count = 0; count < 40; count++) {
      cumulative += probability;
      probability *= mean / (count + 1);
      wanted += (cumulative - (count >= 7 ? 1 : 0)) ** 2;
    }
    expect(sampleCrps(values, 7)).toBeCloseTo(wanted, 2);
  });
});
