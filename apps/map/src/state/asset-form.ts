import type { Fault } from '../api/faults.js';
import type { Asset, AssetDraft } from '../api/types.js';

/** The fields of the form for one asset. All are text as typed. */
export const ASSET_FIELDS = [
  'id',
  'name',
  'regionId',
  'zoneLetter',
  'zoneId',
  'standby',
  'valuePerDay',
  'currency',
  'rtoMinutes',
  'onlyCopy',
  'backups',
  'keys',
  'dns',
  'identity',
  'residency',
  'tags',
  'longitude',
  'latitude',
] as const;
export type AssetField = (typeof ASSET_FIELDS)[number];
export type AssetEntry = Readonly<Record<AssetField, string>>;

/** The form's name among the drafts and the writings. */
export const ASSET_KEY = 'asset';
export const assetDraftKey = (field: AssetField): string => `${ASSET_KEY}:${field}`;

export const assetEntryOf = (drafts: Readonly<Record<string, string>>): AssetEntry =>
  Object.fromEntries(ASSET_FIELDS.map((field) => [field, drafts[assetDraftKey(field)] ?? ''])) as Record<
    AssetField,
    string
  >;

const listed = (items: readonly string[] | null): string => (items ?? []).join('; ');

/** `4 h`, `30 min`, `2 days`: in the largest unit that needs no decimals. */
export const rtoWords = (minutes: number): string => {
  if (minutes !== 0 && minutes % 1440 === 0) return `${minutes / 1440} ${minutes === 1440 ? 'day' : 'days'}`;
  return minutes !== 0 && minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
};

const entryOfAsset = (asset: Asset): AssetEntry => ({
  id: asset.id,
  name: asset.name,
  regionId: asset.regionId ?? '',
  zoneLetter: asset.zoneLetter ?? '',
  zoneId: asset.zoneId ?? '',
  standby: listed(asset.standby),
  valuePerDay: asset.valuePerDay === null ? '' : String(asset.valuePerDay),
  currency: asset.currency ?? '',
  rtoMinutes: asset.rtoMinutes === null ? '' : rtoWords(asset.rtoMinutes),
  onlyCopy: asset.onlyCopy === null ? '' : asset.onlyCopy ? 'yes' : 'no',
  backups: listed(asset.backups),
  keys: listed(asset.keys),
  dns: listed(asset.dns),
  identity: listed(asset.identity),
  residency: asset.residency?.length === 0 ? 'none' : listed(asset.residency),
  tags: listed(asset.tags),
  longitude: asset.site === null ? '' : String(asset.site[0]),
  latitude: asset.site === null ? '' : String(asset.site[1]),
});

/** The drafts a form begins with: those of an asset, or none for a new one. */
export const draftsOf = (asset: Asset | null): Readonly<Record<string, string>> => {
  if (asset === null) return {};
  const entry = entryOfAsset(asset);
  return Object.fromEntries(ASSET_FIELDS.map((field) => [assetDraftKey(field), entry[field]]));
};

const fault = (field: AssetField, got: string, wanted: string): Fault => ({
  code: 'field.number',
  pointer: `/asset/${field}`,
  got: JSON.stringify(got),
  wanted,
  detail: `got ${JSON.stringify(got)}, wanted ${wanted}`,
});

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const DURATION = /^(\d+(?:\.\d+)?)\s*(min|minutes?|h|hours?|d|days?)$/i;
const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };

const textOf = (text: string): string | null => (text.trim() === '' ? null : text.trim());

const listOf = (text: string): string[] | null => {
  const items = text
    .split(/[;|\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length === 0 ? null : items;
};

/** What the form says: the asset to be sent, or what has to be mended first. The service judges everything else. */
export type AssetSaid =
  | { readonly outcome: 'asset'; readonly asset: AssetDraft }
  | { readonly outcome: 'unsaid'; readonly faults: readonly Fault[] };

export const assetOf = (entry: AssetEntry): AssetSaid => {
  const faults: Fault[] = [];
  const number = (field: 'valuePerDay' | 'longitude' | 'latitude'): number | null => {
    const text = textOf(entry[field]);
    if (text === null) return null;
    if (NUMBER.test(text)) return Number(text);
    faults.push(fault(field, text, 'digits, with a point before decimals and nothing between thousands'));
    return null;
  };
  const minutes = (): number | null => {
    const text = textOf(entry.rtoMinutes);
    if (text === null) return null;
    const [, amount, unit] = DURATION.exec(text) ?? [];
    if (amount !== undefined && unit !== undefined) return Number(amount) * MINUTES[unit.charAt(0).toLowerCase()]!;
    faults.push(fault('rtoMinutes', text, 'a time with its unit, such as 4 h, 30 min or 2 days'));
    return null;
  };
  const [longitude, latitude] = [number('longitude'), number('latitude')];
  if ((longitude === null) !== (latitude === null) && faults.length === 0)
    faults.push(fault(longitude === null ? 'longitude' : 'latitude', '', 'both longitude and latitude, or neither'));
  const asset: AssetDraft = {
    id: entry.id.trim(),
    name: entry.name.trim(),
    regionId: textOf(entry.regionId),
    zoneLetter: textOf(entry.zoneLetter),
    zoneId: textOf(entry.zoneId),
    site: longitude === null || latitude === null ? null : [longitude, latitude],
    valuePerDay: number('valuePerDay'),
    currency: textOf(entry.currency),
    residency: listOf(entry.residency.replaceAll(',', ';')),
    tags: listOf(entry.tags) ?? [],
    standby: listOf(entry.standby),
    backups: listOf(entry.backups),
    keys: listOf(entry.keys),
    dns: listOf(entry.dns),
    identity: listOf(entry.identity),
    onlyCopy: entry.onlyCopy === '' ? null : entry.onlyCopy === 'yes',
    rtoMinutes: minutes(),
  };
  return faults.length > 0 ? { outcome: 'unsaid', faults } : { outcome: 'asset', asset };
};

const isField = (name: string): name is AssetField => (ASSET_FIELDS as readonly string[]).includes(name);

/** The field a fault is about; null where it is about none. */
export const assetFieldOf = ({ pointer }: Pick<Fault, 'pointer'>): AssetField | null => {
  const name = /^\/asset\/(\w+)/.exec(pointer ?? '')?.[1];
  if (name === 'site') return 'longitude';
  return name !== undefined && isField(name) ? name : null;
};
