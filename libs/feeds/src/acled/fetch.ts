import { instantOf, msOf, type Instant } from '@faultline/evidence';
import type { FeedRequest, FeedSettings } from '../model/adapter.js';

export const ACLED_API = 'https://acleddata.com/api/acled/read';
const DAY_MS = 86_400_000;
const WEEKS = 4;
/** A week has four to eight thousand events of all types; a page beyond the last is empty. */
const PAGES = 2;
const LIMIT = 5000;

/**
 * The events of this week and the three before it, for each week is published in the next and changed after, or the
 * operator's addresses in their place. The token is an OAuth access token, in a header and in no address.
 */
export function acledRequests({ urls, credentials }: FeedSettings, now: Instant): readonly FeedRequest[] {
  const headers = { authorization: `Bearer ${credentials['token'] ?? ''}` };
  if (urls.length > 0) return urls.map((url) => ({ channel: url, url, headers }));
  const today = Math.floor(msOf(now) / DAY_MS);
  // Day 0 of the epoch was a Thursday.
  const monday = today - ((today + 3) % 7);
  return Array.from({ length: WEEKS }, (_, back) => monday - 7 * back).flatMap((first) => {
    const [from, to] = [first, first + 6].map((day) => instantOf(day * DAY_MS).slice(0, 10));
    return Array.from({ length: PAGES }, (_, index) => ({
      channel: `week of ${from} page ${index + 1}`,
      url: `${ACLED_API}?_format=json&event_date=${from}%7C${to}&event_date_where=BETWEEN&limit=${LIMIT}&page=${index + 1}`,
      headers,
    }));
  });
}
