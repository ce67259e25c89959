import { isText, read, refused, shown, type Reading } from '../document/index.js';

/** The columns of ACLED that are read, by ACLED's own names. */
const COLUMNS = [
  'event_id_cnty',
  'event_date',
  'time_precision',
  'event_type',
  'sub_event_type',
  'actor1',
  'actor2',
  'iso',
  'country',
  'latitude',
  'longitude',
  'geo_precision',
  'notes',
  'fatalities',
  'timestamp',
  'deleted_timestamp',
] as const;
export type Column = (typeof COLUMNS)[number];
/** One row as text, trimmed; empty where it has nothing there. */
export type AcledRow = Readonly<Record<Column, string>>;
export type Keys = ReadonlyMap<Column, string>;

const EVENT: readonly Column[] = ['event_id_cnty', 'event_date', 'event_type', 'latitude', 'longitude', 'timestamp'];
const DELETION: readonly Column[] = ['event_id_cnty', 'deleted_timestamp'];
const MAX_CELL = 100_000;

/** Which of the two tables has these columns, and under which key each stands there; undefined for neither. */
export function tableWith(columns: readonly string[]): { kind: 'events' | 'deletions'; keys: Keys } | undefined {
  const byName = new Map(columns.map((column) => [column.toLowerCase(), column]));
  const keys = new Map<Column, string>();
  for (const column of COLUMNS) {
    const key = byName.get(column);
    if (key !== undefined) keys.set(column, key);
  }
  if (EVENT.every((column) => keys.has(column))) return { kind: 'events', keys };
  return DELETION.every((column) => keys.has(column)) ? { kind: 'deletions', keys } : undefined;
}

/** Reads the cells of a row, which are text in CSV and text or numbers in JSON. */
export function readRow(
  cells: Readonly<Record<string, unknown>>,
  keys: Keys,
  at: (key: string) => string,
): Reading<AcledRow> {
  const row = {} as Record<Column, string>;
  for (const column of COLUMNS) {
    const key = keys.get(column);
    const value = key !== undefined && Object.hasOwn(cells, key) ? cells[key] : null;
    if (typeof value === 'string') {
      if (value.length > MAX_CELL)
        return refused('field.too_long', at(column), `${value.length} characters`, `at most ${MAX_CELL}`);
      if (!isText(value))
        return refused('field.invalid_text', at(column), shown(value), 'text without NUL and lone surrogates');
      row[column] = value.trim();
    } else if (typeof value === 'number') row[column] = String(value);
    else if (value === null || value === undefined) row[column] = '';
    else return refused('field.invalid', at(column), shown(value), 'text or a number');
  }
  return read(row);
}
