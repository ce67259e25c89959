import type { FeedDescriptor, Instant } from '@faultline/evidence';
import type { Config } from '@faultline/platform';
import type { FeedAdapter, FeedRequest, FeedSettings } from './adapter.js';

/** What the operator set, by feed id. */
export interface FeedConfiguration {
  readonly urls: Readonly<Record<string, readonly string[]>>;
  readonly credentials: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Null: all that can be. */
  readonly only: ReadonlySet<string> | null;
}

/** As this project ships it: feeds that need an address or credentials are not asked. */
export const AS_SHIPPED: FeedConfiguration = { urls: {}, credentials: {}, only: null };

export function feedConfiguration(
  config: Pick<Config, 'FAULTLINE_FEED_URLS' | 'FAULTLINE_FEED_CREDENTIALS' | 'FAULTLINE_FEEDS'>,
): FeedConfiguration {
  const named = config.FAULTLINE_FEEDS.split(',').map((id) => id.trim());
  return {
    urls: config.FAULTLINE_FEED_URLS,
    credentials: config.FAULTLINE_FEED_CREDENTIALS,
    only: named.includes('all') ? null : new Set(named),
  };
}

export type Asking =
  | { readonly outcome: 'asked'; readonly requests: (now: Instant) => readonly FeedRequest[] }
  | { readonly outcome: 'not-asked'; readonly state: 'not-polled' | 'not-configured'; readonly reason: string };

/** How a feed is asked under the operator's settings, or why it is not. */
export function askingOf(feed: FeedAdapter, { urls, credentials, only }: FeedConfiguration): Asking {
  const settings: FeedSettings = { urls: urls[feed.id] ?? [], credentials: credentials[feed.id] ?? {} };
  if (only !== null && !only.has(feed.id) && (feed.url !== null || feed.requests || settings.urls.length > 0))
    return { outcome: 'not-asked', state: 'not-configured', reason: 'left out by FAULTLINE_FEEDS' };
  const missing = (feed.credentials ?? []).filter((name) => !settings.credentials[name]);
  if (missing.length > 0) {
    const names = missing.join(', ');
    return { outcome: 'not-asked', state: 'not-configured', reason: `needs credentials that are not set: ${names}` };
  }
  if (feed.requests) {
    const { requests } = feed;
    if (feed.url === null && settings.urls.length === 0 && missing.length === 0 && !feed.credentials) {
      return { outcome: 'not-asked', state: 'not-configured', reason: 'no address is set for it' };
    }
    return { outcome: 'asked', requests: (now) => requests(settings, now) };
  }
  const addresses = settings.urls.length > 0 ? settings.urls : feed.url === null ? [] : [feed.url];
  if (addresses.length === 0) {
    return {
      outcome: 'not-asked',
      state: 'not-polled',
      reason: 'captures of this feed are only ingested, it is never asked',
    };
  }
  const named = addresses.map((url, index) => ({ channel: index === 0 ? '' : url, url }));
  return { outcome: 'asked', requests: () => named };
}

/** The feeds as coverage must see them: whether each is asked under these settings, or why not. */
export function describedBy(configuration: FeedConfiguration, feeds: readonly FeedAdapter[]): FeedDescriptor[] {
  return feeds.map((feed) => {
    const asking = askingOf(feed, configuration);
    return { ...feed, notAsked: asking.outcome === 'asked' ? null : { state: asking.state, reason: asking.reason } };
  });
}
