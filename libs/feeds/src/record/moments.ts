import { parseInstant, spanOfDate, type Instant } from '@faultline/evidence';
import { read, refused, type Reading } from '../document/index.js';
import type { RecordRow } from './rows.js';

const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/**
 * When a row was published, as the interval it can have been: an instant as it is, a day widened to all it can mean on
 * Earth, `from`–`to` from the earliest of the first to the latest of the last. Null where the row has no time.
 * `base` is the JSON pointer of the row.
 */
export function publicationOf(
  row: Pick<RecordRow, 'published' | 'retrieved'>,
  base: string,
): Reading<{ earliest: Instant; latest: Instant } | null> {
  const { published } = row;
  if (published === null) return read(null);
  const [from, to] = typeof published === 'string' ? [published, published] : [published.from, published.to];
  const first = spanOf(from, `${base}/published`);
  if (first.outcome === 'refused') return first;
  const last = spanOf(to, `${base}/published`);
  if (last.outcome === 'refused') return last;
  const { earliest } = first.value;
  const { latest } = last.value;
  if (earliest > latest) {
    return refused('time.out_of_range', `${base}/published`, `${from} to ${to}`, 'an end not before the begin');
  }
  const retrieved = spanOfDate(row.retrieved);
  if (!retrieved)
    return refused('time.out_of_range', `${base}/retrieved`, row.retrieved, 'a day YYYY-MM-DD of the calendar');
  if (earliest > retrieved.latest) {
    return refused('time.future', `${base}/published`, earliest, `not after the day of retrieval, ${row.retrieved}`);
  }
  return read({ earliest, latest });
}

/** When it held in the world, `[begin, end)`, of instants that state their zone. Null where the row states no time. */
export function occurrenceOf(
  row: Pick<RecordRow, 'occurred'>,
  base: string,
): Reading<{ begin: Instant | null; end: Instant | null } | null> {
  if (row.occurred === null) return read(null);
  const begin = instantAt(row.occurred.begin, `${base}/occurred/begin`);
  if (begin.outcome === 'refused') return begin;
  const end = instantAt(row.occurred.end, `${base}/occurred/end`);
  if (end.outcome === 'refused') return end;
  if (begin.value !== null && end.value !== null && end.value <= begin.value) {
    return refused('time.out_of_range', `${base}/occurred`, `${begin.value} to ${end.value}`, 'an end after the begin');
  }
  return read({ begin: begin.value, end: end.value });
}

function spanOf(text: string, at: string): Reading<{ earliest: Instant; latest: Instant }> {
  const instant = parseInstant(text);
  if (instant !== undefined) return read({ earliest: instant, latest: instant });
  const day = spanOfDate(text);
  return day ? read(day) : unread(text, at, 'an instant with its zone, or a day YYYY-MM-DD');
}

function instantAt(text: string | null, at: string): Reading<Instant | null> {
  if (text === null) return read(null);
  const instant = parseInstant(text);
  return instant === undefined ? unread(text, at, 'an instant with its zone') : read(instant);
}

function unread(got: string, at: string, wanted: string): ReturnType<typeof refused> {
  return refused(WITHOUT_ZONE.test(got) ? 'time.no_zone' : 'time.out_of_range', at, got, wanted);
}
