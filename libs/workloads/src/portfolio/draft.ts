import type { Asset } from './asset.js';
import { meaningOf, type Field } from './columns.js';
import { writtenNumber } from './decimal.js';
import { EXPORT_COLUMNS, exportedRow } from './export.js';
import type { RowFault } from './fault.js';
import { mapColumns, NO_MAPPING } from './mapping.js';
import { RegionIndex, type KnownRegion } from './region-match.js';
import { RowReader, type RegionReview } from './row-reader.js';
import { NO_CELL, type Cell } from './table.js';

/** An asset as somebody writes it by hand: regions by id or name, zones by id or letter, as in a file. */
export type AssetDraft = Pick<Asset, 'id'> & Partial<Asset>;

/** Something that keeps a draft from being an asset, and which member of it that is. */
export interface DraftFault extends Omit<RowFault, 'line' | 'column'> {
  readonly member: keyof Asset;
}

export type DraftReading =
  | { readonly outcome: 'read'; readonly asset: Asset }
  | { readonly outcome: 'faulty'; readonly faults: readonly DraftFault[]; readonly reviews: readonly RegionReview[] };

const NOTHING_SAID: Omit<Asset, 'id' | 'name'> = {
  regionId: null,
  zoneLetter: null,
  zoneId: null,
  site: null,
  valuePerDay: null,
  currency: null,
  residency: null,
  tags: [],
  standby: null,
  backups: null,
  keys: null,
  dns: null,
  identity: null,
  onlyCopy: null,
  rtoMinutes: null,
};

const MEMBER: Readonly<Record<Field, keyof Asset>> = {
  asset_id: 'id',
  name: 'name',
  provider: 'regionId',
  region: 'regionId',
  zone: 'zoneLetter',
  zone_id: 'zoneId',
  longitude: 'site',
  latitude: 'site',
  value_per_day: 'valuePerDay',
  currency: 'currency',
  residency: 'residency',
  tags: 'tags',
  standby: 'standby',
  backups: 'backups',
  keys: 'keys',
  dns: 'dns',
  identity: 'identity',
  only_copy: 'onlyCopy',
  rto: 'rtoMinutes',
};

/** Where the words for a file speak of its mapping, which a draft has not. */
const FIX: Partial<Record<RowFault['code'], string>> = {
  'region.doubtful': 'write the id of the one that is meant',
  'region.unknown': 'write the id of a region we know',
};

/** Reads a draft by the very rules a row of a file is read by. Pure. */
export function readDraft(draft: AssetDraft, regions: Iterable<KnownRegion>): DraftReading {
  const columns = mapColumns(EXPORT_COLUMNS, NO_MAPPING);
  if (columns.outcome === 'refused') throw new Error(`the columns of an export are not read: ${columns.fault.got}`);
  const reader = new RowReader(columns.value, NO_MAPPING, new RegionIndex(regions));
  const cells = exportedRow({ ...NOTHING_SAID, name: '', ...draft }).map(cellOf);
  const read = reader.read({ line: 1, cells });
  if ('asset' in read) return { outcome: 'read', asset: read.asset };
  const faults = read.faults.map(({ column, code, value, wanted, fix }) => ({
    member: MEMBER[meaningOf(column)?.field ?? 'asset_id'],
    ...{ code, value, wanted, fix: FIX[code] ?? fix },
  }));
  return { outcome: 'faulty', faults, reviews: reader.reviews() };
}

function cellOf(written: string | number | null): Cell {
  if (written === null) return NO_CELL;
  return typeof written === 'number'
    ? { text: writtenNumber(written), kind: 'number' }
    : { text: written, kind: 'text' };
}
