import {
  instantOf,
  msOf,
  parseInstant,
  spanOfDate,
  type ClaimDraft,
  type Instant,
  type Position,
} from '@faultline/evidence';
import {
  CLOCK_SKEW_MS,
  cleanText,
  cutText,
  noted,
  read,
  readLonLat,
  refused,
  shown,
  webAddress,
  type Reading,
} from '../document/index.js';
import { actOf, isViolent } from './cameo.js';
import { alpha2OfFips } from '../countries/index.js';
import type { Column, EventRow } from './table.js';

/** GDELT's back files begin in 1979 and can date an event some decades before. */
const EARLIEST: Instant = '1920-01-01T00:00:00.000Z';
const FAR_FUTURE: Instant = '2100-01-01T00:00:00.000Z';
const DAY_MS = 86_400_000;
const FIRST_ZONE_MS = 14 * 3_600_000;
const INTERVAL_MS = 15 * 60_000;
const MAX_CELL = 20_000;
const EVENT_ID = /^\d{1,15}$/;
const COUNT = /^\d{1,9}$/;

/** `ActionGeo_Type` as a radius. A country's is its centroid, which is no place to measure from. */
const PRECISION_KM: Readonly<Record<string, number | null>> = {
  '': null,
  '0': null,
  '1': null,
  '2': 150,
  '3': 25,
  '4': 25,
  '5': 150,
};

export type EventReading =
  | { readonly kind: 'lead'; readonly draft: ClaimDraft; readonly addedAt: Instant }
  | { readonly kind: 'passed-over'; readonly reason: string; readonly addedAt: Instant };

/** Reads one row of events: a lead where it is coded as violence, or by which reason it is passed over. */
export function readEvent({ line, cell, cells }: EventRow, retrievedAt: Instant): Reading<EventReading> {
  if (!cell) return refused('feed.malformed', `line ${line}`, `${cells} cells`, 'as many cells as the first line');
  const at = (column: Column) => `line ${line}, ${column}`;
  const id = cell('GLOBALEVENTID');
  if (id === '') return refused('field.missing', at('GLOBALEVENTID'), shown(id), 'an event id');
  if (!EVENT_ID.test(id)) return refused('field.invalid', at('GLOBALEVENTID'), shown(id), 'an event id of digits');
  const added = readAdded(cell('DATEADDED'), at('DATEADDED'), retrievedAt);
  if (added.outcome === 'refused') return added;
  const root = cell('EventRootCode');
  if (!/^(?:0[1-9]|1\d|20)$/.test(root)) return refused('field.enum', at('EventRootCode'), shown(root), '01 to 20');
  const addedAt = added.value.earliest;
  if (!isViolent(root)) return read({ kind: 'passed-over', reason: 'not-violent', addedAt });
  const sources = readCount(cell('NumSources'), at('NumSources'));
  if (sources.outcome === 'refused') return sources;
  if (sources.value === 0) return read({ kind: 'passed-over', reason: 'no-source', addedAt });
  const mentions = readCount(cell('NumMentions'), at('NumMentions'));
  if (mentions.outcome === 'refused') return mentions;
  const day = readDay(cell('SQLDATE'), at('SQLDATE'), retrievedAt);
  if (day.outcome === 'refused') return day;
  const code = cell('EventCode');
  if (!/^\d{2,4}$/.test(code) || !code.startsWith(root))
    return refused('field.enum', at('EventCode'), shown(code), `a CAMEO code that begins with ${root}`);
  const place = readPlace(cell, at);
  if (place.outcome === 'refused') return place;

  const url = cell('SOURCEURL');
  for (const column of ['Actor1Name', 'Actor2Name', 'ActionGeo_FullName'] as const) {
    if (cell(column).length > MAX_CELL)
      return refused('field.too_long', at(column), `${cell(column).length} characters`, `at most ${MAX_CELL}`);
  }
  const { words, armed } = actOf(code, root);
  const name = (column: Column) => cutText(cleanText(cell(column)), 120).text.replaceAll('\n', ' ');
  const actors = [name('Actor1Name'), name('Actor2Name')];
  const where = name('ActionGeo_FullName');
  const text = [
    `${words} (CAMEO ${code})`,
    ...(actors[0] === '' ? [] : [`by ${actors[0]}`]),
    ...(actors[1] === '' ? [] : [`against ${actors[1]}`]),
    ...(where === '' ? [] : [`at ${where}`]),
    'coded by machine from news, read by nobody',
  ].join('; ');
  const fips = cell('ActionGeo_CountryCode');
  const country = alpha2OfFips(fips);
  const draft: ClaimDraft = {
    item: { id, version: addedAt, part: 'lead' },
    subject: `gdelt:${id}`,
    stance: 'asserts',
    place: { regionIds: [], zoneIds: [], countries: country === undefined ? [] : [country], position: place.value },
    thread: `gdelt:${id}`,
    source: { id: 'gdelt', name: 'GDELT Project', class: 'media', grade: 'E' },
    origin: 'gdelt',
    url: webAddress(url),
    locator: noted(`line ${line}`, fips !== '' && country === undefined ? [`no country for ${fips.slice(0, 10)}`] : []),
    occurredAt: { begin: day.value, end: instantOf(msOf(day.value) + DAY_MS) },
    publishedAt: { ...added.value, basis: 'printed' },
    expiresAt: null,
    confidence: sources.value > 1 ? 0.2 : 0.1,
    tlp: 'TLP:CLEAR',
    captureClass: 'captured-secondary',
    predicate: 'lead',
    value: { peril: armed ? 'armed-attack' : null, mentions: mentions.value, text },
  };
  return read({ kind: 'lead', draft, addedAt });
}

