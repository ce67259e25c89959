import { instantOf, msOf, parseInstant, type Instant } from '@faultline/evidence';
import { CLOCK_SKEW_MS, read, refused, shown, type Reading } from '../document/index.js';
import { isCandidate, releaseOf } from './release.js';
import type { GedRow } from './row.js';

/** GED begins in 1989; nothing of UCDP is older than this. */
const EARLIEST: Instant = '1946-01-01T00:00:00.000Z';
const FAR_FUTURE: Instant = '2100-01-01T00:00:00.000Z';
const DAY_MS = 86_400_000;
/** A day has begun in the east of the world 14 hours before it does in UTC. */
const FIRST_ZONE_MS = 14 * 3_600_000;
/** Some releases write a time behind the day; it is midnight in all of them and says nothing. */
const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z?)?$/;

/** When the act of a row was, over whole days in UTC, for the source names no zone, and when the row was published. */
export interface GedSpan {
  readonly begin: Instant;
  readonly end: Instant;
  readonly publishedAt: ReturnType<typeof releaseOf>;
}

export interface Days {
  span(row: GedRow, at: (key: string) => string): Reading<GedSpan>;
}

/** Reads the days of the rows of one document. Rows share their days, so each is worked out once. */
export function daysOf(retrievedAt: Instant): Days {
  const midnights = new Map<string, Instant | undefined>();
  const ends = new Map<Instant, Pick<GedSpan, 'end'> & Record<'annual' | 'candidate', GedSpan['publishedAt']>>();
  // The last midnight in UTC of a day that can have begun somewhere when we read it.
  const lastBegun = instantOf(msOf(retrievedAt) + CLOCK_SKEW_MS + FIRST_ZONE_MS);

  const midnightOf = (text: string): Instant | undefined => {
    if (midnights.has(text)) return midnights.get(text);
    const day = DATE.exec(text)?.[1];
    const midnight = day === undefined ? undefined : parseInstant(`${day}T00:00:00Z`);
    midnights.set(text, midnight);
    return midnight;
  };
  const day = (text: string, locator: string): Reading<Instant> => {
    if (text === '') return refused('time.missing', locator, shown(text), 'a date');
    const midnight = midnightOf(text);
    if (midnight === undefined) return refused('field.invalid', locator, shown(text), 'a date, YYYY-MM-DD');
    if (midnight < EARLIEST || midnight >= FAR_FUTURE)
      return refused('time.out_of_range', locator, shown(text), 'a date from 1946 to 2099');
    if (midnight > lastBegun) return refused('time.future', locator, shown(text), `at most the day of ${retrievedAt}`);
    return read(midnight);
  };
  const after = (lastDay: Instant) => {
    const held = ends.get(lastDay);
    if (held) return held;
    const made = {
      end: instantOf(msOf(lastDay) + DAY_MS),
      annual: releaseOf(lastDay, 'annual'),
      candidate: releaseOf(lastDay, 'candidate'),
    };
    ends.set(lastDay, made);
    return made;
  };

  return {
    span(row, at) {
      const first = day(row.dateStart, at('date_start'));
      if (first.outcome === 'refused') return first;
      const last = day(row.dateEnd, at('date_end'));
      if (last.outcome === 'refused') return last;
      if (last.value < first.value) {
        const wanted = `a day not before ${first.value.slice(0, 10)}`;
        return refused('field.range', at('date_end'), shown(row.dateEnd), wanted);
      }
      const { end, ...release } = after(last.value);
      return read({ begin: first.value, end, publishedAt: release[isCandidate(row) ? 'candidate' : 'annual'] });
    },
  };
}
