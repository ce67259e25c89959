import {
  claimsNewSince,
  instantOf,
  lastPolls,
  msOf,
  pollIdOf,
  storeCapture,
  storeClaims,
  storePoll,
  storeQuarantine,
  type ClaimDraft,
  type Instant,
  type Poll,
} from '@faultline/evidence';
import { PUBLIC_TENANT, type Database, type Scope, type Tx } from '@faultline/platform';
import type { CapturedDocument, FeedAdapter, ParseOutcome, Quarantine } from './model/adapter.js';
import { LEAST_CLAIMS_AN_HOUR, mostClaimsAnHour, suspicionOf } from './model/suspicion.js';

/** Reads a document of a feed; elsewhere than here, where that must not hold up or endanger this process. */
export type Parse = (feed: FeedAdapter, document: CapturedDocument) => Promise<ParseOutcome>;

/** Reads in this thread. */
export const parseHere: Parse = async (feed, document) => feed.parse(document);

/** One captured document on its way in. */
export interface Incoming {
  readonly bytes: Uint8Array;
  /** Which of the feed's documents it is, where it has several. */
  readonly channel?: string;
  readonly retrievedAt: Instant;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly trigger: Poll['trigger'];
  readonly validators: Poll['validators'];
  readonly parse?: Parse;
  /** Done in the transaction of the document; what it throws undoes all of it. */
  readonly within?: (tx: Tx, poll: Poll) => Promise<void>;
}

export interface IngestReport {
  readonly pollId: string;
  readonly outcome: 'accepted' | 'quarantined';
  readonly reason: Quarantine | null;
  readonly suspect: string | null;
  readonly items: number;
  readonly claimsNew: number;
  readonly claimsRepeated: number;
  readonly quarantined: readonly Quarantine[];
  readonly passedOver: Readonly<Record<string, number>>;
}

const CLAIM_BATCH = 2_000;
const COMPARED_POLLS = 24;
const HOUR_MS = 3_600_000;

/** A feed that suddenly says far more than ever: none of it is taken before somebody has looked. */
class RateAnomaly extends Error {
  constructor(readonly fault: Quarantine) {
    super(fault.code);
  }
}

/**
 * Takes one document through the whole normal path: its bytes are kept under their hash, then in one transaction the
 * claims, what was quarantined, and the poll itself. A crash leaves all of that or nothing; the same document again adds
 * no claim. A flood from a feed
 * that was asked or pushed is quarantined whole; given by hand, the same capture is taken.
 */
export async function ingestDocument(
  database: Database,
  scope: Scope,
  adapter: FeedAdapter,
  incoming: Incoming,
): Promise<IngestReport> {
  if (adapter.tenantOnly && scope.tenantId === PUBLIC_TENANT)
    throw new Error(`a document of ${adapter.id} is a tenant’s own, and was given as public: send it to the API`);
  const document = { bytes: incoming.bytes, retrievedAt: incoming.retrievedAt };
  // Before anybody reads it: whatever a document does to its reader, it is there to be looked at.
  await database.transaction('feed', scope, 'write', (tx) => storeCapture(tx, adapter.id, incoming.bytes));
  const parsed = await (incoming.parse ?? parseHere)(adapter, document);
  const keep = (outcome: ParseOutcome) =>
    database.transaction('feed', scope, 'write', (tx) => store(tx, adapter, incoming, outcome));
  try {
    return await keep(parsed);
  } catch (error) {
    if (!(error instanceof RateAnomaly)) throw error;
    return keep({ outcome: 'quarantined', reason: error.fault });
  }
}

