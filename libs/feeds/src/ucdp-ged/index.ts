import { looksLikeJson } from '../document/index.js';
import type { FeedAdapter } from '../model/adapter.js';
import { GED_API, gedRequests } from './fetch.js';
import { parseGed } from './parse.js';

/** Acts of organised violence with deaths, one by one, curated by the Uppsala Conflict Data Program: GED and Candidate. */
export const ucdpGedFeed: FeedAdapter = {
  id: 'ucdp-ged',
  title: 'UCDP Georeferenced Event Dataset and Candidate Events',
  licence: 'CC BY 4.0 as its publishers commonly state; not verified with UCDP',
  attribution: 'Conflict data: Uppsala Conflict Data Program, Uppsala University',
  redistributable: true,
  url: GED_API,
  cadenceSeconds: 86_400,
  contentAgeBudgetSeconds: 120 * 86_400,
  covers: ['armed-conflict'],
  tells: 'data',
  countries: null,
  operatorIds: null,
  credentials: ['token'],
  requests: gedRequests,
  tableForm: (start) => (looksLikeJson(start) ? undefined : { header: true, quoted: true }),
  parse: parseGed,
};
