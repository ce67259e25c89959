import { webAddress } from '../document/index.js';
import type { FeedRequest, FeedSettings } from '../model/adapter.js';

export const RADAR_ADDRESS = 'https://api.cloudflare.com/client/v4/radar';
const TOKEN = /^[\x21-\x7e]{8,400}$/;

const DOCUMENTS = [
  ['outages', 'annotations/outages?dateRange=28d&limit=50'],
  ['anomalies', 'traffic_anomalies?dateRange=7d&limit=100'],
  ['origins', 'origins?limit=100'],
] as const;

/**
 * Outages of four weeks, anomalies of one, and the list of origins, with the operator's token. The first address the
 * operator set stands in place of the service's own. Without a token, or with one that cannot stand in a header, nothing
 * is asked.
 */
export function radarRequests({ urls, credentials }: FeedSettings): readonly FeedRequest[] {
  const token = Object.hasOwn(credentials, 'token') ? credentials['token']!.trim() : '';
  if (!TOKEN.test(token)) return [];
  const base = (urls.map(webAddress).find((url) => url !== null) ?? RADAR_ADDRESS).replace(/\/+$/, '');
  return DOCUMENTS.map(([channel, path]) => ({
    channel,
    url: `${base}/${path}`,
    headers: { authorization: `Bearer ${token}` },
  }));
}
