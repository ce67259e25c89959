import { msOf, type Claim, type Instant } from '@faultline/evidence';

const SECOND_MS = 1_000;
/** A dashboard shows an entry some minutes after the time it prints, and a worker may be away for a while. */
export const LEAST_PATIENCE_SECONDS = 3_600;
const DAY_SECONDS = 86_400;
/** All that a date without a time and zone can mean. */
const DATE_SECONDS = 50 * 3_600;

/**
 * Whether a claim tells something new: we read it within its feed's cadence of its publication, an hour at least, and
 * that was within the last day. Both by the business clock. A publication known less well than to the day is no proof
 * of that. Anything else is backfilled: it may complete what is told, and never makes anybody be told.
 */
export function isNews(
  claim: Pick<Claim, 'publishedAt' | 'retrievedAt'>,
  cadenceSeconds: number,
  now: Instant,
): boolean {
  if (claim.publishedAt === null) return false;
  const patienceMs = Math.max(LEAST_PATIENCE_SECONDS, cadenceSeconds) * SECOND_MS;
  const publishedMs = msOf(claim.publishedAt.latest);
  return (
    publishedMs - msOf(claim.publishedAt.earliest) <= DATE_SECONDS * SECOND_MS &&
    msOf(claim.retrievedAt) - publishedMs <= patienceMs &&
    msOf(now) - publishedMs <= patienceMs + DAY_SECONDS * SECOND_MS
  );
}
