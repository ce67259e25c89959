import { CLAIM_VALUES, claimDraftSchema, isFooting, type ClaimDraft, type Instant } from '@faultline/evidence';
import type { z } from 'zod';
import {
  decodeText,
  isText,
  pointerOf,
  readJson,
  readWith,
  refused,
  settleDrafts,
  shown,
  type Reading,
} from '../document/index.js';
import type { CapturedDocument, ParseOutcome, Quarantine } from '../model/adapter.js';
import { occurrenceOf, publicationOf } from '../record/moments.js';
import { CONFIDENCE_OF_GRADE } from '../record/rows.js';
import {
  placesDocumentSchema,
  placesRowSchema,
  placesSourceSchema,
  type PlacesDocument,
  type PlacesRow,
  type PlacesSource,
} from './rows.js';

/**
 * Reads the document of `bundlePlaces` into claims of what regions rest on, one for each row. A document that is none is
 * quarantined whole; a bad row costs itself, and a row whose document was not taken is not taken either. Pure: every
 * time comes from the rows.
 */
export function parsePlaces(document: CapturedDocument): ParseOutcome {
  const reading = documentOf(document.bytes);
  if (reading.outcome === 'refused') return { outcome: 'quarantined', reason: reading.fault };
  const quarantined: Quarantine[] = [];
  const taken = <T>(made: Reading<T>): T[] => {
    if (made.outcome === 'read') return [made.value];
    quarantined.push(made.fault);
    return [];
  };
  const sources = new Map(
    Object.entries(reading.value.documents).flatMap(([key, candidate]) => {
      const at = pointerOf('/documents', key);
      const made = isAllText(candidate) ? readWith(placesSourceSchema, candidate, at) : badText(candidate, at);
      return taken(made).map((source) => [key, source] as const);
    }),
  );
  const ids = new Set<string>();
  const sections = Object.entries(reading.value.sections);
  const drafts = sections.flatMap(([section, rows]) =>
    rows.flatMap((candidate, index) => {
      const at = `${pointerOf('/sections', section)}/${index}`;
      return taken(isAllText(candidate) ? draftOf(candidate, at, sources, ids) : badText(candidate, at));
    }),
  );
  const settled = settleDrafts(drafts);
  return {
    outcome: 'accepted',
    items: sections.reduce((sum, [, rows]) => sum + rows.length, 0),
    drafts: settled.drafts,
    quarantined: [...quarantined, ...settled.quarantined],
    newestContentAt: newestOf(settled.drafts),
  };
}

function documentOf(bytes: Uint8Array): Reading<PlacesDocument> {
  const decoded = decodeText(bytes);
  if (decoded.outcome === 'refused') return decoded;
  const json = readJson(decoded.text);
  if (json.outcome === 'refused') return json;
  const shaped = readWith(placesDocumentSchema, json.value, '');
  return shaped.outcome === 'read'
    ? shaped
    : { outcome: 'refused', fault: { ...shaped.fault, code: 'feed.wrong_type' } };
}

function draftOf(
  candidate: unknown,
  at: string,
  sources: ReadonlyMap<string, PlacesSource>,
  ids: Set<string>,
): Reading<ClaimDraft> {
  const checked = readWith(placesRowSchema, candidate, at);
  if (checked.outcome === 'refused') return checked;
  const row = checked.value;
  if (ids.has(row.id)) return refused('feed.id_conflict', `${at}/id`, row.id, 'an id used once');
  ids.add(row.id);
  const document = sources.get(row.document);
  if (!document)
    return refused('field.invalid', `${at}/document`, row.document, 'the key of a document that was taken');
  const published = publicationOf(document, at);
  if (published.outcome === 'refused') return published;
  const occurred = occurrenceOf(row, at);
  if (occurred.outcome === 'refused') return occurred;
  const begin = occurred.value?.begin ?? null;
  if (begin !== null && published.value !== null && begin > published.value.latest) {
    const wanted = `not after its publication, ${published.value.latest}`;
    return refused('time.out_of_range', `${at}/occurred/begin`, begin, wanted);
  }
  const said = saidBy(row, at);
  if (said.outcome === 'refused') return said;
  const grade = row.grade ?? document.grade;
  return readWith(
    claimDraftSchema,
    {
      item: { id: row.id, version: row.version ?? document.retrieved, part: row.predicate, revises: true },
      retrievedAt: `${document.retrieved}T00:00:00.000Z`,
      subject: row.subject,
      stance: 'asserts',
      place: { regionIds: [], zoneIds: [], countries: countriesOf(row.subject, said.value.value), position: null },
      thread: null,
      source: { ...document.source, grade },
      origin: document.source.id,
      url: document.url,
      locator: `${document.title}; footing.json, row ${row.id}`.slice(0, 400),
      occurredAt: occurred.value,
      publishedAt:
        published.value === null || document.basis === null ? null : { ...published.value, basis: document.basis },
      expiresAt: null,
      confidence: CONFIDENCE_OF_GRADE[grade],
      tlp: 'TLP:CLEAR',
      captureClass: 'transcribed',
      ...said.value,
    },
    at,
  );
}

/** Reads what a row says; no key may be lost on the way. */
function saidBy({ predicate, value }: PlacesRow, at: string): Reading<z.infer<typeof CLAIM_VALUES>> {
  if (!isFooting(predicate)) {
    return refused('field.enum', `${at}/predicate`, predicate, 'a predicate of what regions rest on');
  }
  const checked = readWith(CLAIM_VALUES, { predicate, value }, at);
  if (checked.outcome === 'refused') return checked;
  const stray = Object.keys(value).find((key) => !Object.hasOwn(checked.value.value, key));
  return stray === undefined
    ? checked
    : refused('field.invalid', pointerOf(at, 'value', stray), shown(value[stray]), `no such key in "${predicate}"`);
}

function countriesOf(subject: string, value: object): string[] {
  if (subject.startsWith('country:')) return [subject.slice('country:'.length)];
  if ('countries' in value) return value.countries as string[];
  return 'country' in value ? [value.country as string] : [];
}

function badText(candidate: unknown, at: string): ReturnType<typeof refused> {
  return refused('field.invalid_text', at, shown(candidate), 'text without NUL or half characters');
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