async function store(tx: Tx, adapter: FeedAdapter, incoming: Incoming, parsed: ParseOutcome): Promise<IngestReport> {
  const feedId = adapter.id;
  const channel = incoming.channel ?? '';
  const captureHash = await storeCapture(tx, feedId, incoming.bytes);
  const { reading = 1 } = adapter;
  const readAgain = reading === 1 ? {} : { reading };
  const pollId = pollIdOf(tx.scope, feedId, { ...incoming, ...readAgain }, captureHash);
  const quarantined: Quarantine[] = parsed.outcome === 'quarantined' ? [parsed.reason] : [...parsed.quarantined];
  const prior = incoming.trigger === 'ingest' ? [] : await lastPolls(tx, feedId, channel, COMPARED_POLLS);
  let claimsNew = 0;
  let claimsRepeated = 0;
  if (parsed.outcome === 'accepted') {
    const capture = { feedId, captureHash, retrievedAt: incoming.retrievedAt };
    for (let start = 0; start < parsed.drafts.length; start += CLAIM_BATCH) {
      const stored = await storeClaims(
        tx,
        capture,
        readingOf(adapter, parsed.drafts.slice(start, start + CLAIM_BATCH)),
      );
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
    await refuseFlood(tx, feedId, incoming, claimsNew, prior);
  }
  await storeQuarantine(tx, feedId, captureHash, quarantined);
  const accepted = parsed.outcome === 'accepted' ? parsed : null;
  const items = accepted?.items ?? 0;
  const passedOver = accepted?.passedOver ?? {};
  const suspect = accepted ? suspicionOf(items, prior, adapter.whenEmpty) : null;
  const isSilence = accepted !== null && items === 0 && adapter.whenEmpty === 'silence';
  const poll: Poll = {
    feedId,
    ...(channel === '' ? {} : { channel }),
    trigger: incoming.trigger,
    startedAt: incoming.startedAt,
    finishedAt: incoming.finishedAt,
    outcome: accepted === null ? 'quarantined' : claimsNew > 0 ? 'changed' : 'unchanged',
    reason: parsed.outcome === 'quarantined' ? parsed.reason.code : suspect,
    captureHash,
    ...(incoming.retrievedAt === incoming.finishedAt ? {} : { retrievedAt: incoming.retrievedAt }),
    ...readAgain,
    items,
    claimsNew,
    claimsRepeated,
    quarantined: countByCode(quarantined),
    ...(Object.keys(passedOver).length === 0 ? {} : { passedOver }),
    ...(suspect === null ? {} : { suspect }),
    ...(isSilence ? { silence: { madeAt: accepted.madeAt ?? null } } : {}),
    newestContentAt: accepted?.newestContentAt ?? null,
    validators: incoming.validators,
  };
  await storePoll(tx, pollId, poll);
  await incoming.within?.(tx, poll);
  const reason = parsed.outcome === 'quarantined' ? parsed.reason : null;
  const { outcome } = parsed;
  return { pollId, outcome, reason, suspect, items, claimsNew, claimsRepeated, quarantined, passedOver };
}

function readingOf({ reading = 1 }: FeedAdapter, drafts: readonly ClaimDraft[]): readonly ClaimDraft[] {
  return reading === 1 ? drafts : drafts.map((draft) => ({ ...draft, item: { ...draft.item, reading } }));
}

async function refuseFlood(
  tx: Tx,
  feedId: string,
  incoming: Incoming,
  claimsNew: number,
  prior: readonly Poll[],
): Promise<void> {
  const hourAgo = instantOf(msOf(incoming.finishedAt) - HOUR_MS);
  // Who pushes chooses how often: what came within the hour is no measure of the hour.
  const isPushed = incoming.trigger === 'pushed';
  const usual = isPushed ? prior.filter(({ finishedAt }) => finishedAt <= hourAgo) : prior;
  const most = mostClaimsAnHour(usual) ?? (isPushed ? LEAST_CLAIMS_AN_HOUR : undefined);
  if (most === undefined || claimsNew === 0) return;
  const lastHour = await claimsNewSince(tx, feedId, hourAgo);
  if (claimsNew + lastHour <= most) return;
  throw new RateAnomaly({
    code: 'source.rate_anomaly',
    locator: '',
    got: `${claimsNew + lastHour} new claims within an hour`,
    wanted: `at most ${most}: look at the capture, and ingest it by hand where it is sound`,
  });
}

function countByCode(quarantined: readonly Quarantine[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of quarantined) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
