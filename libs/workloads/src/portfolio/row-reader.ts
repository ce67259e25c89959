import { PLACE_WORDS, type Asset, type LonLat } from './asset.js';
import { currencyOf, rtoUnitOf, type Field } from './columns.js';
import { readDecimal, type DecimalMark } from './decimal.js';
import { shownValue, type RowFault, type RowFaultCode } from './fault.js';
import type { MappedColumn, MappedColumns, Mapping } from './mapping.js';
import type { RegionCandidate, RegionIndex, RegionMatch } from './region-match.js';
import { NO_CELL, type Cell, type TableRow } from './table.js';

/** A text that may mean several regions, for somebody to decide. */
export interface RegionReview {
  readonly written: string;
  readonly candidates: readonly RegionCandidate[];
  /** How many cells say it, and the line of the first. */
  readonly cells: number;
  readonly firstLine: number;
}

const LONGEST_ID = 200;
const LONGEST_NAME = 300;
const MOST_TAGS = 100;
const MOST_PLACES = 50;
const LARGEST_VALUE = 1e15;
const LONGEST_RTO_MINUTES = 5_256_000;
const YES = new Set(['yes', 'y', 'true', '1', 'x', 'ja', 'oui', 'si', 'sí']);
const NO = new Set(['no', 'n', 'false', '0', 'nein', 'non']);
const NONE_WORDS = new Set(['none', 'no', 'nowhere', '-', '–', 'n/a', 'na']);
const OWN_WORDS = new Set(['own-site', 'own site', 'on-premises', 'on premises', 'on-prem', 'onprem', 'own premises']);
const DURATION = /^(\d+(?:[.,]\d+)?)\s*([a-z]+)$/;
const ISO_DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/i;
const MINUTES = { minutes: 1, hours: 60, days: 1440 } as const;

type Reviewed = { candidates: readonly RegionCandidate[]; cells: number; firstLine: number };

/**
 * Reads rows of one file into assets. It remembers what must agree between rows: ids, the decimal mark of a column,
 * the texts that leave a region in doubt.
 */
export class RowReader {
  private readonly marks = new Map<Field, { mark: DecimalMark; line: number }>();
  private readonly linesById = new Map<string, number>();
  private readonly doubts = new Map<string, Reviewed>();
  private faults: RowFault[] = [];
  private row: TableRow = { line: 0, cells: [] };

  constructor(
    private readonly columns: MappedColumns,
    private readonly mapping: Mapping,
    private readonly index: RegionIndex,
  ) {}

  /** The texts met so far that may mean several regions, those met most first. */
  reviews(): RegionReview[] {
    return [...this.doubts]
      .map(([written, review]) => ({ written, ...review }))
      .sort((a, b) => b.cells - a.cells || a.firstLine - b.firstLine);
  }

  /** The asset of a row, or every reason why it is none. */
  read(row: TableRow): { asset: Asset } | { faults: readonly RowFault[] } {
    this.row = row;
    this.faults = [];
    if (row.broken)
      return {
        faults: [
          {
            code: 'row.cells',
            line: row.line,
            column: 'the row',
            value: row.broken.got,
            wanted: row.broken.wanted,
            fix: 'add the cells that are missing, or quote the text that holds a separator',
          },
        ],
      };
    const asset = this.asset();
    return this.faults.length > 0 ? { faults: this.faults } : { asset };
  }

  private asset(): Asset {
    const name = this.text('name', LONGEST_NAME);
    const id = this.text('asset_id', LONGEST_ID) || name.slice(0, LONGEST_ID);
    const idField = this.text('asset_id', LONGEST_ID) ? 'asset_id' : 'name';
    if (id === '' && this.faults.length === 0) this.fault('field.missing', idField, 'an id or a name', 'fill the cell');
    const before = this.linesById.get(id);
    if (before !== undefined)
      this.fault('asset.duplicate', idField, `an id that no other row has`, `line ${before} has it too: rename one`);
    else if (id !== '') this.linesById.set(id, this.row.line);
    const site = this.site();
    const place = this.place();
    if (place.regionId === null && site === null && this.faults.length === 0)
      this.fault('field.missing', 'region', 'a cloud region, a zone or a position', 'say where the asset is');
    const value = this.value();
    return {
      id,
      name: name || id,
      ...place,
      site,
      ...value,
      residency: this.residency(place.regionId),
      tags: [...new Set(this.list('tags', MOST_TAGS))],
      standby: this.places('standby'),
      backups: this.places('backups'),
      keys: this.places('keys'),
      dns: this.places('dns'),
      identity: this.places('identity'),
      onlyCopy: this.yesOrNo('only_copy'),
      rtoMinutes: this.rto(),
    };
  }

