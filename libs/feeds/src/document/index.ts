export * from './decode.js';
export * from './json.js';
export * from './text.js';
export * from './html-text.js';
export * from './fault.js';
export * from './settle.js';
export * from './epoch.js';
