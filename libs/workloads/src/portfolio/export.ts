import type { Asset, Whereabouts } from './asset.js';
import { writeCsv, type Written } from './csv.js';

/** The columns of an exported portfolio, in their order. `faultline import` reads the file back as it is. */
export const EXPORT_COLUMNS = [
  'asset_id',
  'name',
  'region',
  'zone',
  'zone_id',
  'longitude',
  'latitude',
  'value_per_day',
  'currency',
  'residency',
  'tags',
  'standby',
  'backups',
  'keys',
  'dns',
  'identity',
  'only_copy',
  'rto minutes',
] as const;

/** A portfolio as CSV. Importing the file gives the same assets. */
export function portfolioCsv(assets: Iterable<Asset>): string {
  return writeCsv(EXPORT_COLUMNS, rowsOf(assets));
}

function* rowsOf(assets: Iterable<Asset>): Generator<readonly Written[]> {
  for (const asset of assets) yield exportedRow(asset);
}

/** The cells of an asset under {@link EXPORT_COLUMNS}. */
export function exportedRow(asset: Asset): readonly Written[] {
  return [
    asset.id,
    asset.name,
    asset.regionId,
    asset.zoneLetter,
    asset.zoneId,
    asset.site?.[0] ?? null,
    asset.site?.[1] ?? null,
    asset.valuePerDay,
    asset.currency,
    residencyOf(asset.residency),
    listed(asset.tags),
    listed(asset.standby),
    listed(asset.backups),
    listed(asset.keys),
    listed(asset.dns),
    listed(asset.identity),
    asset.onlyCopy === null ? null : asset.onlyCopy ? 'yes' : 'no',
    asset.rtoMinutes,
  ];
}

function listed(items: Whereabouts): string | null {
  return items === null || items.length === 0 ? null : items.join('; ');
}

function residencyOf(residency: Asset['residency']): string | null {
  if (residency === null) return null;
  // The code of Norway is a word in other columns.
  return residency.length === 0 ? 'none' : residency.map((code) => (code === 'NO' ? 'NOR' : code)).join('; ');
}
