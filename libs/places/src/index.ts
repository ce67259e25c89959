export * from './model/places.js';
export * from './model/footing.js';
