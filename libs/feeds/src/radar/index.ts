import type { Instant } from '@faultline/evidence';
import {
  Gathering,
  memberOf,
  pointerOf,
  read,
  readJsonBytes,
  refused,
  refusedWhole,
  shown,
  type Reading,
} from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome } from '../model/adapter.js';
import { readAnomaly } from './anomaly.js';
import { RADAR_ADDRESS, radarRequests } from './fetch.js';
import type { ItemReading } from './measured.js';
import { readOutage } from './outage.js';

/** Outages and anomalies of countries and cloud regions as Cloudflare sees them from outside. Needs a token. */
export const radarFeed: FeedAdapter = {
  id: 'radar',
  title: 'Cloudflare Radar, outages and anomalies',
  licence: 'CC BY-NC 4.0 for data of Radar, not verified; for those who have a token of their own',
  attribution: 'Cloudflare Radar',
  redistributable: false,
  url: `${RADAR_ADDRESS}/annotations/outages`,
  cadenceSeconds: 900,
  contentAgeBudgetSeconds: null,
  covers: ['connectivity'],
  operatorIds: null,
  credentials: ['token'],
  requests: radarRequests,
  parse: parseRadar,
};

type Items = readonly [at: string, items: readonly unknown[], readItem: Reader];
type Reader = (item: unknown, pointer: string, retrievedAt: Instant) => Reading<ItemReading>;

function parseRadar({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const json = readJsonBytes(bytes);
  if (json.outcome === 'refused') return refusedWhole(json.fault);
  const found = itemsOf(json.value);
  if (!found) {
    return refusedWhole(
      refused('feed.wrong_type', '', shown(json.value), 'a result of annotations, trafficAnomalies or origins').fault,
    );
  }
  const [at, items, readItem] = found;
  const gathered = new Gathering();
  for (const [index, item] of items.entries()) {
    const reading = readItem(item, pointerOf(at, index), retrievedAt);
    if (reading.outcome === 'refused') {
      gathered.setAside(reading.fault);
      continue;
    }
    const { value } = reading;
    if (value.outcome === 'passed-over') {
      gathered.passOver(value.reason);
      continue;
    }
    gathered.take(...value.drafts);
    gathered.saw(value.newest);
  }
  return gathered.outcome(items.length);
}

/** The list a document holds and how it is read; undefined for a refusal of the service and for any other document. */
function itemsOf(document: unknown): Items | undefined {
  const result = memberOf(document, 'result');
  if (memberOf(document, 'success') === false) return undefined;
  const lists: readonly (readonly [string, Reader])[] = [
    ['annotations', readOutage],
    ['trafficAnomalies', readAnomaly],
    ['origins', readListedOrigin],
  ];
  for (const [name, readItem] of lists) {
    const items = memberOf(result, name);
    if (Array.isArray(items)) return [pointerOf('', 'result', name), items, readItem];
  }
  return undefined;
}

/** An entry of the list of origins says that Radar knows a region, not how it is. */
function readListedOrigin(item: unknown, pointer: string): Reading<ItemReading> {
  return typeof memberOf(item, 'slug') === 'string'
    ? read({ outcome: 'passed-over', reason: 'origin-listed' })
    : refused('field.invalid', pointer, shown(item), 'an origin with its slug');
}
