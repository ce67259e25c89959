export * from './sphere.js';
export * from './footprint.js';
export * from './point-index.js';
export * from './prepared-footprint.js';
