export * from './bundle.js';
export * from './reference-feed.js';
