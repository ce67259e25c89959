import type { Asset } from './asset.js';
import { readCsvTable } from './csv.js';
import { refusedAs, type FileReading, type RowFault } from './fault.js';
import { readGeoJsonTable } from './geojson.js';
import { mapColumns, type MappedColumns, type Mapping } from './mapping.js';
import { RegionIndex, type KnownRegion } from './region-match.js';
import { fromRegister } from './register.js';
import { RowReader, type RegionReview } from './row-reader.js';
import type { Table } from './table.js';
import { readXlsxTable } from './xlsx.js';

/** A portfolio as a file gives it, and everything that kept rows out of it. */
export interface ReadPortfolio {
  readonly kind: Table['kind'];
  readonly assets: readonly Asset[];
  /** In the order of the file; a row can have several. */
  readonly faults: readonly RowFault[];
  /** Rows with anything but blanks, taken or not. */
  readonly rows: number;
  readonly faultyRows: number;
  readonly reviews: readonly RegionReview[];
  readonly headers: readonly string[];
  /** Field by header, as the columns were understood. */
  readonly columns: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

/** What the rows of a file are called by. */
export const LINE_WORD: Readonly<Record<Table['kind'], string>> = { csv: 'line', xlsx: 'row', geojson: 'feature' };

export interface PortfolioReading {
  readonly mapping: Mapping;
  readonly regions: Iterable<KnownRegion>;
  /** Told now and then how many rows were read of how many. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

const TOLD_EVERY = 5_000;

/**
 * Reads a CSV, XLSX or GeoJSON file as a portfolio. The format is told by the bytes, for names lie. A file that cannot
 * be read at all is refused with the reason; otherwise every row is either an asset or has its faults.
 */
export function readPortfolio(bytes: Uint8Array, reading: PortfolioReading): FileReading<ReadPortfolio> {
  const table = readTable(bytes, reading.mapping);
  if (table.outcome === 'refused') return table;
  const { columns, rows, kind, notes } = fromRegister(table.value);
  const mapped = mapColumns(columns, reading.mapping);
  if (mapped.outcome === 'refused') return { ...mapped, headers: columns };
  if (rows.length === 0)
    return refusedAs('file.empty', 'the file', 'a header and no row', 'at least one row', 'fill it');
  const reader = new RowReader(mapped.value, reading.mapping, new RegionIndex(reading.regions));
  const assets: Asset[] = [];
  const faults: RowFault[] = [];
  let faultyRows = 0;
  rows.forEach((row, index) => {
    const read = reader.read(row);
    if ('asset' in read) assets.push(read.asset);
    else {
      faultyRows += 1;
      faults.push(...read.faults);
    }
    if ((index + 1) % TOLD_EVERY === 0 || index + 1 === rows.length) reading.progress?.(index + 1, rows.length);
  });
  return {
    outcome: 'read',
    value: {
      kind,
      assets,
      faults,
      rows: rows.length,
      faultyRows,
      reviews: reader.reviews(),
      headers: columns,
      columns: meaningsOf(mapped.value),
      notes: [...notes, ...mapped.value.unread.map((header) => `the column ${JSON.stringify(header)} is not read`)],
    },
  };
}

function readTable(bytes: Uint8Array, mapping: Mapping): FileReading<Table> {
  if ((bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf))
    return readXlsxTable(bytes, mapping.sheet);
  return beginsWithBrace(bytes) ? readGeoJsonTable(bytes) : readCsvTable(bytes, mapping.delimiter);
}

function beginsWithBrace(bytes: Uint8Array): boolean {
  const begin = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  return begin.startsWith('{') || begin.startsWith('[');
}

function meaningsOf({ byField }: MappedColumns): Record<string, string> {
  return Object.fromEntries([...byField].map(([field, { header }]) => [header, field]));
}
