export * from './access-log.js';
export * from './actor.js';
export * from './credentials.js';
export * from './keys.js';
export * from './password.js';
export * from './sessions.js';
export * from './tenants.js';
export * from './users.js';
