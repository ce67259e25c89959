import { entityId, GRADES, isCalendarDate, PUBLICATION_BASES, SIDES_RELATIONS, TLP_LABELS } from '@faultline/evidence';
import { z } from 'zod';
import { ruled } from '../document/index.js';

const words = (max: number) => z.string().min(1).max(max);
const moment = words(40);
const secureUrl = z
  .string()
  .max(2000)
  .regex(/^https:\/\/[^\s/]+/, 'an address that begins with https://');
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day YYYY-MM-DD')
  .refine(
    (text) => {
      const [year = '', month = '', date = ''] = text.split('-');
      return isCalendarDate(year, month, date);
    },
    ruled('time.out_of_range', 'a day of the calendar, YYYY-MM-DD'),
  );

/** What the rows of `documents` say once for all claims taken from one document. `where` says what it is and how to find it. */
export const sourceDocumentSchema = z.strictObject({
  source: words(120),
  published: z.union([moment, z.strictObject({ from: moment, to: moment })]),
  basis: z.enum(PUBLICATION_BASES),
  grade: z.enum(GRADES),
  url: secureUrl.nullable(),
  where: z.string().min(20).max(340),
  retrieved: day,
});
export type SourceDocument = z.infer<typeof sourceDocumentSchema>;

export const entityRowSchema = z.strictObject({
  id: entityId,
  name: words(200),
  aliases: z.array(words(200)).max(20),
  operatorId: words(80).nullable(),
  partitionId: words(80).nullable(),
  text: words(1000),
  retrieved: day,
});

/** One claim of a document, with everything it says; `predicate` and `value` are read against the predicates of evidence. */
export const workloadRowSchema = z.strictObject({
  id: words(40).regex(/^[CO]\d{3}$/, 'C or O and three digits'),
  /** Only when a row is transcribed anew; otherwise the day its document was read is its version. */
  version: words(200).optional(),
  document: words(80),
  line: z.number().int().min(1).nullable(),
  stance: z.enum(['asserts', 'denies']),
  tlp: z.enum(TLP_LABELS),
  occurred: z.strictObject({ begin: moment.nullable(), end: moment.nullable() }).nullable(),
  text: words(2000),
  /** Only where the document itself names whom it has this from. */
  origin: words(160).optional(),
  grade: z.enum(GRADES).optional(),
  confidence: z.number().min(0).max(1).optional(),
  says: z
    .array(
      z.strictObject({
        predicate: words(120),
        subject: entityId,
        value: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1)
    .max(40),
});
export type WorkloadRow = z.infer<typeof workloadRowSchema>;

export const disagreementRowSchema = z.strictObject({
  id: words(40).regex(/^X\d{2}$/, 'X and two digits'),
  about: z.array(entityId).min(1),
  point: words(200),
  relation: z.enum(SIDES_RELATIONS),
  sides: z.array(z.strictObject({ itemIds: z.array(words(200)).min(1), says: words(1000) })).min(2),
  reading: words(2000),
});

export const gapRowSchema = z.strictObject({
  id: words(40).regex(/^G\d{2}$/, 'G and two digits'),
  about: z.array(words(120)).min(1),
  topic: words(40),
  question: words(1000),
  searchedIn: z.array(words(200)).min(1),
  searchedOn: day,
  text: words(2000),
});

/** The frame of the bundled document. Rows are read one by one, so that a bad one costs only itself. */
export const workloadsDocumentSchema = z.strictObject({
  entities: z.strictObject({
    title: words(400),
    notes: z.array(words(2000)),
    entities: z.array(z.unknown()).max(20_000),
  }),
  workloads: z.strictObject({
    title: words(400),
    notes: z.array(words(2000)),
    documents: z.record(words(80), z.unknown()),
    claims: z.array(z.unknown()).max(20_000),
    disagreements: z.array(z.unknown()).max(5_000),
    gaps: z.array(z.unknown()).max(5_000),
  }),
  sources: z.strictObject({ title: words(400), sources: z.array(z.unknown()).max(10_000) }),
});
export type WorkloadsDocument = z.infer<typeof workloadsDocumentSchema>;
