import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { footprintDistanceKm, footprintFault, openRing } from './footprint.js';
import { distanceKm, EARTH_RADIUS_KM, unitVector } from './sphere.js';
import type { Vector } from './sphere.js';

const ring = (...lonLats: readonly (readonly [number, number])[]): readonly Vector[] =>
  openRing(lonLats.map(([lon, lat]) => unitVector(lon, lat)));
const degreeKm = (EARTH_RADIUS_KM * Math.PI) / 180;

describe('distance on the sphere', () => {
  it('is a quarter of the way round from the equator to a pole', () => {
    expect(distanceKm(unitVector(17, 0), unitVector(-140, 90))).toBeCloseTo(90 * degreeKm, 9);
    expect(distanceKm(unitVector(0, 0), unitVector(180, 0))).toBeCloseTo(180 * degreeKm, 9);
  });

  it('crosses the antimeridian the short way', () => {
    expect(distanceKm(unitVector(179.5, 0), unitVector(-179.5, 0))).toBeCloseTo(degreeKm, 9);
  });

  it('does not change by whole turns', () => {
    expect(unitVector(50.48 + 360, 26)).toEqual(unitVector(50.48 + 720, 26).map((x) => expect.closeTo(x, 12)));
    expect(unitVector(-180, 26)).toEqual(unitVector(180, 26));
    expect(unitVector(540, 26)).toEqual(unitVector(180, 26));
  });
});

describe('distance to a footprint', () => {
  const gulf = ring([50, 26], [51, 26], [51, 27], [50, 27], [50, 26]);

  it('is 0 inside, and open and closed rings are one', () => {
    expect(gulf).toHaveLength(4);
    expect(footprintDistanceKm(unitVector(50.5, 26.5), gulf)).toBe(0);
  });

  it('is the arc to the nearest edge or corner outside', () => {
    expect(footprintDistanceKm(unitVector(51.5, 26), ring([50, 0], [51, 0], [51, 26], [50, 26]))).toBeCloseTo(
      distanceKm(unitVector(51.5, 26), unitVector(51, 26)),
      1,
    );
    expect(footprintDistanceKm(unitVector(0.5, -1), ring([0, 0], [1, 0], [1, 1], [0, 1]))).toBeCloseTo(degreeKm, 6);
    expect(footprintDistanceKm(unitVector(-1, 0), ring([0, 0], [1, 0], [1, 1], [0, 1]))).toBeCloseTo(degreeKm, 6);
  });

  it('is not 0 at the antipode, around which the ring winds as well', () => {
    const distance = footprintDistanceKm(unitVector(-129.5, -26.5), gulf);
    expect(distance).toBeGreaterThan(19_800);
    expect(distance).toBeLessThan(20_016);
  });

  it('is nothing on an edge or a corner', () => {
    expect(footprintDistanceKm(unitVector(0.5, 0), ring([0, 0], [1, 0], [1, 1], [0, 1]))).toBeLessThan(1e-9);
    expect(footprintDistanceKm(unitVector(1, 1), ring([0, 0], [1, 0], [1, 1], [0, 1]))).toBeLessThan(1e-9);
  });

  it('knows footprints around a pole', () => {
    const arctic = ring([0, 80], [90, 80], [180, 80], [-90, 80]);
    expect(footprintDistanceKm(unitVector(33, 90), arctic)).toBe(0);
    expect(footprintDistanceKm(unitVector(45, 87), arctic)).toBe(0);
    expect(footprintDistanceKm(unitVector(90, 79), arctic)).toBeCloseTo(degreeKm, 9);
    expect(footprintDistanceKm(unitVector(33, -90), arctic)).toBeCloseTo(170 * degreeKm, 6);
  });

  it('knows footprints across the antimeridian', () => {
    const fiji = ring([179, -18], [-179, -18], [-179, -17], [179, -17]);
    expect(footprintDistanceKm(unitVector(180, -17.5), fiji)).toBe(0);
    expect(footprintDistanceKm(unitVector(-179.5, -17.5), fiji)).toBe(0);
    expect(footprintDistanceKm(unitVector(0, -17.5), fiji)).toBeGreaterThan(10_000);
  });

  it('skips edges without length', () => {
    const doubled = ring([0, 0], [0, 0], [1, 0], [1, 1]);
    expect(footprintDistanceKm(unitVector(0.5, -1), doubled)).toBeCloseTo(degreeKm, 6);
  });

  it('is never longer than to any vertex, and turns with the globe', () => {
    const lon = fc.double({ min: -180, max: 180, noNaN: true });
    const lat = fc.double({ min: -90, max: 90, noNaN: true });
    fc.assert(
      fc.property(lon, lat, lon, (placeLon, placeLat, turn) => {
        const corners = [
          [10, 40],
          [14, 41],
          [12, 45],
        ] as const;
        const distance = footprintDistanceKm(unitVector(placeLon, placeLat), ring(...corners));
        for (const [cornerLon, cornerLat] of corners) {
          const toCorner = distanceKm(unitVector(placeLon, placeLat), unitVector(cornerLon, cornerLat));
          expect(distance).toBeLessThanOrEqual(toCorner + 1e-9);
        }
        const turned = ring(...corners.map(([x, y]) => [x + turn, y] as const));
        expect(footprintDistanceKm(unitVector(placeLon + turn, placeLat), turned)).toBeCloseTo(distance, 7);
      }),
    );
  });
});

describe('a footprint within a hemisphere', () => {
  it('is told by a direction that sees every vertex', () => {
    const lon = fc.double({ min: -180, max: 180, noNaN: true });
    const lat = fc.double({ min: -90, max: 90, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(lon, lat), { minLength: 3, maxLength: 7 }), (corners) => {
        const vertices = corners.map(([x, y]) => unitVector(x, y));
        const margin = bestMargin(vertices);
        fc.pre(Math.abs(margin) > 1e-9 && footprintFault(vertices) !== 'too-few-vertices');
        expect(footprintFault(vertices)).toBe(margin > 0 ? undefined : 'not-in-a-hemisphere');
      }),
      { numRuns: 300 },
    );
  });
});

/** The greatest least cosine over all directions, which at most three vertices hold in place. */
function bestMargin(vertices: readonly Vector[]): number {
  const candidates: Vector[] = [...vertices];
  vertices.forEach((a, i) => {
    vertices.slice(0, i).forEach((b, j) => {
      candidates.push([a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
      vertices.slice(0, j).forEach((c) => {
        const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
        const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]] as const;
        const normal: Vector = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
        candidates.push(normal, [-normal[0], -normal[1], -normal[2]]);
      });
    });
  });
  return Math.max(
    ...candidates.map((direction) => {
      const size = Math.hypot(...direction);
      return Math.min(
        ...vertices.map(
          (vertex) => (direction[0] * vertex[0] + direction[1] * vertex[1] + direction[2] * vertex[2]) / size,
        ),
      );
    }),
  );
}
