import { z } from 'zod';
import {
  CLAIM_VALUES,
  claimPlaceSchema,
  GRADES,
  PUBLICATION_BASES,
  SOURCE_CLASSES,
  TLP_LABELS,
  type ClaimDraft,
  type Instant,
} from '@faultline/evidence';
import {
  cleanText,
  Gathering,
  isText,
  noted,
  pointerOf,
  read,
  readJsonBytes,
  readWhen,
  readWith,
  refused,
  refusedWhole,
  shown,
  webAddress,
  withoutHidden,
  type Reading,
} from '../document/index.js';
import type { CapturedDocument, ParseOutcome } from '../model/adapter.js';

const MOST_CLAIMS = 10_000;
const EARLIEST: Instant = '1900-01-01T00:00:00.000Z';
/** Reference data is ours alone: where things stand is not told by hand. */
const NOT_BY_HAND = ['place.operator', 'place.partition', 'place.region'];
/** Judgements of our own desk, which nobody outside makes. */
const DESK_ONLY = ['review', 'challenge'];

const text = (max: number) => z.string().min(1).max(max);
const spanSchema = z.object({ begin: z.string().max(40).nullish(), end: z.string().max(40).nullish() });
const entrySchema = z.object({
  id: text(200),
  version: text(100).default('1'),
  part: text(60).default('claim'),
  revises: z.boolean().default(true),
  subject: text(120),
  stance: z.enum(['asserts', 'denies']).default('asserts'),
  place: claimPlaceSchema.prefault({}),
  thread: text(200).nullable().default(null),
  source: z.object({ id: text(120), name: text(200), class: z.enum(SOURCE_CLASSES), grade: z.enum(GRADES) }),
  origin: text(160).optional(),
  url: z.string().max(2000).nullish(),
  locator: text(300).nullish(),
  occurredAt: spanSchema.nullish(),
  publishedAt: z.string().max(40),
  basis: z.enum(PUBLICATION_BASES).default('printed'),
  expiresAt: z.string().max(40).nullish(),
  confidence: z.number().min(0).max(1).default(0.5),
  predicate: z.string().max(60),
  value: z.unknown(),
});

/** Whose document it is: our desk writes judgements too, a tenant's tools only what they observed. */
export type Hand = 'desk' | 'inbound';

/** Reads a document of claims that people or their tools wrote: `{ "claims": [ … ] }`. */
export function parseEntries({ bytes, retrievedAt }: CapturedDocument, hand: Hand): ParseOutcome {
  const json = readJsonBytes(bytes);
  if (json.outcome === 'refused') return refusedWhole(json.fault);
  const document = z.object({ claims: z.array(z.unknown()) }).safeParse(json.value);
  if (!document.success) {
    return refusedWhole(refused('feed.wrong_type', '', shown(json.value), 'an object with an array of claims').fault);
  }
  const { claims } = document.data;
  if (claims.length > MOST_CLAIMS) {
    return refusedWhole(
      refused('feed.too_large', '/claims', `${claims.length} claims`, `at most ${MOST_CLAIMS}`).fault,
    );
  }
  const gathered = new Gathering();
  for (const [index, claim] of claims.entries()) {
    const reading = readEntry(claim, pointerOf('/claims', index), retrievedAt, hand);
    if (reading.outcome === 'refused') gathered.setAside(reading.fault);
    else {
      gathered.take(reading.value);
      const { publishedAt } = reading.value;
      if (publishedAt !== null) gathered.saw(publishedAt.latest < retrievedAt ? publishedAt.latest : retrievedAt);
    }
  }
  return gathered.outcome(claims.length);
}

