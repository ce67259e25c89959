export * from './sphere.js';
export * from './footprint.js';
export { CircleBuckets } from './circle-buckets.js';
export type { Circle } from './circle-buckets.js';
export { chordSquared, PointIndex, RUNS_LENGTH } from './point-index.js';
export * from './prepared-footprint.js';
