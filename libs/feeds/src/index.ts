export * from './model/adapter.js';
export * from './ingest.js';
export * from './poller.js';
export * from './registry.js';
