import type { FeedAdapter } from '../model/adapter.js';
import { parseRecord } from './parse.js';

/** What our own desk transcribed from public pages, after the fact. Never polled: its document is what `bundleRecord` makes. */
export const recordFeed: FeedAdapter = {
  id: 'record',
  title: 'Desk record, transcribed',
  licence: 'Facts cited from public pages; their text is not reproduced',
  attribution: 'Transcribed by the desk; each claim names its source and its address',
  redistributable: true,
  url: null,
  cadenceSeconds: 86_400,
  contentAgeBudgetSeconds: null,
  covers: ['armed-conflict', 'provider-outage', 'declared-threat'],
  operatorIds: null,
  parse: parseRecord,
};
