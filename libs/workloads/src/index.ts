export * from './model/stake.js';
export * from './model/edges.js';
export * from './model/searches.js';
export * from './model/blast-radius.js';
export * from './portfolio/index.js';
