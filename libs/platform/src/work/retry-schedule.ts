const SECOND = 1;
const MINUTE = 60;
const HOUR = 3_600;

/** Seconds before attempt 2, 3, … 10: the example of Standard Webhooks 1.0.0, 75 h 35 min 5 s in all. */
const DELAYS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
export const MOST_ATTEMPTS = DELAYS.length + 1;
/** A destination may ask for a pause, but not for more than this. */
export const LONGEST_ASKED_PAUSE_SECONDS = 24 * HOUR;
const JITTER = 0.2;

export type NextAttempt =
  | { readonly outcome: 'retry'; readonly afterSeconds: number }
  | { readonly outcome: 'gave-up'; readonly reason: 'attempts-exhausted' };

/**
 * When to try again after attempt number `attempt` (from 1) has failed. The pause is jittered by up to ±20 % by a hash of
 * `id`, so that what failed together does not come back together, and the same row always waits as long. A pause the
 * destination asked for (`Retry-After`, seconds) is kept where it is longer, up to 24 h.
 */
export function nextAttempt(id: string, attempt: number, askedPauseSeconds: number | null): NextAttempt {
  const delay = DELAYS[attempt - 1];
  if (delay === undefined) return { outcome: 'gave-up', reason: 'attempts-exhausted' };
  const jittered = delay * (1 + JITTER * (2 * unit(`${id} ${attempt}`) - 1));
  const asked = Math.min(LONGEST_ASKED_PAUSE_SECONDS, Math.max(0, askedPauseSeconds ?? 0));
  return { outcome: 'retry', afterSeconds: Math.max(jittered, asked) };
}

/** A number in [0, 1) from a text: FNV-1a, 32 bits, finished as MurmurHash3 does so that near texts come out far apart. */
function unit(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
