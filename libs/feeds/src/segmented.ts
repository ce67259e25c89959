import { captureHashOf, pollIdOf, pollOf } from '@faultline/evidence';
import type { Database, Scope } from '@faultline/platform';
import { isCuttable, SegmentCutter, type Segment } from './document/segments.js';
import { ingestDocument, type Incoming, type IngestReport } from './ingest.js';
import type { FeedAdapter } from './model/adapter.js';

/** What became of one segment of a file. */
export interface SegmentReport {
  readonly segment: Pick<Segment, 'lines'>;
  /** Bytes of the segment as a document. */
  readonly bytes: number;
  /** Whether this very segment had been taken before, so that it was not read again. */
  readonly skipped: boolean;
  readonly report: IngestReport;
}

/** Segments on their way at a time: one is read while the one before it is stored. */
const AT_A_TIME = 2;

/** How a file beginning so can be taken in segments; undefined where it must be taken whole. */
export function segmentsOf(feed: FeedAdapter, start: Uint8Array): SegmentCutter | undefined {
  const form = isCuttable(start) ? feed.tableForm?.(start) : undefined;
  return form && new SegmentCutter(form);
}

/**
 * Takes a long table in segments, each a document of its own through the normal path, and reports them in their order.
 * What is held does not grow with the table. Segments that were accepted before are not read again, so an ingest that
 * was killed goes on where it stopped. Ends with the first segment that is refused: what is behind it may be misread.
 */
export async function* ingestSegments(
  database: Database,
  scope: Scope,
  feed: FeedAdapter,
  chunks: AsyncIterable<Buffer>,
  cutter: SegmentCutter,
  incoming: () => Omit<Incoming, 'bytes' | 'trigger'>,
): AsyncGenerator<SegmentReport> {
  const underway: Promise<SegmentReport>[] = [];
  try {
    for await (const segment of cutAll(chunks, cutter)) {
      const next = ingestSegment(database, scope, feed, segment, incoming());
      next.catch(() => undefined);
      underway.push(next);
      if (underway.length < AT_A_TIME) continue;
      const first = await underway.shift()!;
      yield first;
      if (first.report.outcome === 'quarantined') return;
    }
    while (underway.length > 0) {
      const first = await underway.shift()!;
      yield first;
      if (first.report.outcome === 'quarantined') return;
    }
  } finally {
    await Promise.allSettled(underway);
  }
}

async function* cutAll(chunks: AsyncIterable<Buffer>, cutter: SegmentCutter): AsyncGenerator<Segment> {
  for await (const chunk of chunks) yield* cutter.push(chunk);
  yield* cutter.end();
}

async function ingestSegment(
  database: Database,
  scope: Scope,
  feed: FeedAdapter,
  { bytes, lines }: Segment,
  incoming: Omit<Incoming, 'bytes' | 'trigger'>,
): Promise<SegmentReport> {
  const before = await acceptedBefore(database, scope, feed, bytes, incoming);
  const report = before ?? (await ingestDocument(database, scope, feed, { ...incoming, bytes, trigger: 'ingest' }));
  return { segment: { lines }, bytes: bytes.length, skipped: before !== undefined, report };
}

/** The report of a document that was accepted before by the first state of its reader: to read it again adds nothing. */
async function acceptedBefore(
  database: Database,
  scope: Scope,
  feed: FeedAdapter,
  bytes: Uint8Array,
  incoming: Omit<Incoming, 'bytes' | 'trigger'>,
): Promise<IngestReport | undefined> {
  // A poll does not say which state of a reader read its capture.
  if ((feed.reading ?? 1) !== 1) return undefined;
  const pollId = pollIdOf(scope, feed.id, { ...incoming, trigger: 'ingest' }, captureHashOf(bytes));
  const poll = await database.transaction('feed', scope, 'read', (tx) => pollOf(tx, pollId));
  if (poll?.outcome !== 'changed' && poll?.outcome !== 'unchanged') return undefined;
  return {
    pollId,
    outcome: 'accepted',
    reason: null,
    suspect: null,
    items: poll.items,
    claimsNew: 0,
    claimsRepeated: poll.claimsNew + poll.claimsRepeated,
    quarantined: [],
    passedOver: poll.passedOver ?? {},
  };
}
