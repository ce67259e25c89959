import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chordSquared, PointIndex, RUNS_LENGTH } from './point-index.js';
import { distanceKm, EARTH_RADIUS_KM, unitVector } from './sphere.js';

const degreeKm = (EARTH_RADIUS_KM * Math.PI) / 180;

/** Places with a liking for the poles, the antimeridian and the corners of cells. */
const lon = fc.oneof(
  fc.double({ min: -540, max: 540, noNaN: true }),
  fc.integer({ min: -3, max: 3 }).map((turn) => turn * 180),
  fc.double({ min: 179.9, max: 180.1, noNaN: true }),
  fc.integer({ min: -180, max: 180 }),
);
const lat = fc.oneof(
  fc.double({ min: -90, max: 90, noNaN: true }),
  fc.constantFrom(-90, 90, 0, -89.999, 89.999),
  fc.integer({ min: -90, max: 90 }),
);
const place = fc.tuple(lon, lat);

function indexOf(places: readonly (readonly [number, number])[]): PointIndex {
  return new PointIndex(
    places.map(([x]) => x),
    places.map(([, y]) => y),
  );
}

/** The positions that a search's runs hold, after checking that runs ascend without overlap. */
function searched(index: PointIndex, x: number, y: number, radiusKm: number): number[] {
  const runs = new Int32Array(RUNS_LENGTH);
  const written = index.runsWithin(x, y, radiusKm, runs);
  const positions: number[] = [];
  let before = -1;
  for (let run = 0; run < written; run += 2) {
    expect(runs[run]).toBeGreaterThan(before);
    for (let position = runs[run] ?? 0; position < (runs[run + 1] ?? 0); position++) positions.push(position);
    before = runs[run + 1] ?? 0;
    expect(before).toBeGreaterThan(runs[run] ?? 0);
  }
  return positions;
}

function within(index: PointIndex, x: number, y: number, radiusKm: number): number[] {
  const [cx, cy, cz] = unitVector(x, y);
  const limit = chordSquared(radiusKm);
  return searched(index, x, y, radiusKm)
    .filter((at) => {
      const dx = (index.x[at] ?? 0) - cx;
      const dy = (index.y[at] ?? 0) - cy;
      const dz = (index.z[at] ?? 0) - cz;
      return dx * dx + dy * dy + dz * dz <= limit;
    })
    .map((at) => index.indexAt[at] ?? -1)
    .sort((a, b) => a - b);
}

describe('points on the sphere, by cells', () => {
  it('finds every point within a distance and no other', () => {
    fc.assert(
      fc.property(
        fc.array(place, { maxLength: 60 }),
        place,
        fc.oneof(fc.double({ min: 0, max: 21_000, noNaN: true }), fc.double({ min: 0, max: 300, noNaN: true })),
        (places, [x, y], radiusKm) => {
          const distances = places.map(([px, py]) => distanceKm(unitVector(px, py), unitVector(x, y)));
          fc.pre(distances.every((km) => Math.abs(km - radiusKm) > 1e-6));
          const expected = distances.flatMap((km, at) => (km < radiusKm ? [at] : []));
          expect(within(indexOf(places), x, y, radiusKm)).toEqual(expected);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('finds near neighbours wherever they are', () => {
    const offset = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        place,
        offset,
        offset,
        fc.double({ min: 0.01, max: 500, noNaN: true }),
        ([x, y], dx, dy, radiusKm) => {
          const other: readonly [number, number] = [x + dx, Math.min(90, Math.max(-90, y + dy))];
          const km = distanceKm(unitVector(...other), unitVector(x, y));
          fc.pre(Math.abs(km - radiusKm) > 1e-6);
          expect(within(indexOf([other]), x, y, radiusKm)).toEqual(km < radiusKm ? [0] : []);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('reaches across the antimeridian', () => {
    const index = indexOf([
      [179.5, 0],
      [-179.5, 0],
      [0, 0],
    ]);
    expect(within(index, 180, 0, 0.6 * degreeKm)).toEqual([0, 1]);
    expect(within(index, -180, 0, 0.6 * degreeKm)).toEqual([0, 1]);
    expect(within(index, 179.9, 0, 0.45 * degreeKm)).toEqual([0]);
    expect(within(index, -179.9, 0, 0.45 * degreeKm)).toEqual([1]);
  });

  it('reaches across the poles', () => {
    const index = indexOf([
      [0, 89],
      [180, 89],
      [90, 87],
      [0, -90],
    ]);
    expect(within(index, 0, 89, 2.01 * degreeKm)).toEqual([0, 1]);
    expect(within(index, -77, 90, 1.01 * degreeKm)).toEqual([0, 1]);
    expect(within(index, 123, -90, 1e-6)).toEqual([3]);
  });

  it('looks at the band of latitude alone, and at few beside it', () => {
    const places = Array.from(
      { length: 360 * 18 },
      (_, at) => [(at % 360) - 179.5, Math.floor(at / 360) * 10 - 85] as const,
    );
    expect(searched(indexOf(places), 10.5, 5, 100)).toHaveLength(3);
    expect(searched(indexOf(places), 10.5, 75, 100)).toHaveLength(7);
  });

  it('knows each point by its index and its position', () => {
    const index = indexOf([
      [50, 26],
      [-3, 40],
      [50.1, 26.1],
    ]);
    expect([...index.positionOf].map((position) => index.indexAt[position])).toEqual([0, 1, 2]);
    const at = index.positionOf[1] ?? -1;
    expect([index.x[at], index.y[at], index.z[at]]).toEqual(unitVector(-3, 40));
  });

  it('says what it cannot take', () => {
    expect(() => new PointIndex([1], [])).toThrow('PointIndex: got 1 longitudes and 0 latitudes');
    expect(() => new PointIndex([1, NaN], [0, 0])).toThrow('got [NaN, 0] at 1');
    expect(() => new PointIndex([1], [90.5])).toThrow('got [1, 90.5] at 0');
    expect(searched(new PointIndex([], []), 0, 0, 30_000)).toEqual([]);
  });

  it('measures chords', () => {
    expect(chordSquared(0)).toBe(0);
    expect(chordSquared(60 * degreeKm)).toBeCloseTo(1, 12);
    expect(chordSquared(90 * degreeKm)).toBeCloseTo(2, 12);
    expect(chordSquared(180 * degreeKm)).toBe(Number.POSITIVE_INFINITY);
    expect(chordSquared(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });
});
