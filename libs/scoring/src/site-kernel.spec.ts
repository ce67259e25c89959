import { describe, expect, it } from '@jest/globals';
import { EARTH_RADIUS_KM } from '@faultline/geo';
import fc from 'fast-check';
import { arcKm, decayOver, quantise, QUANTUM, reachKm } from './site-kernel.js';

describe('the arithmetic of site hazard', () => {
  it('rounds to whole quanta, ties to even', () => {
    expect(quantise(QUANTUM * 3.4)).toBe(QUANTUM * 3);
    expect(quantise(QUANTUM * 0.5)).toBe(0);
    expect(quantise(QUANTUM * 1.5)).toBe(QUANTUM * 2);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1024, noNaN: true }), (value) => {
        expect(Math.abs(quantise(value) - value)).toBeLessThanOrEqual(QUANTUM / 2);
        expect(Number.isInteger(quantise(value) / QUANTUM)).toBe(true);
      }),
    );
  });

  it('knows the exponential to 3e-13 and the arc to 1e-14', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 38, noNaN: true }), (lengths) => {
        expect(Math.abs(decayOver(lengths) / Math.exp(-lengths) - 1)).toBeLessThan(3e-13);
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: 0, max: Math.PI, noNaN: true }), (angle) => {
        const chord2 = (2 * Math.sin(angle / 2)) ** 2;
        const wanted = EARTH_RADIUS_KM * angle;
        expect(Math.abs(arcKm(chord2) - wanted)).toBeLessThan(angle < 3 ? 1e-13 * wanted + 1e-12 : 1e-3);
      }),
    );
  });

  it('searches as far as half a quantum goes, and hardly farther', () => {
    const amount = fc.double({ min: 1e-9, max: 1000, noNaN: true });
    const km = fc.double({ min: 5, max: 2_000, noNaN: true });
    fc.assert(
      fc.property(amount, km, (weight, lengthKm) => {
        const reach = reachKm(weight, 5, lengthKm, lengthKm);
        const worth = (distance: number): number => weight * (5 / lengthKm) ** 2 * Math.exp(-distance / lengthKm);
        if (reach < 0) {
          expect(worth(0)).toBeLessThanOrEqual(QUANTUM / 2);
        } else {
          expect(worth(reach)).toBeLessThan(QUANTUM / 2);
          expect(worth(reach * 0.999 - 0.001)).toBeGreaterThan(QUANTUM / 2.1);
        }
        expect(reachKm(weight, 5, 5, lengthKm)).toBeGreaterThanOrEqual(reach);
      }),
    );
  });
});
