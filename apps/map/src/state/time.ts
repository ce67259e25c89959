/** The time bar: what span it shows, where a moment lies on it, and where the next step leads. Instants are UTC. */

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export type SpanChoice = 'record' | 'march' | 'week';

/** [begin, end) in milliseconds since the epoch, both on the hour. */
export interface Span {
  readonly begin: number;
  readonly end: number;
}

const RECORD_BEGIN = Date.parse('2026-02-27T00:00:00.000Z');
export const MARCH: Span = { begin: RECORD_BEGIN, end: Date.parse('2026-04-03T00:00:00.000Z') };

/** Where the story of March begins: an hour before the first word about a region. */
export const MARCH_OPENING = Date.parse('2026-03-01T12:00:00.000Z');

const upToHour = (ms: number): number => Math.ceil(ms / HOUR_MS) * HOUR_MS;

/** The span a choice stands for, stretched to hold the moment in view: a linked moment is never off the bar. */
export const spanOf = (choice: SpanChoice, momentMs: number, nowMs: number): Span => {
  const end = upToHour(nowMs);
  const day = Math.floor(momentMs / DAY_MS) * DAY_MS;
  switch (choice) {
    case 'march':
      return { begin: Math.min(MARCH.begin, day), end: Math.max(MARCH.end, upToHour(momentMs)) };
    case 'week':
      return { begin: day - 4 * DAY_MS, end: Math.max(Math.min(day + 4 * DAY_MS, end), day + DAY_MS) };
    case 'record':
      return { begin: Math.min(RECORD_BEGIN, day), end: Math.max(end, upToHour(momentMs)) };
  }
};

export const isInMarch = (ms: number): boolean => ms >= MARCH.begin && ms <= MARCH.end;

/** The choice that fits a moment (null is now): March only while the moment lies in it, else the whole record. */
export const spanHolding = (choice: SpanChoice, validAt: string | null): SpanChoice => {
  if (choice !== 'march') return choice;
  return validAt !== null && isInMarch(Date.parse(validAt)) ? 'march' : 'record';
};

/** Hourly for March; few enough to draw and to read in one answer. */
const MAX_BUCKETS = 900;

/** Whole hours per bucket so that the span has no more than 900 of them. */
export const stepHoursOf = (span: Span): number =>
  Math.max(1, Math.ceil((span.end - span.begin) / HOUR_MS / MAX_BUCKETS));

/** ISO 8601 in UTC with milliseconds, as the service writes it. */
export const toInstant = (ms: number): string => new Date(ms).toISOString();

/** Milliseconds of an instant that says its zone; null for anything else. A time without a zone is no instant. */
export const parseInstant = (text: string): number | null => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
};

/** A step by hours from a moment, on the hour, not past now; null means now itself. */
export const stepBy = (momentMs: number, hours: number, nowMs: number): number | null => {
  const base = hours < 0 ? upToHour(momentMs) : Math.floor(momentMs / HOUR_MS) * HOUR_MS;
  const next = base + hours * HOUR_MS;
  return next >= nowMs ? null : next;
};

/**
 * Where the buckets of a span begin and end: a millisecond late, so that what was published on the hour belongs to the
 * hour it completes. A moment on the hour then lies at the very end of the bucket that holds what was last said.
 */
export const bucketEdges = (span: Span): { readonly from: string; readonly to: string } => ({
  from: toInstant(span.begin + 1),
  to: toInstant(span.end + 1),
});

/** The moment at which all of a bucket has been said. */
const lastOf = (bucket: Bucket): number => Date.parse(bucket.end) - 1;

export interface Bucket {
  readonly begin: string;
  readonly end: string;
  readonly statements: number;
  readonly firstText: string | null;
}

/** Where a replay goes next: to the end of the next bucket that holds statements, at most half a day on; null at the end. */
export const nextFrame = (momentMs: number, buckets: readonly Bucket[], endMs: number): number | null => {
  const farthest = momentMs + 12 * HOUR_MS;
  const spoken = buckets.find((bucket) => bucket.statements > 0 && lastOf(bucket) > momentMs);
  const next = Math.min(spoken === undefined ? farthest : lastOf(spoken), farthest);
  return next > endMs ? null : next;
};

/** The last bucket in which something was said and which was over by the moment: nothing of it lies in the future. */
export const lastSpoken = (momentMs: number, buckets: readonly Bucket[]): Bucket | null =>
  buckets.findLast((bucket) => bucket.statements > 0 && lastOf(bucket) <= momentMs) ?? null;

/** The bucket a moment lies in the middle of, where something was said in it: before or after the moment, nobody can tell. */
export const unfinished = (momentMs: number, buckets: readonly Bucket[]): Bucket | null =>
  buckets.find(
    (bucket) => bucket.statements > 0 && Date.parse(bucket.begin) <= momentMs && momentMs < lastOf(bucket),
  ) ?? null;

export interface Tick {
  readonly at: number;
  readonly text: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Names along the bar: months on a long span, days on a short one. */
export const ticksOf = (span: Span, atMost: number): readonly Tick[] => {
  const days = (span.end - span.begin) / DAY_MS;
  const ticks: Tick[] = [];
  if (days > 60) {
    const first = new Date(span.begin);
    for (let month = first.getUTCMonth() + 1; ; month += 1) {
      const at = Date.UTC(first.getUTCFullYear(), month, 1);
      if (at >= span.end) break;
      const date = new Date(at);
      const name = MONTHS[date.getUTCMonth()] ?? '';
      ticks.push({ at, text: date.getUTCMonth() === 0 ? `${name} ${date.getUTCFullYear()}` : name });
    }
    const every = Math.ceil(ticks.length / atMost);
    return ticks.filter((_, index) => index % every === 0);
  }
  const every = Math.max(1, Math.ceil(days / atMost));
  for (let at = Math.ceil(span.begin / DAY_MS) * DAY_MS; at < span.end; at += every * DAY_MS) {
    const date = new Date(at);
    ticks.push({ at, text: `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}` });
  }
  return ticks;
};

export interface Preset {
  readonly label: string;
  /** Null is now. */
  readonly at: string | null;
}

export const PRESETS: readonly Preset[] = [
  { label: 'Now', at: null },
  { label: '1 Mar 13:00Z', at: '2026-03-01T13:00:00.000Z' },
  { label: '1 Mar 18:00Z', at: '2026-03-01T18:00:00.000Z' },
  { label: '3 Mar 01:00Z', at: '2026-03-03T01:00:00.000Z' },
  { label: '13 Mar', at: '2026-03-13T12:00:00.000Z' },
  { label: '1 May', at: '2026-05-01T12:00:00.000Z' },
  { label: '16 Sep', at: '2026-09-16T12:00:00.000Z' },
];
