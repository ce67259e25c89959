import { z } from 'zod';
import type { ClaimDraft } from '@faultline/evidence';
import { decodeText, pointerOf, readJson, readWhen, refused, settleDrafts, shown } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome, Quarantine } from '../model/adapter.js';
import { EARLIEST, readProduct } from './product.js';

/** The FedRAMP marketplace as the US General Services Administration publishes it. It proves authorisation and never location. */
export const fedrampFeed: FeedAdapter = {
  id: 'fedramp',
  title: 'FedRAMP Marketplace',
  licence: 'Public domain (U.S. Government work)',
  attribution: 'U.S. General Services Administration, FedRAMP Marketplace',
  redistributable: true,
  url: null,
  cadenceSeconds: 86_400,
  contentAgeBudgetSeconds: null,
  covers: [],
  operatorIds: null,
  parse: parseFedramp,
};

const marketplaceSchema = z.object({
  meta: z.object({ last_change: z.unknown() }),
  data: z.object({ Products: z.array(z.unknown()) }),
});

/**
 * Reads a capture of the marketplace: per authorised product an entity and an authorisation. Products that are ready or
 * in process are passed over. Nothing is published later than the document's own last change.
 */
export function parseFedramp({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const decoded = decodeText(bytes);
  if (decoded.outcome === 'refused') return { outcome: 'quarantined', reason: decoded.fault };
  const json = readJson(decoded.text);
  if (json.outcome === 'refused') return { outcome: 'quarantined', reason: json.fault };
  const marketplace = marketplaceSchema.safeParse(json.value);
  if (!marketplace.success) {
    const { fault } = refused('feed.wrong_type', '', shown(json.value), 'the marketplace, with meta and data.Products');
    return { outcome: 'quarantined', reason: fault };
  }
  const bounds = { earliest: EARLIEST, retrievedAt, future: 'refused' } as const;
  const changed = readWhen(marketplace.data.meta.last_change, '/meta/last_change', bounds);
  if (changed.outcome === 'refused') return { outcome: 'quarantined', reason: changed.fault };
  const products = marketplace.data.data.Products;
  const drafts: ClaimDraft[] = [];
  const quarantined: Quarantine[] = [];
  const passedOver: Record<string, number> = {};
  for (const [index, product] of products.entries()) {
    const reading = readProduct(product, pointerOf('', 'data', 'Products', index), changed.value.latest);
    if (reading.outcome === 'refused') quarantined.push(reading.fault);
    else if ('passedOver' in reading.value) {
      passedOver[reading.value.passedOver] = (passedOver[reading.value.passedOver] ?? 0) + 1;
    } else drafts.push(...reading.value.drafts);
  }
  const settled = settleDrafts(drafts);
  return {
    outcome: 'accepted',
    items: products.length,
    drafts: settled.drafts,
    quarantined: [...quarantined, ...settled.quarantined],
    passedOver,
    newestContentAt: changed.value.latest,
  };
}
