export * from './sphere.js';
export * from './footprint.js';
