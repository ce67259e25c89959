import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectationsByPrimary, independentStructure } from './campaign.js';
import type { Structure } from './campaign.js';

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
