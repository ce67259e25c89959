import type { ClaimDraft, Instant } from '@faultline/evidence';
import { readSyndication, refused, settleDrafts, shown } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome, Quarantine } from '../model/adapter.js';
import { draftsOfPost, readPost } from './post.js';

/**
 * What Microsoft posts of Azure for everybody. The address is the feed's own host: others lead to the nearest instance
 * of the page, and one in a region that was out served an empty channel for hours.
 */
export const azureStatusFeed: FeedAdapter = {
  id: 'azure-status',
  title: 'Azure status (RSS)',
  licence: 'No licence is stated. Facts are used with attribution; the wording is Microsoft’s.',
  attribution: 'Azure status, Microsoft',
  redistributable: false,
  url: 'https://rssfeed.azure.status.microsoft/en-us/status/feed/',
  cadenceSeconds: 120,
  contentAgeBudgetSeconds: null,
  covers: ['provider-outage'],
  operatorIds: ['azure'],
  parse: parseAzureStatus,
};

/** What the titles of its channel hold: "Azure Status". */
const OURS = /\b(?:azure|microsoft)\b/i;

function parseAzureStatus({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const feed = readSyndication(bytes);
  if (feed.outcome === 'refused') return { outcome: 'quarantined', reason: feed.fault };
  const { kind, title, items } = feed.value;
  if (kind !== 'rss' || (title !== undefined && !OURS.test(title))) {
    const { fault } = refused('feed.wrong_type', '/channel', `${kind} ${shown(title)}`, 'an RSS channel of Azure');
    return { outcome: 'quarantined', reason: fault };
  }
  const drafts: ClaimDraft[] = [];
  const quarantined: Quarantine[] = [];
  let newestContentAt: Instant | null = null;
  for (const item of items) {
    const post = readPost(item, retrievedAt);
    if (post.outcome === 'refused') {
      quarantined.push(post.fault);
      continue;
    }
    drafts.push(...draftsOfPost(post.value));
    const { latest } = post.value.at;
    if (newestContentAt === null || latest > newestContentAt) newestContentAt = latest;
  }
  const settled = settleDrafts(drafts);
  return {
    outcome: 'accepted',
    items: items.length,
    drafts: settled.drafts,
    quarantined: [...quarantined, ...settled.quarantined],
    newestContentAt,
  };
}
