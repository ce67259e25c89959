export * from './country-names.js';
export * from './named.js';
export * from './iso-3166.js';
export * from './gleditsch-ward.js';
export * from './fips-10-4.js';
