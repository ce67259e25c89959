import { Gathering, madeAtOf, readSyndication, refused, refusedWhole, shown } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome } from '../model/adapter.js';
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
  whenEmpty: 'silence',
  parse: parseAwsRss,
};

/** What the titles of its channels hold: "Amazon Web Services Service Status", "AWS …". */
const OURS = /\b(?:amazon|aws)\b/i;

function parseAwsRss({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const feed = readSyndication(bytes);
  if (feed.outcome === 'refused') return refusedWhole(feed.fault);
  const { kind, title, updated, items } = feed.value;
  const isOurs = title === undefined || OURS.test(title) || items.some(({ id }) => partsOfGuid(id) !== null);
  if (kind !== 'rss' || !isOurs) {
    return refusedWhole(
      refused('feed.wrong_type', '/channel', `${kind} ${shown(title)}`, 'an RSS channel of AWS').fault,
    );
  }
  const gathered = new Gathering();
  for (const item of items) {
    const post = readPost(item, retrievedAt);
    if (post.outcome === 'refused') {
      gathered.setAside(post.fault);
      continue;
    }
    gathered.take(...draftsOfPost(post.value, retrievedAt));
    const { latest } = post.value.at;
    gathered.saw(latest);
  }
  return gathered.outcome(items.length, madeAtOf(updated, retrievedAt));
}
