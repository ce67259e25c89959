import type { FeedAdapter } from '../model/adapter.js';
import { parsePlaces } from './parse.js';

/** What cloud regions rest on and how they are paired, transcribed by our own desk. Never polled: its document is `bundlePlaces`'s. */
export const placesRecordFeed: FeedAdapter = {
  id: 'places-record',
  title: 'Cables, passages, supplies and pairs of regions, transcribed',
  licence: 'Facts cited from public documents; each document names its licence, and no text is reproduced',
  attribution: 'Transcribed by the desk; each claim names its document. Positions are centres of public cells',
  redistributable: true,
  url: null,
  cadenceSeconds: 86_400,
  contentAgeBudgetSeconds: null,
  covers: [],
  operatorIds: null,
  parse: parsePlaces,
};
