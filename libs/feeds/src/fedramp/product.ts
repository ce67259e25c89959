import { claimDraftSchema, type ClaimDraft, type Instant } from '@faultline/evidence';
import { z } from 'zod';
import { cleanText, cutText, read, readWhen, readWith, refused, shown, type Reading } from '../document/index.js';

/** FedRAMP began in 2011. */
export const EARLIEST: Instant = '2011-01-01T00:00:00.000Z';

const LEVELS = ['Low', 'Moderate', 'High', 'LI-SaaS', '20x Low', '20x Moderate', '20x High'] as const;
const AUTHORISED = 'FedRAMP Authorized';
/** What is on its way is no authorisation yet. */
const NOT_YET = new Set(['FedRAMP Ready', 'FedRAMP In Process', 'Agency In Process']);
/** Products that are an entity of ours by their very name. Everything else is an entity of its own, by its id. */
const OURS: ReadonlyMap<string, string> = new Map([['F1603047866', 'platform:aws-govcloud']]);
const NOWHERE = { regionIds: [], zoneIds: [], countries: [], position: null };
const SOURCE = {
  id: 'gov:us-gsa',
  name: 'FedRAMP, US General Services Administration',
  class: 'government',
  grade: 'A',
};

const text = z.string().max(100_000);
const productSchema = z.object({
  id: z
    .string()
    .max(80)
    .regex(/^[A-Za-z0-9]+$/, 'letters and digits'),
  csp: text,
  cso: text,
  status: z.string().max(200),
  impact_level: z.string().max(200),
  auth_date: z.unknown(),
  auth_type: z.string().max(200).optional(),
});

/** One product: its claims where it is authorised, the reason where it is not yet, the fault where it cannot be read. */
export function readProduct(
  candidate: unknown,
  at: string,
  lastChange: Instant,
): Reading<{ drafts: ClaimDraft[] } | { passedOver: string }> {
  const checked = readWith(productSchema, candidate, at);
  if (checked.outcome === 'refused') return checked;
  const product = checked.value;
  if (NOT_YET.has(product.status)) return read({ passedOver: `not authorised: ${product.status}` });
  if (product.status !== AUTHORISED) {
    return refused('field.enum', `${at}/status`, shown(product.status), `${AUTHORISED}, or ${[...NOT_YET].join(', ')}`);
  }
  const level = LEVELS.find((known) => known === product.impact_level);
  if (level === undefined) {
    return refused('field.enum', `${at}/impact_level`, shown(product.impact_level), LEVELS.join(', '));
  }
  // The hour is the same for all of them: an artefact. The day is what is stated, and it may be missing.
  const granted =
    product.auth_date === '' || product.auth_date === null || product.auth_date === undefined
      ? read(null)
      : readWhen(product.auth_date, `${at}/auth_date`, {
          earliest: EARLIEST,
          retrievedAt: lastChange,
          future: 'refused',
        });
  if (granted.outcome === 'refused') return granted;
  const [name, provider] = [nameOf(product.cso), nameOf(product.csp)];
  if (name === '' || provider === '') {
    return refused('field.missing', `${at}/${name === '' ? 'cso' : 'csp'}`, '""', 'a name');
  }
  const grantedOn = granted.value?.earliest.slice(0, 10) ?? null;
  const subject = OURS.get(product.id) ?? `platform:fedramp-${product.id.toLowerCase()}`;
  const authorisation = {
    scheme: 'fedramp',
    level,
    authority: product.auth_type === 'JAB' ? 'FedRAMP Joint Authorization Board' : 'FedRAMP',
    grantedOn,
    partitionId: null,
    platformId: null,
    text: `${name} of ${provider} is authorised at FedRAMP ${level}${grantedOn === null ? '' : `, since ${grantedOn}`}.`,
  };
  const entity = {
    name,
    aliases: [],
    operatorId: null,
    partitionId: null,
    text: `${name}, offered by ${provider}; in the FedRAMP marketplace as ${product.id}.`,
  };
  const frame = {
    // The marketplace gives no version: what is stated of the authorisation tells one state of it from another.
    item: {
      id: product.id,
      version: `${level} ${grantedOn ?? 'undated'} ${product.auth_type ?? ''}`.trim(),
      revises: true,
    },
    subject,
    stance: 'asserts',
    place: NOWHERE,
    thread: null,
    source: SOURCE,
    origin: SOURCE.id,
    url: `https://marketplace.fedramp.gov/products/${product.id}`,
    locator: at,
    occurredAt: granted.value === null ? null : { begin: granted.value.earliest, end: null },
    // When it came to the marketplace is not said: by the last change of the document at the latest.
    publishedAt: { earliest: granted.value?.earliest ?? EARLIEST, latest: lastChange, basis: 'inferred' },
    expiresAt: null,
    confidence: 0.95,
    tlp: 'TLP:CLEAR',
    captureClass: 'captured-primary',
  };
  const made = [
    { ...frame, item: { ...frame.item, part: 'authorisation' }, predicate: 'authorisation', value: authorisation },
    ...(OURS.has(product.id)
      ? []
      : [{ ...frame, item: { ...frame.item, part: 'entity' }, predicate: 'entity', occurredAt: null, value: entity }]),
  ];
  const drafts: ClaimDraft[] = [];
  for (const draft of made) {
    const valid = readWith(claimDraftSchema, draft, at);
    if (valid.outcome === 'refused') return valid;
    drafts.push(valid.value);
  }
  return read({ drafts });
}

function nameOf(raw: string): string {
  return cutText(cleanText(raw.replaceAll('\n', ' ')), 180).text;
}
