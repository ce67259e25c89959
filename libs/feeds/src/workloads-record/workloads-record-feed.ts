import type { FeedAdapter } from '../model/adapter.js';
import { parseWorkloads } from './parse.js';

/** Who runs what on which platform and who promised what, transcribed by our own desk. Never polled: its document is `bundleWorkloads`'s. */
export const workloadsRecordFeed: FeedAdapter = {
  id: 'workloads-record',
  title: 'Workloads, platforms and commitments, transcribed',
  licence: 'Facts cited from public documents; their text is not reproduced',
  attribution: 'Transcribed by the desk; each claim names its source and where in it to look',
  redistributable: true,
  url: null,
  cadenceSeconds: 86_400,
  contentAgeBudgetSeconds: null,
  covers: [],
  operatorIds: null,
  parse: parseWorkloads,
};
