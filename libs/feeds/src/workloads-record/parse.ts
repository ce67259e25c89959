import {
  CLAIM_VALUES,
  claimDraftSchema,
  isEntityId,
  isStake,
  type ClaimDraft,
  type Instant,
} from '@faultline/evidence';
import type { z } from 'zod';
import {
  decodeText,
  isText,
  pointerOf,
  read,
  readJson,
  readWith,
  refused,
  settleDrafts,
  shown,
  type Reading,
} from '../document/index.js';
import type { CapturedDocument, ParseOutcome, Quarantine } from '../model/adapter.js';
import { occurrenceOf, publicationOf } from '../record/moments.js';
import { CONFIDENCE_OF_GRADE, recordSourceSchema, type RecordSource } from '../record/rows.js';
import {
  disagreementRowSchema,
  entityRowSchema,
  gapRowSchema,
  sourceDocumentSchema,
  workloadRowSchema,
  workloadsDocumentSchema,
  type SourceDocument,
  type WorkloadRow,
  type WorkloadsDocument,
} from './rows.js';

const DESK = 'faultline-desk';
const NOWHERE = { regionIds: [], zoneIds: [], countries: [], position: null };

/** What rows may refer to: only what was itself taken. */
interface Known {
  readonly sources: ReadonlyMap<string, RecordSource>;
  readonly documents: ReadonlyMap<string, SourceDocument>;
  readonly entities: ReadonlySet<string>;
}

/**
 * Reads the document of `bundleWorkloads`: entities, the claims of the transcribed documents, where these disagree, and
 * what was looked for and not found. One row may say several things and is then several claims of one item; it is taken
 * whole or not at all. A bad row costs itself and the rows that need it. Pure: every time comes from the rows.
 */
export function parseWorkloads(document: CapturedDocument): ParseOutcome {
  const reading = documentOf(document.bytes);
  if (reading.outcome === 'refused') return { outcome: 'quarantined', reason: reading.fault };
  const { entities, workloads, sources } = reading.value;
  const quarantined: Quarantine[] = [];
  const taken = <T>(made: Reading<T>): T[] => {
    if (made.outcome === 'read') return [made.value];
    quarantined.push(made.fault);
    return [];
  };
  const rows = <T>(
    where: string,
    candidates: readonly unknown[],
    make: (row: unknown, at: string) => Reading<T>,
  ): T[] =>
    candidates.flatMap((candidate, index) => {
      const at = `${where}/${index}`;
      return taken(isAllText(candidate) ? make(candidate, at) : badText(candidate, at));
    });

  const sourceIds = new Set<string>();
  const sourceRows = rows('/sources/sources', sources.sources, (row, at) => {
    const source = readWith(recordSourceSchema, row, at);
    return (source.outcome === 'read' && usedAgain(source.value.id, at, sourceIds)) || source;
  });
  const documentRows = Object.entries(workloads.documents).flatMap(([key, row]) => {
    const at = pointerOf('/workloads/documents', key);
    const made = isAllText(row) ? readWith(sourceDocumentSchema, row, at) : badText(row, at);
    return taken(made).map((value) => [key, value] as const);
  });
  const knownSources = new Map(sourceRows.map((source) => [source.id, source]));
  const entityDrafts = rows('/entities/entities', entities.entities, (row, at) => entityDraft(row, at, knownSources));
  const known: Known = {
    sources: knownSources,
    documents: new Map(documentRows),
    entities: new Set(entityDrafts.map(({ subject }) => subject)),
  };
  const ids = new Set<string>();
  const drafts = [
    ...entityDrafts,
    ...rows('/workloads/claims', workloads.claims, (row, at) => rowDrafts(row, at, known, ids)).flat(),
    ...rows('/workloads/disagreements', workloads.disagreements, (row, at) => disagreementDraft(row, at, known, ids)),
    ...rows('/workloads/gaps', workloads.gaps, (row, at) => gapDraft(row, at, known, ids)),
  ];
  const settled = settleDrafts(drafts);
  return {
    outcome: 'accepted',
    items: entities.entities.length + workloads.claims.length + workloads.disagreements.length + workloads.gaps.length,
    drafts: settled.drafts,
    quarantined: [...quarantined, ...settled.quarantined],
    newestContentAt: newestOf(settled.drafts),
  };
}

