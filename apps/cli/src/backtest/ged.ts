import { createHash } from 'node:crypto';
import { createReadStream, openSync, readSync, closeSync, statSync } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parseInstantDays, type ConflictEvent } from '@faultline/scoring';
import { parse } from 'csv-parse';

/** A file that is no UCDP GED record, or none that can be used: one line that says what was got and what was wanted. */
export class GedError extends Error {}

/** Why a row is not among the events. */
export const SET_ASIDE = [
  'HXL tags',
  'other country',
  'repeated id',
  'no position',
  'no date',
  'placed too roughly',
  'dated too roughly',
] as const;
export type SetAside = (typeof SET_ASIDE)[number];

/** The events of a UCDP GED file that are placed and dated well enough, and what became of the other rows. */
export interface GedReading {
  readonly events: readonly ConflictEvent[];
  readonly rows: number;
  readonly setAside: Readonly<Record<SetAside, number>>;
  /** Of every row with a position, however rough. */
  readonly meanLatitude: number;
  readonly countries: readonly string[];
  /** Of the unpacked bytes. */
  readonly sha256: string;
}

const COLUMNS = ['id', 'where_prec', 'latitude', 'longitude', 'date_prec', 'date_start'] as const;
const ROUGHEST = 2;
const MAX_RECORD_BYTES = 1_000_000;
const GZIP_MAGIC = [0x1f, 0x8b];

/**
 * Reads a UCDP GED file, packed with gzip or not, row by row. `date_prec` and `where_prec` of 1 and 2 are taken: known to
 * the week, and to within 25 km. A row of HXL tags is no event; an id counts once.
 *
 * @param country name, ISO 3166 alpha-3 code or Gleditsch and Ward number, where the file holds several
 * @param onProgress is told the share of the file's bytes that has been read
 * @throws GedError
 */
export async function readGed(
  file: string,
  country: string | undefined,
  onProgress: (share: number) => void,
): Promise<GedReading> {
  const size = sizeOf(file);
  const hash = createHash('sha256');
  const reader = new GedReader(file, country);
  let seen = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      onProgress(size === 0 ? 1 : seen / size);
      done(null, chunk);
    },
  });
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const parser = parse({ bom: true, skip_empty_lines: true, max_record_size: MAX_RECORD_BYTES });
  // A pipeline whose end gives up reports that it was aborted, and not why.
  let refusal: GedError | undefined;
  const consume = async (rows: AsyncIterable<string[]>): Promise<void> => {
    for await (const row of rows) {
      refusal = reader.take(row);
      if (refusal) break;
    }
  };
  try {
    const source = createReadStream(file);
    await (isPacked(file)
      ? pipeline(source, counting, createGunzip(), hashing, parser, consume)
      : pipeline(source, counting, hashing, parser, consume));
  } catch (error) {
    if (refusal) throw refusal;
    throw new GedError(`got ${file}, which does not read (${(error as Error).message}), wanted a UCDP GED CSV file`);
  }
  if (refusal) throw refusal;
  return reader.reading(hash.digest('hex'));
}

function sizeOf(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new GedError(`got ${file}, which is no file, wanted a UCDP GED CSV file`);
  return stat.size;
}

function isPacked(file: string): boolean {
  const begin = Buffer.alloc(GZIP_MAGIC.length);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, begin);
  } finally {
    closeSync(handle);
  }
  return GZIP_MAGIC.every((byte, at) => begin[at] === byte);
}

class GedReader {
  private header: Map<string, number> | undefined;
  private readonly ids = new Set<string>();
  private readonly countries = new Set<string>();
  private readonly events: ConflictEvent[] = [];
  private readonly setAside = Object.fromEntries(SET_ASIDE.map((reason) => [reason, 0])) as Record<SetAside, number>;
  private rows = 0;
  private latitudes = 0;
  private placed = 0;

  constructor(
    private readonly file: string,
    private readonly country: string | undefined,
  ) {}

  /** Takes one row, the first being the header. Returns why the file is none of ours, if so. */
  take(row: readonly string[]): GedError | undefined {
    if (this.header === undefined) {
      this.header = new Map(row.map((name, at) => [name.trim().toLowerCase(), at]));
      const missing = COLUMNS.filter((name) => !this.header?.has(name));
      if (missing.length === 0) return undefined;
      return new GedError(`got ${this.file} without ${missing.join(', ')}, wanted a UCDP GED CSV file`);
    }
    this.rows++;
    const outcome = this.eventOf(row);
    if (typeof outcome === 'string') this.setAside[outcome]++;
    else this.events.push(outcome);
    return undefined;
  }

  reading(sha256: string): GedReading {
    if (this.header === undefined) throw new GedError(`got ${this.file}, which is empty, wanted a UCDP GED CSV file`);
    const countries = [...this.countries].sort();
    if (this.country === undefined && countries.length > 1) {
      const named = countries.slice(0, 5).join(', ');
      throw new GedError(
        `got events in ${countries.length} countries (${named}${countries.length > 5 ? ', …' : ''}), wanted one: --country`,
      );
    }
    if (this.events.length === 0) {
      throw new GedError(
        `got ${this.rows} rows of which none is an event${this.country === undefined ? '' : ` in ${this.country}`}, wanted some`,
      );
    }
    const { events, rows, setAside } = this;
    return { events, rows, setAside, meanLatitude: this.latitudes / this.placed, countries, sha256 };
  }

  private eventOf(row: readonly string[]): ConflictEvent | SetAside {
    const cell = (name: string): string => (row[this.header?.get(name) ?? -1] ?? '').trim();
    if (isTagRow(row)) return 'HXL tags';
    if (!this.isOurs(cell)) return 'other country';
    const id = cell('id');
    if (this.ids.has(id)) return 'repeated id';
    this.ids.add(id);
    const lat = numberOf(cell('latitude'), 90);
    const lon = numberOf(cell('longitude'), 180);
    if (lat === undefined || lon === undefined) return 'no position';
    if (cell('country') !== '') this.countries.add(cell('country'));
    this.latitudes += lat;
    this.placed++;
    const day = dayOf(cell('date_start'));
    if (day === undefined) return 'no date';
    if (!isFine(cell('where_prec'))) return 'placed too roughly';
    if (!isFine(cell('date_prec'))) return 'dated too roughly';
    return { day, lonLat: [lon, lat] };
  }

  private isOurs(cell: (name: string) => string): boolean {
    if (this.country === undefined) return true;
    const wanted = this.country.toLowerCase();
    return ['country', 'iso3', 'country_id'].some((name) => cell(name).toLowerCase() === wanted);
  }
}

function isTagRow(row: readonly string[]): boolean {
  const filled = row.filter((cell) => cell.trim() !== '');
  return filled.length > 0 && filled.every((cell) => cell.trim().startsWith('#'));
}

function numberOf(text: string, limit: number): number | undefined {
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Math.abs(value) <= limit ? value : undefined;
}

/** `2014-01-22`, or with the midnight that GED files carry. */
function dayOf(text: string): number | undefined {
  const [, date] = /^(\d{4}-\d{2}-\d{2})(?:[ T]00:00:00(?:\.0+)?)?$/.exec(text) ?? [];
  return date === undefined ? undefined : parseInstantDays(date);
}

function isFine(precision: string): boolean {
  return /^[1-9]\d?$/.test(precision) && Number(precision) <= ROUGHEST;
}
