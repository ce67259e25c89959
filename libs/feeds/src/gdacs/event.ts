import { z } from 'zod';
import type { ClaimDraft, Instant } from '@faultline/evidence';
import {
  cleanText,
  cutText,
  isText,
  noted,
  pointerOf,
  read,
  readLonLat,
  readWhen,
  readWith,
  refused,
  ruled,
  shown,
  webAddress,
  type CleanText,
  type Reading,
  type When,
} from '../document/index.js';
import { alpha2Of } from '../countries/index.js';
import { EVENT_TYPES, kindOf, type Kind } from './kinds.js';
import type { ListedEvent } from './listed.js';

/** GDACS began in 2004; droughts and volcanoes in its lists began before. */
const EARLIEST: Instant = '1990-01-01T00:00:00.000Z';
const DECIMAL_OR_BLANK = /^$|^-?\d{1,15}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,2})?$/;

const id = z.union([z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).transform(String), z.string()]).pipe(
  z
    .string()
    .trim()
    .regex(/^\d{1,15}$/, 'a number'),
);
const text = z.string().max(10_000).refine(isText, ruled('field.invalid_text', 'text without NUL and lone surrogates'));
const decimal = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(DECIMAL_OR_BLANK, 'a number')
    .transform((digits) => (digits === '' ? null : Number(digits))),
]);
const flag = z.union([
  z.boolean(),
  z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.enum(['true', 'false']))
    .transform((word) => word === 'true'),
]);
const level = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.enum(['green', 'orange', 'red']));

const schema = z.object({
  eventid: id,
  episodeid: id.nullish(),
  version: id.nullish(),
  alertlevel: level.nullish(),
  alertscore: decimal.nullish(),
  episodealertlevel: level.nullish(),
  episodealertscore: decimal.nullish(),
  iscurrent: flag.nullish(),
  temporary: flag.nullish(),
  severity: decimal.nullish(),
  severityUnit: text.nullish(),
  severityText: text.nullish(),
  population: text.nullish(),
  country: text.nullish(),
  iso3: text.nullish(),
  title: text.nullish(),
  description: text.nullish(),
});
type Fields = z.infer<typeof schema>;

const LEVELS = { green: 'minor', orange: 'moderate', red: 'severe' } as const;

/** One event read: its claim with the newest instant in it, or that it is of a kind without a peril here. */
export type EventReading =
  { readonly kind: 'claim'; readonly draft: ClaimDraft; readonly newest: Instant } | { readonly kind: 'no-such-peril' };

/**
 * Reads one listed event into the one claim it makes. `documentAt` is when the document says it was made, null where it
 * does not: an item that does not say when it was changed was public by then.
 */
export function readEvent(
  listed: ListedEvent,
  documentAt: Instant | null,
  retrievedAt: Instant,
): Reading<EventReading> {
  const at = (field: string): string => pointerOf(listed.fieldsAt, field);
  const type = readWith(z.string().trim().max(40), listed.eventtype, at('eventtype'));
  if (type.outcome === 'refused') return type;
  const kind = kindOf(type.value);
  if (kind === undefined)
    return refused('field.enum', at('eventtype'), shown(type.value), `one of ${EVENT_TYPES.join(', ')}`);
  if (kind === null) return read({ kind: 'no-such-peril' });
  const fields = readWith(schema, listed, listed.fieldsAt);
  if (fields.outcome === 'refused') return fields;
  const times = readTimes(listed, documentAt, retrievedAt, fields.value.iscurrent === false);
  if (times.outcome === 'refused') return times;
  const lonLat = readLonLat(listed.lon, listed.lat, listed.positionAt);
  if (lonLat.outcome === 'refused') return lonLat;
  const { severity, severityUnit } = fields.value;
  const unit = cleanText(severityUnit ?? '').text.slice(0, 40);
  const magnitude = severity == null || unit === '' ? null : { value: severity, unit };
  if (magnitude !== null && kind.peril === 'earthquake' && Math.abs(magnitude.value - 3.5) > 6.5)
    return refused('field.range', at('severity'), shown(severity), 'a magnitude from -3 to 10');

  const { onset, end, published, newest, version } = times.value;
  const words = wordsOf(type.value, kind, fields.value);
  const area = cutText(cleanText(fields.value.country ?? ''), 1000).text;
  const itemId = `${type.value}${fields.value.eventid}`;
  const draft: ClaimDraft = {
    item: {
      id: itemId,
      version: versionOf(listed.shape, version, fields.value),
      part: 'hazard',
      revises: true,
    },
    subject: `gdacs:${itemId}`,
    stance: 'asserts',
    place: {
      regionIds: [],
      zoneIds: [],
      countries: countriesOf(fields.value.iso3 ?? '', listed.affected),
      position: { lonLat: lonLat.value, precisionKm: kind.precisionKm, method: kind.method },
    },
    thread: `gdacs:${itemId}`,
    source: {
      id: 'gdacs',
      name: 'Global Disaster Alert and Coordination System (European Commission, UN OCHA)',
      class: 'sensor',
      grade: 'B',
    },
    origin: originOf(listed.observer),
    url: webAddress(listed.link),
    locator: noted(listed.locator, words.notes),
    occurredAt: { begin: onset, end: kind.peril === 'earthquake' ? null : end },
    publishedAt: published,
    expiresAt: null,
    confidence: fields.value.temporary === true ? 0.7 : 0.9,
    tlp: 'TLP:CLEAR',
    captureClass: 'captured-primary',
    predicate: 'hazard',
    value: {
      peril: kind.peril,
      level: fields.value.alertlevel == null ? 'unknown' : LEVELS[fields.value.alertlevel],
      // What is said to begin later has not been seen; GDACS does not say how likely it is.
      certainty: onset <= published.latest ? 'observed' : 'unknown',
      magnitude,
      area: area === '' || area === '[unknown]' ? null : area,
      text: words.text,
    },
  };
  return read({ kind: 'claim', draft, newest });
}

