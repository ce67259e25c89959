export * from './model/canonical.js';
export * from './model/record-id.js';
export * from './sha256.js';
export * from './ledger.store.js';
export * from './leaf.store.js';
export * from './sequencer.js';
export type { Sha256 } from '@faultline/merkle';
