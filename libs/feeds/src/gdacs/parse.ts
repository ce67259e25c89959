import { z } from 'zod';
import type { Instant } from '@faultline/evidence';
import {
  decodeText,
  Gathering,
  pointerOf,
  read,
  readJson,
  readSyndication,
  readWhen,
  refused,
  refusedWhole,
  shown,
  type Reading,
} from '../document/index.js';
import type { CapturedDocument, ParseOutcome } from '../model/adapter.js';
import { listedInFeature, type ListedFeature } from './event-list.js';
import { readEvent } from './event.js';
import { listedInRss } from './rss-items.js';

interface Listing {
  readonly features: readonly ListedFeature[];
  readonly locators: readonly string[];
  /** When the document says it was made. */
  readonly documentAt: Instant | null;
}

/** Reads a GDACS document of either shape: JSON begins with a brace or a bracket, the RSS with neither. */
export function parseGdacs({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const listing = readListing(bytes, retrievedAt);
  if (listing.outcome === 'refused') return refusedWhole(listing.fault);
  const { features, locators, documentAt } = listing.value;
  const gathered = new Gathering();
  for (const [index, feature] of features.entries()) {
    if (feature.kind === 'outline') {
      gathered.passOver('outline');
      continue;
    }
    if (feature.kind === 'foreign') {
      gathered.setAside(refused('field.missing', locators[index]!, 'no eventtype', 'an event of GDACS').fault);
      continue;
    }
    const reading = readEvent(feature.event, documentAt, retrievedAt);
    if (reading.outcome === 'refused') gathered.setAside(reading.fault);
    else if (reading.value.kind === 'no-such-peril') gathered.passOver('no-such-peril');
    else {
      gathered.take(reading.value.draft);
      gathered.saw(reading.value.newest);
    }
  }
  return gathered.outcome(features.length);
}

function readListing(bytes: Uint8Array, retrievedAt: Instant): Reading<Listing> {
  const decoded = decodeText(bytes, { declared: 'xml' });
  if (decoded.outcome === 'refused') return decoded;
  const listing = /^\s*[{[]/.test(decoded.text) ? readEventList(decoded.text) : readRss(bytes, retrievedAt);
  if (listing.outcome === 'refused') return listing;
  const { features } = listing.value;
  if (features.length > 0 && features.every(({ kind }) => kind === 'foreign'))
    return refused('feed.wrong_type', '', `${features.length} items, none of GDACS`, 'events with a gdacs:eventtype');
  return listing;
}

const collectionSchema = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });

function readEventList(text: string): Reading<Listing> {
  const json = readJson(text);
  if (json.outcome === 'refused') return json;
  const collection = collectionSchema.safeParse(json.value);
  if (!collection.success)
    return refused('feed.wrong_type', '', shown(json.value), 'a GeoJSON FeatureCollection, or RSS');
  const locators = collection.data.features.map((_, index) => pointerOf('', 'features', index));
  const features = collection.data.features.map((value, index) => listedInFeature(value, locators[index]!));
  return read({ features, locators, documentAt: null });
}

function readRss(bytes: Uint8Array, retrievedAt: Instant): Reading<Listing> {
  const syndication = readSyndication(bytes);
  if (syndication.outcome === 'refused') return syndication;
  const { kind, items, updated } = syndication.value;
  if (kind !== 'rss') return refused('feed.wrong_type', '', 'an Atom document', 'the RSS of GDACS');
  const features = items.map((item): ListedFeature => {
    const event = listedInRss(item);
    return event.eventtype === undefined ? { kind: 'foreign' } : { kind: 'event', event };
  });
  const made = readWhen(updated, '/channel/pubDate', {
    earliest: '2000-01-01T00:00:00.000Z',
    retrievedAt,
    future: 'refused',
  });
  const documentAt = made.outcome === 'read' && made.value.latest <= retrievedAt ? made.value.latest : null;
  return read({ features, locators: items.map(({ locator }) => locator), documentAt });
}
