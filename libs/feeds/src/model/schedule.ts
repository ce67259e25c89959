import type { Poll } from '@faultline/evidence';

const LONGEST_PAUSE_SECONDS = 3_600;
const LONGEST_ASKED_PAUSE_SECONDS = 86_400;
/** Failures in a row after which a feed is asked less and less often. */
export const FAILURES_BEFORE_BACKING_OFF = 5;

/**
 * Seconds from one poll of a channel to the next: its cadence; from the fifth failure in a row doubled each time, up to
 * an hour, a document we cannot read being a failure; never less than the source asked for, up to a day. `polls`: the
 * last ones of the channel, newest first.
 */
export function pauseSeconds(cadenceSeconds: number, polls: readonly Poll[], askedPauseSeconds: number | null): number {
  const succeeded = polls.findIndex((poll) => poll.outcome === 'changed' || poll.outcome === 'unchanged');
  const failures = succeeded === -1 ? polls.length : succeeded;
  const doublings = Math.max(0, failures - FAILURES_BEFORE_BACKING_OFF + 1);
  const pause = Math.max(cadenceSeconds, Math.min(LONGEST_PAUSE_SECONDS, cadenceSeconds * 2 ** doublings));
  return Math.max(pause, Math.min(LONGEST_ASKED_PAUSE_SECONDS, askedPauseSeconds ?? 0));
}

/** Seconds before a document that another one named is asked for again; undefined once that is given up. */
export function onceAgainSeconds(attempt: number): number | undefined {
  return [30, 300, 1_800, 7_200][attempt - 1];
}
