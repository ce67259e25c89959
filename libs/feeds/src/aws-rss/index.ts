import type { ClaimDraft, Instant } from '@faultline/evidence';
import { readSyndication, refused, settleDrafts, shown } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome, Quarantine } from '../model/adapter.js';
import { partsOfGuid, readPost } from './post.js';
import { draftsOfPost } from './statements.js';

/** The status posts of AWS as a syndicated feed: what its Health board tells as well, one item for each update. */
export const awsRssFeed: FeedAdapter = {
  id: 'aws-rss',
  title: 'AWS service status posts (RSS)',
  licence: 'No licence is stated. Facts are used with attribution; the wording is Amazon’s.',
  attribution: 'AWS Service Health Dashboard, Amazon Web Services',
  redistributable: false,
  url: 'https://status.aws.amazon.com/rss/all.rss',
  cadenceSeconds: 300,
  contentAgeBudgetSeconds: null,
  covers: ['provider-outage'],
  operatorIds: ['aws'],
  parse: parseAwsRss,
};

/** What the titles of its channels hold: "Amazon Web Services Service Status", "AWS …". */
const OURS = /\b(?:amazon|aws)\b/i;

function parseAwsRss({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const feed = readSyndication(bytes);
  if (feed.outcome === 'refused') return { outcome: 'quarantined', reason: feed.fault };
  const { kind, title, items } = feed.value;
  const isOurs = title === undefined || OURS.test(title) || items.some(({ id }) => partsOfGuid(id) !== null);
  if (kind !== 'rss' || !isOurs) {
    const { fault } = refused('feed.wrong_type', '/channel', `${kind} ${shown(title)}`, 'an RSS channel of AWS');
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
    drafts.push(...draftsOfPost(post.value, retrievedAt));
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
