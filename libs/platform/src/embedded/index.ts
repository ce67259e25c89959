export { EmbeddedPostgresError } from './embedded-error.js';
export { startEmbeddedPostgres, type EmbeddedOptions, type EmbeddedPostgres } from './start.js';
export type { StopOutcome } from './stop.js';
