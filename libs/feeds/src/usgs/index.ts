import { z } from 'zod';
import type { ClaimDraft, Instant } from '@faultline/evidence';
import { decodeText, pointerOf, readJson, refused, settleDrafts, shown } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome, Quarantine } from '../model/adapter.js';
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
  const decoded = decodeText(bytes);
  if (decoded.outcome === 'refused') return { outcome: 'quarantined', reason: decoded.fault };
  const json = readJson(decoded.text);
  if (json.outcome === 'refused') return { outcome: 'quarantined', reason: json.fault };
  const collection = collectionSchema.safeParse(json.value);
  if (!collection.success) {
    const { fault } = refused('feed.wrong_type', '', shown(json.value), 'a GeoJSON FeatureCollection with features');
    return { outcome: 'quarantined', reason: fault };
  }
  const drafts: ClaimDraft[] = [];
  const quarantined: Quarantine[] = [];
  let newestContentAt: Instant | null = null;
  for (const [index, feature] of collection.data.features.entries()) {
    const reading = readFeature(feature, pointerOf('', 'features', index), retrievedAt);
    if (reading.outcome === 'refused') {
      quarantined.push(reading.fault);
      continue;
    }
    drafts.push(reading.value.draft);
    if (newestContentAt === null || reading.value.newest > newestContentAt) newestContentAt = reading.value.newest;
  }
  const settled = settleDrafts(drafts);
  return {
    outcome: 'accepted',
    items: collection.data.features.length,
    drafts: settled.drafts,
    quarantined: [...quarantined, ...settled.quarantined],
    newestContentAt,
  };
}
