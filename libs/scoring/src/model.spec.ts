import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectationsByPrimary, independentStructure } from './campaign.js';
import type { Structure } from './campaign.js';
import { bandOf, blurredKernel, DEFAULT_PARAMETERS, expectedEquivalents, fitPrior, longRunRate } from './index.js';
import { displayContributions, lossShareOf, MODEL_LIMITS, PARAMETER_BASIS } from './index.js';
import type { Parameters } from './index.js';
import { shapleyValues } from './explanation.js';
import { probabilityGreater } from './pairwise.js';

const positive = (max: number): fc.Arbitrary<number> => fc.double({ min: 1e-3, max, noNaN: true });

describe('kernel', () => {
  it('K1: has the mass 2π·d₀² however much it is blurred', () => {
    fc.assert(
      fc.property(positive(50), positive(100), (d0Km, blurKm) => {
        const reachKm = 40 * Math.hypot(d0Km, blurKm);
        const steps = 4000;
        const stepKm = reachKm / steps;
        let mass = 0;
        for (let step = 0; step < steps; step++) {
          const distance = (step + 0.5) * stepKm;
          mass += 2 * Math.PI * distance * stepKm * blurredKernel(distance, blurKm ** 2, d0Km);
        }
        expect(mass / (2 * Math.PI * d0Km ** 2)).toBeCloseTo(1, 4);
      }),
      { numRuns: 30 },
    );
  });
});

describe('rates', () => {
  const parameters = fc.record({
    eta: fc.double({ min: 0, max: 0.99, noNaN: true }),
    tau_days: fc.double({ min: 1, max: 400, noNaN: true }),
  });

  it('H1: expectations over adjacent spans add up', () => {
    fc.assert(
      fc.property(parameters, positive(2), positive(20), positive(400), positive(400), (own, rate, trigger, h1, h2) => {
        fc.pre(own.eta > 0.01);
        const all: Parameters = { ...DEFAULT_PARAMETERS, ...own };
        const background = ((1 - own.eta) * rate) / 365;
        const excess = background + (own.eta / own.tau_days) * trigger - rate / 365;
        const laterIntensity = rate / 365 + excess * Math.exp((-h1 * (1 - own.eta)) / own.tau_days);
        const laterTrigger = ((laterIntensity - background) * own.tau_days) / own.eta;
        const whole = expectedEquivalents(rate, trigger, h1 + h2, all);
        const parts = expectedEquivalents(rate, trigger, h1, all) + expectedEquivalents(rate, laterTrigger, h2, all);
        expect(parts / whole).toBeCloseTo(1, 9);
      }),
    );
  });

  it('without excitation the long-run rate is all there is', () => {
    expect(expectedEquivalents(0.4, 17, 365, { ...DEFAULT_PARAMETERS, eta: 0 })).toBeCloseTo(0.4, 12);
  });

  it('at the stationary intensity nothing recent is added', () => {
    const rate = 3.65;
    const trigger = (rate / 365) * DEFAULT_PARAMETERS.tau_days;
    expect(expectedEquivalents(rate, trigger, 90, DEFAULT_PARAMETERS)).toBeCloseTo(0.9, 12);
  });

  it('shrinks counts towards the prior', () => {
    expect(longRunRate(0, 0, DEFAULT_PARAMETERS)).toBeCloseTo(DEFAULT_PARAMETERS.m0_per_year, 12);
    expect(longRunRate(5, 12.5, DEFAULT_PARAMETERS)).toBeCloseTo((0.25 + 5) / 25, 12);
  });

  it('refits the prior by moments', () => {
    expect(fitPrior([0, 0, 6], [1, 1, 1])).toEqual({ m0PerYear: 2, alpha: 12 / (24 - 6) });
    expect(fitPrior([2, 2], [1, 1])).toEqual({ m0PerYear: 2, alpha: Number.POSITIVE_INFINITY });
    expect(() => fitPrior([1], [])).toThrow('fitPrior: got 1 counts over 0 years in 0 spans');
  });
});

