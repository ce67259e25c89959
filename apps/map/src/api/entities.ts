import { workloadsBlastRadius, workloadsEntities, workloadsEntity } from '../generated/sdk.gen.js';
import { asOfQuery, readList, takeOne } from './client.js';
import type { Asked } from './client.js';
import type { BlastRadius, Entity, EntitySummary } from './types.js';

export const readEntities = (asked: Asked, signal: AbortSignal) =>
  readList<EntitySummary>((query) => workloadsEntities({ query, signal }), asked, signal);

export const readEntity = (entityId: string, asked: Asked, signal: AbortSignal) =>
  takeOne<Entity>(workloadsEntity({ path: { entityId }, query: asOfQuery(asked), signal }), signal);

/** What stands on a subject, or what it stands on. */
export const readBlastRadius = (subject: string, direction: 'down' | 'up', asked: Asked, signal: AbortSignal) =>
  takeOne<BlastRadius>(workloadsBlastRadius({ query: { ...asOfQuery(asked), subject, direction }, signal }), signal);
