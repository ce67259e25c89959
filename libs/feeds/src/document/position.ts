import { read, refused, shown, type Reading } from './fault.js';

/**
 * Reads a point, longitude first, of numbers or their decimal digits. Anything else, a missing one among them, is
 * `field.invalid`; off the globe `geo.out_of_range`; exactly 0, 0 `geo.null_island`.
 */
export function readLonLat(lon: unknown, lat: unknown, locator: string): Reading<[number, number]> {
  const pair = [numberOf(lon), numberOf(lat)];
  const [x, y] = pair;
  if (x === undefined || y === undefined)
    return refused('field.invalid', locator, shown([lon, lat]), 'a longitude and a latitude');
  if (Math.abs(x) > 180 || Math.abs(y) > 90)
    return refused('geo.out_of_range', locator, shown([x, y]), 'longitude from -180 to 180, latitude from -90 to 90');
  if (x === 0 && y === 0) return refused('geo.null_island', locator, shown([x, y]), 'a located point');
  return read([x, y]);
}

const DECIMAL = /^[+-]?\d{1,4}(?:\.\d{1,20})?$/;

/** Zero is added to what is read, so that there is no negative zero. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : undefined;
  return typeof value === 'string' && value.length <= 40 && DECIMAL.test(value.trim()) ? Number(value) + 0 : undefined;
}
