import {
  pollIdOf,
  storeCapture,
  storeClaims,
  storePoll,
  storeQuarantine,
  type Instant,
  type Poll,
} from '@faultline/evidence';
import { fence, type Database, type Lease, type Scope, type Tx } from '@faultline/platform';
import type { FeedAdapter, ParseOutcome, Quarantine } from './model/adapter.js';

/** One captured document on its way in. */
export interface Incoming {
  readonly bytes: Uint8Array;
  readonly retrievedAt: Instant;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly trigger: Poll['trigger'];
  readonly validators: Poll['validators'];
  /** Fences a scheduled poll: a poller that lost its lease records nothing. */
  readonly lease?: Lease;
}

export interface IngestReport {
  readonly pollId: string;
  readonly outcome: 'accepted' | 'quarantined';
  readonly reason: Quarantine | null;
  readonly items: number;
  readonly claimsNew: number;
  readonly claimsRepeated: number;
  readonly quarantined: readonly Quarantine[];
}

const CLAIM_BATCH = 2_000;

/**
 * Takes one document through the whole normal path, in one transaction: capture by hash, claims, what was quarantined,
 * and the poll itself. A crash leaves all of it or nothing; the same document again adds no claim.
 */
export async function ingestDocument(
  database: Database,
  scope: Scope,
  adapter: FeedAdapter,
  incoming: Incoming,
): Promise<IngestReport> {
  const parsed = adapter.parse({ bytes: incoming.bytes, retrievedAt: incoming.retrievedAt });
  return database.transaction('feed', scope, 'write', async (tx) => {
    if (incoming.lease) await fence(tx, incoming.lease);
    return store(tx, adapter, incoming, parsed);
  });
}

async function store(tx: Tx, adapter: FeedAdapter, incoming: Incoming, parsed: ParseOutcome): Promise<IngestReport> {
  const feedId = adapter.id;
  const captureHash = await storeCapture(tx, feedId, incoming.bytes);
  const pollId = pollIdOf(tx.scope, feedId, incoming, captureHash);
  const quarantined: Quarantine[] = parsed.outcome === 'quarantined' ? [parsed.reason] : [...parsed.quarantined];
  let claimsNew = 0;
  let claimsRepeated = 0;
  if (parsed.outcome === 'accepted') {
    const capture = { feedId, captureHash, retrievedAt: incoming.retrievedAt };
    for (let start = 0; start < parsed.drafts.length; start += CLAIM_BATCH) {
      const stored = await storeClaims(tx, capture, parsed.drafts.slice(start, start + CLAIM_BATCH));
      claimsNew += stored.added.length;
      claimsRepeated += stored.repeated;
      quarantined.push(
        ...stored.conflicts.map(({ locator, itemId }) => ({
          code: 'feed.id_conflict' as const,
          locator,
          got: `${itemId} with other content`,
          wanted: 'one content for one item and version',
        })),
      );
    }
  }
  await storeQuarantine(tx, feedId, captureHash, quarantined);
  const items = parsed.outcome === 'accepted' ? parsed.items : 0;
  await storePoll(tx, pollId, {
    feedId,
    trigger: incoming.trigger,
    startedAt: incoming.startedAt,
    finishedAt: incoming.finishedAt,
    outcome: parsed.outcome === 'quarantined' ? 'quarantined' : claimsNew > 0 ? 'changed' : 'unchanged',
    reason: parsed.outcome === 'quarantined' ? parsed.reason.code : null,
    captureHash,
    items,
    claimsNew,
    claimsRepeated,
    quarantined: countByCode(quarantined),
    newestContentAt: parsed.outcome === 'accepted' ? parsed.newestContentAt : null,
    validators: incoming.validators,
  });
  const reason = parsed.outcome === 'quarantined' ? parsed.reason : null;
  return { pollId, outcome: parsed.outcome, reason, items, claimsNew, claimsRepeated, quarantined };
}

function countByCode(quarantined: readonly Quarantine[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of quarantined) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
