import { z } from 'zod';
import { PLACE_WORDS } from './asset.js';
import { currencyOf, FIELDS, meaningOf, RTO_UNITS, type Field, type HeaderMeaning } from './columns.js';
import { DELIMITERS } from './csv.js';
import { readAs, refusedAs, shownValue, type FileReading } from './fault.js';
import { GUARD_NOTE } from './formula-guard.js';

/**
 * What an importer says of a file beyond what its headers say. `columns`: header to field, or `null` to leave it out.
 * `regions`: what is written to the id of a cloud region, or a word of {@link PLACE_WORDS}: a decision where the text
 * alone is doubtful.
 */
export const mappingSchema = z.strictObject({
  columns: z.record(z.string().max(200), z.enum(FIELDS).nullable()).default({}),
  regions: z
    .record(
      z.string().max(200),
      z.union([
        z.enum(PLACE_WORDS),
        z
          .string()
          .max(80)
          .regex(/^[a-z]+:[a-z0-9-]+$/),
      ]),
    )
    .default({}),
  delimiter: z.enum(DELIMITERS).optional(),
  decimal: z.enum(['.', ',']).optional(),
  sheet: z.string().max(100).optional(),
  provider: z.string().max(60).optional(),
  currency: z
    .string()
    .refine((code) => currencyOf(code) === code, 'wanted a currency code of ISO 4217')
    .optional(),
  rtoUnit: z.enum(RTO_UNITS).optional(),
});
export type Mapping = z.infer<typeof mappingSchema>;

export const NO_MAPPING: Mapping = { columns: {}, regions: {} };

/** Reads a mapping written as JSON; says where it is not one. */
export function readMapping(json: string): FileReading<Mapping> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return refusedAs('mapping.invalid', 'the mapping', (error as Error).message.slice(0, 120), 'JSON', 'mend it');
  }
  const read = mappingSchema.safeParse(value);
  if (read.success) return readAs(read.data);
  const issue = read.error.issues[0]!;
  return refusedAs(
    'mapping.invalid',
    issue.path.length === 0 ? 'the mapping' : issue.path.map((step) => shownValue(String(step))).join(' '),
    issue.message.slice(0, 200),
    `an object of columns, regions, delimiter, decimal, sheet, provider, currency, rtoUnit; fields are ${FIELDS.join(', ')}`,
    'mend it there',
  );
}

/** A column that is read: where it stands, what it is called, what it means. */
export interface MappedColumn extends HeaderMeaning {
  readonly index: number;
  readonly header: string;
}

/** Which column holds which field, and the headers that are not read. */
export interface MappedColumns {
  readonly byField: ReadonlyMap<Field, MappedColumn>;
  readonly unread: readonly string[];
}

/**
 * Gives each column its meaning: what the mapping says, otherwise what its header says. Refused are two columns of one
 * name or one meaning, a mapping that names a column the file has not, and a file in which nothing says what an asset
 * is called or where it is.
 */
export function mapColumns(columns: readonly string[], mapping: Mapping): FileReading<MappedColumns> {
  const named = columns.filter((header) => header !== '');
  const twice = named.find((header, index) => named.indexOf(header) !== index);
  if (twice !== undefined)
    return refusedAs(
      'file.duplicate_column',
      'the header',
      `the column ${shownValue(twice)} twice`,
      'each column once',
      'rename one',
    );
  const absent = Object.keys(mapping.columns).find((header) => !named.includes(header));
  if (absent !== undefined)
    return refusedAs(
      'mapping.invalid',
      'columns',
      `${shownValue(absent)}, which the file has not`,
      `columns of the file: ${named.slice(0, 30).map(shownValue).join(', ')}`,
      'write the header as the file does',
    );
  const byField = new Map<Field, MappedColumn>();
  const unread: string[] = [];
  // What the mapping says comes first, so that it can take a field from a header that only looks like it.
  const said = (header: string) => Object.hasOwn(mapping.columns, header);
  const inOrder = columns
    .map((header, index) => ({ header, index }))
    .filter(({ header }) => header !== '' && header !== GUARD_NOTE)
    .sort((a, b) => Number(said(b.header)) - Number(said(a.header)) || a.index - b.index);
  for (const { header, index } of inOrder) {
    const guessed = meaningOf(header);
    const field = said(header) ? mapping.columns[header]! : guessed?.field;
    const held = field == null ? undefined : byField.get(field);
    if (field == null || (held && said(held.header) && !said(header))) unread.push(header);
    else if (held)
      return refusedAs(
        'file.column_twice',
        'the header',
        `${shownValue(held.header)} and ${shownValue(header)} for ${field}`,
        'one column for a field',
        `say which in the mapping: "columns": {${shownValue(header)}: null}`,
      );
    else byField.set(field, { ...(guessed?.field === field ? guessed : {}), field, index, header });
  }
  if (!byField.has('asset_id') && !byField.has('name'))
    return missing('asset_id or name', named, 'what an asset is called');
  if (!byField.has('region') && !byField.has('zone_id') && !byField.has('zone') && !byField.has('longitude'))
    return missing('region, zone, zone_id or longitude and latitude', named, 'where an asset is');
  if (byField.has('longitude') !== byField.has('latitude'))
    return missing(byField.has('longitude') ? 'latitude' : 'longitude', named, 'the other half of a position');
  return readAs({ byField, unread });
}

function missing(fields: string, headers: readonly string[], what: string): ReturnType<typeof refusedAs> {
  return refusedAs(
    'file.column_missing',
    'the header',
    `columns ${headers.slice(0, 30).map(shownValue).join(', ') || 'without names'}`,
    `a column for ${fields}: ${what}`,
    'name it so, or say which it is in the mapping: "columns": {"Header": "field"}',
  );
}