  private column(field: Field): MappedColumn | undefined {
    return this.columns.byField.get(field);
  }

  private cell(field: Field): Cell {
    const column = this.column(field);
    return (column && this.row.cells[column.index]) ?? NO_CELL;
  }

  private fault(code: RowFaultCode, field: Field, wanted: string, fix: string, value = this.cell(field).text): void {
    const column = this.column(field)?.header ?? field;
    if (this.faults.some((fault) => fault.code === code && fault.column === column)) return;
    this.faults.push({ code, line: this.row.line, column, value: shownValue(value), wanted, fix });
  }

  /** A cell as text: blanks evened out, characters that are not seen taken away. A formula stays its text. */
  private text(field: Field, longest: number): string {
    const { text } = this.cell(field);
    if (text.includes('\u0000') || !text.isWellFormed()) {
      this.fault('field.invalid_text', field, 'whole characters, no NUL', 'type the cell again');
      return '';
    }
    const clean = text
      .replaceAll(/\p{Cf}/gu, '')
      .replaceAll(/[\s\p{Cc}]+/gu, ' ')
      .trim();
    if (clean.length > longest) this.fault('field.too_long', field, `at most ${longest} characters`, 'shorten it');
    return clean.slice(0, longest).toWellFormed();
  }

  private list(field: Field, most: number): string[] {
    const items = this.text(field, 20_000)
      .split(/[;|,]/)
      .map((item) => item.trim())
      .filter((item) => item !== '');
    if (items.length > most) this.fault('field.too_long', field, `at most ${most} of them`, 'leave some out');
    return items.slice(0, most);
  }

  private place(): Pick<Asset, 'regionId' | 'zoneLetter' | 'zoneId'> {
    const nowhere = { regionId: null, zoneLetter: null, zoneId: null };
    const zoneText = this.text('zone', 100);
    const zoneIdText = this.text('zone_id', 100);
    const known = zoneIdText === '' ? undefined : this.index.zone(zoneIdText);
    if (zoneIdText !== '' && !known) {
      this.fault('zone.unknown', 'zone_id', 'the id of a zone, such as mec1-az2', 'look it up in your account');
      return nowhere;
    }
    const regionText = this.text('region', 200);
    let region = regionText === '' ? undefined : this.decide('region', regionText);
    if (regionText !== '' && region === undefined) return nowhere;
    let letter: string | null = region?.zoneLetter ?? null;
    let zoneId = known?.zoneId ?? region?.zoneId ?? null;
    if (zoneText !== '') {
      const byId = this.index.zone(zoneText);
      const named = byId || isLetter(zoneText) ? undefined : this.index.match(zoneText, this.provider());
      if (byId) zoneId ??= byId.zoneId;
      else if (isLetter(zoneText)) letter = letterOf(zoneText);
      else if (named?.outcome === 'matched' && named.zoneLetter !== null) {
        letter = named.zoneLetter;
        region ??= named;
        if (named.regionId !== region.regionId) this.conflict('zone', named.regionId);
      } else {
        const wanted = 'a zone id such as mec1-az2, or the letter of your account';
        this.fault('zone.unknown', 'zone', wanted, 'write one of them');
        return nowhere;
      }
      if (byId && zoneId !== byId.zoneId) this.conflict('zone', byId.zoneId);
    }
    const home = zoneId === null ? undefined : this.index.zone(zoneId)?.region.id;
    const regionId = region?.regionId ?? home ?? null;
    if (home !== undefined && home !== regionId) this.conflict(known ? 'zone_id' : 'zone', `a zone of ${home}`);
    if (letter !== null && regionId === null) {
      this.fault('field.missing', 'region', 'the region of the zone', 'write it: a letter names no zone alone');
      return nowhere;
    }
    return { regionId, zoneLetter: letter, zoneId };
  }

  private conflict(field: Field, said: string): void {
    this.fault('field.conflict', field, 'one zone of one region', `this names ${said}, the rest of the row another`);
  }

  private provider(): string | undefined {
    return this.text('provider', 100) || this.mapping.provider;
  }