function readEntry(raw: unknown, at: string, retrievedAt: Instant, hand: Hand): Reading<ClaimDraft> {
  const clean = cleanedOf(raw, at);
  if (clean.outcome === 'refused') return clean;
  const value = clean.value;
  if (typeof value === 'object' && value !== null && !('source' in value))
    return refused(
      'claim.source_required',
      pointerOf(at, 'source'),
      'nothing',
      'who says so: id, name, class and grade',
    );
  const tlp = readTlp(value, at, hand);
  if (tlp.outcome === 'refused') return tlp;
  const entry = readWith(entrySchema, value, at);
  if (entry.outcome === 'refused') return entry;
  const given = entry.value;
  if (NOT_BY_HAND.includes(given.predicate) || (hand === 'inbound' && DESK_ONLY.includes(given.predicate)))
    return refused(
      'field.enum',
      pointerOf(at, 'predicate'),
      shown(given.predicate),
      'a predicate that is told by hand',
    );
  if (given.source.class !== 'analyst' && DESK_ONLY.includes(given.predicate))
    return refused('field.enum', pointerOf(at, 'source', 'class'), shown(given.source.class), 'analyst');
  if (given.source.class !== 'analyst' && webAddress(given.url) === null)
    return refused(
      'claim.source_required',
      pointerOf(at, 'url'),
      shown(given.url ?? null),
      'the public address where the source says so',
    );
  const body = readWith(CLAIM_VALUES, { predicate: given.predicate, value: given.value }, at);
  if (body.outcome === 'refused') return body;
  const published = readWhen(given.publishedAt, pointerOf(at, 'publishedAt'), {
    earliest: EARLIEST,
    retrievedAt,
    future: 'refused',
  });
  if (published.outcome === 'refused') return published;
  const times = readTimes(given, at, retrievedAt);
  if (times.outcome === 'refused') return times;
  const name = cleanText(given.source.name);
  return read({
    item: { id: given.id, version: given.version, part: given.part, ...(given.revises ? { revises: true } : {}) },
    subject: given.subject,
    stance: given.stance,
    place: given.place,
    thread: given.thread,
    source: { ...given.source, name: name.text || given.source.id },
    origin: given.origin ?? given.source.id,
    url: webAddress(given.url),
    locator: noted(given.locator ?? at, name.notes),
    ...times.value,
    publishedAt: { ...published.value, basis: given.basis },
    confidence: given.confidence,
    tlp: tlp.value,
    captureClass: hand === 'desk' ? 'transcribed' : 'captured-secondary',
    ...body.value,
  });
}

/** Every text of an entry without hidden characters. One that is no text, with NUL or half a character in it, refuses the entry. */
function cleanedOf(value: unknown, at: string): Reading<unknown> {
  if (typeof value === 'string') {
    return isText(value)
      ? read(withoutHidden(value).text)
      : refused('field.invalid_text', at, shown(value.toWellFormed()), 'text without NUL and lone surrogates');
  }
  if (typeof value !== 'object' || value === null) return read(value);
  const parts: [string, unknown][] = [];
  for (const [key, part] of Object.entries(value)) {
    const clean = cleanedOf(part, pointerOf(at, key));
    if (clean.outcome === 'refused') return clean;
    parts.push([key, clean.value]);
  }
  return read(Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts));
}

/** A label that is misspelt must not become a wider one. What a tenant's tools send is theirs unless they say otherwise. */
function readTlp(value: unknown, at: string, hand: Hand): Reading<ClaimDraft['tlp']> {
  const given = (value as { tlp?: unknown } | null)?.tlp;
  if (given === undefined) return read(hand === 'desk' ? 'TLP:CLEAR' : 'TLP:AMBER');
  const label = TLP_LABELS.find((known) => known === given);
  return label ? read(label) : refused('tlp.invalid', pointerOf(at, 'tlp'), shown(given), TLP_LABELS.join(', '));
}

function readTimes(
  { occurredAt, expiresAt }: z.infer<typeof entrySchema>,
  at: string,
  retrievedAt: Instant,
): Reading<Pick<ClaimDraft, 'occurredAt' | 'expiresAt'>> {
  const bounds = { earliest: EARLIEST, retrievedAt, future: 'meant' } as const;
  const one = (
    text: string | null | undefined,
    where: string,
    side: 'earliest' | 'latest',
  ): Reading<Instant | null> => {
    if (text == null) return read(null);
    const when = readWhen(text, where, bounds);
    return when.outcome === 'refused' ? when : read(when.value[side]);
  };
  const begin = one(occurredAt?.begin, pointerOf(at, 'occurredAt', 'begin'), 'earliest');
  if (begin.outcome === 'refused') return begin;
  const end = one(occurredAt?.end, pointerOf(at, 'occurredAt', 'end'), 'latest');
  if (end.outcome === 'refused') return end;
  const expires = one(expiresAt, pointerOf(at, 'expiresAt'), 'latest');
  if (expires.outcome === 'refused') return expires;
  if (begin.value !== null && end.value !== null && end.value <= begin.value)
    return refused('time.out_of_range', pointerOf(at, 'occurredAt'), shown(occurredAt), 'an end after the begin');
  return read({
    occurredAt: occurredAt == null ? null : { begin: begin.value, end: end.value },
    expiresAt: expires.value,
  });
}