const structures: fc.Arbitrary<Structure> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom(undefined, 'x', 'y')), { minLength: 1, maxLength: 6 })
  .chain((zones) =>
    fc.record({
      zones: fc.constant(
        zones.map(([weight, sharedFate]) => ({
          share: weight / zones.reduce((sum, [other]) => sum + other, 0),
          sharedFate,
        })),
      ),
      quorum: fc.integer({ min: 1, max: zones.length }),
      singleAzShare: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  );
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('campaigns', () => {
  it('V3: hit 1 + ρ(m − 1) of m equal zones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), share, (zones, rho) => {
        for (const { shareHit } of expectationsByPrimary(independentStructure(zones, 1, 0.3), rho)) {
          expect(shareHit).toBeCloseTo((1 + rho * (zones - 1)) / zones, 10);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('V1: shared fate leaves the hits alone and fails no less', () => {
    fc.assert(
      fc.property(structures, share, (shared, rho) => {
        const apart = { ...shared, zones: shared.zones.map((zone) => ({ ...zone, sharedFate: undefined })) };
        const together = expectationsByPrimary(shared, rho);
        expectationsByPrimary(apart, rho).forEach((before, index) => {
          const after = together[index] ?? before;
          expect(after.shareHit).toBe(before.shareHit);
          expect(after.shareFailed).toBeGreaterThanOrEqual(before.shareFailed - 1e-12);
          expect(after.outageProbability).toBeGreaterThanOrEqual(before.outageProbability - 1e-12);
          expect(after.interruption).toBeGreaterThanOrEqual(before.interruption - 1e-12);
        });
      }),
    );
  });

  it('with ρ = 0 hit one zone, with ρ = 1 all of them', () => {
    const structure = independentStructure(4, 3, 0.5);
    expect(expectationsByPrimary(structure, 0)).toContainEqual(
      expect.objectContaining({ shareHit: 0.25, outageProbability: 0, interruption: 0.125 }),
    );
    expect(expectationsByPrimary(structure, 1)).toContainEqual({
      shareHit: 1,
      shareFailed: 1,
      outageProbability: 1,
      interruption: 1,
    });
  });
});

describe('explanation', () => {
  it('shares out exactly what the factors make together, each alike where they are alike', () => {
    const games = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(games, (values) => {
        const total = Object.values(shapleyValues((coalition) => values[coalition] ?? 0)).reduce((a, b) => a + b, 0);
        expect(total).toBeCloseTo((values[31] ?? 0) - (values[0] ?? 0), 9);
      }),
    );
    const size = (coalition: number): number => coalition.toString(2).replaceAll('0', '').length;
    for (const value of Object.values(shapleyValues((coalition) => size(coalition) ** 2))) {
      expect(value).toBeCloseTo(5, 12);
    }
    expect(shapleyValues((coalition) => (coalition & 0b00010 ? 7 : 0)).recent).toBeCloseTo(7, 12);
  });

  it('is shown in whole points that add up', () => {
    const values = fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(values, share, (parts, nudge) => {
        const reference = 50 + nudge - parts.reduce((sum, part) => sum + part, 0);
        const score = parts.reduce((sum, part) => sum + part, reference);
        const contributions = Object.fromEntries(parts.map((part, index) => [`f${String(index)}`, part]));
        const shown = displayContributions({ score, reference, contributions });
        const values = Object.values(shown.contributions);
        expect(shown.score).toBe(Math.round(score));
        expect(values.reduce((sum, value) => sum + value, shown.reference)).toBe(shown.score);
        parts.forEach((part, index) => {
          expect(Math.abs((values[index] ?? Number.NaN) - part)).toBeLessThan(1);
        });
      }),
    );
  });

  it('gives the left-over points to the largest remainders', () => {
    const shown = displayContributions({ score: 10, reference: 3.4, contributions: { a: 5.5, b: -0.6, c: 1.7 } });
    expect(shown).toEqual({ score: 10, reference: 3, contributions: { a: 6, b: -1, c: 2 } });
  });

  it('refuses parts that do not add up', () => {
    expect(() => displayContributions({ score: 10, reference: 3, contributions: { a: 5 } })).toThrow(
      'displayContributions: got parts adding to 8, wanted the score 10',
    );
  });
});

describe('words', () => {
  it.each([
    [0, 'minimal'],
    [19.999, 'minimal'],
    [20, 'low'],
    [40, 'moderate'],
    [60, 'high'],
    [80, 'severe'],
    [100, 'severe'],
  ])('a score of %d is %s', (score, band) => {
    expect(bandOf(score)).toBe(band);
  });

  it.each([-1, 101, Number.NaN])('there is no band for %d', (score) => {
    expect(() => bandOf(score)).toThrow('wanted a score from 0 to 100');
  });

  it('every parameter says what it rests on', () => {
    expect(Object.keys(PARAMETER_BASIS).sort()).toEqual(Object.keys(DEFAULT_PARAMETERS).sort());
    expect(MODEL_LIMITS.length).toBeGreaterThan(8);
  });
});

describe('comparisons', () => {
  it('are even between equals and sum to one', () => {
    expect(probabilityGreater({ logLoss: 3, sigmaLocal: 1 }, { logLoss: 3, sigmaLocal: 1 })).toBe(0.5);
    const ranked = fc.record({ logLoss: fc.double({ min: 0, max: 30, noNaN: true }), sigmaLocal: positive(3) });
    fc.assert(
      fc.property(ranked, ranked, (a, b) => {
        expect(probabilityGreater(a, b) + probabilityGreater(b, a)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('are certain where nothing is uncertain', () => {
    expect(probabilityGreater({ logLoss: 3, sigmaLocal: 0 }, { logLoss: 2, sigmaLocal: 0 })).toBe(1);
    expect(probabilityGreater({ logLoss: 2, sigmaLocal: 0 }, { logLoss: 2, sigmaLocal: 0 })).toBe(0.5);
  });
});

describe('loss share of a path', () => {
  it('is what the others cannot carry', () => {
    expect(lossShareOf([0.5, 0.2], 0.8)).toBeCloseTo(0.125, 12);
    expect(lossShareOf([0.9], 0.8)).toBe(0);
    expect(lossShareOf([], 0.8)).toBe(1);
    expect(() => lossShareOf([1], 0)).toThrow('got a demand of 0');
  });
});
