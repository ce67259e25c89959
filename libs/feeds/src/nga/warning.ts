import { z } from 'zod';
import { parseInstant, type ClaimDraft, type Instant, type Position } from '@faultline/evidence';
import {
  cleanText,
  cutText,
  isText,
  noted,
  pointerOf,
  read,
  readWhen,
  readWith,
  refused,
  ruled,
  shown,
  type Reading,
  type When,
} from '../document/index.js';
import type { Quarantine } from '../model/adapter.js';
import { cancellationsIn, type Cancellations, type WarningNumber } from './cancellations.js';
import { positionIn } from './coordinates.js';
import { isoOfGroup } from './date-time-group.js';
import { seriesOf, type Series } from './series.js';
import { topicOf } from './topic.js';

/** The archive begins in 1999. */
const EARLIEST: Instant = '1990-01-01T00:00:00.000Z';
const PAGE = 'https://msi.nga.mil/NavWarnings';

const textField = (max: number) =>
  z.string().max(max).refine(isText, ruled('field.invalid_text', 'text without NUL and lone surrogates'));
const count = z.union([
  z.number().int(),
  z
    .string()
    .trim()
    .regex(/^\d{1,6}$/, 'a number')
    .transform(Number),
]);
const year = count.pipe(z.number().int().min(1990).max(2099));
const number = count.pipe(z.number().int().min(0).max(999_999));

const schema = z.object({
  navArea: z.union([z.string().max(20), z.number().int().transform(String)]),
  msgYear: year,
  msgNumber: number,
  text: textField(100_000).refine(
    (text) => cleanText(text).text !== '',
    ruled('field.missing', 'the text of a warning'),
  ),
  subregion: z.union([textField(200), z.number().transform(String)]).nullish(),
  authority: textField(1000).nullish(),
  status: z.string().max(40).nullish(),
});

/** What one entry gave: its claims, what of it could not be taken, and why it made no claim where nothing is wrong. */
export interface WarningReading {
  readonly drafts: readonly ClaimDraft[];
  readonly faults: readonly Quarantine[];
  readonly passedOver: 'in-force-list' | null;
  readonly newest: Instant;
}

/** Reads one broadcast warning into the claim it makes and the retractions it and its cancellation amount to. */
export function readWarning(value: unknown, pointer: string, retrievedAt: Instant): Reading<WarningReading> {
  const fields = readWith(schema, value, pointer);
  if (fields.outcome === 'refused') return fields;
  const entry = value as Record<string, unknown>;
  const { navArea, msgYear, msgNumber, text, subregion, authority, status } = fields.value;
  const series = seriesOf(navArea);
  if (!series)
    return refused(
      'field.enum',
      pointerOf(pointer, 'navArea'),
      shown(navArea),
      'a NAVAREA, or A, P, C of the HYDRO series',
    );
  const issued = readGroup(entry['issueDate'], pointerOf(pointer, 'issueDate'), retrievedAt);
  if (issued.outcome === 'refused') return issued;
  const issuedAt = issued.value.latest;
  const own: WarningNumber = { series, year: msgYear, number: msgNumber };
  const ends = cancellationsIn(text, issuedAt);
  const expiresAt = expiryOf(ends, issuedAt);
  const name = nameOf(own, subregion);

  const drafts: ClaimDraft[] = [];
  const isList = isInForceList(text);
  if (!isList && !ends.endsAtOnce) {
    const where = positionIn(text);
    const words = cutText(cleanText(authority ? `${text}\nAuthority: ${authority}` : text));
    const notes = [
      ...(where.outcome === 'unreadable' ? [`no position: ${shown(where.got)} cannot be read`] : []),
      ...(ends.endsAt !== undefined && expiresAt === null
        ? [`its end ${shown(ends.endsAt)} is not after its issue`]
        : []),
      ...(ends.unread > 0 ? [`${ends.unread} cancellation not read`] : []),
      ...words.notes,
    ];
    drafts.push({
      ...commonOf(own, authority),
      item: { id: idOf(own), version: issuedAt, part: 'warning', revises: true },
      place: placeOf(where.outcome === 'found' ? where.position : null),
      locator: noted(pointer, notes).slice(0, 400).toWellFormed(),
      publishedAt: { ...issued.value, basis: 'printed' },
      expiresAt,
      predicate: 'navigation-warning',
      value: { topic: topicOf(text), number: name, text: words.text },
    });
  }
  for (const cancelled of ends.cancelled) {
    if (idOf(cancelled) === idOf(own)) continue;
    drafts.push({
      ...retractionOf(cancelled, authority, `${nameOf(cancelled)} is cancelled by ${name}.`),
      item: { id: idOf(own), version: issuedAt, part: `retraction:${idOf(cancelled)}` },
      locator: pointer,
      publishedAt: { ...issued.value, basis: 'printed' },
    });
  }
  const end = readEnd(entry, status, pointer, retrievedAt);
  const isKnown =
    end.outcome === 'read' && (end.value === null || (expiresAt !== null && expiresAt <= end.value.latest));
  if (end.outcome === 'read' && end.value !== null && !isKnown && drafts.some(({ item }) => item.part === 'warning')) {
    const by = cancellerOf(entry);
    drafts.push({
      ...retractionOf(
        own,
        authority,
        `${name} is cancelled${by && idOf(by) !== idOf(own) ? ` by ${nameOf(by)}` : ''}.`,
      ),
      item: { id: idOf(own), version: end.value.latest, part: 'retraction' },
      locator: pointer,
      publishedAt: { ...end.value, basis: 'printed' },
    });
  }
  return read({
    drafts,
    faults: end.outcome === 'refused' ? [end.fault] : [],
    passedOver: isList && drafts.length === 0 ? 'in-force-list' : null,
    newest: issuedAt,
  });
}