/** `DATEADDED` is the quarter of an hour of GDELT 2, and the day of GDELT 1.0. */
function readAdded(
  text: string,
  locator: string,
  retrievedAt: Instant,
): Reading<{ earliest: Instant; latest: Instant }> {
  const wanted = 'YYYYMMDDHHMMSS, or YYYYMMDD';
  if (text === '') return refused('time.missing', locator, shown(text), wanted);
  const match = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/.exec(text);
  const [, year, month, day, hour, minute, second] = match ?? [];
  const exact = hour === undefined ? undefined : parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const when = exact
    ? { earliest: exact, latest: instantOf(msOf(exact) + INTERVAL_MS) }
    : hour === undefined && match
      ? spanOfDate(`${year}-${month}-${day}`)
      : undefined;
  if (!when) return refused('field.invalid', locator, shown(text), wanted);
  return inBounds(when, when.earliest, text, locator, retrievedAt);
}

/** The day something is coded to have happened, as its midnight in UTC. */
function readDay(text: string, locator: string, retrievedAt: Instant): Reading<Instant> {
  if (text === '') return refused('time.missing', locator, shown(text), 'YYYYMMDD');
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const midnight = match ? parseInstant(`${match[1]}-${match[2]}-${match[3]}T00:00:00Z`) : undefined;
  if (midnight === undefined) return refused('field.invalid', locator, shown(text), 'YYYYMMDD');
  return inBounds(midnight, instantOf(msOf(midnight) - FIRST_ZONE_MS), text, locator, retrievedAt);
}

function inBounds<T>(value: T, earliest: Instant, text: string, locator: string, retrievedAt: Instant): Reading<T> {
  if (earliest < EARLIEST || earliest >= FAR_FUTURE)
    return refused('time.out_of_range', locator, shown(text), `a time from ${EARLIEST} on`);
  if (msOf(earliest) > msOf(retrievedAt) + CLOCK_SKEW_MS)
    return refused('time.future', locator, shown(text), `at most five minutes after ${retrievedAt}`);
  return read(value);
}

function readCount(text: string, locator: string): Reading<number> {
  if (text === '') return refused('field.missing', locator, shown(text), 'a number');
  if (/^-\d{1,9}$/.test(text)) return refused('field.range', locator, shown(text), 'a number from 0 on');
  return COUNT.test(text) ? read(Number(text)) : refused('field.invalid', locator, shown(text), 'a whole number');
}

function readPlace(cell: (column: Column) => string, at: (column: Column) => string): Reading<Position | null> {
  const type = cell('ActionGeo_Type');
  if (!Object.hasOwn(PRECISION_KM, type)) return refused('field.enum', at('ActionGeo_Type'), shown(type), '0 to 5');
  const precisionKm = PRECISION_KM[type] ?? null;
  const [lon, lat] = [cell('ActionGeo_Long'), cell('ActionGeo_Lat')];
  if (precisionKm === null || (lon === '' && lat === '')) return read(null);
  const point = readLonLat(lon, lat, at('ActionGeo_Lat'));
  if (point.outcome === 'refused') return point;
  const method = `GDELT ActionGeo_Type ${type}: ${precisionKm === 25 ? 'a city named in the text' : 'centre of a first-order division'}`;
  return read({ lonLat: point.value, precisionKm, method });
}
