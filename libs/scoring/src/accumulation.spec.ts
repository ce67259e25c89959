import { describe, expect, it } from '@jest/globals';
import { distanceKm, footprintDistanceKm, PreparedFootprint, unitVector } from '@faultline/geo';
import fc from 'fast-check';
import { accumulationIn, concentrationBy } from './accumulation.js';
import { Sites } from './sites.js';

const lonLat = fc.oneof(
  fc.tuple(fc.double({ min: 176, max: 184, noNaN: true }), fc.double({ min: -20, max: -14, noNaN: true })),
  fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: 80, max: 90, noNaN: true })),
);
const usd = fc.double({ min: 0, max: 1e9, noNaN: true });
const portfolio = fc.array(fc.tuple(lonLat, usd), { maxLength: 60 });

function sitesOf(list: readonly (readonly [readonly [number, number], number])[]): Sites {
  return new Sites({ lonDegrees: list.map(([[lon]]) => lon), latDegrees: list.map(([[, lat]]) => lat) });
}

describe('what stands in an area', () => {
  it('is every site in a circle, with their value', () => {
    fc.assert(
      fc.property(portfolio, lonLat, fc.double({ min: 0, max: 1500, noNaN: true }), (list, [lon, lat], radiusKm) => {
        const distances = list.map(([at]) => distanceKm(unitVector(...at), unitVector(lon, lat)));
        fc.pre(distances.every((km) => Math.abs(km - radiusKm) > 1e-6));
        const area = { kind: 'circle', lonDegrees: lon, latDegrees: lat, radiusKm } as const;
        const values = list.map(([, value]) => value);
        const { sites, valueUsd } = accumulationIn(area, sitesOf(list), values);
        const expected = distances.flatMap((km, site) => (km < radiusKm ? [site] : []));
        expect([...sites]).toEqual(expected);
        const sum = expected.reduce((total, site) => total + (values[site] ?? 0), 0);
        expect(Math.abs(valueUsd - sum)).toBeLessThan(0.01 + list.length * 0.002);
        const turned = list.toReversed();
        const again = accumulationIn(
          area,
          sitesOf(turned),
          turned.map(([, value]) => value),
        );
        expect(again.valueUsd).toBe(valueUsd);
      }),
      { numRuns: 300 },
    );
  });

  it('is every site in a footprint, across the antimeridian and around a pole', () => {
    const rings = [
      [unitVector(177, -18), unitVector(-178, -19), unitVector(-177, -15), unitVector(179, -16)],
      [unitVector(0, 82), unitVector(120, 85), unitVector(-120, 81)],
    ];
    fc.assert(
      fc.property(portfolio, fc.constantFrom(...rings), (list, ring) => {
        const { sites } = accumulationIn(
          { kind: 'footprint', footprint: new PreparedFootprint(ring) },
          sitesOf(list),
          list.map(() => 1),
        );
        const inside = list.flatMap(([at], site) => (footprintDistanceKm(unitVector(...at), ring) === 0 ? [site] : []));
        expect([...sites]).toEqual(inside);
      }),
      { numRuns: 300 },
    );
  });

  it('adds cents exactly', () => {
    const sites = new Sites({ lonDegrees: [1, 1, 1], latDegrees: [2, 2, 2] });
    const area = { kind: 'circle', lonDegrees: 1, latDegrees: 2, radiusKm: 1 } as const;
    expect(accumulationIn(area, sites, [1e12, 0.5, 0.25])).toEqual({
      sites: Int32Array.of(0, 1, 2),
      valueUsd: 1e12 + 0.75,
    });
  });

  it('says what it cannot take', () => {
    const sites = new Sites({ lonDegrees: [1], latDegrees: [2] });
    const area = { kind: 'circle', lonDegrees: 1, latDegrees: 2, radiusKm: 1 } as const;
    expect(() => accumulationIn(area, sites, [])).toThrow('got 0 values, wanted 1');
    expect(() => accumulationIn({ ...area, radiusKm: NaN }, sites, [1])).toThrow('got NaN km around [1, 2]');
    expect(() => accumulationIn({ ...area, latDegrees: -91 }, sites, [1])).toThrow('around [1, -91]');
  });
});

describe('concentration', () => {
  it('shares value out by group, the greatest first', () => {
    expect(concentrationBy([3, 0, 3, -1, 0], [50, 10, 30, 100, 10])).toEqual({
      totalUsd: 200,
      groups: [
        { group: 3, siteCount: 2, valueUsd: 80, share: 0.4 },
        { group: 0, siteCount: 2, valueUsd: 20, share: 0.1 },
      ],
      herfindahl: expect.closeTo(0.17, 12),
    });
    expect(concentrationBy([5, 4], [0, 0])).toEqual({
      totalUsd: 0,
      groups: [
        { group: 4, siteCount: 1, valueUsd: 0, share: 0 },
        { group: 5, siteCount: 1, valueUsd: 0, share: 0 },
      ],
      herfindahl: 0,
    });
    expect(concentrationBy([], [])).toEqual({ totalUsd: 0, groups: [], herfindahl: 0 });
  });

  it('does not depend on the order of the sites', () => {
    const list = fc.array(fc.tuple(fc.integer({ min: -1, max: 5 }), usd), { maxLength: 40 });
    fc.assert(
      fc.property(list, (sites) => {
        const of = (some: typeof sites): unknown =>
          concentrationBy(
            some.map(([group]) => group),
            some.map(([, value]) => value),
          );
        expect(of(sites.toReversed())).toEqual(of(sites));
      }),
    );
  });

  it('says what it cannot take', () => {
    expect(() => concentrationBy([1], [])).toThrow('got 0 values, wanted 1');
    expect(() => concentrationBy([0.5], [1])).toThrow('got group 0.5');
    expect(() => concentrationBy([-2], [1])).toThrow('got group -2');
    expect(() => concentrationBy([1], [-1])).toThrow('with -1 USD');
  });
});
