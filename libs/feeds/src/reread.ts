import { captureBytes, capturesUnread, itemsOnlyReadBefore, type Instant } from '@faultline/evidence';
import type { Database, Scope } from '@faultline/platform';
import { ingestDocument, type IngestReport } from './ingest.js';
import type { FeedAdapter } from './model/adapter.js';

/** What reading the kept documents of a feed again takes. */
export interface Rereading {
  /** Only documents first retrieved then or later; null for all. */
  readonly since: Instant | null;
  readonly now: () => Instant;
  /** After each document, once it is stored: what came of it, and how many of how many are done. */
  readonly onRead?: (captureHash: string, report: IngestReport, done: number, of: number) => Promise<void>;
}

export type Reread =
  /** Every such document was read by this state of the reader already. */
  | { readonly outcome: 'nothing-to-do' }
  | {
      readonly outcome: 'read';
      readonly documents: number;
      readonly pollIds: readonly string[];
      readonly quarantinedWhole: number;
      /** Items that an earlier reader found something in and this one nothing: what was read then still stands. */
      readonly onlyReadBefore: number;
    };

/**
 * Reads the kept documents of a feed with the present reader, in the order they first came, each in one transaction
 * like any other. The new readings replace the old ones from that position of the ledger on; answers at an earlier one
 * stay as they were. Stopped at any point, it goes on with the first document not yet read.
 */
export async function rereadCaptures(
  database: Database,
  scope: Scope,
  adapter: FeedAdapter,
  { since, now, onRead }: Rereading,
): Promise<Reread> {
  const { id: feedId, reading = 1 } = adapter;
  const captures = await database.transaction('feed', scope, 'read', (tx) =>
    capturesUnread(tx, feedId, reading, since),
  );
  if (captures.length === 0) return { outcome: 'nothing-to-do' };
  const pollIds: string[] = [];
  let quarantinedWhole = 0;
  for (const { captureHash, retrievedAt } of captures) {
    const bytes = await database.transaction('feed', scope, 'read', (tx) => captureBytes(tx, captureHash));
    const at = now();
    const report = await ingestDocument(database, scope, adapter, {
      bytes,
      retrievedAt,
      startedAt: at,
      finishedAt: at,
      trigger: 'ingest',
      validators: { etag: null, lastModified: null },
    });
    pollIds.push(report.pollId);
    if (report.outcome === 'quarantined') quarantinedWhole += 1;
    await onRead?.(captureHash, report, pollIds.length, captures.length);
  }
  const hashes = captures.map(({ captureHash }) => captureHash);
  const onlyReadBefore = await database.transaction('feed', scope, 'read', (tx) =>
    itemsOnlyReadBefore(tx, feedId, hashes, reading),
  );
  return { outcome: 'read', documents: captures.length, pollIds, quarantinedWhole, onlyReadBefore };
}
