import { digestOf, webAddress } from '../document/index.js';
import type { FeedRequest, FeedSettings } from '../model/adapter.js';

/** Host countries whose missions are asked: where cloud regions stand near the conflicts this service watches. */
const MISSIONS = ['ae', 'bh', 'il', 'iq', 'jo', 'kw', 'om', 'qa', 'sa', 'ua'] as const;

const DOCUMENTS: readonly FeedRequest[] = [
  { channel: 'us-state-rss', url: 'https://travel.state.gov/_res/rss/TAsTWs.xml' },
  { channel: 'us-state-json', url: 'https://cadataapi.state.gov/api/TravelAdvisories' },
  { channel: 'uk-fcdo', url: 'https://www.gov.uk/foreign-travel-advice.atom' },
  { channel: 'au-smartraveller', url: 'https://www.smartraveller.gov.au/countries/documents/index.rss' },
  ...MISSIONS.map((host) => ({
    channel: `us-embassy-${host}`,
    url: `https://${host}.usembassy.gov/category/alert/feed/`,
  })),
];

/** The documents of all desks, or the operator's addresses in their place. */
export function advisoryRequests({ urls }: FeedSettings): readonly FeedRequest[] {
  return urls.length === 0 ? DOCUMENTS : configuredRequests(urls);
}

/** One request for each address that is one of the web, each named after its address, so that their order means nothing. */
export function configuredRequests(urls: readonly string[]): readonly FeedRequest[] {
  const addresses = new Set(urls.map(webAddress).filter((url) => url !== null));
  return [...addresses].map((url) => ({ channel: `${new URL(url).hostname} ${digestOf([url])}`, url }));
}
