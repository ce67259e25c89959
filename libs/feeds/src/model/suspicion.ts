import type { FeedDescriptor, Poll } from '@faultline/evidence';

const LEAST_POLLS = 3;
/** Below this many items a document may halve by chance. */
const LEAST_USUAL_ITEMS = 4;
/** So much is let in of any feed, and of one that pushes before it has a usual. */
export const LEAST_CLAIMS_AN_HOUR = 2_000;
const TIMES_THE_USUAL = 20;

/**
 * Why an accepted document is not trusted to be whole: it holds less than half the items its channel's last documents
 * held in the median, an empty one among them; or it is empty, and such a document of this feed always holds something.
 * `prior`: the last polls of the channel, newest first.
 */
export function suspicionOf(
  items: number,
  prior: readonly Poll[],
  whenEmpty?: FeedDescriptor['whenEmpty'],
): 'feed.partial' | null {
  if (items === 0 && whenEmpty === 'not-whole') return 'feed.partial';
  const usual = medianOf(acceptedWithDocument(prior).map((poll) => poll.items));
  if (usual === undefined || usual < LEAST_USUAL_ITEMS) return null;
  return items < usual / 2 ? 'feed.partial' : null;
}

/**
 * The most new claims one feed may bring in an hour before it is held back as `source.rate_anomaly`: twenty times what
 * its polls bring in the median, at least 2,000. Undefined for a feed too young to have a usual.
 */
export function mostClaimsAnHour(prior: readonly Poll[]): number | undefined {
  const usual = medianOf(acceptedWithDocument(prior).map((poll) => poll.claimsNew));
  return usual === undefined ? undefined : Math.max(LEAST_CLAIMS_AN_HOUR, TIMES_THE_USUAL * usual);
}

function acceptedWithDocument(polls: readonly Poll[]): Poll[] {
  return polls.filter(
    ({ outcome, captureHash, suspect }) =>
      (outcome === 'changed' || outcome === 'unchanged') && captureHash !== null && !suspect,
  );
}

function medianOf(numbers: readonly number[]): number | undefined {
  if (numbers.length < LEAST_POLLS) return undefined;
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
