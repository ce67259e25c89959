import type { FeedAdapter } from '../model/adapter.js';
import { parseReference } from './parse.js';

/** Operators, partitions and cloud regions as this project keeps them. Never polled: its document is `bundleReference`'s. */
export const referenceFeed: FeedAdapter = {
  id: 'reference',
  title: 'Reference data of operators, partitions and cloud regions',
  licence: 'Apache-2.0; each row names its source and that source’s licence',
  attribution: 'Compiled from the operators’ public lists; positions are public city centres, never sites',
  redistributable: true,
  url: null,
  cadenceSeconds: 86_400 * 30,
  contentAgeBudgetSeconds: null,
  covers: [],
  operatorIds: null,
  parse: parseReference,
};
