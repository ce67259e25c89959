import type { Claim } from './claim.js';
import type { FeedAt } from './coverage.js';
import { patienceMsOf } from './feed.js';
import type { Freshness } from './freshness.js';
import { msOf, type Instant } from './instant.js';

/** That the feeds behind a fact no longer keep it up: how old it reads for that, whatever its own age, and why. */
export interface Lapse {
  readonly freshness: 'aging' | 'stale';
  readonly reason: string;
}

/** The lapse of a fact that these claims tell, as far as their feeds go; null where one of the feeds still keeps it up. */
export type Lapses = (claims: Iterable<Pick<Claim, 'feedId' | 'retrievedAt'>>) => Lapse | null;

/** Where nothing is known of feeds, the own age of a fact is all there is. */
export const NO_LAPSES: Lapses = () => null;

/**
 * Which facts have lapsed by `at`. What a feed told is stale once the feed is failing, or its newest fact past its
 * content-age budget, and aging once half of our patience with it is over. Not so what was never watched for, as what is
 * given by hand or sent to us, nor what was given by hand after the watch had ended.
 */
export function lapsesAt(feeds: readonly FeedAt[], at: Instant): Lapses {
  const known = new Map(feeds.map((feed) => [feed.feed.id, feed]));
  const lapses = new Map(feeds.map((feed) => [feed.feed.id, lapseOf(feed, at)]));
  return (claims) => {
    const found = new Map<string, Lapse>();
    for (const { feedId, retrievedAt } of claims) {
      const lapse = lapses.get(feedId);
      if (!lapse || retrievedAt > (known.get(feedId)?.watched.to ?? '')) return null;
      found.set(feedId, lapse);
    }
    return [...found.values()].reduce<Lapse | null>(
      (held, next) => (held === null || next.freshness === 'aging' ? next : held),
      null,
    );
  };
}

function lapseOf({ feed, health, watched }: FeedAt, at: Instant): Lapse | null {
  if (watched.to === null) return null;
  const reason = `${feed.title}: ${health.reason}`;
  if (health.state === 'failing' || health.state === 'stale') return { freshness: 'stale', reason };
  if (health.lastSuccessAt === null || msOf(at) - msOf(health.lastSuccessAt) <= patienceMsOf(feed) / 2) return null;
  return { freshness: 'aging', reason: `${feed.title}: last answered at ${health.lastSuccessAt}` };
}

/** A freshness with a lapse counted in: the older of the two. */
export function lapsed(own: Freshness, lapse: Lapse | null): Freshness {
  if (lapse === null || own === 'stale' || own === 'unknown' || own === 'future') return own;
  return lapse.freshness === 'stale' ? 'stale' : 'aging';
}
