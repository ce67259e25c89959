import { instantOf, msOf, type Instant } from '@faultline/evidence';
import type { FeedRequest, FeedSettings } from '../model/adapter.js';

export const GED_API = 'https://ucdpapi.pcr.uu.se/api/gedevents';
const PAGE_SIZE = 1000;
/** A month of the Candidate dataset has two to four thousand events; a page beyond the last is empty. */
const PAGES = 5;
const MONTHS = 2;

/**
 * The pages of the two newest months of the Candidate dataset that are out by its own rule at `now`, or the operator's
 * addresses in their place. Newest events are on the last page, so all pages are asked for.
 */
export function gedRequests({ urls, credentials }: FeedSettings, now: Instant): readonly FeedRequest[] {
  const headers = { 'x-ucdp-access-token': credentials['token'] ?? '' };
  if (urls.length > 0) return urls.map((url) => ({ channel: url, url, headers }));
  return newestMonths(now).flatMap((version) =>
    Array.from({ length: PAGES }, (_, page) => ({
      channel: `${version} page ${page}`,
      url: `${GED_API}/${version}?pagesize=${PAGE_SIZE}&page=${page}`,
      headers,
    })),
  );
}

/** Versions `YY.0.M` of the last months that were over a whole month before `now`. */
function newestMonths(now: Instant): string[] {
  const [year, month] = instantOf(msOf(now)).split('-').map(Number) as [number, number];
  return Array.from({ length: MONTHS }, (_, back) => {
    const months = year * 12 + (month - 1) - 2 - back;
    return `${String(Math.floor(months / 12) % 100).padStart(2, '0')}.0.${(months % 12) + 1}`;
  });
}
