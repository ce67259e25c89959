import { z } from 'zod';
import { read, refused, shown, type Reading } from '../document/index.js';
import { isCountryCode } from '../countries/index.js';

/** What IODA measures at: countries among other things. */
export type EntityReading =
  | { readonly outcome: 'country'; readonly code: string }
  | { readonly outcome: 'passed-over'; readonly reason: 'not-a-country' };

const KINDS: ReadonlySet<string> = new Set(['continent', 'country', 'region', 'county', 'asn', 'geoasn']);
const entitySchema = z.object({ type: z.string(), code: z.union([z.string(), z.number()]) });

/** Reads an entity, `{ type: "country", code: "TO" }` or `country/TO`. */
export function readEntity(value: unknown, locator: string): Reading<EntityReading> {
  const wanted = 'an entity with its type and code';
  const [type, code] = partsOf(value);
  if (type === undefined || code === undefined)
    return refused(value === undefined ? 'field.missing' : 'field.invalid', locator, shown(value), wanted);
  const kind = type.toLowerCase();
  if (!KINDS.has(kind)) return refused('field.enum', locator, shown(value), wanted);
  if (kind !== 'country') return read({ outcome: 'passed-over', reason: 'not-a-country' });
  const country = code.toUpperCase();
  // IODA's geolocation has codes of its own, EU and AP among them, which are no countries.
  return isCountryCode(country)
    ? read({ outcome: 'country', code: country })
    : refused('field.enum', locator, shown(value), 'an ISO 3166-1 code');
}

function partsOf(value: unknown): [string?, string?] {
  if (typeof value === 'string') {
    const match = /^([a-z]{2,20})\/(.{1,60})$/i.exec(value);
    if (match) return [match[1]!, match[2]!];
    return /^AS\d{1,10}$/.test(value) ? ['asn', value] : [];
  }
  const entity = entitySchema.safeParse(value);
  return entity.success ? [entity.data.type, String(entity.data.code)] : [];
}
