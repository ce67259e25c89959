/** What a column of a portfolio can hold. */
export const FIELDS = [
  'asset_id',
  'name',
  'provider',
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
  'rto',
] as const;
export type Field = (typeof FIELDS)[number];

/** Header names that mean a field, besides its own, as {@link headerKey} makes them. */
const ALSO: Readonly<Record<Field, readonly string[]>> = {
  asset_id: ['asset', 'id', 'asset no', 'asset number', 'identifier', 'resource id', 'ci', 'ci id'],
  name: ['asset name', 'title', 'resource', 'resource name', 'service', 'service name', 'workload', 'system', 'site'],
  provider: ['cloud', 'cloud provider', 'operator', 'csp', 'vendor', 'platform'],
  region: ['cloud region', 'location', 'primary region', 'primary', 'aws region', 'azure region', 'gcp region'],
  zone: ['availability zone', 'az', 'zone name', 'zone letter', 'az name', 'placement'],
  zone_id: ['az id', 'availability zone id', 'zoneid', 'azid'],
  longitude: ['lon', 'lng', 'long', 'site longitude', 'site lon'],
  latitude: ['lat', 'site latitude', 'site lat'],
  value_per_day: ['daily value', 'value day', 'value a day', 'cost per day', 'loss per day', 'revenue per day'],
  currency: ['ccy', 'value currency'],
  residency: ['residency lock', 'data residency', 'residency country', 'residency countries', 'locked to'],
  tags: ['tag', 'labels', 'label'],
  standby: ['standby region', 'failover', 'failover region', 'dr region', 'secondary region', 'secondary'],
  backups: ['backup', 'backup region', 'backup regions', 'backups live in', 'backup location'],
  keys: ['key region', 'key regions', 'kms', 'kms region', 'encryption keys', 'keys live in'],
  dns: ['dns region', 'dns regions', 'dns lives in'],
  identity: ['identity region', 'identity regions', 'iam region', 'idp region', 'identity lives in'],
  only_copy: ['only copy', 'single copy', 'sole copy', 'is only copy'],
  rto: ['recovery time objective', 'recovery time'],
};

/** A header as names are compared: lower case, words with one blank between them. */
export function headerKey(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

export const RTO_UNITS = ['minutes', 'hours', 'days'] as const;
export type RtoUnit = (typeof RTO_UNITS)[number];

/** What a header says: the field, and the unit where it names one. */
export interface HeaderMeaning {
  readonly field: Field;
  readonly currency?: string;
  readonly rtoUnit?: RtoUnit;
}

const BY_KEY = new Map<string, Field>(
  FIELDS.flatMap((field) => [field, ...ALSO[field]].map((name) => [headerKey(name), field] as const)),
);

const UNIT: Readonly<Record<string, RtoUnit>> = {
  m: 'minutes',
  min: 'minutes',
  mins: 'minutes',
  minutes: 'minutes',
  h: 'hours',
  hrs: 'hours',
  hour: 'hours',
  hours: 'hours',
  d: 'days',
  day: 'days',
  days: 'days',
};

export function rtoUnitOf(word: string): RtoUnit | undefined {
  return Object.hasOwn(UNIT, word) ? UNIT[word] : undefined;
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** A currency of ISO 4217 by its code, in capitals. */
export function currencyOf(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return CURRENCIES.has(code) ? code : undefined;
}

/** What a header means by its name alone; `Value per day (USD)` and `RTO hours` say their unit too. */
export function meaningOf(header: string): HeaderMeaning | undefined {
  const key = headerKey(header);
  const field = BY_KEY.get(key);
  if (field !== undefined) return { field };
  const end = key.lastIndexOf(' ');
  const [begin, last] = [key.slice(0, Math.max(end, 0)), key.slice(end + 1)];
  const before = BY_KEY.get(begin);
  if (before === 'value_per_day') {
    const currency = currencyOf(last);
    return currency === undefined ? undefined : { field: before, currency };
  }
  const rtoUnit = before === 'rto' ? rtoUnitOf(last) : undefined;
  return rtoUnit === undefined ? undefined : { field: 'rto', rtoUnit };
}
