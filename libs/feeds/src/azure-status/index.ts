import { Gathering, madeAtOf, readSyndication, refused, refusedWhole, shown } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome } from '../model/adapter.js';
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
  whenEmpty: 'silence',
  parse: parseAzureStatus,
};

/** What the titles of its channel hold: "Azure Status". */
const OURS = /\b(?:azure|microsoft)\b/i;

function parseAzureStatus({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const feed = readSyndication(bytes);
  if (feed.outcome === 'refused') return refusedWhole(feed.fault);
  const { kind, title, updated, items } = feed.value;
  if (kind !== 'rss' || (title !== undefined && !OURS.test(title))) {
    return refusedWhole(
      refused('feed.wrong_type', '/channel', `${kind} ${shown(title)}`, 'an RSS channel of Azure').fault,
    );
  }
  const gathered = new Gathering();
  for (const item of items) {
    const post = readPost(item, retrievedAt);
    if (post.outcome === 'refused') {
      gathered.setAside(post.fault);
      continue;
    }
    gathered.take(...draftsOfPost(post.value));
    const { latest } = post.value.at;
    gathered.saw(latest);
  }
  return gathered.outcome(items.length, madeAtOf(updated, retrievedAt));
}
