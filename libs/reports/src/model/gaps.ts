import {
  instantOf,
  msOf,
  type CoverageStatement,
  type FeedDescriptor,
  type Instant,
  type Poll,
} from '@faultline/evidence';

/** A time in which nobody looked, `[begin, end)`; a begin of null is "ever before". */
export interface CoverageGap {
  readonly begin: Instant | null;
  readonly end: Instant;
  /** `record-made-afterwards`: what happened is known by now, but nobody looked while it did. */
  readonly reason:
    'never-watched' | 'record-made-afterwards' | 'before-the-watch' | 'no-accepted-answer' | 'after-the-watch';
}

/** As for the health of a feed: so many missed polls, but not less than ten minutes, before silence is a gap. */
const MISSED_POLLS = 5;
const LEAST_PATIENCE_SECONDS = 600;

/** The times up to `publicAt` that a coverage statement does not cover. */
export function gapsOf(
  statement: CoverageStatement,
  feeds: readonly FeedDescriptor[],
  polls: readonly Poll[],
  publicAt: Instant,
): CoverageGap[] {
  const { from, to } = statement;
  if (from === null || to === null) return [{ begin: null, end: publicAt, reason: 'never-watched' }];
  const gaps: CoverageGap[] = [{ begin: null, end: from, reason: 'before-the-watch' }];
  const live = feeds.filter(({ id }) => statement.feedIds.includes(id));
  const patienceMs = Math.max(LEAST_PATIENCE_SECONDS, ...live.map((feed) => feed.cadenceSeconds * MISSED_POLLS)) * 1000;
  if (statement.state === 'record-only') {
    if (from < to) gaps.push({ begin: from, end: to, reason: 'record-made-afterwards' });
    if (to < publicAt) gaps.push({ begin: to, end: publicAt, reason: 'after-the-watch' });
    return gaps;
  }
  const answered = polls
    .filter(
      ({ feedId, trigger, finishedAt }) =>
        live.some(({ id }) => id === feedId) && trigger === 'schedule' && finishedAt <= publicAt,
    )
    .filter(({ outcome }) => outcome === 'changed' || outcome === 'unchanged')
    .map(({ finishedAt }) => msOf(finishedAt))
    .sort((a, b) => a - b);
  answered.forEach((ms, index) => {
    const next = answered[index + 1];
    if (next !== undefined && next - ms > patienceMs)
      gaps.push({ begin: instantOf(ms), end: instantOf(next), reason: 'no-accepted-answer' });
  });
  const last = answered.at(-1);
  if (last !== undefined && msOf(publicAt) - last > patienceMs)
    gaps.push({ begin: instantOf(last), end: publicAt, reason: 'after-the-watch' });
  return gaps;
}
