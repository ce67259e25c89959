import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { displayContributions } from './display.js';
import { shapleyValues } from './explanation.js';
import { score } from './score.js';

const share = fc.double({ min: 0, max: 1, noNaN: true });

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

  it('is shown for every level of a result', () => {
    const [region] = score({
      as_of: '2026-04-02',
      theatres: [{ id: 'T', coverage_start: '2024-01-01' }],
      regions: [{ id: 'R', theatre: 'T', capacity_mw: 60, azs: [{ id: 'a', lat: 26, lon: 50, share: 1 }] }],
    }).regions;
    if (region === undefined) throw new Error('the result has no region');
    expect(displayContributions(region.exposure).score).toBe(Math.round(region.exposure.score));
    expect(displayContributions(region.likelihood).score).toBe(Math.round(region.likelihood.score));
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
