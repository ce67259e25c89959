import { z } from 'zod';
import { Gathering, pointerOf, readJsonBytes, refused, refusedWhole, shown } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome } from '../model/adapter.js';
import { readFeature } from './feature.js';

/** Earthquakes of magnitude 4.5 and more of the last seven days, from the USGS summary feed. */
export const usgsFeed: FeedAdapter = {
  id: 'usgs',
  title: 'USGS Earthquakes, M4.5+, past week',
  licence: 'Public domain (U.S. Government work)',
  attribution: 'Earthquake data: U.S. Geological Survey',
  redistributable: true,
  url: 'https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/4.5_week.geojson',
  cadenceSeconds: 300,
  contentAgeBudgetSeconds: 2 * 86_400,
  covers: ['natural-hazard'],
  operatorIds: null,
  parse: parseUsgs,
};

const collectionSchema = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });

function parseUsgs({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const json = readJsonBytes(bytes);
  if (json.outcome === 'refused') return refusedWhole(json.fault);
  const collection = collectionSchema.safeParse(json.value);
  if (!collection.success) {
    return refusedWhole(
      refused('feed.wrong_type', '', shown(json.value), 'a GeoJSON FeatureCollection with features').fault,
    );
  }
  const gathered = new Gathering();
  for (const [index, feature] of collection.data.features.entries()) {
    const reading = readFeature(feature, pointerOf('', 'features', index), retrievedAt);
    if (reading.outcome === 'refused') {
      gathered.setAside(reading.fault);
      continue;
    }
    gathered.take(reading.value.draft);
    gathered.saw(reading.value.newest);
  }
  return gathered.outcome(collection.data.features.length);
}