  /** The region a text names, by the mapping's decision or by itself; a fault where that is not certain. */
  private decide(field: Field, written: string): Extract<RegionMatch, { outcome: 'matched' }> | undefined {
    const decided = Object.hasOwn(this.mapping.regions, written) ? this.mapping.regions[written] : undefined;
    const match = this.index.match(decided ?? written, decided === undefined ? this.provider() : undefined);
    if (match.outcome === 'matched') return match;
    if (match.outcome === 'unknown') {
      const wanted = 'a cloud region, such as aws:me-central-1 or UAE North';
      this.fault('region.unknown', field, wanted, decisionFor(written, 'REGION'), written);
      return undefined;
    }
    const held = this.doubts.get(written);
    if (held) held.cells += 1;
    else this.doubts.set(written, { candidates: match.candidates, cells: 1, firstLine: this.row.line });
    const ids = match.candidates.map(({ regionId, score }) => `${regionId} (${score})`);
    const wanted = `one region; it may be ${ids.join(', ')}`;
    this.fault('region.doubtful', field, wanted, decisionFor(written, match.candidates[0]!.regionId), written);
    return undefined;
  }

  private places(field: 'standby' | 'backups' | 'keys' | 'dns' | 'identity'): readonly string[] | null {
    const found = new Set<string>();
    for (const item of this.list(field, MOST_PLACES)) {
      const word = this.wordOf(item);
      const place = word ?? this.decide(field, item)?.regionId;
      if (place !== undefined) found.add(place);
    }
    if (found.has('none') && found.size > 1)
      this.fault('field.conflict', field, 'none, or places', 'leave out the word or the places');
    return found.size === 0 ? null : [...found];
  }

  private wordOf(item: string): string | undefined {
    const decided = Object.hasOwn(this.mapping.regions, item) ? this.mapping.regions[item]! : item;
    const word = decided.toLowerCase();
    if (NONE_WORDS.has(word)) return 'none';
    if (OWN_WORDS.has(word)) return 'own-site';
    return (PLACE_WORDS as readonly string[]).includes(word) ? word : undefined;
  }

  private number(field: Field, cell: Cell, grouped = true): number | null {
    if (cell.text.trim() === '') return null;
    const reading = readDecimal(cell, this.mapping.decimal, grouped);
    if (reading.outcome === 'formula') {
      this.fault('field.formula', field, 'a number', 'formulas are not worked out: paste the value in its place');
      return null;
    }
    if (reading.outcome === 'ambiguous') {
      const fix = 'say which in the mapping: "decimal": "." or "decimal": ","';
      this.fault('field.number_ambiguous', field, 'a number that can be read in one way', fix);
      return null;
    }
    if (reading.outcome === 'none') {
      this.fault('field.number', field, 'a number', 'write digits with at most one decimal mark');
      return null;
    }
    const held = this.marks.get(field);
    if (reading.mark !== null && held && held.mark !== reading.mark) {
      const fix = `line ${held.line} has ${JSON.stringify(held.mark)} before its decimals: write all of them in one way`;
      this.fault('field.number_mixed', field, 'one decimal mark in a column', fix);
      return null;
    }
    if (reading.mark !== null && !held) this.marks.set(field, { mark: reading.mark, line: this.row.line });
    return reading.value;
  }

  private site(): LonLat | null {
    const [lonCell, latCell] = [this.cell('longitude'), this.cell('latitude')];
    const [lon, lat] = [this.number('longitude', lonCell, false), this.number('latitude', latCell, false)];
    if (lon === null && lat === null) return null;
    if (lon === null || lat === null) {
      const field = lon === null ? 'longitude' : 'latitude';
      if (this.cell(field).text.trim() === '')
        this.fault('field.missing', field, 'both longitude and latitude, or neither', 'fill the cell');
      return null;
    }
    if (Math.abs(lon) > 180) this.fault('geo.out_of_range', 'longitude', 'from -180 to 180', 'mend it');
    if (Math.abs(lat) > 90)
      this.fault('geo.out_of_range', 'latitude', 'from -90 to 90', 'mend it; are the two in each other’s place?');
    if (lon === 0 && lat === 0)
      this.fault('geo.null_island', 'longitude', 'a position', '0, 0 is open sea: leave both empty if it is not known');
    return [lon, lat];
  }

