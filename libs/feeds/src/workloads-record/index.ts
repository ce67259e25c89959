export * from './bundle.js';
export * from './workloads-record-feed.js';
