export * from './portfolio/index.js';
