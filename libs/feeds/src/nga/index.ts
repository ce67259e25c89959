import type { FeedAdapter } from '../model/adapter.js';
import { parseNga } from './parse.js';

/** Warnings to shipping in force: NAVAREA IV and XII, HYDROLANT, HYDROPAC and HYDROARC. */
export const ngaFeed: FeedAdapter = {
  id: 'nga',
  title: 'NGA broadcast navigation warnings',
  licence: 'Public domain (U.S. Government work)',
  attribution: 'Navigation warnings: U.S. National Geospatial-Intelligence Agency, Maritime Safety Information',
  redistributable: true,
  url: 'https://msi.nga.mil/api/publications/broadcast-warn?output=json&status=A',
  cadenceSeconds: 3600,
  contentAgeBudgetSeconds: 3 * 86_400,
  covers: ['connectivity'],
  tells: 'leads',
  operatorIds: null,
  parse: parseNga,
};
