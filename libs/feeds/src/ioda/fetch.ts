import { instantOf, msOf, type Instant } from '@faultline/evidence';
import { webAddress } from '../document/index.js';
import type { FeedRequest, FeedSettings } from '../model/adapter.js';

export const IODA_ADDRESS = 'https://api.ioda.inetintel.cc.gatech.edu/v2/outages';
/** The most the service gives in one answer. */
export const PAGE_ITEMS = 2000;
const DAY_SECONDS = 86_400;

/** The documents with the days before now each looks at. Events need the longest: one that began before would be cut. */
const DOCUMENTS = [
  ['alerts', 1],
  ['events', 14],
  ['summary', 1],
] as const;

/**
 * Alerts of the last day, events of the last fourteen, the summary of the last day, of countries. The first address the
 * operator set stands in place of the service's own. The beginning is that of a day, so that an event keeps its start.
 */
export function iodaRequests({ urls }: FeedSettings, now: Instant): readonly FeedRequest[] {
  const base = (urls.map(webAddress).find((url) => url !== null) ?? IODA_ADDRESS).replace(/\/+$/, '');
  const until = Math.floor(msOf(now) / 1000);
  return DOCUMENTS.map(([name, days]) => {
    const from = Math.floor(until / DAY_SECONDS - days) * DAY_SECONDS;
    return { channel: name, url: `${base}/${name}?from=${from}&until=${until}&entityType=country&limit=${PAGE_ITEMS}` };
  });
}

/** The end of the time a document was asked for, which the service repeats in it; null where it does not. */
export function windowEndOf(parameters: unknown): Instant | null {
  if (typeof parameters !== 'object' || parameters === null || !Object.hasOwn(parameters, 'until')) return null;
  const { until } = parameters as { until: unknown };
  const seconds =
    typeof until === 'number' || (typeof until === 'string' && /^\d{9,10}$/.test(until)) ? Number(until) : 0;
  return seconds >= 1e9 && seconds < 4e9 ? instantOf(Math.floor(seconds) * 1000) : null;
}
