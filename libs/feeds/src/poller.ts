import { lastPolls, lastValidators, msOf, pollIdOf, storePoll, type Poll } from '@faultline/evidence';
import {
  claimWork,
  finishWork,
  PUBLIC_TENANT,
  retryAfterSeconds,
  type Answer,
  type ClaimedWork,
  type Clock,
  type Database,
  type Scope,
  type Tx,
  type WorkEnding,
} from '@faultline/platform';
import { channelsOf, ensureChannels, POLL_WORK, type Channel } from './channel.store.js';
import { ingestDocument, type IngestReport, type Parse } from './ingest.js';
import type { FeedAdapter, FeedRequest } from './model/adapter.js';
import type { Asking } from './model/asking.js';
import { FAILURES_BEFORE_BACKING_OFF, onceAgainSeconds, pauseSeconds } from './model/schedule.js';

const SCOPE: Scope = { tenantId: PUBLIC_TENANT, actor: 'poller' };
/** Longer than a request with all its redirects, and the reading of its answer. */
const LEASE_SECONDS = 180;
const DOCUMENTS_OF_A_FEED_AT_ONCE = 2;
const AT_ONCE = 16;
const MOST_FURTHER = 50;
const NOT_ASKED_PAUSE_SECONDS = 3_600;
const KEPT_POLLS = FAILURES_BEFORE_BACKING_OFF + 8;

/** Asks one address; a refusal or a failure is thrown. */
export interface Fetcher {
  get(address: string, headers: Readonly<Record<string, string>>): Promise<Answer>;
}

/** A feed and how the operator's settings have it asked. */
export interface AskedFeed {
  readonly feed: FeedAdapter;
  readonly asking: Asking;
}

export type PollTick = { readonly feedId: string; readonly channel: string } & (
  | { readonly outcome: 'unchanged' | 'not-asked' | 'lost' }
  | { readonly outcome: 'failed'; readonly reason: string }
  | { readonly outcome: 'ingested'; readonly report: IngestReport }
);

interface Claimed {
  readonly work: ClaimedWork;
  readonly channel: Channel;
  readonly validators: Poll['validators'] | undefined;
  readonly prior: readonly Poll[];
}

/** The row passed to another while we asked: whoever has it now records what came of it. */
class WorkLost extends Error {}

/**
 * Polls feeds on their cadence. Each document of each feed is a row of work, claimed with a lease and a fencing token, so
 * that many workers never ask twice; every poll is recorded, in one transaction with what it brought and with the row.
 */
