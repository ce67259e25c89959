export * from './model/adapter.js';
