import { GRADES, PUBLICATION_BASES, SOURCE_CLASSES, type Grade } from '@faultline/evidence';
import { z } from 'zod';

const words = (max: number) => z.string().min(1).max(max);
const secureUrl = z
  .string()
  .max(2000)
  .regex(/^https:\/\/[^\s/]+/, 'an address that begins with https://');
const country = z.string().regex(/^[A-Z]{2}$/, 'a country as two capital letters');

/** An operator, one of its cloud regions or zones, or a country. Never a site, and never a position. */
const subject = z
  .string()
  .max(120)
  .regex(
    /^(?:(?:aws|azure|gcp|oci)(?::[a-z][a-z0-9-]*)?|country:[A-Z]{2})$/,
    'an operator, cloud region, zone or country',
  );

/** Who said it. The grade stands on each claim, not here: one source can be sure of one thing and guess at another. */
export const recordSourceSchema = z.strictObject({
  id: words(120).regex(/^[a-z0-9][a-z0-9:-]*$/, 'lower case letters, digits, hyphen, colon'),
  name: words(200),
  class: z.enum(SOURCE_CLASSES),
  home: secureUrl.nullable(),
  licence: words(400),
  classBasis: words(400),
});
export type RecordSource = z.infer<typeof recordSourceSchema>;

/** An instant with its zone, or a day `YYYY-MM-DD`; read by `publicationOf`. */
const moment = words(40);

/**
 * One transcribed claim. `predicate` and `value` are read against the predicates of evidence; there is no field for a
 * position, so that none can be loaded.
 */
export const recordRowSchema = z.strictObject({
  id: words(200).regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'lower case words joined by hyphens'),
  /** Only when a row is transcribed anew; otherwise the day of retrieval is its version. */
  version: words(200).optional(),
  predicate: words(120),
  subject,
  stance: z.enum(['asserts', 'denies']),
  value: z.record(z.string(), z.unknown()),
  place: z.strictObject({
    regionIds: z.array(words(80)).max(50),
    zoneIds: z.array(words(80)).max(50),
    countries: z.array(country).max(50),
  }),
  occurred: z.strictObject({ begin: moment.nullable(), end: moment.nullable() }).nullable(),
  published: z.union([moment, z.strictObject({ from: moment, to: moment })]).nullable(),
  publishedBasis: z.enum(PUBLICATION_BASES).nullable(),
  retrieved: words(10),
  source: words(120),
  origin: words(160),
  grade: z.enum(GRADES),
  confidence: z.number().min(0).max(1).optional(),
  url: secureUrl.nullable(),
  locator: words(400).nullable(),
  thread: words(400).nullable(),
});
export type RecordRow = z.infer<typeof recordRowSchema>;

/** The two files of the record, side by side in one document. Rows are read one by one, so that one bad row costs only itself. */
export const recordDocumentSchema = z.strictObject({
  claims: z.strictObject({
    title: words(400),
    notes: z.array(words(2000)),
    claims: z.array(z.unknown()).max(10_000),
    /** Facts that were found and are not loaded, each with the reason. */
    leftOut: z.array(z.strictObject({ fact: words(1000), reason: words(1000) })),
  }),
  sources: z.strictObject({ title: words(400), sources: z.array(z.unknown()).max(10_000) }),
});
export type RecordDocument = z.infer<typeof recordDocumentSchema>;

/** How sure a row is where it does not say: the house's reading of the grades. F cannot be judged, which is not "false". */
export const CONFIDENCE_OF_GRADE: Readonly<Record<Grade, number>> = {
  A: 0.95,
  B: 0.8,
  C: 0.5,
  D: 0.2,
  E: 0.1,
  F: 0.05,
};
