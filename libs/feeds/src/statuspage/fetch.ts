import type { FeedRequest, FeedSettings } from '../model/adapter.js';

/** One document for each page the operator set: there is no page that everybody would want to watch. */
export function requestsOf({ urls }: FeedSettings): FeedRequest[] {
  return [...new Set(urls)].map((url) => ({ channel: url, url }));
}
