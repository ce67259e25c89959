import { INCIDENT_CLASSES, parseInstant, type Watch } from '@faultline/evidence';
import { z } from 'zod';
import { readWith } from '../document/index.js';

const instant = z.string().refine((text) => parseInstant(text) === text, 'an instant in UTC with milliseconds');

/** A span `[from, to)` a record stands for. `operatorIds`: whose regions alone; null where it is of the place itself. */
export const watchSchema = z
  .strictObject({
    feedId: z.string().min(1).max(80),
    classes: z.array(z.enum(INCIDENT_CLASSES)).min(1),
    countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
    operatorIds: z.array(z.string().min(1).max(80)).min(1).nullable(),
    from: instant,
    to: instant,
    text: z.string().min(1).max(1000),
  })
  .refine(({ from, to }) => from < to, { message: 'an end after the begin', path: ['to'] });

/** A watch of evidence with the operators it is limited to. */
export type RecordWatch = Watch & { readonly operatorIds: readonly string[] | null };

const watchFileSchema = z.strictObject({ title: z.string().min(1).max(400), watches: z.array(watchSchema).min(1) });

/**
 * Reads what `watch.json` holds. Throws an Error naming the place and what was wanted, for coverage half read would be
 * coverage overstated or lost.
 */
export function readWatch(json: unknown): RecordWatch[] {
  const file = readWith(watchFileSchema, json, '');
  if (file.outcome === 'read') return file.value.watches;
  const { locator, got, wanted } = file.fault;
  throw new Error(`watch.json at ${locator || '/'}: got ${got}, wanted ${wanted}; correct the file`);
}
