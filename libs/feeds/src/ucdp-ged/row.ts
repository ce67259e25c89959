import { isText, pointerOf, read, refused, shown, type Reading } from '../document/index.js';

/** The columns of GED that are read, by the name they have here. Several names are those of older versions, newest first. */
const COLUMNS = {
  id: ['id'],
  version: ['version'],
  codeStatus: ['code_status'],
  violence: ['type_of_violence'],
  dyad: ['dyad_name'],
  sideA: ['side_a'],
  sideB: ['side_b'],
  headline: ['source_headline'],
  where: ['where_description'],
  wherePrecision: ['where_prec'],
  latitude: ['latitude'],
  longitude: ['longitude'],
  country: ['country'],
  iso3: ['iso3'],
  countryId: ['country_id'],
  clarity: ['event_clarity'],
  datePrecision: ['date_prec'],
  dateStart: ['date_start'],
  dateEnd: ['date_end'],
  best: ['best', 'best_est'],
  low: ['low', 'low_est'],
  high: ['high', 'high_est'],
} as const;
type Field = keyof typeof COLUMNS;

/** One row of GED as text, trimmed; empty where the row or its version has nothing there. */
export type GedRow = Readonly<Record<Field, string>>;

/** What a document must have to be one of GED. */
const ESSENTIAL: readonly Field[] = ['id', 'violence', 'latitude', 'longitude', 'dateStart', 'dateEnd', 'best'];
const FIELDS = Object.keys(COLUMNS) as Field[];
const MAX_CELL = 100_000;
/** What statistical packages write for nothing. */
const NOTHING: ReadonlySet<string> = new Set(['NA', 'NaN', 'NULL', 'null']);

/** Under which key each field stands in a document with those keys; undefined where it is no document of GED. */
export function keysOf(columns: readonly string[]): ReadonlyMap<Field, string> | undefined {
  const byName = new Map(columns.map((column) => [column.toLowerCase(), column]));
  const keys = new Map<Field, string>();
  for (const field of FIELDS) {
    const key = COLUMNS[field].map((name) => byName.get(name)).find((name) => name !== undefined);
    if (key !== undefined) keys.set(field, key);
  }
  return ESSENTIAL.every((field) => keys.has(field)) ? keys : undefined;
}

/** Reads the cells of a row, which are text in CSV and text or numbers in JSON. */
export function readRow(
  cells: Readonly<Record<string, unknown>>,
  keys: ReadonlyMap<Field, string>,
  locator: (key: string) => string,
): Reading<GedRow> {
  const row = {} as Record<Field, string>;
  for (const field of FIELDS) {
    const key = keys.get(field);
    const value = key !== undefined && Object.hasOwn(cells, key) ? cells[key] : null;
    if (typeof value === 'string') {
      if (value.length > MAX_CELL)
        return refused('field.too_long', locator(key!), `${value.length} characters`, `at most ${MAX_CELL}`);
      if (!isText(value))
        return refused('field.invalid_text', locator(key!), shown(value), 'text without NUL and lone surrogates');
      const text = value.trim();
      row[field] = NOTHING.has(text) ? '' : text;
    } else if (typeof value === 'number') row[field] = String(value);
    else if (value === null || value === undefined) row[field] = '';
    else return refused('field.invalid', locator(key!), shown(value), 'text or a number');
  }
  return read(row);
}

/** Whether a row holds no data but tags of the Humanitarian Exchange Language, as files of HDX have below the header. */
export function isHxlTags(cells: Readonly<Record<string, string>>): boolean {
  const filled = Object.values(cells).filter((cell) => cell !== '');
  return filled.length > 0 && filled.every((cell) => cell.startsWith('#'));
}

/** Where a cell stands: a line and its column in CSV, a JSON pointer in a page of the API. */
export const cellIn = {
  line: (line: number) => (key: string) => `line ${line}, ${key}`,
  result: (index: number) => (key: string) => pointerOf('/Result', index, key),
};
