import type { Instant } from '@faultline/evidence';
import { isoOfGroup } from './date-time-group.js';
import { seriesOf, type Series } from './series.js';

/** The number of a warning: `HYDROPAC 1742/19`. */
export interface WarningNumber {
  readonly series: Series;
  readonly year: number;
  readonly number: number;
}

export interface Cancellations {
  /** Other warnings that this one ends. */
  readonly cancelled: readonly WarningNumber[];
  /** When this warning ends by its own words, as ISO 8601, not checked. */
  readonly endsAt: string | undefined;
  /** That this warning says nothing but that others have ended, and ends with saying so. */
  readonly endsAtOnce: boolean;
  /** How many sentences about a cancellation could not be read. */
  readonly unread: number;
}

const MOST = 200;
const FIRST_YEAR = 1990;
const SENTENCE = /(?<!\bNOT )\bCANCEL (.*?)(?:\.(?= |$)|$)/g;
const SELF = /\bTHIS (?:MSG|MESSAGE|WARNING)\b ?(.*)$/;
/** Of a warning only in part: that ends nothing. */
const IN_PART = /\b(?:SUB)?(?:PARA|PARAS|PARAGRAPHS?|PARTS?|POSITIONS?|AREAS?)\b/;
const TOKEN = /\b(HYDROLANT|HYDROPAC|HYDROARC|NAVAREA [IVX]{1,5})\b|\b(\d{1,4})\/(\d{4}|\d{2})(?!\d)/g;
const BEGINS = /^(?:HYDROLANT|HYDROPAC|HYDROARC|NAVAREA [IVX]{1,5}) /;

/** Reads what a warning says of its own end and that of others, in sentences that begin with `CANCEL`. */
export function cancellationsIn(text: string, issuedAt: Instant): Cancellations {
  const even = text.replaceAll(/\s+/g, ' ').trim().toUpperCase();
  const cancelled = new Map<string, WarningNumber>();
  let endsAt: string | undefined;
  let endsAtOnce = false;
  let unread = 0;
  for (const [, body = ''] of even.matchAll(SENTENCE)) {
    const self = SELF.exec(body);
    const others = self ? body.slice(0, self.index) : body;
    if (IN_PART.test(others)) {
      unread += 1;
      continue;
    }
    const numbers = BEGINS.test(others) ? numbersIn(others, issuedAt) : [];
    for (const number of numbers) if (cancelled.size < MOST) cancelled.set(JSON.stringify(number), number);
    if (self && self[1] === '' && numbers.length > 0) endsAtOnce = true;
    else if (self) {
      const group = /^\d{6}Z [A-Z]{3} (?:\d{4}|\d{2})(?!\d)/.exec(self[1]!)?.[0];
      endsAt ??= group === undefined ? undefined : isoOfGroup(group);
      if (endsAt === undefined) unread += 1;
    } else if (numbers.length === 0) unread += 1;
  }
  return { cancelled: [...cancelled.values()], endsAt, endsAtOnce, unread };
}

function numbersIn(words: string, issuedAt: Instant): WarningNumber[] {
  const numbers: WarningNumber[] = [];
  let series: Series | undefined;
  for (const [, name, number, year] of words.matchAll(TOKEN)) {
    if (name !== undefined) series = seriesOf(name);
    else if (series) numbers.push({ series, year: yearOf(year!, issuedAt), number: Number(number) });
  }
  return numbers.filter(({ year }) => year >= FIRST_YEAR);
}

/** Two digits are of the latest such year that is not after the year of issue. */
function yearOf(written: string, issuedAt: Instant): number {
  if (written.length === 4) return Number(written);
  const issued = Number(issuedAt.slice(0, 4));
  const year = issued - (issued % 100) + Number(written);
  return year > issued ? year - 100 : year;
}
