import { instantOf, msOf, type Instant } from '@faultline/evidence';
import { read, refused, shown, type Reading } from './fault.js';

/** How far ahead of our clock a source's may be. */
export const CLOCK_SKEW_MS = 5 * 60_000;
const FAR_FUTURE_MS = Date.UTC(2100, 0, 1);
const DIGITS = /^\d{1,20}(?:\.\d{1,9})?$/;

export interface EpochBounds {
  readonly unit: 'seconds' | 'milliseconds';
  /** Nothing in this feed can be older. */
  readonly earliest: Instant;
  readonly retrievedAt: Instant;
}

/**
 * Reads a time given as a count since 1970, as a number or its digits. Absent is `time.missing`; before what the feed
 * can hold, or after 2099, `time.out_of_range`; more than five minutes after we retrieved it, `time.future`.
 */
export function readEpoch(value: unknown, locator: string, bounds: EpochBounds): Reading<Instant> {
  const wanted = `${bounds.unit} since 1970`;
  if (value === undefined || value === null || value === '')
    return refused('time.missing', locator, shown(value), wanted);
  const isCount = typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && DIGITS.test(value);
  if (!isCount) return refused('field.invalid', locator, shown(value), wanted);
  const ms = Math.round(Number(value) * (bounds.unit === 'seconds' ? 1000 : 1));
  if (ms < msOf(bounds.earliest) || ms >= FAR_FUTURE_MS) {
    return refused('time.out_of_range', locator, shown(value), `${wanted}, from ${bounds.earliest} on`);
  }
  if (ms > msOf(bounds.retrievedAt) + CLOCK_SKEW_MS) {
    return refused('time.future', locator, instantOf(ms), `at most five minutes after ${bounds.retrievedAt}`);
  }
  return read(instantOf(ms));
}
