import { instantOf, msOf, parseInstant, type Instant } from '@faultline/evidence';
import { CLOCK_SKEW_MS, read, refused, shown, type Reading } from '../document/index.js';

/** ACLED's data begin in 1997. */
export const EARLIEST: Instant = '1997-01-01T00:00:00.000Z';
const FAR_FUTURE: Instant = '2100-01-01T00:00:00.000Z';
const DAY_MS = 86_400_000;
const FIRST_ZONE_MS = 14 * 3_600_000;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads `event_date`, `2026-03-01` in the API and `01 March 2026` or `01-March-2026` in exports, with `time_precision`
 * into the days within which it was: 1 that day; 2 the week around it; 3 its month. Days are those of UTC, for the source
 * names no zone.
 */
export function readEventSpan(
  text: string,
  precision: string,
  at: (key: string) => string,
  retrievedAt: Instant,
): Reading<{ begin: Instant; end: Instant; day: Instant }> {
  const locator = at('event_date');
  if (text === '') return refused('time.missing', locator, shown(text), 'a date');
  const date = dateOf(text);
  const day = date === undefined ? undefined : parseInstant(`${date}T00:00:00Z`);
  if (day === undefined) return refused('field.invalid', locator, shown(text), 'a date');
  if (day < EARLIEST || day >= FAR_FUTURE)
    return refused('time.out_of_range', locator, shown(text), 'a date from 1997 to 2099');
  if (msOf(day) - FIRST_ZONE_MS > msOf(retrievedAt) + CLOCK_SKEW_MS)
    return refused('time.future', locator, shown(text), `at most the day of ${retrievedAt}`);
  const around = (before: number, after: number) =>
    read({ begin: instantOf(msOf(day) - before * DAY_MS), end: instantOf(msOf(day) + after * DAY_MS), day });
  switch (precision) {
    case '':
    case '1':
      return around(0, 1);
    case '2':
      return around(3, 4);
    case '3':
      return read({ ...monthOf(day), day });
    default:
      return refused('field.enum', at('time_precision'), shown(precision), '1, 2 or 3');
  }
}

function dateOf(text: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const match = /^(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})$/.exec(text);
  const month = match ? MONTHS.indexOf(match[2]!.slice(0, 3).toLowerCase()) + 1 : 0;
  return match && month > 0 ? `${match[3]}-${String(month).padStart(2, '0')}-${match[1]!.padStart(2, '0')}` : undefined;
}

function monthOf(day: Instant): { begin: Instant; end: Instant } {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return { begin: instantOf(Date.UTC(year, month - 1, 1)), end: instantOf(Date.UTC(year, month, 1)) };
}
