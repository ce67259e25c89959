import { looksLikeJson } from '../document/index.js';
import type { FeedAdapter } from '../model/adapter.js';
import { ACLED_API, acledRequests } from './fetch.js';
import { parseAcled } from './parse.js';

/** Acts of political violence of the last weeks, from the operator's own account with ACLED. Off without its token. */
export const acledFeed: FeedAdapter = {
  id: 'acled',
  title: 'ACLED, Armed Conflict Location & Event Data',
  licence:
    'ACLED terms of use. Off until the operator supplies an account of their own: use by a commercial entity for situational awareness needs a commercial licence from ACLED. Current terms not verified. Never passed on',
  attribution: 'Armed Conflict Location & Event Data (ACLED), https://acleddata.com/',
  redistributable: false,
  url: ACLED_API,
  cadenceSeconds: 86_400,
  contentAgeBudgetSeconds: 21 * 86_400,
  covers: ['armed-conflict'],
  tells: 'data',
  countries: null,
  operatorIds: null,
  credentials: ['token'],
  requests: acledRequests,
  tableForm: (start) => (looksLikeJson(start) ? undefined : { header: true, quoted: true }),
  parse: parseAcled,
};
