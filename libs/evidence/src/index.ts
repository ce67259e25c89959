export * from './model/instant.js';
export * from './model/predicates.js';
export * from './model/claim.js';
