import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CircleBuckets } from './circle-buckets.js';
import type { Circle } from './circle-buckets.js';
import { distanceKm, unitVector } from './sphere.js';

const lon = fc.oneof(
  fc.double({ min: -540, max: 540, noNaN: true }),
  fc.constantFrom(-180, 180, 179.99, -179.99, 5, 0),
);
const lat = fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, 90, 89.99, -85, 0));
const radiusKm = fc.oneof(
  fc.double({ min: 0, max: 400, noNaN: true }),
  fc.double({ min: 0, max: 21_000, noNaN: true }),
);
const circle = fc.record({ lonDegrees: lon, latDegrees: lat, radiusKm });

function near(buckets: CircleBuckets, x: number, y: number): readonly number[] {
  return buckets.near(unitVector(x, y)).flat();
}

describe('circles by the places they may cover', () => {
  it('lists every circle that holds a place, each once', () => {
    fc.assert(
      fc.property(fc.array(circle, { maxLength: 15 }), lon, lat, (circles, x, y) => {
        const buckets = new CircleBuckets();
        circles.forEach((one, key) => buckets.add(key, one));
        const found = near(buckets, x, y);
        expect(new Set(found).size).toBe(found.length);
        circles.forEach((one, key) => {
          const km = distanceKm(unitVector(one.lonDegrees, one.latDegrees), unitVector(x, y));
          if (km <= one.radiusKm) expect(found).toContain(key);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds a circle from its edge, wherever it is', () => {
    const turn = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });
    fc.assert(
      fc.property(circle, turn, fc.double({ min: 0, max: 1, noNaN: true }), (one, angle, share) => {
        const buckets = new CircleBuckets();
        buckets.add(7, one);
        const reach = ((share * one.radiusKm) / 6371.0088 / Math.PI) * 180;
        const y = Math.max(-90, Math.min(90, one.latDegrees + reach * Math.cos(angle)));
        const x = one.lonDegrees + reach * Math.sin(angle);
        const km = distanceKm(unitVector(one.lonDegrees, one.latDegrees), unitVector(x, y));
        if (km <= one.radiusKm) expect(near(buckets, x, y)).toEqual([7]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves out what is far', () => {
    const gulf: Circle = { lonDegrees: 50.5, latDegrees: 26, radiusKm: 300 };
    const half: Circle = { lonDegrees: 50.5, latDegrees: 26, radiusKm: 10_000 };
    const buckets = new CircleBuckets();
    buckets.add(1, gulf);
    buckets.add(2, gulf);
    buckets.add(3, half);
    expect(near(buckets, 50, 26)).toEqual([3, 1, 2]);
    expect(near(buckets, -120, -26)).toEqual([3]);
  });
});
