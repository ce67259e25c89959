import type { CapturedDocument, ParseOutcome } from './model/adapter.js';
import { FEEDS } from './registry.js';

/** What runs in a thread of the parser's pool. @throws Error for a feed this build does not know. */
export function readInThread({ feedId, document }: { feedId: string; document: CapturedDocument }): ParseOutcome {
  const feed = FEEDS.get(feedId);
  if (!feed) throw new Error(`no feed ${feedId} in this build`);
  return feed.parse(document);
}
