export * from './model/adapter.js';
export * from './model/asking.js';
export * from './ingest.js';
export * from './segmented.js';
export * from './reread.js';
export * from './poller.js';
export * from './thread-parser.js';
export * from './registry.js';
