import { parse } from 'csv-parse/sync';
import type { QuarantineCode } from '../model/adapter.js';
import { decodeText } from './decode.js';
import { printable, read, refused, shown, type Reading } from './fault.js';

export const MAX_RECORD_CHARACTERS = 1_000_000;
const MAX_ROWS = 500_000;
const MAX_CELLS = 2_000_000;

/** One row of a CSV document by column name, with the number of the line it begins on, counted from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface CsvDocument {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/** Thrown inside the parser's callback, which has no other way out; never leaves this file. */
class Stop extends Error {
  constructor(readonly fault: ReturnType<typeof refused>) {
    super(fault.fault.code);
  }
}

/**
 * Reads a CSV document with a header line, RFC 4180 with `delimiter`, strictly: an empty one is `feed.empty`, a page of
 * markup `feed.wrong_type`, a broken quotation, a row with more or fewer cells than columns, or a last line that does
 * not end `feed.malformed` with its line, a column twice `feed.duplicate_key`, more than 500,000 rows, two million
 * cells, or a million bytes in one row `feed.too_large`. Cells stay text, with `\n` for any line end in them.
 *
 * A last line without a line end cannot be told from one that was cut within its last cell: it is taken only where the
 * feed says that its source ends so, with `may-be-open`.
 */
export function readCsv(
  bytes: Uint8Array,
  delimiter = ',',
  lastLine: 'ended' | 'may-be-open' = 'ended',
): Reading<CsvDocument> {
  const decoded = decodeText(bytes);
  if (decoded.outcome === 'refused') return decoded;
  const begin = decoded.text.trimStart();
  if (begin === '') return refused('feed.empty', 'offset 0', 'an empty document', 'CSV with a header line');
  if (begin.startsWith('<')) return refused('feed.wrong_type', 'offset 0', 'markup', 'CSV with a header line');
  // One kind of line end, so that a document that mixes them has no stray ones in its cells, and lines can be counted.
  const text = decoded.text.replaceAll(/\r\n?/g, '\n');
  if (lastLine === 'ended' && !text.endsWith('\n'))
    return refused(
      'feed.malformed',
      `line ${text.split('\n').length}`,
      printable(text.slice(-40)),
      'a line end after the last row',
    );
  let columns: readonly string[] | undefined;
  const rows: CsvRow[] = [];
  const take = (record: string[], lines: number): void => {
    if (columns === undefined) {
      columns = columnsOf(record);
      return;
    }
    const line = lines - lineEndsIn(record);
    if (rows.length >= MAX_ROWS) stop('feed.too_large', line, `more than ${MAX_ROWS} rows`, `at most ${MAX_ROWS}`);
    if ((rows.length + 1) * columns.length > MAX_CELLS)
      stop('feed.too_large', line, `more than ${MAX_CELLS} cells`, `at most ${MAX_CELLS}`);
    // Without a prototype, so that a column of any name is only a column.
    const cells = Object.create(null) as Record<string, string>;
    columns.forEach((name, index) => (cells[name] = record[index]!));
    rows.push({ line, cells });
  };
  try {
    parse(text, {
      delimiter,
      record_delimiter: '\n',
      skip_empty_lines: true,
      max_record_size: MAX_RECORD_CHARACTERS,
      // Nothing is returned, so that nothing is kept twice.
      on_record: (record: string[], { lines }) => void take(record, lines),
    });
  } catch (error) {
    if (error instanceof Stop) return error.fault;
    const { message, code, lines } = error as { message: string; code?: string; lines?: number };
    return refused(
      code === 'CSV_MAX_RECORD_SIZE' ? 'feed.too_large' : 'feed.malformed',
      `line ${lines ?? 'unknown'}`,
      printable(message),
      'well-formed CSV',
    );
  }
  return read({ columns: columns!, rows });
}

function columnsOf(record: readonly string[]): readonly string[] {
  const columns = record.map((name) => name.trim());
  const seen = new Set<string>();
  for (const name of columns) {
    if (seen.has(name)) stop('feed.duplicate_key', 1, `the column ${shown(name)} twice`, 'each column once');
    seen.add(name);
  }
  return columns;
}

function lineEndsIn(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
}

function stop(code: QuarantineCode, line: number, got: string, wanted: string): never {
  throw new Stop(refused(code, `line ${line}`, got, wanted));
}
