import { msOf, type Instant } from './instant.js';
import type { Poll } from './poll.js';

/** What a feed can tell of; coverage is stated per class. */
export const INCIDENT_CLASSES = [
  'provider-outage',
  'armed-conflict',
  'natural-hazard',
  'declared-threat',
  'connectivity',
] as const;
export type IncidentClass = (typeof INCIDENT_CLASSES)[number];

/** What must be known of a feed to say what it covers and how it is. */
export interface FeedDescriptor {
  readonly id: string;
  readonly title: string;
  readonly licence: string;
  readonly attribution: string;
  readonly redistributable: boolean;
  /** Null: this feed is never polled, captures are only ingested. */
  readonly url: string | null;
  readonly cadenceSeconds: number;
  /** How old the newest fact in the payload may be before the feed counts as stale. Null: a quiet feed is normal. */
  readonly contentAgeBudgetSeconds: number | null;
  readonly covers: readonly IncidentClass[];
  /**
   * How it tells of what it covers: `reports` as it happens; `leads`, which somebody must look into; `data`, curated
   * weeks or months later. Only reports are a watch.
   */
  readonly tells?: 'reports' | 'leads' | 'data';
  /** ISO 3166 codes of the countries it tells of; absent or null for all. */
  readonly countries?: readonly string[] | null;
  /** Operators whose regions this feed watches; null where it watches the whole world. */
  readonly operatorIds: readonly string[] | null;
  /**
   * What an empty document of it is. `silence`: nothing is posted, which is not health, and may be a fault of its own;
   * `not-whole`: it always holds something. Absent where an empty document is an answer like any other.
   */
  readonly whenEmpty?: 'silence' | 'not-whole';
  /** Why it is not asked as this service is set up; absent or null where it is. */
  readonly notAsked?: { readonly state: 'not-polled' | 'not-configured'; readonly reason: string } | null;
}

/** Whether the feed is asked, or sends to us, as this service is set up. */
export function isAsked(feed: FeedDescriptor): boolean {
  return feed.notAsked === undefined ? feed.url !== null : feed.notAsked === null;
}

/** `not-configured`: it needs an address or credentials that are not set, so nothing is watched by it. */
export const FEED_HEALTH_STATES = [
  'healthy',
  'degraded',
  'failing',
  'stale',
  'never-polled',
  'not-polled',
  'not-configured',
] as const;
export type FeedHealthState = (typeof FEED_HEALTH_STATES)[number];

export interface FeedHealth {
  readonly state: FeedHealthState;
  readonly reason: string;
  /** It answers, with documents in which nothing stands: it is asked, and that is no watch. */
  readonly silent: boolean;
  readonly lastPollAt: Instant | null;
  /** The last time the source answered with a document we accepted. */
  readonly lastSuccessAt: Instant | null;
  readonly newestContentAt: Instant | null;
  readonly polls: number;
  readonly failures: number;
  readonly quarantined: number;
}

const MISSED_POLLS = 5;
/** A feed polled every minute is not failing because one machine slept for two. */
const LEAST_PATIENCE_SECONDS = 600;

/**
 * How a feed was at `at`, from the polls recorded of it. Success is an accepted document, not an answer: a feed that
 * answers with something we cannot read is failing, and one whose newest fact is older than its budget is stale.
 */
