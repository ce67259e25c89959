import type { FeedAdapter } from '../model/adapter.js';
import { parseEntries } from './parse.js';

/** What analysts of this installation enter: incidents, declared threats, decisions on links, challenges. */
export const deskFeed: FeedAdapter = {
  id: 'desk',
  title: 'Entries of this installation’s analysts',
  licence: 'Facts cited from public pages; their text is not reproduced',
  attribution: 'Entered by an analyst; each claim names its source and its address',
  redistributable: true,
  url: null,
  cadenceSeconds: 86_400,
  contentAgeBudgetSeconds: null,
  covers: [],
  operatorIds: null,
  parse: (document) => parseEntries(document, 'desk'),
};

/** What a tenant's own tools send: claims of that tenant, never public. */
export const inboundFeed: FeedAdapter = {
  id: 'inbound',
  title: 'Claims from your own tools',
  licence: 'Yours',
  attribution: 'Sent by the tenant’s own tools',
  redistributable: false,
  url: null,
  cadenceSeconds: 3_600,
  contentAgeBudgetSeconds: null,
  covers: [],
  operatorIds: null,
  tenantOnly: true,
  parse: (document) => parseEntries(document, 'inbound'),
};
