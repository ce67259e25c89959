import type { HazardRules } from '@faultline/scoring';
import type { PlacedIncident } from '../libs/scoring/src/hazard-incident.js';
import { arcKm, contribution } from '../libs/scoring/src/site-kernel.js';
import { unitVector } from '@faultline/geo';
import { degreesEast } from '../libs/geo/src/point-index.js';

/** A longitude from -180 to 180, as boxes have them. */
const longitude = (lonDegrees: number | undefined): number => degreesEast(lonDegrees ?? NaN) - 180;

/** Indexes of the points in a box of degrees. */
export type BoxSearch = (west: number, south: number, east: number, north: number) => readonly number[];

/** Boxes that another library finds, for the same longitudes and latitudes. */
export interface TreeLibrary {
  readonly name: string;
  readonly build: (lonDegrees: ArrayLike<number>, latDegrees: ArrayLike<number>) => BoxSearch;
}

interface Kdbush {
  add(x: number, y: number): number;
  finish(): unknown;
  range: BoxSearch;
}

interface Flatbush {
  add(minX: number, minY: number, maxX: number, maxY: number): number;
  finish(): unknown;
  search: BoxSearch;
}

async function installed<Tree>(name: string): Promise<(new (count: number) => Tree) | undefined> {
  try {
    const { default: tree } = (await import(name)) as { default: new (count: number) => Tree };
    return tree;
  } catch {
    return undefined;
  }
}

/** kdbush and flatbush, those of them that are installed. */
export async function treeLibraries(): Promise<readonly TreeLibrary[]> {
  const libraries: TreeLibrary[] = [];
  const kdbush = await installed<Kdbush>('kdbush');
  if (kdbush !== undefined) {
    libraries.push({
      name: 'kdbush',
      build: (lon, lat) => {
        const tree = new kdbush(lon.length);
        for (let at = 0; at < lon.length; at++) tree.add(longitude(lon[at]), lat[at] ?? NaN);
        tree.finish();
        return (...box) => tree.range(...box);
      },
    });
  }
  const flatbush = await installed<Flatbush>('flatbush');
  if (flatbush !== undefined) {
    libraries.push({
      name: 'flatbush',
      build: (lon, lat) => {
        const tree = new flatbush(lon.length);
        for (let at = 0; at < lon.length; at++) {
          tree.add(longitude(lon[at]), lat[at] ?? NaN, longitude(lon[at]), lat[at] ?? NaN);
        }
        tree.finish();
        return (...box) => tree.search(...box);
      },
    });
  }
  return libraries;
}

/** A full rescore with another library's search and our arithmetic. Sums by the caller's index. */
export function treeRescore(
  search: BoxSearch,
  { x, y, z }: Vectors,
  placed: readonly PlacedIncident[],
  rules: HazardRules,
): Float64Array {
  const sums = new Float64Array(x.length);
  for (const { incident, centre, radiusKm, chordLimit, amount, lengthKm2 } of placed) {
    if (incident.place.kind !== 'point' || chordLimit < 0) continue;
    const { latDegrees } = incident.place;
    const lonDegrees = longitude(incident.place.lonDegrees);
    const [cx, cy, cz] = centre;
    const peak = amount * (rules.d0Km ** 2 / lengthKm2);
    const perKm = 1 / Math.sqrt(lengthKm2);
    for (const [west, south, east, north] of boxesAround(lonDegrees, latDegrees, radiusKm)) {
      for (const at of search(west, south, east, north)) {
        const dx = (x[at] ?? 0) - cx;
        const dy = (y[at] ?? 0) - cy;
        const dz = (z[at] ?? 0) - cz;
        const chord2 = dx * dx + dy * dy + dz * dz;
        if (chord2 <= chordLimit) sums[at] = (sums[at] ?? 0) + contribution(arcKm(chord2), peak, perKm);
      }
    }
  }
  return sums;
}

export interface Vectors {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
}

/** Unit vectors in the caller's order. */
export function vectorsOf(lonDegrees: ArrayLike<number>, latDegrees: ArrayLike<number>): Vectors {
  const columns = {
    x: new Float64Array(lonDegrees.length),
    y: new Float64Array(lonDegrees.length),
    z: new Float64Array(lonDegrees.length),
  };
  for (let at = 0; at < lonDegrees.length; at++) {
    [columns.x[at], columns.y[at], columns.z[at]] = unitVector(lonDegrees[at] ?? NaN, latDegrees[at] ?? NaN);
  }
  return columns;
}

type Box = readonly [number, number, number, number];

function boxesAround(lon: number, lat: number, radiusKm: number): readonly Box[] {
  const reach = (radiusKm / 6371.0088 / Math.PI) * 180 + 1e-9;
  const south = lat - reach;
  const north = lat + reach;
  if (south <= -90 || north >= 90) return [[-180, south, 180, north]];
  const sine = Math.sin((reach * Math.PI) / 180) / Math.cos((lat * Math.PI) / 180);
  const half = (Math.asin(Math.min(1, sine)) * 180) / Math.PI + 1e-9;
  if (lon - half < -180)
    return [
      [-180, south, lon + half, north],
      [lon - half + 360, south, 180, north],
    ];
  if (lon + half > 180)
    return [
      [lon - half, south, 180, north],
      [-180, south, lon + half - 360, north],
    ];
  return [[lon - half, south, lon + half, north]];
}