  private value(): Pick<Asset, 'valuePerDay' | 'currency'> {
    const cell = this.cell('value_per_day');
    const [, before, digits = '', after] = /^\s*([A-Za-z]{3})?\s*(.*?)\s*([A-Za-z]{3})?\s*$/s.exec(cell.text) ?? [];
    const beside = before ?? after;
    const split = cell.kind === 'text' && beside !== undefined && /^[-+\d]/.test(digits);
    const valuePerDay = this.number('value_per_day', split ? { ...cell, text: digits } : cell);
    if (valuePerDay !== null && (valuePerDay < 0 || valuePerDay > LARGEST_VALUE))
      this.fault('field.range', 'value_per_day', `from 0 to ${LARGEST_VALUE}`, 'a loss is written as a positive value');
    const written = this.text('currency', 20);
    const said = [...(split ? [beside] : []), ...(written === '' ? [] : [written])];
    const codes = said.map((text) => currencyOf(text));
    if (codes.includes(undefined)) {
      const field = split && codes[0] === undefined ? 'value_per_day' : 'currency';
      this.fault('field.enum', field, 'a currency code of ISO 4217, such as USD', 'write the code, no sign');
      return { valuePerDay, currency: null };
    }
    if (new Set(codes).size > 1) this.fault('field.conflict', 'currency', 'one currency', 'the value says another');
    const currency = codes[0] ?? this.column('value_per_day')?.currency ?? this.mapping.currency ?? null;
    if (valuePerDay !== null && currency === null)
      this.fault('field.missing', 'currency', 'the currency of the value', 'fill it, or "currency" in the mapping');
    return { valuePerDay, currency: valuePerDay === null ? null : currency };
  }

  private residency(regionId: string | null): readonly string[] | null {
    const items = this.list('residency', 300).map((item) => item.toUpperCase());
    if (items.length === 0) return null;
    if (items.length === 1 && (NO.has(items[0]!.toLowerCase()) || NONE_WORDS.has(items[0]!.toLowerCase()))) {
      // Norway has the code that is a word elsewhere.
      if (items[0] !== 'NO') return [];
      const wanted = 'country codes, yes, or none';
      this.fault(
        'field.enum',
        'residency',
        wanted,
        'NO is Norway and a word: write NOR for the country, none for none',
      );
      return null;
    }
    if (items.length === 1 && YES.has(items[0]!.toLowerCase())) {
      const country = regionId === null ? undefined : this.index.region(regionId)?.country;
      if (country !== undefined) return [country];
      this.fault('field.enum', 'residency', 'country codes', 'without a region, yes names no country: write its code');
      return null;
    }
    const codes = items.map((item) => (item === 'NOR' ? 'NO' : item));
    const wrong = codes.find((code) => code !== 'EU' && code !== 'EEA' && !isCountry(code));
    if (wrong !== undefined)
      this.fault('field.enum', 'residency', 'country codes of two letters, EU, EEA, yes or none', `mend ${wrong}`);
    return [...new Set(codes)];
  }

  private yesOrNo(field: 'only_copy'): boolean | null {
    const word = this.text(field, 40).toLowerCase();
    if (word === '') return null;
    if (YES.has(word)) return true;
    if (!NO.has(word)) this.fault('field.enum', field, 'yes or no', 'write one of them, or leave it empty');
    return false;
  }

  private rto(): number | null {
    const cell = this.cell('rto');
    const text = cell.text.trim();
    if (text === '') return null;
    const iso = text.length > 2 ? ISO_DURATION.exec(text) : null;
    if (iso) return Number(iso[1] ?? 0) * 1440 + Number(iso[2] ?? 0) * 60 + Number(iso[3] ?? 0);
    const [, digits, word] = DURATION.exec(text.toLowerCase()) ?? [];
    const unit =
      (word === undefined ? undefined : rtoUnitOf(word)) ?? this.column('rto')?.rtoUnit ?? this.mapping.rtoUnit;
    if (word !== undefined && rtoUnitOf(word) === undefined) {
      this.fault('field.enum', 'rto', 'minutes, hours or days', 'write a unit, such as 4 h');
      return null;
    }
    const amount = this.number('rto', digits === undefined ? cell : { text: digits, kind: 'text' });
    if (amount === null) return null;
    if (unit === undefined) {
      const fix = 'write 4 h, or name the column "RTO hours", or "rtoUnit" in the mapping';
      this.fault('field.missing', 'rto', 'a time with its unit', fix);
      return null;
    }
    const minutes = amount * MINUTES[unit];
    if (minutes < 0 || minutes > LONGEST_RTO_MINUTES)
      this.fault('field.range', 'rto', 'from nothing to ten years', 'mend it');
    return minutes;
  }
}

function decisionFor(written: string, regionId: string): string {
  return `decide it in the mapping: "regions": {${shownValue(written)}: "${regionId}"}`;
}

function isLetter(text: string): boolean {
  return /^(?:[a-f]|[1-6]|(?:.{0,40}-)?ad-?[1-3])$/i.test(text);
}

function letterOf(text: string): string {
  return text.at(-1)!.toLowerCase();
}

const COUNTRY_NAMES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && COUNTRY_NAMES.of(code) !== undefined;
}
