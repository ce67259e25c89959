export * from './model/places.js';
