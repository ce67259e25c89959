import { parse } from 'csv-parse/sync';
import { writtenNumber } from './decimal.js';
import { readAs, refusedAs, type FileReading } from './fault.js';
import { guarded, GUARD_NOTE, unguarded } from './formula-guard.js';
import {
  LARGEST_FILE_BYTES,
  MOST_COLUMNS,
  MOST_ROWS,
  NO_CELL,
  withoutBlankRows,
  type Table,
  type TableRow,
} from './table.js';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const MAX_RECORD_CHARACTERS = 1_000_000;
const SEPARATOR_LINE = /^sep=([,;\t|])(?:\r\n|\n|\r)/i;

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads a CSV file with a header line: RFC 4180, UTF-8 or UTF-16 with or without a byte order mark, any line ending,
 * separated by what the header line is separated by unless `delimiter` says. A leading `sep=;` line is heeded. A row
 * with fewer or more cells than columns is broken and the others are not; a broken quotation refuses the file, for
 * where it ends nobody knows. Cells stay text.
 */
export function readCsvTable(bytes: Uint8Array, delimiter?: Delimiter): FileReading<Table> {
  if (bytes.length > LARGEST_FILE_BYTES) return tooLarge(bytes);
  const text = decoded(bytes);
  if (text === undefined)
    return refusedAs(
      'file.encoding',
      'line 1',
      'bytes that are neither UTF-8 nor UTF-16',
      'UTF-8',
      'save it as "CSV UTF-8"',
    );
  if (text.trim() === '')
    return refusedAs('file.empty', 'line 1', 'an empty file', 'a header line and rows', 'fill it');
  if (/^\s*</.test(text))
    return refusedAs('file.wrong_type', 'line 1', 'markup', 'CSV with a header line', 'export it as CSV');
  const [separatorLine, separator] = SEPARATOR_LINE.exec(text) ?? ['', undefined];
  const body = text.slice(separatorLine.length);
  const skipped = separatorLine === '' ? 0 : 1;
  let records: Parsed[];
  try {
    records = parse(body, {
      delimiter: delimiter ?? separator ?? delimiterOf(body),
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: MAX_RECORD_CHARACTERS,
      to: MOST_ROWS + 2,
    }) as unknown as Parsed[];
  } catch (error) {
    const { message, lines = 0 } = error as { message: string; lines?: number };
    return refusedAs(
      'file.malformed',
      `line ${lines + skipped}`,
      message.slice(0, 120).replaceAll(/\s+/g, ' '),
      'cells in quotes closed by a quote, quotes inside them doubled',
      'close the quotation on or before that line',
    );
  }
  if (records.length > MOST_ROWS + 1)
    return refusedAs(
      'file.too_many_rows',
      `line ${MOST_ROWS + 2}`,
      'more rows than that',
      `at most ${MOST_ROWS} rows`,
      'import it in portfolios of several tenants, or aggregate it',
    );
  const lines = linesOf(records).map((line) => line + skipped);
  const columns = (records[0]?.record ?? []).map((name) => name.trim());
  if (columns.length > MOST_COLUMNS)
    return refusedAs(
      'file.malformed',
      `line ${lines[0]}`,
      `${columns.length} columns`,
      `at most ${MOST_COLUMNS}`,
      'drop what is not needed',
    );
  const rows = records.slice(1).map(({ record }, index) => rowOf(record, lines[index + 1]!, columns.length));
  return readAs({ kind: 'csv', columns, rows: withoutBlankRows(rows), notes: [] });
}

function rowOf(record: readonly string[], line: number, width: number): TableRow {
  const cells = record.map((text) => ({ text: unguarded(text), kind: 'text' as const }));
  // Spreadsheets drop or add empty cells at the end of a row.
  while (cells.length > width && cells.at(-1)!.text.trim() === '') cells.pop();
  if (cells.length === width) return { line, cells };
  const filled = Array.from({ length: width }, (_, index) => cells[index] ?? NO_CELL);
  return { line, cells: filled, broken: { got: `${cells.length} cells`, wanted: `${width}, as the header has` } };
}

/** The line each record begins on. The parser counts the line each ends on, and a CR LF inside quotes twice. */
function linesOf(records: readonly Parsed[]): number[] {
  let countedTwice = 0;
  return records.map(({ record, info }) => {
    let inside = 0;
    for (const cell of record) {
      if (!/[\r\n]/.test(cell)) continue;
      countedTwice += cell.match(/\r\n/g)?.length ?? 0;
      inside += cell.match(/\r\n|\n|\r/g)!.length;
    }
    return info.lines - countedTwice - inside;
  });
}

function decoded(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes;
  const charset = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  try {
    // It takes the byte order mark away.
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What separates the cells of the first line, quotations apart; the first of {@link DELIMITERS} where nothing does. */
function delimiterOf(text: string): Delimiter {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) {
      if (counts.size > 0) break;
    } else if (!quoted && (DELIMITERS as readonly string[]).includes(character))
      counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return DELIMITERS.reduce((best, next) => ((counts.get(next) ?? 0) > (counts.get(best) ?? 0) ? next : best));
}

export function tooLarge(bytes: Uint8Array): ReturnType<typeof refusedAs> {
  return refusedAs(
    'file.too_large',
    'the file',
    `${bytes.length} bytes`,
    `at most ${LARGEST_FILE_BYTES}`,
    'drop columns that are not read',
  );
}

/** A cell to be written: a text, a number as it is, or nothing. */
export type Written = string | number | null;

/**
 * Writes rows as CSV, RFC 4180 with CR LF. No text of it is a formula to a spreadsheet: see {@link guarded}. The last
 * column is empty; its name says what the guard is. Reading it with {@link readCsvTable} gives the same texts.
 */
export function writeCsv(columns: readonly string[], rows: Iterable<readonly Written[]>): string {
  const lines = [[...columns, GUARD_NOTE].map(quotedAsNeeded).join(',')];
  for (const row of rows) lines.push([...row.map(cellOf), ''].join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function cellOf(value: Written): string {
  if (value === null) return '';
  return typeof value === 'number' ? writtenNumber(value) : quotedAsNeeded(guarded(value));
}

function quotedAsNeeded(text: string): string {
  return /[",;\t|\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
