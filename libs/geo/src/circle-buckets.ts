import { degreesEast, halfWidthDegrees, marginDegrees } from './point-index.js';
import { EARTH_RADIUS_KM } from './sphere.js';
import type { Vector } from './sphere.js';

const sideDegrees = 2;
const rows = 180 / sideDegrees;
const columns = 360 / sideDegrees;
const degreesPerRadian = 180 / Math.PI;

/** A circle that reaches farther than this is looked at from everywhere. */
const farDegrees = 20;

/** A circle on the ground. */
export interface Circle {
  readonly lonDegrees: number;
  readonly latDegrees: number;
  readonly radiusKm: number;
}

/**
 * Circles by the places they may cover, for asking which circles hold a place: each is listed in every cell of 2° that
 * its box touches. A circle that is no more is for the caller to tell, and to begin anew when there are many.
 */
export class CircleBuckets {
  private readonly lists: (number[] | undefined)[] = [];
  private readonly everywhere: number[] = [];

  /** Adds a circle under a number of the caller's. */
  add(key: number, circle: Circle): void {
    const { lonDegrees, latDegrees, radiusKm } = circle;
    const reach = (radiusKm / EARTH_RADIUS_KM) * degreesPerRadian + marginDegrees;
    if (!(reach <= farDegrees)) {
      this.everywhere.push(key);
      return;
    }
    const half = halfWidthDegrees(latDegrees, reach);
    const east = degreesEast(lonDegrees);
    const from = half >= 180 ? 0 : Math.floor((east - half) / sideDegrees);
    const to = half >= 180 ? columns - 1 : Math.min(from + columns - 1, Math.floor((east + half) / sideDegrees));
    for (let row = rowOf(latDegrees - reach), last = rowOf(latDegrees + reach); row <= last; row++) {
      for (let column = from; column <= to; column++) {
        (this.lists[row * columns + ((column + columns) % columns)] ??= []).push(key);
      }
    }
  }

  /** The numbers of all circles that may hold the place of a unit vector: two lists, in no order. */
  near([x, y, z]: Vector): readonly [readonly number[], readonly number[]] {
    const lon = Math.atan2(y, x) * degreesPerRadian;
    const lat = Math.atan2(z, Math.hypot(x, y)) * degreesPerRadian;
    return [this.everywhere, this.lists[rowOf(lat) * columns + Math.floor(degreesEast(lon) / sideDegrees)] ?? []];
  }
}

function rowOf(latDegrees: number): number {
  return Math.min(rows - 1, Math.max(0, Math.floor((latDegrees + 90) / sideDegrees)));
}
