import { CLAIM_VALUES, claimDraftSchema, type ClaimDraft, type Instant } from '@faultline/evidence';
import { decodeText, isText, pointerOf, readJson, readWith, refused, shown, type Reading } from '../document/index.js';
import type { CapturedDocument, ParseOutcome, Quarantine } from '../model/adapter.js';
import { occurrenceOf, publicationOf } from './moments.js';
import {
  CONFIDENCE_OF_GRADE,
  recordDocumentSchema,
  recordRowSchema,
  recordSourceSchema,
  type RecordDocument,
  type RecordRow,
  type RecordSource,
} from './rows.js';

const CLAIMS = '/claims/claims';
const SOURCES = '/sources/sources';
const LEAST_LOCATOR = 20;

/** Puts the record's two files, as read from JSON, into the one document that `parseRecord` reads. */
export function bundleRecord(files: { readonly claims: unknown; readonly sources: unknown }): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ claims: files.claims, sources: files.sources }));
}

/**
 * Reads a bundled record. A document that is not one is quarantined whole; a bad row or source costs only itself, and a
 * claim whose source was not taken is not taken either. Pure: every time comes from the rows.
 */
export function parseRecord(document: CapturedDocument): ParseOutcome {
  const reading = documentOf(document.bytes);
  if (reading.outcome === 'refused') return { outcome: 'quarantined', reason: reading.fault };
  const { claims, sources } = reading.value;
  const quarantined: Quarantine[] = [];
  const known = new Map<string, RecordSource>();
  sources.sources.forEach((candidate, index) => {
    const source = sourceOf(candidate, `${SOURCES}/${index}`, known);
    if (source.outcome === 'read') known.set(source.value.id, source.value);
    else quarantined.push(source.fault);
  });
  const drafts: ClaimDraft[] = [];
  const ids = new Set<string>();
  claims.claims.forEach((candidate, index) => {
    const draft = draftOf(candidate, `${CLAIMS}/${index}`, known, ids);
    if (draft.outcome === 'read') drafts.push(draft.value);
    else quarantined.push(draft.fault);
  });
  return { outcome: 'accepted', items: claims.claims.length, drafts, quarantined, newestContentAt: newestOf(drafts) };
}

function documentOf(bytes: Uint8Array): Reading<RecordDocument> {
  const decoded = decodeText(bytes);
  if (decoded.outcome === 'refused') return decoded;
  const json = readJson(decoded.text);
  if (json.outcome === 'refused') return json;
  const shaped = readWith(recordDocumentSchema, json.value, '');
  return shaped.outcome === 'read'
    ? shaped
    : { outcome: 'refused', fault: { ...shaped.fault, code: 'feed.wrong_type' } };
}

function sourceOf(candidate: unknown, at: string, known: ReadonlyMap<string, RecordSource>): Reading<RecordSource> {
  if (!isAllText(candidate))
    return refused('field.invalid_text', at, shown(candidate), 'text without NUL or half characters');
  const source = readWith(recordSourceSchema, candidate, at);
  if (source.outcome === 'read' && known.has(source.value.id)) {
    return refused('feed.id_conflict', `${at}/id`, source.value.id, 'an id used once');
  }
  return source;
}

function draftOf(
  candidate: unknown,
  at: string,
  known: ReadonlyMap<string, RecordSource>,
  ids: Set<string>,
): Reading<ClaimDraft> {
  if (!isAllText(candidate))
    return refused('field.invalid_text', at, shown(candidate), 'text without NUL or half characters');
  const checked = readWith(recordRowSchema, candidate, at);
  if (checked.outcome === 'refused') return checked;
  const row = checked.value;
  if (ids.has(row.id)) return refused('feed.id_conflict', `${at}/id`, row.id, 'an id used once');
  ids.add(row.id);
  const said = readWith(CLAIM_VALUES, { predicate: row.predicate, value: row.value }, at);
  if (said.outcome === 'refused') return said;
  const stray = Object.keys(row.value).find((key) => !Object.hasOwn(said.value.value, key));
  if (stray !== undefined) {
    return refused(
      'field.invalid',
      pointerOf(at, 'value', stray),
      shown(row.value[stray]),
      `no such key in "${row.predicate}"`,
    );
  }
  const source = known.get(row.source);
  if (!source) return refused('field.invalid', `${at}/source`, row.source, 'the id of a source that was taken');
  const broken = ruleBrokenBy(row, source, at);
  if (broken) return { outcome: 'refused', fault: broken };
  const published = publicationOf(row, at);
  if (published.outcome === 'refused') return published;
  const occurred = occurrenceOf(row, at);
  if (occurred.outcome === 'refused') return occurred;
  const begin = occurred.value?.begin ?? null;
  if (begin !== null && published.value !== null && begin > published.value.latest) {
    return refused(
      'time.out_of_range',
      `${at}/occurred/begin`,
      begin,
      `not after its publication, ${published.value.latest}`,
    );
  }
  const draft = {
    item: { id: row.id, version: row.version ?? row.retrieved, part: 'claim', revises: true },
    retrievedAt: `${row.retrieved}T00:00:00.000Z`,
    subject: row.subject,
    stance: row.stance,
    place: { ...row.place, position: null },
    thread: row.thread,
    source: { id: source.id, name: source.name, class: source.class, grade: row.grade },
    origin: row.origin,
    url: row.url,
    locator: row.locator,
    occurredAt: occurred.value,
    publishedAt: published.value === null ? null : { ...published.value, basis: row.publishedBasis },
    expiresAt: null,
    confidence: row.confidence ?? CONFIDENCE_OF_GRADE[row.grade],
    tlp: 'TLP:CLEAR',
    captureClass: 'transcribed',
    ...said.value,
  };
  return readWith(claimDraftSchema, draft, at);
}

/** What no schema of one field can say: dated means with a basis, checkable, and no outsider's word on a zone. */
function ruleBrokenBy(row: RecordRow, source: RecordSource, at: string): Quarantine | undefined {
  if ((row.published === null) !== (row.publishedBasis === null)) {
    const got = shown(row.publishedBasis);
    return {
      code: 'time.missing',
      locator: `${at}/publishedBasis`,
      got,
      wanted: 'a basis where dated, null where undated',
    };
  }
  if (row.url === null && (row.locator ?? '').length < LEAST_LOCATOR) {
    const wanted = 'an address, or a locator that tells where to check it';
    return { code: 'field.missing', locator: `${at}/url`, got: shown(row.locator), wanted };
  }
  if (row.predicate === 'condition' && row.place.zoneIds.includes(row.subject) && source.class !== 'provider') {
    const wanted = 'the cloud region: the condition of a zone is only what its operator published';
    return {
      code: 'field.invalid',
      locator: `${at}/subject`,
      got: `${row.subject}, by ${source.class} ${source.id}`,
      wanted,
    };
  }
  return undefined;
}

function isAllText(value: unknown): boolean {
  if (typeof value === 'string') return isText(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isAllText);
}

/** The newest publication that is certainly no older: an interval counts by its beginning. */
function newestOf(drafts: readonly ClaimDraft[]): Instant | null {
  return drafts.reduce<Instant | null>((held, { publishedAt }) => {
    const next = publishedAt?.earliest ?? null;
    return next !== null && (held === null || next > held) ? next : held;
  }, null);
}
