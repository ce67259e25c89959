import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Parameters } from './document.js';
import { DEFAULT_PARAMETERS } from './parameters.js';
import { expectedEquivalents, fitPrior, longRunRate } from './rates.js';

const positive = (max: number): fc.Arbitrary<number> => fc.double({ min: 1e-3, max, noNaN: true });

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
