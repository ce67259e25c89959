import { instantOf, lastPolls, lastValidators, msOf, pollIdOf, storePoll, type Poll } from '@faultline/evidence';
import {
  fence,
  PUBLIC_TENANT,
  takeLease,
  type Answer,
  type Clock,
  type Database,
  type Lease,
  type Scope,
} from '@faultline/platform';
import { ingestDocument, type IngestReport } from './ingest.js';
import type { FeedAdapter } from './model/adapter.js';

const SCOPE: Scope = { tenantId: PUBLIC_TENANT, actor: 'poller' };
const LEASE_SECONDS = 120;
const LONGEST_PAUSE_SECONDS = 3_600;
/** Failures after which a feed is asked less and less often. */
const FAILURES_BEFORE_BACKING_OFF = 5;

/** Asks one address; a refusal or a failure is thrown. */
export interface Fetcher {
  get(address: string, headers: Readonly<Record<string, string>>): Promise<Answer>;
}

export type PollTick =
  | { readonly feedId: string; readonly outcome: 'not-due' | 'held-by-another' | 'unchanged' }
  | { readonly feedId: string; readonly outcome: 'failed'; readonly reason: string }
  | { readonly feedId: string; readonly outcome: 'ingested'; readonly report: IngestReport };

/** Polls feeds on their cadence. One lease row a feed, so that many workers never ask twice; every poll is recorded. */
export class FeedPoller {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly fetcher: Fetcher,
    private readonly holder: string,
    private readonly addressOf: (feed: FeedAdapter) => string | null,
  ) {}

  async tick(feed: FeedAdapter): Promise<PollTick> {
    const address = this.addressOf(feed);
    if (address === null) return { feedId: feed.id, outcome: 'not-due' };
    const startedAt = this.clock.now();
    const claimed = await this.database.transaction('feed', SCOPE, 'write', async (tx) => {
      const lease = await takeLease(tx, `poll ${feed.id}`, this.holder, LEASE_SECONDS);
      if (!lease) return 'held-by-another' as const;
      const polls = await lastPolls(tx, feed.id, FAILURES_BEFORE_BACKING_OFF + 8);
      if (dueAt(feed, polls) > startedAt) return 'not-due' as const;
      return { lease, validators: await lastValidators(tx, feed.id) };
    });
    if (typeof claimed === 'string') return { feedId: feed.id, outcome: claimed };
    const { lease, validators } = claimed;
    try {
      const answer = await this.fetcher.get(address, {
        ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
        ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
      });
      if (answer.status === 304) {
        await this.record(feed, lease, startedAt, 'unchanged', null, validators);
        return { feedId: feed.id, outcome: 'unchanged' };
      }
      if (answer.status !== 200) throw new Error(`http.${answer.status}`);
      const finishedAt = this.clock.now();
      const report = await ingestDocument(this.database, SCOPE, feed, {
        bytes: answer.body,
        retrievedAt: finishedAt,
        startedAt,
        finishedAt,
        trigger: 'schedule',
        validators: { etag: answer.headers['etag'] ?? null, lastModified: answer.headers['last-modified'] ?? null },
        lease,
      });
      return { feedId: feed.id, outcome: 'ingested', report };
    } catch (error) {
      const reason = reasonOf(error);
      await this.record(feed, lease, startedAt, 'failed', reason, validators);
      return { feedId: feed.id, outcome: 'failed', reason };
    }
  }

  private async record(
    feed: FeedAdapter,
    lease: Lease,
    startedAt: string,
    outcome: 'unchanged' | 'failed',
    reason: string | null,
    validators: Poll['validators'] | undefined,
  ): Promise<void> {
    const finishedAt = this.clock.now();
    await this.database.transaction('feed', SCOPE, 'write', async (tx) => {
      await fence(tx, lease);
      await storePoll(tx, pollIdOf(SCOPE, feed.id, { trigger: 'schedule', startedAt, finishedAt }, null), {
        feedId: feed.id,
        trigger: 'schedule',
        startedAt,
        finishedAt,
        outcome,
        reason,
        captureHash: null,
        items: 0,
        claimsNew: 0,
        claimsRepeated: 0,
        quarantined: {},
        newestContentAt: null,
        validators: validators ?? { etag: null, lastModified: null },
      });
    });
  }
}

/** When a feed is to be asked next, from its last scheduled polls, newest first. */
export function dueAt(feed: Pick<FeedAdapter, 'cadenceSeconds'>, polls: readonly Poll[]): string {
  const [last] = polls;
  if (!last) return '';
  const failures = polls.findIndex((poll) => poll.outcome === 'changed' || poll.outcome === 'unchanged');
  const run = failures === -1 ? polls.length : failures;
  const doublings = Math.max(0, run - FAILURES_BEFORE_BACKING_OFF + 1);
  const pause = Math.max(feed.cadenceSeconds, Math.min(LONGEST_PAUSE_SECONDS, feed.cadenceSeconds * 2 ** doublings));
  return instantOf(msOf(last.startedAt) + pause * 1000);
}

/** A named reason in one short line; nothing of the answer's own text. */
function reasonOf(error: unknown): string {
  const { code, reason, message, cause } = error as {
    code?: string;
    reason?: string;
    message?: string;
    cause?: { code?: string };
  };
  if (reason) return reason;
  if (message?.startsWith('http.')) return message;
  return `network.${(code ?? cause?.code ?? (error as Error).name ?? 'failed').toLowerCase()}`;
}
