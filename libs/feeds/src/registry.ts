import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FeedDescriptor, Watch } from '@faultline/evidence';
import { awsHealthFeed } from './aws-health/index.js';
import { fedrampFeed } from './fedramp/index.js';
import type { FeedAdapter } from './model/adapter.js';
import { bundleRecord, recordFeed } from './record/index.js';
import { readWatch } from './record/watch.js';
import { bundleReference, referenceFeed } from './reference/index.js';
import { usgsFeed } from './usgs/index.js';
import { bundleWorkloads, workloadsRecordFeed } from './workloads-record/index.js';

/** Every feed this build knows, by id. */
export const FEEDS: ReadonlyMap<string, FeedAdapter> = new Map(
  [awsHealthFeed, usgsFeed, fedrampFeed, recordFeed, referenceFeed, workloadsRecordFeed].map((feed) => [feed.id, feed]),
);

export const FEED_DESCRIPTORS: readonly FeedDescriptor[] = [...FEEDS.values()];

/** Our own reference data and transcribed records as the documents their feeds read. `root` holds the `data` folder. */
export function ownDocuments(root: string): { feed: FeedAdapter; bytes: Uint8Array }[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, 'data', file), 'utf8'));
  return [
    {
      feed: referenceFeed,
      bytes: bundleReference({
        operators: read('operators.json'),
        partitions: read('partitions.json'),
        regions: ['aws', 'azure', 'gcp', 'oci'].map((operator) => read(`regions/${operator}.json`)),
      }),
    },
    { feed: recordFeed, bytes: bundleRecord({ claims: read('march-2026.json'), sources: read('sources.json') }) },
    {
      feed: workloadsRecordFeed,
      bytes: bundleWorkloads({
        entities: read('entities.json'),
        workloads: read('workloads.json'),
        sources: read('sources.json'),
      }),
    },
  ];
}

/** The spans of time the transcribed record stands for. */
export function readWatches(root: string): Watch[] {
  return readWatch(JSON.parse(readFileSync(path.join(root, 'data', 'watch.json'), 'utf8')));
}
