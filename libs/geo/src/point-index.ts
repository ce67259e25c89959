import { EARTH_RADIUS_KM, unitVector } from './sphere.js';

const rows = 180;
const columns = 360;
const radiansPerDegree = Math.PI / 180;

/** Added to every angle a search reaches to, so that rounding never leaves a cell out: 0.1 mm on the ground. */
export const marginDegrees = 1e-9;

/** Numbers that `runsWithin` may write: two runs of two ends for each band of latitude. */
export const RUNS_LENGTH = rows * 4;

/**
 * Points on the sphere, sorted by cells of 1° × 1° so that each band of latitude between two longitudes is one run of
 * neighbours in memory (compressed sparse rows). A **position** is a place in that order, an **index** the caller's.
 *
 * Memory: 32 bytes a point and 260 kB.
 */
export class PointIndex {
  readonly count: number;
  /** Unit vectors by position. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** The index of the point at each position. */
  readonly indexAt: Int32Array;
  /** The position of the point with each index. */
  readonly positionOf: Int32Array;
  /** Where each cell's points begin: cells eastwards from the antimeridian, rows of 360 northwards from the south pole. */
  readonly offsets = new Int32Array(rows * columns + 1);

  /** @throws RangeError where the lists differ in length, a longitude is not finite or a latitude is not in ±90 */
  constructor(lonDegrees: ArrayLike<number>, latDegrees: ArrayLike<number>) {
    const count = lonDegrees.length;
    if (latDegrees.length !== count) {
      throw new RangeError(`PointIndex: got ${count} longitudes and ${latDegrees.length} latitudes, wanted as many`);
    }
    this.count = count;
    this.x = new Float64Array(count);
    this.y = new Float64Array(count);
    this.z = new Float64Array(count);
    this.indexAt = new Int32Array(count);
    this.positionOf = new Int32Array(count);
    const cells = new Int32Array(count);
    const ends = new Int32Array(rows * columns + 1);
    for (let index = 0; index < count; index++) {
      const lon = lonDegrees[index] ?? NaN;
      const lat = latDegrees[index] ?? NaN;
      if (!Number.isFinite(lon) || !(Math.abs(lat) <= 90)) {
        throw new RangeError(`PointIndex: got [${lon}, ${lat}] at ${index}, wanted a longitude and a latitude in ±90`);
      }
      const cell = rowOf(lat) * columns + columnOf(lon);
      cells[index] = cell;
      ends[cell + 1] = (ends[cell + 1] ?? 0) + 1;
    }
    for (let cell = 0; cell < rows * columns; cell++) ends[cell + 1] = (ends[cell + 1] ?? 0) + (ends[cell] ?? 0);
    this.offsets.set(ends);
    for (let index = 0; index < count; index++) {
      const cell = cells[index] ?? 0;
      const position = ends[cell] ?? 0;
      ends[cell] = position + 1;
      const [x, y, z] = unitVector(lonDegrees[index] ?? NaN, latDegrees[index] ?? NaN);
      this.x[position] = x;
      this.y[position] = y;
      this.z[position] = z;
      this.indexAt[position] = index;
      this.positionOf[index] = position;
    }
  }

  /**
   * Writes the runs of positions `[from, to)` that hold every point within a distance of a place, and others near it:
   * whoever needs the distance itself compares chords (`chordSquared`). Runs are in ascending order and do not overlap.
   *
   * @param runs at least RUNS_LENGTH long
   * @returns how many numbers were written, two for each run
   */
  runsWithin(lonDegrees: number, latDegrees: number, radiusKm: number, runs: Int32Array): number {
    const reach = radiusKm / EARTH_RADIUS_KM / radiansPerDegree + marginDegrees;
    const bottom = Math.max(latDegrees - reach, -90);
    const top = Math.min(latDegrees + reach, 90);
    const half = halfWidthDegrees(latDegrees, reach);
    const lon = degreesEast(lonDegrees);
    // West and east of the place in columns east of the antimeridian, which may lie beyond either end.
    const west = lon - half;
    const east = lon + half;
    let written = 0;
    for (let row = rowOf(bottom), last = rowOf(top); row <= last; row++) {
      const start = row * columns;
      if (half >= 180) {
        written = this.addRun(start, start + columns, runs, written);
      } else if (west < 0) {
        written = this.addRun(start, start + Math.floor(east) + 1, runs, written);
        written = this.addRun(start + Math.floor(west + columns), start + columns, runs, written);
      } else if (east >= columns) {
        written = this.addRun(start, start + Math.floor(east - columns) + 1, runs, written);
        written = this.addRun(start + Math.floor(west), start + columns, runs, written);
      } else {
        written = this.addRun(start + Math.floor(west), start + Math.floor(east) + 1, runs, written);
      }
    }
    return written;
  }

  /** Adds the points of the cells `[fromCell, toCell)`, joined to the run before where it ends there. */
  private addRun(fromCell: number, toCell: number, runs: Int32Array, written: number): number {
    const from = this.offsets[fromCell] ?? 0;
    const to = this.offsets[toCell] ?? 0;
    if (from >= to) return written;
    if (written > 0 && (runs[written - 1] ?? 0) >= from) {
      runs[written - 1] = Math.max(to, runs[written - 1] ?? 0);
      return written;
    }
    runs[written] = from;
    runs[written + 1] = to;
    return written + 2;
  }
}

/**
 * The square of the straight line between two places this far apart on the ground, for unit vectors: comparing squares
 * of chords compares distances. Infinite from half the way round the Earth.
 */
export function chordSquared(distanceKm: number): number {
  const half = distanceKm / EARTH_RADIUS_KM / 2;
  return half >= Math.PI / 2 ? Number.POSITIVE_INFINITY : (2 * Math.sin(half)) ** 2;
}

function rowOf(latDegrees: number): number {
  return Math.min(rows - 1, Math.floor(latDegrees + 90));
}

function columnOf(lonDegrees: number): number {
  return Math.floor(degreesEast(lonDegrees));
}

/** Degrees east of the antimeridian, in [0, 360). */
export function degreesEast(lonDegrees: number): number {
  const turned = (lonDegrees % 360) + 180;
  if (turned >= 360) return turned - 360;
  return turned >= 0 ? turned : Math.min(turned + 360, 360 - 2 ** -44);
}

/**
 * Greatest difference of longitude inside a circle: asin(sin r / cos φ), where it holds no pole. All the way round
 * where it does.
 */
export function halfWidthDegrees(latDegrees: number, reachDegrees: number): number {
  if (Math.abs(latDegrees) + reachDegrees >= 90) return 180;
  const sine = Math.sin(reachDegrees * radiansPerDegree) / Math.cos(latDegrees * radiansPerDegree);
  return Math.asin(Math.min(1, sine)) / radiansPerDegree + marginDegrees;
}
