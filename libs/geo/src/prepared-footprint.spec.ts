import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { footprintDistanceKm, footprintFault, openRing } from './footprint.js';
import { PreparedFootprint } from './prepared-footprint.js';
import { distanceKm, unitVector } from './sphere.js';
import type { Vector } from './sphere.js';

const vertices = (...lonLats: readonly (readonly [number, number])[]): readonly Vector[] =>
  lonLats.map(([lon, lat]) => unitVector(lon, lat));

const lon = fc.double({ min: -180, max: 180, noNaN: true });
const lat = fc.double({ min: -90, max: 90, noNaN: true });

describe('a prepared footprint', () => {
  it('answers as the plain one does, crossing itself or not, anywhere on Earth', () => {
    const corner = fc.tuple(
      fc.double({ min: -30, max: 30, noNaN: true }),
      fc.double({ min: -30, max: 30, noNaN: true }),
    );
    fc.assert(
      fc.property(lon, lat, fc.array(corner, { minLength: 3, maxLength: 12 }), corner, (x, y, corners, [dx, dy]) => {
        const at = (east: number, north: number): Vector =>
          unitVector(x + east, Math.max(-90, Math.min(90, y + north)));
        const ring = openRing(corners.map(([east, north]) => at(east, north)));
        fc.pre(footprintFault(ring) === undefined);
        const prepared = new PreparedFootprint(ring);
        for (const place of [at(dx, dy), at(dx / 4, dy / 4), unitVector(x + 180, -y)]) {
          const expected = footprintDistanceKm(place, ring);
          expect(prepared.distanceKm(place)).toBeCloseTo(expected, 6);
          if (expected > 1e-6) expect(prepared.holds(...place)).toBe(false);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('sorts many edges into slabs without losing one', () => {
    const star = Array.from({ length: 900 }, (_, at) => {
      const radius = at % 2 === 0 ? 6 : 3;
      const turn = (at / 900) * 2 * Math.PI;
      return [179 + radius * Math.cos(turn), -17 + radius * Math.sin(turn)] as const;
    });
    const ring = vertices(...star);
    const prepared = new PreparedFootprint(ring);
    for (let east = -7; east <= 7; east += 0.37) {
      for (let north = -7; north <= 7; north += 0.37) {
        const place = unitVector(179 + east, -17 + north);
        expect(prepared.holds(...place)).toBe(footprintDistanceKm(place, ring) === 0);
      }
    }
  });

  it('takes closed rings, poles and the antimeridian', () => {
    const arctic = new PreparedFootprint(vertices([0, 80], [90, 80], [180, 80], [-90, 80], [0, 80]));
    expect(arctic.holds(0, 0, 1)).toBe(true);
    expect(arctic.holds(0, 0, -1)).toBe(false);
    const fiji = new PreparedFootprint(vertices([179, -18], [-179, -18], [-179, -17], [179, -17]));
    expect(fiji.holds(...unitVector(180, -17.5))).toBe(true);
    expect(fiji.holds(...unitVector(-179.5, -17.5))).toBe(true);
    expect(fiji.holds(...unitVector(0, 17.5))).toBe(false);
  });

  it('lies in its circle', () => {
    const ring = vertices([50, 26], [51, 26], [53, 27], [50, 27]);
    const { centre, radiusKm } = new PreparedFootprint(ring);
    const distances = ring.map((vertex) => distanceKm(centre, vertex));
    expect(Math.max(...distances)).toBeCloseTo(radiusKm, 9);
    expect(radiusKm).toBeLessThan(250);
  });

  it('refuses what bounds nothing', () => {
    expect(() => new PreparedFootprint(vertices([0, 0], [1, 1]))).toThrow('got 2 vertices, too-few-vertices');
    expect(() => new PreparedFootprint(vertices([0, 0], [120, 0], [-120, 0]))).toThrow('not-in-a-hemisphere');
  });
});
