import { parse } from 'csv-parse/sync';
import { scanCsv, type CsvRecord } from './csv-scan.js';
import { decodeText } from './decode.js';
import { read, refused, type Reading } from './fault.js';

export const MAX_RECORD_CHARACTERS = 1_000_000;
const MAX_ROWS = 500_000;

/** One row of a CSV document by column name, with the number of the line it ends on, counted from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface CsvDocument {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/**
 * Reads a CSV document with a header line, RFC 4180 with `delimiter`, strictly: an empty one is `feed.empty`, a page of
 * markup `feed.wrong_type`, a broken quotation or a row with more or fewer cells than columns `feed.malformed` with its
 * line, a column twice `feed.duplicate_key`, more than 500,000 rows `feed.too_large`. Cells stay text. `isRead` leaves
 * columns out of the cells, which are checked all the same.
 */
export function readCsv(
  bytes: Uint8Array,
  delimiter = ',',
  isRead: (column: string) => boolean = () => true,
): Reading<CsvDocument> {
  const decoded = decodeText(bytes);
  if (decoded.outcome === 'refused') return decoded;
  const begin = decoded.text.trimStart();
  if (begin === '') return refused('feed.empty', 'offset 0', 'an empty document', 'CSV with a header line');
  if (begin.startsWith('<')) return refused('feed.wrong_type', 'offset 0', 'markup', 'CSV with a header line');
  const scanned = scanCsv(decoded.text, delimiter, MAX_RECORD_CHARACTERS, MAX_ROWS + 2, (names) =>
    names.map((name) => isRead(name.trim())),
  );
  let records: readonly CsvRecord[];
  try {
    // What the scan finds irregular is judged by the strict reader, which also says what is wrong with it.
    records = scanned ?? readStrictly(decoded.text, delimiter);
  } catch (error) {
    const { message, lines } = error as { message: string; lines?: number };
    return refused('feed.malformed', `line ${lines ?? 'unknown'}`, message.slice(0, 120), 'well-formed CSV');
  }
  const columns = records[0]!.cells.map((name) => name!.trim());
  if (new Set(columns).size !== columns.length) {
    const twice = columns.find((name, index) => columns.indexOf(name) !== index)!;
    return refused(
      'feed.duplicate_key',
      'line 1',
      `the column ${JSON.stringify(twice.slice(0, 60))} twice`,
      'each column once',
    );
  }
  if (records.length > MAX_ROWS + 1)
    return refused(
      'feed.too_large',
      `line ${records.at(-1)!.line}`,
      `more than ${MAX_ROWS} rows`,
      `at most ${MAX_ROWS}`,
    );
  // Without a prototype, so that a column of any name is only a column.
  const taken = columns.flatMap((name, index) => (isRead(name) ? [{ name, index }] : []));
  const rows = records.slice(1).map(({ line, cells: given }): CsvRow => {
    const cells = Object.create(null) as Record<string, string>;
    for (const { name, index } of taken) cells[name] = given[index]!;
    return { line, cells };
  });
  return read({ columns, rows });
}

function readStrictly(text: string, delimiter: string): CsvRecord[] {
  const records = parse(text, {
    delimiter,
    bom: true,
    info: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_CHARACTERS,
    to: MAX_ROWS + 2,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
}
