import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { probabilityGreater } from './pairwise.js';

const positive = (max: number): fc.Arbitrary<number> => fc.double({ min: 1e-3, max, noNaN: true });

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
