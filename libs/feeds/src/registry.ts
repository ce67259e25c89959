import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FeedDescriptor, Watch } from '@faultline/evidence';
import { acledFeed } from './acled/index.js';
import { advisoriesFeed } from './advisories/index.js';
import { awsHealthFeed } from './aws-health/index.js';
import { awsRssFeed } from './aws-rss/index.js';
import { azureStatusFeed } from './azure-status/index.js';
import { capFeed } from './cap/index.js';
import { deskFeed, inboundFeed } from './desk/index.js';
import { gcpStatusFeed } from './gcp-status/index.js';
import { gdacsFeed } from './gdacs/index.js';
import { gdeltFeed } from './gdelt/index.js';
import { iodaFeed } from './ioda/index.js';
import { fedrampFeed } from './fedramp/index.js';
import type { FeedAdapter } from './model/adapter.js';
import { askingOf, describedBy, type FeedConfiguration } from './model/asking.js';
import { newsRssFeed } from './news-rss/index.js';
import { ngaFeed } from './nga/index.js';
import { bundlePlaces, placesRecordFeed } from './places-record/index.js';
import type { AskedFeed } from './poller.js';
import { bundleRecord, recordFeed } from './record/index.js';
import { ownAwsHealthFeed } from './own-aws-health/index.js';
import { ownAzureHealthFeed } from './own-azure-health/index.js';
import { radarFeed } from './radar/index.js';
import { readWatch } from './record/watch.js';
import { bundleReference, referenceFeed } from './reference/index.js';
import { statuspageFeed } from './statuspage/index.js';
import { ucdpGedFeed } from './ucdp-ged/index.js';
import { usgsFeed } from './usgs/index.js';
import { bundleWorkloads, workloadsRecordFeed } from './workloads-record/index.js';

/** Every feed this build knows, by id. */
export const FEEDS: ReadonlyMap<string, FeedAdapter> = new Map(
  [
    awsHealthFeed,
    awsRssFeed,
    azureStatusFeed,
    gcpStatusFeed,
    statuspageFeed,
    usgsFeed,
    gdacsFeed,
    capFeed,
    ngaFeed,
    iodaFeed,
    radarFeed,
    advisoriesFeed,
    newsRssFeed,
    gdeltFeed,
    ucdpGedFeed,
    acledFeed,
    fedrampFeed,
    recordFeed,
    referenceFeed,
    workloadsRecordFeed,
    placesRecordFeed,
    deskFeed,
    inboundFeed,
    ownAwsHealthFeed,
    ownAzureHealthFeed,
  ].map((feed) => [feed.id, feed]),
);

/** The feeds as coverage must see them, under the operator's settings. */
export function feedDescriptors(configuration: FeedConfiguration): FeedDescriptor[] {
  return describedBy(configuration, [...FEEDS.values()]);
}

/** The feeds with how each is asked under the operator's settings. */
export function askedFeeds(configuration: FeedConfiguration): ReadonlyMap<string, AskedFeed> {
  return new Map([...FEEDS].map(([id, feed]) => [id, { feed, asking: askingOf(feed, configuration) }]));
}

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
    { feed: placesRecordFeed, bytes: bundlePlaces(read('footing.json')) },
  ];
}

/** The spans of time the transcribed record stands for. */
export function readWatches(root: string): Watch[] {
  return readWatch(JSON.parse(readFileSync(path.join(root, 'data', 'watch.json'), 'utf8')));
}
