/** An instant as ISO 8601 in UTC with milliseconds and `Z`, e.g. `2026-03-01T12:51:00.000Z`; such texts sort as time. */
export type Instant = string;

/** A span of time `[begin, end)`; `null` is open on that side. */
export interface Span {
  readonly begin: Instant | null;
  readonly end: Instant | null;
}

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const HOUR_MS = 3_600_000;
/** From the year 10000 on, texts no longer sort as time. */
const END_MS = Date.UTC(10_000, 0);

/** Milliseconds since the Unix epoch of an instant made by {@link parseInstant}. */
export function msOf(instant: Instant): number {
  return Date.parse(instant);
}

/** The instant `ms` milliseconds after the Unix epoch. */
export function instantOf(ms: number): Instant {
  return new Date(ms).toISOString();
}

/**
 * Reads an instant that states its zone, `2026-03-01T04:51-08:00` or `…Z`, into UTC.
 * Returns undefined for anything else, a local time, a date alone and an impossible date among them.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = SHAPE.exec(text);
  if (!match || !isCalendarDate(match[1]!, match[2]!, match[3]!)) return undefined;
  if (Number(match[4]) > 23 || Number(match[5]) > 59 || Number(match[6] ?? 0) > 59) return undefined;
  const ms = Date.parse(text);
  return ms < END_MS ? instantOf(ms) : undefined;
}

/** Whether the three parts name a day of the Gregorian calendar. */
export function isCalendarDate(year: string, month: string, day: string): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(year) > 1600;
}

/**
 * Everything a date without a time can mean: from its first instant anywhere (UTC+14) to its last anywhere (UTC−12).
 * A claim dated so becomes visible at the latest of them, so that nothing leaks from the future.
 * Returns undefined when `text` is no `YYYY-MM-DD` of the calendar.
 */
export function spanOfDate(text: string): { earliest: Instant; latest: Instant } | undefined {
  const match = DATE.exec(text);
  if (!match || !isCalendarDate(match[1]!, match[2]!, match[3]!)) return undefined;
  const midnight = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  const latest = midnight + 36 * HOUR_MS;
  return latest < END_MS ? { earliest: instantOf(midnight - 14 * HOUR_MS), latest: instantOf(latest) } : undefined;
}

/** Whether `instant` lies in `[begin, end)`. */
export function holdsAt(span: Span, instant: Instant): boolean {
  return (span.begin === null || span.begin <= instant) && (span.end === null || instant < span.end);
}
