import type { FeedAdapter } from '../model/adapter.js';
import { parseGdacs } from './parse.js';

/** Natural disasters of the world with an alert level, from the GDACS RSS; the event list in GeoJSON is read too. */
export const gdacsFeed: FeedAdapter = {
  id: 'gdacs',
  title: 'GDACS disaster alerts',
  licence: 'Reuse allowed with acknowledgement of the source (Copyright European Union)',
  attribution: 'Disaster alerts: Global Disaster Alert and Coordination System (GDACS), © European Union',
  redistributable: true,
  url: 'https://www.gdacs.org/xml/rss.xml',
  cadenceSeconds: 360,
  contentAgeBudgetSeconds: 2 * 86_400,
  covers: ['natural-hazard'],
  operatorIds: null,
  parse: parseGdacs,
};