export function feedHealth(feed: FeedDescriptor, polls: readonly Poll[], at: Instant): FeedHealth {
  const own = polls.filter((poll) => poll.feedId === feed.id && poll.finishedAt <= at);
  const accepted = own.filter((poll) => poll.outcome === 'changed' || poll.outcome === 'unchanged');
  const last = latest(own);
  const lastSuccess = latest(accepted);
  const newestContentAt = newestOf(accepted);
  const facts = {
    lastPollAt: last?.finishedAt ?? null,
    lastSuccessAt: lastSuccess?.finishedAt ?? null,
    newestContentAt,
    polls: own.length,
    failures: own.filter((poll) => poll.outcome === 'failed' || poll.outcome === 'quarantined').length,
    quarantined: own.reduce((sum, poll) => sum + Object.values(poll.quarantined).reduce((a, b) => a + b, 0), 0),
  };
  const answer = (state: FeedHealthState, reason: string, silent = false): FeedHealth => ({
    state,
    reason,
    silent,
    ...facts,
  });
  if (!isAsked(feed)) {
    return feed.notAsked
      ? answer(feed.notAsked.state, feed.notAsked.reason)
      : answer('not-polled', 'captures of this feed are only ingested, it is never asked');
  }
  const scheduled = own.filter(isWatch);
  if (scheduled.length === 0) return answer('never-polled', 'this feed has not been asked yet');
  const good = latest(scheduled.filter(isTrusted));
  const patienceMs = patienceMsOf(feed);
  const lastReason = latest(scheduled)?.reason;
  if (!good) return answer('failing', `no poll has succeeded: ${lastReason ?? 'no reason recorded'}`);
  if (msOf(at) - msOf(good.finishedAt) > patienceMs) {
    const why = latest(scheduled)?.suspect
      ? `no whole document since ${good.finishedAt}: ${lastReason}`
      : `last answered at ${good.finishedAt}: ${lastReason ?? 'not asked since'}`;
    return answer('failing', why);
  }
  // What was ingested by hand says nothing about how the feed itself is.
  const newest = newestOf(scheduled.filter(isTrusted));
  const budget = feed.contentAgeBudgetSeconds;
  if (budget !== null && (newest === null || msOf(at) - msOf(newest) > budget * 1000)) {
    return answer('stale', `its newest fact is of ${newest ?? 'no known time'}, older than its budget`);
  }
  const lastSuspect = latest(scheduled.filter(isAccepted))?.suspect;
  if (lastSuspect) return answer('degraded', `its last document is not whole: ${lastSuspect}`);
  const missing = missingChannels(scheduled, at, patienceMs);
  if (missing.length > 0) {
    return answer('degraded', `${missing.length} of its documents do not come, the first: ${missing[0]}`);
  }
  const silence = silenceOf(scheduled, patienceMs);
  if (silence !== null) return answer('degraded', silence, true);
  if (Object.keys(good.quarantined).length > 0) return answer('degraded', 'part of its last document was quarantined');
  return answer('healthy', 'answers, and its content is within its budget');
}

/** How long a feed may be silent before it is failing: five of its polls, at least ten minutes. */
export function patienceMsOf({ cadenceSeconds }: Pick<FeedDescriptor, 'cadenceSeconds'>): number {
  return Math.max(cadenceSeconds * MISSED_POLLS, LEAST_PATIENCE_SECONDS) * 1000;
}

function isAccepted({ outcome }: Poll): boolean {
  return outcome === 'changed' || outcome === 'unchanged';
}

/** An answer that proves that the feed was watched: a document we accepted and believe to be whole. */
export function isTrusted(poll: Poll): boolean {
  return isAccepted(poll) && !poll.suspect;
}

/** A poll that is part of watching, as a capture given by hand is not. */
export function isWatch({ trigger }: Poll): boolean {
  return trigger !== 'ingest';
}

/** The feed's standing documents that were asked for lately and have not come for too long. */
function missingChannels(scheduled: readonly Poll[], at: Instant, patienceMs: number): string[] {
  const channels = new Map<string, { last: Poll; good: Poll | null }>();
  for (const poll of scheduled) {
    const name = poll.channel ?? '';
    const held = channels.get(name);
    const good = isTrusted(poll) ? poll : (held?.good ?? null);
    channels.set(name, { last: poll, good });
  }
  return [...channels]
    .filter(([, { last, good }]) => {
      const askedLately = msOf(at) - msOf(last.finishedAt) <= Math.max(patienceMs, HOUR_MS);
      return (
        askedLately &&
        last.outcome !== 'unchanged' &&
        !isTrusted(last) &&
        (good === null || msOf(at) - msOf(good.finishedAt) > patienceMs)
      );
    })
    .map(([name, { last }]) => `${name || 'the first'}: ${last.reason ?? 'no reason recorded'}`);
}

const HOUR_MS = 3_600_000;

/** Why a feed says nothing, where the last document of each of its channels was empty; null where one was not. */
function silenceOf(scheduled: readonly Poll[], patienceMs: number): string | null {
  const lasts = new Map<string, Poll>();
  for (const poll of scheduled) if (isTrusted(poll)) lasts.set(poll.channel ?? '', poll);
  if (![...lasts.values()].every(({ silence }) => silence)) return null;
  const last = latest([...lasts.values()]);
  if (!last?.silence) return null;
  const { madeAt } = last.silence;
  const asked = `asked at ${last.finishedAt}, it answered with an empty document`;
  const notHealth = 'silence is not health';
  if (madeAt === null) return `${asked} that does not say when it was made: ${notHealth}`;
  return msOf(last.finishedAt) - msOf(madeAt) > patienceMs
    ? `${asked} made at ${madeAt}, long before: an old copy, and ${notHealth}`
    : `${asked} made at ${madeAt}: it is alive and states nothing, and ${notHealth}`;
}

function newestOf(polls: readonly Poll[]): Instant | null {
  return polls.reduce<Instant | null>(
    (held, { newestContentAt: next }) => (next !== null && (held === null || next > held) ? next : held),
    null,
  );
}

function latest(polls: readonly Poll[]): Poll | undefined {
  return polls.reduce<Poll | undefined>(
    (held, poll) => (held === undefined || poll.finishedAt >= held.finishedAt ? poll : held),
    undefined,
  );
}
