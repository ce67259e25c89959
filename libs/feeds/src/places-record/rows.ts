import { GRADES, PUBLICATION_BASES, SOURCE_CLASSES, spanOfDate } from '@faultline/evidence';
import { z } from 'zod';
import { ruled } from '../document/index.js';

const words = (max: number) => z.string().min(1).max(max);
const moment = words(40);
const day = z
  .string()
  .refine((text) => spanOfDate(text) !== undefined, ruled('time.out_of_range', 'a day of the calendar, YYYY-MM-DD'));

/** What is said once for all rows of one document. `published` null: undated, so visible at every time. */
export const placesSourceSchema = z
  .strictObject({
    source: z.strictObject({
      id: words(120).regex(/^[a-z0-9][a-z0-9:-]*$/, 'lower case letters, digits, hyphen, colon'),
      name: words(200),
      class: z.enum(SOURCE_CLASSES),
    }),
    title: words(300),
    url: z
      .string()
      .max(2000)
      .regex(/^https:\/\/[^\s/]+/, 'an address that begins with https://')
      .nullable(),
    licence: words(300),
    published: z.union([moment, z.strictObject({ from: moment, to: moment })]).nullable(),
    basis: z.enum(PUBLICATION_BASES).nullable(),
    grade: z.enum(GRADES),
    retrieved: day,
  })
  .refine(({ published, basis }) => (published === null) === (basis === null), {
    error: 'a basis exactly where there is a time of publication',
    path: ['basis'],
  });
export type PlacesSource = z.infer<typeof placesSourceSchema>;

/** One claim. `predicate` and `value` are read against the predicates of evidence; there is no field for a position. */
export const placesRowSchema = z.strictObject({
  id: words(40).regex(/^[A-Z]\d{3}$/, 'a capital letter and three digits'),
  /** Only when a row is transcribed anew; otherwise the day its document was read is its version. */
  version: words(200).optional(),
  document: words(80),
  subject: words(120),
  predicate: words(120),
  occurred: z.strictObject({ begin: moment.nullable(), end: moment.nullable().default(null) }).nullable(),
  grade: z.enum(GRADES).optional(),
  value: z.record(z.string(), z.unknown()),
});
export type PlacesRow = z.infer<typeof placesRowSchema>;

/** The frame of the document. Documents and rows are read one by one, so that a bad one costs only itself. */
export const placesDocumentSchema = z.strictObject({
  title: words(400),
  notes: z.array(words(2000)),
  documents: z.record(words(80), z.unknown()),
  sections: z.record(words(80), z.array(z.unknown()).max(20_000)),
});
export type PlacesDocument = z.infer<typeof placesDocumentSchema>;
