import { footprintFault, unitVector } from '@faultline/geo';
import { read, refused, shown, type Reading } from '../document/index.js';

/** A vertex, longitude first. */
export type LonLat = readonly [number, number];

export const MAX_VERTICES = 10_000;
/** Enough for a coastline fifty times as long as its area is wide, at the most vertices; a comb drawn to be slow needs more. */
const MAX_COMPARED = 2_000_000;
const PAIR = /^([+-]?\d{1,4}(?:\.\d{1,20})?),([+-]?\d{1,4}(?:\.\d{1,20})?)$/;

/** A ring as CAP writes it: pairs `lat,lon` with blanks between, the last the same as the first. */
export function ringOfText(text: string, locator: string): Reading<LonLat[]> {
  const words = text.replace(/,\s+/g, ',').split(/\s+/);
  if (words.length > MAX_VERTICES) return tooComplex(words.length, locator);
  const vertices: LonLat[] = [];
  for (const word of words) {
    const [, lat, lon] = PAIR.exec(word) ?? [];
    if (lat === undefined || lon === undefined)
      return refused('geo.invalid_polygon', locator, shown(word), 'pairs lat,lon with blanks between');
    vertices.push([Number(lon), Number(lat)]);
  }
  return checkedRing(vertices, locator);
}

/** A ring as GeoJSON writes it: an array of `[lon, lat]`, the last the same as the first. */
export function ringOfCoordinates(coordinates: unknown, locator: string): Reading<LonLat[]> {
  if (!Array.isArray(coordinates))
    return refused('geo.invalid_polygon', locator, shown(coordinates), 'a ring of positions');
  if (coordinates.length > MAX_VERTICES) return tooComplex(coordinates.length, locator);
  const vertices: LonLat[] = [];
  for (const position of coordinates as unknown[]) {
    const [lon, lat] = Array.isArray(position) ? (position as unknown[]) : [];
    if (typeof lon !== 'number' || typeof lat !== 'number')
      return refused('geo.invalid_polygon', locator, shown(position), 'positions [lon, lat]');
    vertices.push([lon, lat]);
  }
  return checkedRing(vertices, locator);
}

function tooComplex(count: number, locator: string) {
  return refused('geo.too_complex', locator, `${count} vertices`, `at most ${MAX_VERTICES}`);
}

/** The vertices of a closed ring that bounds an area, without the last and without repetitions in a row. */
function checkedRing(vertices: readonly LonLat[], locator: string): Reading<LonLat[]> {
  const outside = vertices.find(([lon, lat]) => Math.abs(lon) > 180 || Math.abs(lat) > 90);
  if (outside)
    return refused('geo.out_of_range', locator, shown(outside), 'longitude from -180 to 180, latitude from -90 to 90');
  const invalid = (got: string) => refused('geo.invalid_polygon', locator, got, 'a closed ring that bounds an area');
  if (vertices.length < 4) return invalid(`${vertices.length} vertices`);
  if (!isSame(vertices[0]!, vertices.at(-1)!)) return invalid('a ring that is not closed');
  const ring = vertices.slice(1).filter((vertex, index) => !isSame(vertex, vertices[index]!));
  const fault = footprintFault(ring.map(([lon, lat]) => unitVector(lon, lat)));
  if (fault !== undefined) return invalid(fault === 'too-few-vertices' ? 'no area' : 'more than half the world');
  const crossing = crossingOf(unwrapped(ring));
  if (crossing === 'too-complex')
    return refused('geo.too_complex', locator, `${ring.length} sides that lie over one another`, 'an outline');
  if (crossing) return invalid(`a ring that crosses itself at side ${crossing[0] + 1} and side ${crossing[1] + 1}`);
  return read(ring);
}

function isSame([x, y]: LonLat, [u, v]: LonLat): boolean {
  return y === v && (x === u || Math.abs(x - u) === 360);
}

/** The closed ring with longitudes that run on over the antimeridian instead of jumping. */
function unwrapped(ring: readonly LonLat[]): LonLat[] {
  let turn = 0;
  let before = ring[0]![0];
  return [...ring, ring[0]!].map(([lon, lat]) => {
    if (lon - before > 180) turn -= 360;
    else if (lon - before < -180) turn += 360;
    before = lon;
    return [lon + turn, lat];
  });
}

interface Side {
  readonly index: number;
  readonly from: LonLat;
  readonly to: LonLat;
  readonly low: LonLat;
  readonly high: LonLat;
}

/**
 * The first two sides of a path of vertices that cross. Sides are swept along the axis on which they are shorter in sum,
 * and compared only while they overlap there; what needs too many comparisons is given up.
 */
function crossingOf(path: readonly LonLat[]): readonly [number, number] | 'too-complex' | undefined {
  const sides: Side[] = path.slice(1).map((to, index) => {
    const from = path[index]!;
    return {
      index,
      from,
      to,
      low: [Math.min(from[0], to[0]), Math.min(from[1], to[1])],
      high: [Math.max(from[0], to[0]), Math.max(from[1], to[1])],
    };
  });
  const extent = (axis: 0 | 1) => sides.reduce((sum, { low, high }) => sum + high[axis] - low[axis], 0);
  const axis = extent(0) < extent(1) ? 0 : 1;
  const across = axis === 0 ? 1 : 0;
  let active: Side[] = [];
  let compared = 0;
  for (const side of sides.sort((a, b) => a.low[axis] - b.low[axis])) {
    active = active.filter((held) => held.high[axis] >= side.low[axis]);
    compared += active.length;
    if (compared > MAX_COMPARED) return 'too-complex';
    for (const held of active) {
      if (held.high[across] < side.low[across] || held.low[across] > side.high[across]) continue;
      if (cross(held, side)) return inOrder(held.index, side.index);
    }
    active.push(side);
  }
  return undefined;
}

function inOrder(a: number, b: number): [number, number] {
  return a < b ? [a, b] : [b, a];
}

/** Positive where `c` lies left of the line from `a` to `b`, 0 on it. */
function turnOf(a: LonLat, b: LonLat, c: LonLat): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
}

/** Whether two sides cross in their midst. Sides that only touch do so in many real areas with islands joined by a line. */
function cross({ from: a, to: b }: Side, { from: c, to: d }: Side): boolean {
  return turnOf(a, b, c) * turnOf(a, b, d) < 0 && turnOf(c, d, a) * turnOf(c, d, b) < 0;
}
