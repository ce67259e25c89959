import { msOf, type Instant } from './instant.js';

/** `future`: published later than the instant it is looked at from. `unknown`: no time of publication; counts as stale. */
export type Freshness = 'fresh' | 'aging' | 'stale' | 'unknown' | 'future';

/** How long something said stays news, in hours: below `freshHours` fresh, below `staleHours` aging, then stale. */
export interface MaximumAge {
  readonly freshHours: number;
  readonly staleHours: number;
}

const HOUR_MS = 3_600_000;

/**
 * The one answer to "is this still news?", seen from `at`. Only what the source said counts: its publication and its
 * own expiry. That we retrieved it again renews nothing.
 */
export function freshness(
  published: Instant | null,
  expires: Instant | null,
  maximum: MaximumAge,
  at: Instant,
): Freshness {
  if (published === null) return 'unknown';
  const ageHours = (msOf(at) - msOf(published)) / HOUR_MS;
  if (ageHours < 0) return 'future';
  if (ageHours >= maximum.staleHours || (expires !== null && expires <= at)) return 'stale';
  return ageHours < maximum.freshHours ? 'fresh' : 'aging';
}

/** Hours from `published` to `at`, to a tenth; null where undated. */
export function ageHours(published: Instant | null, at: Instant): number | null {
  return published === null ? null : Math.round((msOf(at) - msOf(published)) / (HOUR_MS / 10)) / 10;
}
