import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blurredKernel } from './proximity.js';

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
