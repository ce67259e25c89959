export * from './bundle.js';
export * from './places-record-feed.js';
