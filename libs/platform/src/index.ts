export * from './clock.js';
export * from './config.js';
export * from './database/roles.js';
export * from './database/database.js';
export * from './database/lease.js';
export * from './database/migrate.js';
export { MIGRATION_NAMES } from './database/migrations.js';
export * from './http/guarded-client.js';
export * from './embedded/index.js';
