import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { QuarantineCode } from '../model/adapter.js';
import { readLonLat } from './position.js';

describe('readLonLat', () => {
  it.each<[unknown, unknown, [number, number]]>([
    [55.27, 25.2, [55.27, 25.2]],
    ['55.27', ' -25.20 ', [55.27, -25.2]],
    ['+180', '-90', [180, -90]],
    [-180, 90, [-180, 90]],
    [0, 51.5, [0, 51.5]],
    [-0, 51.5, [0, 51.5]],
    ['-0', '0051.5', [0, 51.5]],
  ])('reads %j %j', (lon, lat, lonLat) => {
    expect(readLonLat(lon, lat, '/at')).toEqual({ outcome: 'read', value: lonLat });
  });

  it.each<[unknown, unknown, QuarantineCode]>([
    [181, 25, 'geo.out_of_range'],
    [55, 91, 'geo.out_of_range'],
    ['25.2', '-180.0', 'geo.out_of_range'],
    [0, 0, 'geo.null_island'],
    ['-0.0', '0', 'geo.null_island'],
    [NaN, 25, 'field.invalid'],
    [Infinity, 25, 'field.invalid'],
    ['NaN', '25', 'field.invalid'],
    ['1e2', '25', 'field.invalid'],
    ['0x10', '25', 'field.invalid'],
    ['55,27', '25,2', 'field.invalid'],
    ['55°', '25°', 'field.invalid'],
    ['', '', 'field.invalid'],
    [undefined, 25, 'field.invalid'],
    [55, null, 'field.invalid'],
    [[55], [25], 'field.invalid'],
    [{ toString: '55' }, 25, 'field.invalid'],
    [`55.${'0'.repeat(10_000)}`, '25', 'field.invalid'],
  ])('refuses %j %j', (lon, lat, code) => {
    expect(readLonLat(lon, lat, '/at')).toMatchObject({ outcome: 'refused', fault: { code, locator: '/at' } });
  });

  it('reads a number and its digits alike, and nothing that is off the globe', () => {
    const degrees = fc.integer({ min: -400_00000, max: 400_00000 }).map((units) => units / 1e5);
    fc.assert(
      fc.property(degrees, degrees, (lon, lat) => {
        const reading = readLonLat(lon, lat, '/at');
        expect(readLonLat(lon.toFixed(5), lat.toFixed(5), '/at')).toMatchObject({ outcome: reading.outcome });
        expect(reading.outcome === 'read').toBe(
          Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && (lon !== 0 || lat !== 0),
        );
        if (reading.outcome === 'read') expect(reading.value).toEqual([lon + 0, lat + 0]);
      }),
    );
  });

  it('answers any values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (lon, lat) => {
        const reading = readLonLat(lon, lat, '');
        if (reading.outcome === 'read') expect(reading.value.every(Number.isFinite)).toBe(true);
      }),
    );
  });
});