function documentOf(bytes: Uint8Array): Reading<WorkloadsDocument> {
  const decoded = decodeText(bytes);
  if (decoded.outcome === 'refused') return decoded;
  const json = readJson(decoded.text);
  if (json.outcome === 'refused') return json;
  const shaped = readWith(workloadsDocumentSchema, json.value, '');
  return shaped.outcome === 'read'
    ? shaped
    : { outcome: 'refused', fault: { ...shaped.fault, code: 'feed.wrong_type' } };
}

/** The claims of one row: one for each thing it says, told apart by their place in it. */
function rowDrafts(candidate: unknown, at: string, known: Known, ids: Set<string>): Reading<ClaimDraft[]> {
  const checked = readWith(workloadRowSchema, candidate, at);
  if (checked.outcome === 'refused') return checked;
  const row = checked.value;
  const again = usedAgain(row.id, at, ids);
  if (again) return again;
  const document = known.documents.get(row.document);
  if (!document)
    return refused('field.invalid', `${at}/document`, row.document, 'the key of a document that was taken');
  const source = known.sources.get(document.source);
  if (!source) return refused('field.invalid', `${at}/document`, document.source, 'a document whose source was taken');
  const published = publicationOf(document, at);
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
  const grade = row.grade ?? document.grade;
  const drafts: ClaimDraft[] = [];
  for (const [index, said] of row.says.entries()) {
    const where = `${at}/says/${index}`;
    const value = valueOf(said, row.text, where, known.entities);
    if (value.outcome === 'refused') return value;
    const draft = readWith(
      claimDraftSchema,
      {
        item: {
          id: row.id,
          version: row.version ?? document.retrieved,
          part: `${index + 1} ${said.predicate}`,
          revises: true,
        },
        retrievedAt: `${document.retrieved}T00:00:00.000Z`,
        subject: said.subject,
        stance: row.stance,
        place: { ...NOWHERE, regionIds: hostedRegions(value.value) },
        thread: null,
        source: { id: source.id, name: source.name, class: source.class, grade },
        origin: row.origin ?? source.id,
        url: document.url,
        locator: row.line === null ? `${document.where}; line not noted` : `${document.where}; line ${row.line}`,
        occurredAt: occurred.value,
        publishedAt: published.value === null ? null : { ...published.value, basis: document.basis },
        expiresAt: null,
        confidence: row.confidence ?? CONFIDENCE_OF_GRADE[grade],
        tlp: row.tlp,
        captureClass: 'transcribed',
        ...value.value,
      },
      where,
    );
    if (draft.outcome === 'refused') return draft;
    drafts.push(draft.value);
  }
  return read(drafts);
}

type Said = z.infer<typeof CLAIM_VALUES>;

/** Reads what a row says; no key may be lost on the way, and every entity it names must be one that was taken. */
function valueOf(
  said: WorkloadRow['says'][number],
  text: string,
  at: string,
  entities: ReadonlySet<string>,
): Reading<Said> {
  if (!isStake(said.predicate)) {
    return refused('field.enum', `${at}/predicate`, said.predicate, 'a predicate of the stake side');
  }
  const given = { text, ...said.value };
  const checked = readWith(CLAIM_VALUES, { predicate: said.predicate, value: given }, at);
  if (checked.outcome === 'refused') return checked;
  const stray = Object.keys(given).find((key) => !Object.hasOwn(checked.value.value, key));
  if (stray !== undefined) {
    const wanted = `no such key in "${said.predicate}"`;
    return refused('field.invalid', pointerOf(at, 'value', stray), shown(said.value[stray]), wanted);
  }
  return unknownEntity([said.subject, ...namesIn(checked.value.value)], at, entities) ?? checked;
}

function hostedRegions(said: Said): string[] {
  return said.predicate === 'hosting' && said.value.at.kind === 'region' ? [said.value.at.id] : [];
}

function entityDraft(candidate: unknown, at: string, sources: ReadonlyMap<string, RecordSource>): Reading<ClaimDraft> {
  const checked = readWith(entityRowSchema, candidate, at);
  if (checked.outcome === 'refused') return checked;
  const { id, retrieved, ...value } = checked.value;
  return deskDraft({ id, part: 'entity', retrieved, subject: id, predicate: 'entity', value, at, sources });
}

