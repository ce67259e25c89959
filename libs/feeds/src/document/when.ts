import { DateTime } from 'luxon';
import { instantOf, msOf, parseInstant, spanOfDate, type Instant } from '@faultline/evidence';
import { CLOCK_SKEW_MS } from './epoch.js';
import { read, refused, shown, type Reading } from './fault.js';

/** The instants between which something dated lies. Both alike where the time is given to the second. */
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
/** RFC 822 as feeds write it: names of American zones, `UT` and `Z` beside offsets. */
const RFC_822 =
  /^(?:[A-Za-z]{3,9}\.?,\s*)?\d{1,2} [A-Za-z]{3,9}\.? \d{2,4} \d{1,2}:\d{2}(?::\d{2})? (?:[A-Za-z]{1,5}|[+-]\d{2}:?\d{2})$/;
const LOCAL = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/**
 * Reads a time as feeds write it: ISO 8601 with a zone, RFC 822 with a zone, or a date alone, which is an interval over
 * all zones of the world. Absent is `time.missing`; a time of day without a zone `time.no_zone`; anything else
 * `field.invalid`; before `bounds.earliest` or after 2099 `time.out_of_range`; more than five minutes after we retrieved
 * it `time.future`, where a time to come makes no sense.
 */
export function readWhen(value: unknown, locator: string, bounds: WhenBounds): Reading<When> {
  const wanted = 'a time with its zone, or a date';
  if (value === undefined || value === null || value === '')
    return refused('time.missing', locator, shown(value), wanted);
  if (typeof value !== 'string' || value.length > 80) return refused('field.invalid', locator, shown(value), wanted);
  const text = value.trim().replaceAll(/\s+/g, ' ');
  if (LOCAL.test(text)) return refused('time.no_zone', locator, shown(value), wanted);
  const when = spanOfDate(text) ?? exactly(parseInstant(text.replace(' ', 'T')) ?? isoBasic(text) ?? rfc822(text));
  if (!when) return refused('field.invalid', locator, shown(value), wanted);
  if (when.earliest < bounds.earliest || when.latest >= FAR_FUTURE)
    return refused('time.out_of_range', locator, shown(value), `a time from ${bounds.earliest} on`);
  if (bounds.future === 'refused' && msOf(when.earliest) > msOf(bounds.retrievedAt) + CLOCK_SKEW_MS)
    return refused('time.future', locator, shown(value), `at most five minutes after ${bounds.retrievedAt}`);
  return read(when);
}

function exactly(instant: Instant | undefined): When | undefined {
  return instant === undefined ? undefined : { earliest: instant, latest: instant };
}

/** `2026-03-01T04:51:00+0400` and the like: an offset without a colon, which ISO 8601 has and our own form has not. */
function isoBasic(text: string): Instant | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)([+-]\d{2})(\d{2})$/.exec(text);
  return match ? parseInstant(`${match[1]}${match[2]}:${match[3]}`) : undefined;
}

function rfc822(text: string): Instant | undefined {
  if (!RFC_822.test(text)) return undefined;
  // Luxon wants weekdays and months of three letters; the weekday adds nothing, and feeds get it wrong.
  const plain = text
    .replace(/^[A-Za-z]{3,9}\.?,\s*/, '')
    .replace(/^(\d{1,2}) ([A-Za-z]{3})[a-z]*\.? /, '$1 $2 ')
    .replace(
      / (\d{1,2}):(\d{2})(:\d{2})? /,
      (_, hour: string, minute: string, second?: string) => ` ${hour.padStart(2, '0')}:${minute}${second ?? ':00'} `,
    )
    .replace(/ UTC$/i, ' GMT')
    .replace(/ ([+-]\d{2}):(\d{2})$/, ' $1$2');
  const time = DateTime.fromRFC2822(plain, { zone: 'utc' });
  return time.isValid ? instantOf(time.toMillis()) : undefined;
}
