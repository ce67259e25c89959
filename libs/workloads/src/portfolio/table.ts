/**
 * How a cell was written. A `number` has a decimal point whatever the reader's country; a `formula` is the text of it,
 * with the equals sign, and is never worked out.
 */
export type CellKind = 'text' | 'number' | 'boolean' | 'formula';

export interface Cell {
  readonly text: string;
  readonly kind: CellKind;
}

export interface TableRow {
  /** Number of its line, row or feature in the file, from 1, the header counted. */
  readonly line: number;
  readonly cells: readonly Cell[];
  /** What is wrong with the row before any of its cells is read. */
  readonly broken?: { readonly got: string; readonly wanted: string };
}

/** A file of rows under named columns, whatever its format. */
export interface Table {
  readonly kind: 'csv' | 'xlsx' | 'geojson';
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** What was passed over, for the report. */
  readonly notes: readonly string[];
}

export const LARGEST_FILE_BYTES = 100_000_000;
export const MOST_ROWS = 200_000;
export const MOST_COLUMNS = 256;
/** What a cell of a spreadsheet holds at most. */
export const LONGEST_CELL = 32_767;

export const NO_CELL: Cell = { text: '', kind: 'text' };

/** The table without rows that hold nothing, which spreadsheets leave behind. */
export function withoutBlankRows(rows: readonly TableRow[]): TableRow[] {
  return rows.filter(({ cells }) => cells.some(({ text }) => text.trim() !== ''));
}