interface Times {
  readonly onset: Instant;
  /** When it was over; null where it is not, or where nobody says when. */
  readonly end: Instant | null;
  readonly published: { earliest: Instant; latest: Instant; basis: 'printed' | 'inferred' };
  readonly newest: Instant;
  /** The source's own time of this state of the event. */
  readonly version: { readonly at: Instant; readonly by: 'modified' | 'published' };
}

function readTimes(
  listed: ListedEvent,
  documentAt: Instant | null,
  retrievedAt: Instant,
  isOver: boolean,
): Reading<Times> {
  const timeOf = (field: 'fromdate' | 'todate' | 'datemodified' | 'pubDate', future: 'refused' | 'meant') =>
    readWhen(listed[field], pointerOf(listed.fieldsAt, field), { earliest: EARLIEST, retrievedAt, future });
  const onset = timeOf('fromdate', 'meant');
  if (onset.outcome === 'refused') return onset;
  const until: Reading<When | null> = isBlank(listed.todate) ? read(null) : timeOf('todate', 'meant');
  if (until.outcome === 'refused') return until;
  const by = isBlank(listed.datemodified) ? 'published' : 'modified';
  const stated = by === 'modified' ? timeOf('datemodified', 'refused') : timeOf('pubDate', 'refused');
  if (stated.outcome === 'refused') return stated;

  const begin = onset.value.latest;
  const todate = until.value?.latest ?? null;
  const { earliest, latest } = stated.value;
  // Nobody can have said that it was over before it was.
  const overAt = isOver && todate !== null && todate > latest && todate <= retrievedAt ? todate : latest;
  // `pubDate` was the onset for years: only the document as a whole says by when an item was public.
  const publicAt = by === 'modified' ? overAt : later(overAt, documentAt ?? retrievedAt);
  const basis = publicAt === latest && by === 'modified' ? ('printed' as const) : ('inferred' as const);
  return read({
    onset: begin,
    end: !isOver
      ? null
      : todate !== null && todate > begin
        ? todate
        : by === 'modified' && latest > begin
          ? latest
          : null,
    published: { earliest, latest: publicAt, basis },
    newest: begin <= retrievedAt ? later(latest, begin) : latest,
    version: { at: latest, by },
  });
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}

/** Episode and time of change; whether it is over, which changes without either; and the shape, for the two word it differently. */
function versionOf(shape: ListedEvent['shape'], { at, by }: Times['version'], fields: Fields): string {
  const count = by === 'published' && fields.version != null ? `.${fields.version}` : '';
  const state = fields.iscurrent === false ? 'over' : 'current';
  return `${fields.episodeid ?? 'none'}${count}/${at}/${state}/${shape}`;
}

function wordsOf(eventType: string, kind: Kind, fields: Fields): CleanText {
  const notes: string[] = [];
  const line = (label: string, raw: string | null | undefined): string => {
    const said = cleanText(raw ?? '');
    notes.push(...said.notes);
    return said.text === '' ? '' : `${label}${said.text}`;
  };
  const lines = [
    line('', fields.title) || `${kind.noun} ${eventType}${fields.eventid}`,
    line('', fields.description),
    levelWords(fields),
    line('Severity: ', fields.severityText),
    line('Population: ', fields.population),
    fields.temporary === true ? 'GDACS calls this temporary.' : '',
    fields.iscurrent === false ? 'GDACS no longer calls this current.' : '',
  ];
  return cutText({ text: lines.filter((said) => said !== '').join('\n'), notes });
}

function levelWords({ alertlevel, alertscore, episodealertlevel, episodealertscore }: Fields): string {
  const said = (name: string, value: string | null | undefined, score: number | null | undefined): string[] =>
    value == null ? [] : [`${name} ${value}${score == null ? '' : `, score ${score}`}`];
  const parts = [
    ...said('GDACS alert level', alertlevel, alertscore),
    ...said('this episode', episodealertlevel, episodealertscore),
  ];
  return parts.length === 0 ? '' : `${parts.join('; ')}.`;
}

function countriesOf(iso3: string, affected: readonly unknown[]): string[] {
  const codes = [...iso3.toUpperCase().split(/[^A-Z]+/), ...affected.filter((code) => typeof code === 'string')];
  const known = codes.map((code) => alpha2Of(code.trim().toUpperCase())).filter((code) => code !== undefined);
  return [...new Set(known)].sort().slice(0, 50);
}

/** The observation is the root of the alert. NEIC is the name of the U.S. Geological Survey's earthquake centre. */
function originOf(observer: unknown): string {
  const name = typeof observer === 'string' ? observer.trim().toLowerCase() : '';
  if (name === 'neic' || name === 'usgs') return 'usgs';
  return /^[a-z][a-z0-9 -]{1,40}$/.test(name) ? name.replaceAll(' ', '-') : 'gdacs';
}
