import type { CapturedDocument, FeedRequest, FeedSettings } from '../model/adapter.js';
import { readEntries } from './document.js';

/** All alerts in force of the US National Weather Service. It wants a named client and no key. */
export const NWS_ACTIVE = 'https://api.weather.gov/alerts/active';

const ACCEPT = 'application/cap+xml, application/geo+json;q=0.9, application/xml;q=0.8, */*;q=0.5';
const FURTHER_MAX = 50;

/** One document for each address: the operator's, else the alerts in force of the US National Weather Service. */
export function capRequests({ urls }: FeedSettings): readonly FeedRequest[] {
  return (urls.length > 0 ? urls : [NWS_ACTIVE]).map((url) => ({
    channel: url === NWS_ACTIVE ? 'nws-active' : url,
    url,
    headers: { accept: url === NWS_ACTIVE ? 'application/geo+json' : ACCEPT },
  }));
}

/** The alert files an index links to and does not hold: the gravest first, of these the newest. */
export function capFurther(document: CapturedDocument): readonly FeedRequest[] {
  const entries = readEntries(document);
  if (entries.outcome === 'refused') return [];
  const links = entries.value.flatMap((entry) => (entry.kind === 'link' ? [entry] : []));
  const inOrder = links
    .map((link) => ({ ...link, at: link.changedAt ?? '' }))
    .sort((a, b) => b.urgency - a.urgency || compare(b.at, a.at) || compare(a.url, b.url));
  return [...new Set(inOrder.map(({ url }) => url))]
    .slice(0, FURTHER_MAX)
    .map((url) => ({ channel: url, url, headers: { accept: ACCEPT } }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
