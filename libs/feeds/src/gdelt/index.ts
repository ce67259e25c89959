import type { FeedAdapter } from '../model/adapter.js';
import { exportsIn, LAST_UPDATE } from './fetch.js';
import { parseGdelt } from './parse.js';
import { formOf } from './table.js';

/** Violence as a machine codes it from the news, every quarter of an hour: leads for somebody to look into, nothing more. */
export const gdeltFeed: FeedAdapter = {
  id: 'gdelt',
  title: 'GDELT 2 Event Database',
  licence: 'Free for any use with attribution and a link, as its publisher states; not verified',
  attribution: 'The GDELT Project, https://www.gdeltproject.org/',
  redistributable: true,
  url: LAST_UPDATE,
  cadenceSeconds: 900,
  contentAgeBudgetSeconds: 6 * 3_600,
  covers: ['armed-conflict'],
  tells: 'leads',
  countries: null,
  operatorIds: null,
  further: exportsIn,
  tableForm: formOf,
  parse: parseGdelt,
};