export class FeedPoller {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly fetcher: Fetcher,
    private readonly feeds: ReadonlyMap<string, AskedFeed>,
    private readonly parse: Parse,
    private readonly told: (tick: PollTick) => void,
  ) {}

  /** Makes the rows of work of all documents that the settings have asked for. */
  async arrange(): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction('feed', SCOPE, 'write', async (tx) => {
      for (const { feed, asking } of this.feeds.values())
        if (asking.outcome === 'asked') await ensureChannels(tx, feed.id, asking.requests(now), 'standing');
    });
  }

  /** Takes on what is due and starts asking, without waiting for any answer: a slow feed holds up only itself. */
  async tick(): Promise<number> {
    const room = AT_ONCE - this.underWay.size;
    if (room <= 0) return 0;
    const claimed = await this.claim(room);
    for (const one of claimed) {
      const poll: Promise<void> = this.ask(one)
        // Nothing is recorded where not even the failure could be: the lease lapses, and the row is taken on again.
        .then(this.told, (error: unknown) =>
          this.told({ ...whichOf(one), outcome: 'failed', reason: `not-recorded: ${reasonOf(error)}` }),
        )
        .finally(() => this.underWay.delete(poll));
      this.underWay.add(poll);
    }
    return claimed.length;
  }

  /** Resolves when nothing is under way in this process. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private async claim(room: number): Promise<Claimed[]> {
    return this.database.transaction('feed', SCOPE, 'write', async (tx) => {
      const limits = { slots: DOCUMENTS_OF_A_FEED_AT_ONCE, room, leaseSeconds: LEASE_SECONDS };
      const works = await claimWork(tx, POLL_WORK, limits);
      const channels = await channelsOf(
        tx,
        works.map(({ payloadRef }) => payloadRef),
      );
      const claimed: Claimed[] = [];
      for (const work of works) {
        const channel = channels.get(work.payloadRef);
        if (!channel) continue;
        const validators = await lastValidators(tx, channel.feedId, channel.channel);
        claimed.push({
          work,
          channel,
          validators,
          prior: await lastPolls(tx, channel.feedId, channel.channel, KEPT_POLLS),
        });
      }
      return claimed;
    });
  }

  private async ask(claimed: Claimed): Promise<PollTick> {
    const { channel, validators } = claimed;
    const which = whichOf(claimed);
    const startedAt = this.clock.now();
    const asked = this.feeds.get(channel.feedId);
    const request = asked && requestOf(asked.asking, channel, startedAt);
    if (!asked || !request) {
      const ending = { outcome: 'retry', reason: 'not-asked', afterSeconds: NOT_ASKED_PAUSE_SECONDS } as const;
      await this.database.transaction('feed', SCOPE, 'write', (tx) => finishWork(tx, claimed.work, ending));
      return { ...which, outcome: 'not-asked' };
    }
    const { feed } = asked;
    let askedPauseSeconds: number | null = null;
    try {
      const answer = await this.fetcher.get(request.url, {
        ...request.headers,
        ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
        ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
      });
      const finishedAt = this.clock.now();
      askedPauseSeconds = retryAfterSeconds(answer.headers['retry-after'], msOf(finishedAt));
      if (answer.status === 304) {
        await this.record(feed, claimed, startedAt, { outcome: 'unchanged', reason: null }, askedPauseSeconds);
        return { ...which, outcome: 'unchanged' };
      }
      if (answer.status !== 200) throw new Error(`http.${answer.status}`);
      const report = await ingestDocument(this.database, SCOPE, feed, {
        bytes: answer.body,
        channel: channel.channel,
        retrievedAt: finishedAt,
        startedAt,
        finishedAt,
        trigger: 'schedule',
        validators: { etag: answer.headers['etag'] ?? null, lastModified: answer.headers['last-modified'] ?? null },
        parse: this.parse,
        within: async (tx, poll) => {
          await finish(tx, feed, claimed, poll, askedPauseSeconds);
          if (poll.outcome !== 'changed' && poll.outcome !== 'unchanged') return;
          const document = { bytes: answer.body, retrievedAt: finishedAt };
          await ensureChannels(tx, feed.id, (feed.further?.(document) ?? []).slice(0, MOST_FURTHER), 'once');
        },
      });
      return { ...which, outcome: 'ingested', report };
    } catch (error) {
      if (error instanceof WorkLost) return { ...which, outcome: 'lost' };
      const reason = reasonOf(error);
      try {
        await this.record(feed, claimed, startedAt, { outcome: 'failed', reason }, askedPauseSeconds);
      } catch (second) {
        if (second instanceof WorkLost) return { ...which, outcome: 'lost' };
        throw second;
      }
      return { ...which, outcome: 'failed', reason };
    }
  }

  private async record(
    feed: FeedAdapter,
    claimed: Claimed,
    startedAt: string,
    came: Pick<Poll, 'outcome' | 'reason'>,
    askedPauseSeconds: number | null,
  ): Promise<void> {
    const { channel } = claimed.channel;
    const finishedAt = this.clock.now();
    const poll: Poll = {
      feedId: feed.id,
      ...(channel === '' ? {} : { channel }),
      trigger: 'schedule',
      startedAt,
      finishedAt,
      ...came,
      captureHash: null,
      items: 0,
      claimsNew: 0,
      claimsRepeated: 0,
      quarantined: {},
      newestContentAt: null,
      validators: claimed.validators ?? { etag: null, lastModified: null },
    };
    await this.database.transaction('feed', SCOPE, 'write', async (tx) => {
      await finish(tx, feed, claimed, poll, askedPauseSeconds);
      await storePoll(tx, pollIdOf(SCOPE, feed.id, poll, null), poll);
    });
  }
}

function whichOf({ channel }: Claimed): { feedId: string; channel: string } {
  return { feedId: channel.feedId, channel: channel.channel };
}

function requestOf(asking: Asking, { channel, url }: Channel, now: string): FeedRequest | undefined {
  if (asking.outcome === 'not-asked') return undefined;
  const standing = asking.requests(now);
  // The headers of the feed go only where the feed's own addresses are: a named document may be anywhere.
  return url === null ? standing.find((request) => request.channel === channel) : { channel, url };
}

async function finish(
  tx: Tx,
  feed: FeedAdapter,
  { work, channel, prior }: Claimed,
  poll: Poll,
  askedPauseSeconds: number | null,
): Promise<void> {
  const ending = endingOf(feed, work, channel, [poll, ...prior], askedPauseSeconds);
  if ((await finishWork(tx, work, ending)) === 'lost') throw new WorkLost();
}

function endingOf(
  feed: FeedAdapter,
  work: ClaimedWork,
  channel: Channel,
  polls: readonly [Poll, ...Poll[]],
  askedPauseSeconds: number | null,
): WorkEnding {
  const [last] = polls;
  const reason = last.reason ?? last.outcome;
  if (channel.url === null)
    return { outcome: 'retry', reason, afterSeconds: pauseSeconds(feed.cadenceSeconds, polls, askedPauseSeconds) };
  if (last.outcome !== 'failed') return { outcome: 'done', reason };
  const afterSeconds = onceAgainSeconds(work.attempt);
  return afterSeconds === undefined ? { outcome: 'gave-up', reason } : { outcome: 'retry', reason, afterSeconds };
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
