import { read, readCsv, refused, shown, type Reading } from '../document/index.js';
import type { TableForm } from '../model/adapter.js';

/** The columns that are read, by GDELT's own names. */
export const COLUMNS = [
  'GLOBALEVENTID',
  'SQLDATE',
  'Actor1Name',
  'Actor2Name',
  'EventCode',
  'EventRootCode',
  'NumMentions',
  'NumSources',
  'ActionGeo_Type',
  'ActionGeo_FullName',
  'ActionGeo_CountryCode',
  'ActionGeo_Lat',
  'ActionGeo_Long',
  'DATEADDED',
  'SOURCEURL',
] as const;
export type Column = (typeof COLUMNS)[number];

/** Where each column stands in a row without names. Missing is what that edition does not have. */
type Layout = Readonly<Partial<Record<Column, number>>>;

const HEAD = {
  GLOBALEVENTID: 0,
  SQLDATE: 1,
  Actor1Name: 6,
  Actor2Name: 16,
  EventCode: 26,
  EventRootCode: 28,
  NumMentions: 31,
  NumSources: 32,
} as const;
/** GDELT 1.0: seven columns a place; 57 in all, and 58 since each row has its address. */
const FIRST: Layout = {
  ...HEAD,
  ActionGeo_Type: 49,
  ActionGeo_FullName: 50,
  ActionGeo_CountryCode: 51,
  ActionGeo_Lat: 53,
  ActionGeo_Long: 54,
  DATEADDED: 56,
};
/** GDELT 2: eight columns a place, with the second-order division. */
const SECOND: Layout = {
  ...HEAD,
  ActionGeo_Type: 51,
  ActionGeo_FullName: 52,
  ActionGeo_CountryCode: 53,
  ActionGeo_Lat: 56,
  ActionGeo_Long: 57,
  DATEADDED: 59,
  SOURCEURL: 60,
};
const LAYOUTS: ReadonlyMap<number, Layout> = new Map([
  [57, FIRST],
  [58, { ...FIRST, SOURCEURL: 57 }],
  [61, SECOND],
]);

/** A row: the cell of a column, empty where it has none; or undefined where its cells are not as many as there should be. */
export interface EventRow {
  readonly line: number;
  readonly cell: ((column: Column) => string) | undefined;
  readonly cells: number;
}

const NAMED = /\bGLOBALEVENTID\b/iu;

/** How a table beginning so is laid out; undefined where it is none. */
export function formOf(start: Uint8Array): TableForm | undefined {
  const firstLine = Buffer.from(start.subarray(0, 10_000)).toString('latin1').split(/\r?\n/u, 1)[0]!;
  if (NAMED.test(firstLine)) return { header: true, quoted: true };
  return LAYOUTS.has(firstLine.split('\t').length) ? { header: false, quoted: false } : undefined;
}

/** Reads the table of events: without a header, as GDELT publishes it, or with one in tabs or commas, as others export it. */
export function readTable(bytes: Uint8Array, text: string): Reading<readonly EventRow[]> {
  const firstLine = text.slice(0, 10_000).split(/\r?\n/u, 1)[0]!;
  if (NAMED.test(firstLine)) return named(bytes, firstLine.includes('\t') ? '\t' : ',');
  const layout = LAYOUTS.get(firstLine.split('\t').length);
  if (!layout) return refused('feed.wrong_type', 'line 1', shown(firstLine), 'rows of 57, 58 or 61 cells between tabs');
  if (!text.endsWith('\n'))
    return refused('feed.malformed', `offset ${text.length}`, 'a last line without an end', 'a whole document');
  const width = firstLine.split('\t').length;
  const rows: EventRow[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '' || line === '\r') continue;
    const cells = (line.endsWith('\r') ? line.slice(0, -1) : line).split('\t');
    const cell = (column: Column) => (layout[column] === undefined ? '' : cells[layout[column]]!.trim());
    rows.push({ line: index + 1, cell: cells.length === width ? cell : undefined, cells: cells.length });
  }
  return read(rows);
}

function named(bytes: Uint8Array, delimiter: string): Reading<readonly EventRow[]> {
  const csv = readCsv(bytes, delimiter);
  if (csv.outcome === 'refused') return csv;
  const { columns, rows } = csv.value;
  const byName = new Map(columns.map((column) => [column.toLowerCase(), column]));
  const missing = COLUMNS.find((column) => column !== 'SOURCEURL' && !byName.has(column.toLowerCase()));
  if (missing !== undefined)
    return refused('feed.wrong_type', 'line 1', `no column ${missing}`, 'the columns of GDELT');
  const keys = new Map(COLUMNS.map((column) => [column, byName.get(column.toLowerCase())]));
  return read(
    rows.map(({ line, cells }) => ({
      line,
      cell: (column) => (keys.get(column) === undefined ? '' : cells[keys.get(column)!]!.trim()),
      cells: columns.length,
    })),
  );
}