function disagreementDraft(candidate: unknown, at: string, known: Known, ids: Set<string>): Reading<ClaimDraft> {
  const checked = readWith(disagreementRowSchema, candidate, at);
  if (checked.outcome === 'refused') return checked;
  const { id, ...value } = checked.value;
  const fault = usedAgain(id, at, ids) ?? unknownEntity(value.about, at, known.entities);
  if (fault) return fault;
  const read = newestDocument(known.documents);
  const text = `${value.point}: ${value.sides.map(({ says }) => says).join(' · ')}`;
  const subject = value.about[0]!;
  const said = { ...value, text };
  return deskDraft({
    id,
    part: 'disagreement',
    retrieved: read,
    subject,
    predicate: 'disagreement',
    value: said,
    at,
    sources: known.sources,
  });
}

function gapDraft(candidate: unknown, at: string, known: Known, ids: Set<string>): Reading<ClaimDraft> {
  const checked = readWith(gapRowSchema, candidate, at);
  if (checked.outcome === 'refused') return checked;
  const { id, ...value } = checked.value;
  const named = value.about.filter(isEntityId);
  const fault = usedAgain(id, at, ids) ?? unknownEntity(named, at, known.entities);
  if (fault) return fault;
  const [subject] = named;
  if (subject === undefined) return refused('field.invalid', `${at}/about`, shown(value.about), 'at least one entity');
  return deskDraft({
    id,
    part: 'gap',
    retrieved: value.searchedOn,
    subject,
    predicate: 'gap',
    value,
    at,
    sources: known.sources,
  });
}

/** What our desk says itself: undated, so visible at every time, like the other facts of reference. */
function deskDraft(said: {
  readonly id: string;
  readonly part: string;
  readonly retrieved: string;
  readonly subject: string;
  readonly predicate: string;
  readonly value: unknown;
  readonly at: string;
  readonly sources: ReadonlyMap<string, RecordSource>;
}): Reading<ClaimDraft> {
  const desk = said.sources.get(DESK);
  if (!desk) return refused('field.invalid', '/sources/sources', 'no such source', `the source ${DESK}`);
  const draft = {
    item: { id: said.id, version: said.retrieved, part: said.part, revises: true },
    retrievedAt: `${said.retrieved}T00:00:00.000Z`,
    subject: said.subject,
    stance: 'asserts',
    place: NOWHERE,
    thread: null,
    source: { id: desk.id, name: desk.name, class: desk.class, grade: 'B' },
    origin: desk.id,
    url: null,
    locator: `Written by the desk on ${said.retrieved}: ${said.id}`,
    occurredAt: null,
    publishedAt: null,
    expiresAt: null,
    confidence: 1,
    tlp: 'TLP:CLEAR',
    captureClass: 'transcribed',
    predicate: said.predicate,
    value: said.value,
  };
  return readWith(claimDraftSchema, draft, said.at);
}

function usedAgain(id: string, at: string, ids: Set<string>): ReturnType<typeof refused> | undefined {
  if (ids.has(id)) return refused('feed.id_conflict', `${at}/id`, id, 'an id used once');
  ids.add(id);
  return undefined;
}

function unknownEntity(
  named: readonly string[],
  at: string,
  entities: ReadonlySet<string>,
): ReturnType<typeof refused> | undefined {
  const unknown = named.find((id) => !entities.has(id));
  return unknown === undefined ? undefined : refused('field.invalid', at, unknown, 'an entity that was taken');
}

/** The entities a value names, in whatever field. */
function namesIn(value: object): string[] {
  return Object.entries(value)
    .filter(([key]) => key !== 'text')
    .flatMap(([, field]: [string, unknown]) => (Array.isArray(field) ? (field as unknown[]) : [field]))
    .filter((field): field is string => typeof field === 'string' && isEntityId(field));
}

function newestDocument(documents: ReadonlyMap<string, SourceDocument>): string {
  return [...documents.values()].reduce((last, { retrieved }) => (retrieved > last ? retrieved : last), '1970-01-01');
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
