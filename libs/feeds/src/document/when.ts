import { instantOf, msOf, parseInstant, spanOfDate, type Instant } from '@faultline/evidence';
import { CLOCK_SKEW_MS } from './epoch.js';
import { read, refused, shown, type Reading } from './fault.js';

/** The instants between which something dated lies. Both alike where the time is given to the second or finer. */
export interface When {
  readonly earliest: Instant;
  readonly latest: Instant;
}

export interface WhenBounds {
  /** Nothing in this feed can be older. */
  readonly earliest: Instant;
  readonly retrievedAt: Instant;
  /** Whether a time to come is a fault, as it is of a publication, or can be meant, as of an expiry. */
  readonly future: 'refused' | 'meant';
}

const FAR_FUTURE: Instant = '2100-01-01T00:00:00.000Z';
/** RFC 822 as feeds write it: day, month, year, time, and a zone as an American name, `UT`, `Z` or an offset. */
const RFC_822 =
  /^(?:[A-Za-z]{3,9}\.?,? ?)?(\d{1,2}) ([A-Za-z]{3,9})\.? (\d{4}|\d{2}) (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ([A-Za-z]{1,5}|[+-]\d{2}:?\d{2}))?$/;
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];
/** The zones RFC 822 names; a single letter other than Z has meant opposite things and is none. */
const ZONES: Readonly<Record<string, string>> = {
  ...{ UT: 'Z', UTC: 'Z', GMT: 'Z', Z: 'Z', EST: '-05:00', EDT: '-04:00', CST: '-06:00', CDT: '-05:00' },
  ...{ MST: '-07:00', MDT: '-06:00', PST: '-08:00', PDT: '-07:00' },
};
const SECONDS = /\d:\d{2}:\d{2}/;
const EARLIEST_MADE: Instant = '2000-01-01T00:00:00.000Z';
const MINUTE_MS = 60_000;
const LOCAL = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/**
 * Reads a time as feeds write it: ISO 8601 with a zone, RFC 822 with a zone, or a date alone, which is an interval over
 * all zones of the world; a time to the minute is an interval over the minute. Absent is `time.missing`; a time of day without a zone `time.no_zone`; anything else
 * `field.invalid`; before `bounds.earliest` or after 2099 `time.out_of_range`; more than five minutes after we retrieved
 * it `time.future`, where a time to come makes no sense.
 */
export function readWhen(value: unknown, locator: string, bounds: WhenBounds): Reading<When> {
  const wanted = 'a time with its zone, or a date';
  if (value === undefined || value === null) return refused('time.missing', locator, shown(value), wanted);
  if (typeof value !== 'string' || value.length > 80) return refused('field.invalid', locator, shown(value), wanted);
  const text = value.trim().replaceAll(/\s+/g, ' ');
  if (text === '') return refused('time.missing', locator, shown(value), wanted);
  if (LOCAL.test(text) || hasNoZone(text)) return refused('time.no_zone', locator, shown(value), wanted);
  const iso = text.replace(' ', 'T');
  const when = spanOfDate(text) ?? spanOf(parseInstant(iso) ?? isoBasic(iso) ?? rfc822(text), SECONDS.test(text));
  if (!when) return refused('field.invalid', locator, shown(value), wanted);
  if (when.earliest < bounds.earliest || when.latest >= FAR_FUTURE)
    return refused('time.out_of_range', locator, shown(value), `a time from ${bounds.earliest} on`);
  if (bounds.future === 'refused' && msOf(when.earliest) > msOf(bounds.retrievedAt) + CLOCK_SKEW_MS)
    return refused('time.future', locator, shown(value), `at most five minutes after ${bounds.retrievedAt}`);
  return read(when);
}

/**
 * When a document as a whole says it was made (`lastBuildDate`, Atom `updated`): the latest instant that can be meant.
 * Null where it says nothing, or nothing that can be a time gone by: that is no fault of what it holds.
 */
export function madeAtOf(value: string | undefined, retrievedAt: Instant): Instant | null {
  const when = readWhen(value, '', { earliest: EARLIEST_MADE, retrievedAt, future: 'refused' });
  return when.outcome === 'refused' ? null : when.value.latest < retrievedAt ? when.value.latest : retrievedAt;
}

function spanOf(instant: Instant | undefined, toTheSecond: boolean): When | undefined {
  if (instant === undefined) return undefined;
  return { earliest: instant, latest: toTheSecond ? instant : instantOf(msOf(instant) + MINUTE_MS - 1) };
}

/** `2026-03-01T04:51:00+0400` and the like: an offset without a colon, which ISO 8601 has and our own form has not. */
function isoBasic(text: string): Instant | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)([+-]\d{2})(\d{2})$/.exec(text);
  return match ? parseInstant(`${match[1]}${match[2]}:${match[3]}`) : undefined;
}

function hasNoZone(text: string): boolean {
  const match = RFC_822.exec(text);
  return match !== null && match[7] === undefined;
}

/** The weekday adds nothing, and feeds get it wrong: it is not looked at. */
function rfc822(text: string): Instant | undefined {
  const match = RFC_822.exec(text);
  if (!match) return undefined;
  const [, day, word, year, hour, minute, second = '00', name = ''] = match;
  const offset = /^[+-]/.test(name)
    ? `${name.slice(0, 3)}:${name.slice(-2)}`
    : Object.hasOwn(ZONES, name.toUpperCase())
      ? ZONES[name.toUpperCase()]!
      : undefined;
  const month = monthOf(word!);
  if (offset === undefined || month === undefined) return undefined;
  // RFC 2822, 4.3: two digits from 50 on are of the last century.
  const century = year!.length === 4 ? '' : Number(year) < 50 ? '20' : '19';
  return parseInstant(
    `${century}${year}-${month}-${day!.padStart(2, '0')}T${hour!.padStart(2, '0')}:${minute}:${second}${offset}`,
  );
}

/** `Mar`, `Sept`, `March`: at least three letters of the English name. Two digits, or undefined for another word. */
function monthOf(word: string): string | undefined {
  const index = MONTHS.findIndex((name) => name.startsWith(word.toLowerCase()));
  return index < 0 ? undefined : String(index + 1).padStart(2, '0');
}
