export * from './rows.js';
export * from './parse.js';
export * from './record-feed.js';
export * from './watch.js';