/** `4-2023-418`: the source has no other id. */
function idOf({ series, year: of, number: count }: WarningNumber): string {
  return `${series.code}-${of}-${count}`;
}

/** As mariners write it: `NAVAREA IV 418/23(11,26)`. */
function nameOf({ series, year: of, number: count }: WarningNumber, subregion?: string | null): string {
  const regions = cleanText(subregion ?? '')
    .text.replaceAll(/\s+/g, '')
    .slice(0, 40)
    .toWellFormed();
  return `${series.name} ${count}/${String(of).slice(2)}${regions === '' ? '' : `(${regions})`}`;
}

function commonOf(about: WarningNumber, authority: string | null | undefined) {
  return {
    subject: `nga:${idOf(about)}`,
    stance: 'asserts',
    // Without one: a retraction with a thread would stand in another block than the warning it takes back.
    thread: null,
    source: { id: 'gov:us-nga', name: 'U.S. National Geospatial-Intelligence Agency', class: 'government', grade: 'A' },
    origin: originOf(authority),
    url: PAGE,
    occurredAt: null,
    confidence: 0.9,
    tlp: 'TLP:CLEAR',
    captureClass: 'captured-primary',
  } as const;
}

/** The sea: a warning names no country as the one it speaks of. */
function placeOf(position: Position | null): ClaimDraft['place'] {
  return { regionIds: [], zoneIds: [], countries: [], position };
}

function retractionOf(cancelled: WarningNumber, authority: string | null | undefined, text: string) {
  return {
    ...commonOf(cancelled, authority),
    place: placeOf(null),
    expiresAt: null,
    predicate: 'retraction' as const,
    value: { itemId: idOf(cancelled), text },
  };
}

/** HYDRO warnings repeat those of other coordinators, who are named. NAVAREA IV and XII are NGA's own. */
function originOf(authority: string | null | undefined): string {
  const area: Series | undefined = seriesOf(/^\s*(NAVAREA [IVX]{1,5})\b/i.exec(authority ?? '')?.[1] ?? '');
  return area === undefined || ['4', '12'].includes(area.code) ? 'nga' : area.name.toLowerCase().replace(' ', '-');
}

/** Its end by its own words, if it is one: not before it was issued, which is a slip of the pen in the year. */
function expiryOf({ endsAt }: Cancellations, issuedAt: Instant): Instant | null {
  const instant = endsAt === undefined ? undefined : parseInstant(endsAt);
  return instant !== undefined && instant > issuedAt ? instant : null;
}

/** When an entry that is no longer active was ended; null for one that is. */
function readEnd(
  entry: Record<string, unknown>,
  status: string | null | undefined,
  pointer: string,
  retrievedAt: Instant,
): Reading<When | null> {
  const written = entry['cancelDate'];
  const isActive = /^A(?:CTIVE)?$|^IN FORCE$/i.test(status?.trim() ?? '');
  if (isActive || written === undefined || written === null || written === '') return read(null);
  return readGroup(written, pointerOf(pointer, 'cancelDate'), retrievedAt);
}

function cancellerOf(entry: Record<string, unknown>): WarningNumber | undefined {
  const area = entry['cancelNavArea'];
  const series = typeof area === 'string' || typeof area === 'number' ? seriesOf(String(area)) : undefined;
  const [of, count] = [year.safeParse(entry['cancelMsgYear']), number.safeParse(entry['cancelMsgNumber'])];
  return series && of.success && count.success ? { series, year: of.data, number: count.data } : undefined;
}

function readGroup(value: unknown, locator: string, retrievedAt: Instant): Reading<When> {
  const iso = typeof value === 'string' && value.length <= 80 ? (isoOfGroup(value) ?? value) : value;
  return readWhen(iso, locator, { earliest: EARLIEST, retrievedAt, future: 'refused' });
}

/** The weekly list of the numbers in force warns of nothing. */
function isInForceList(text: string): boolean {
  return /^(?:\d+\. ?)?(?:NAVAREA [IVX]+|HYDRO[A-Z]+) WARNINGS IN FORCE AS OF\b/i.test(
    text.replaceAll(/\s+/g, ' ').trim(),
  );
}
