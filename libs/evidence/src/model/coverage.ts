import {
  feedHealth,
  INCIDENT_CLASSES,
  isAsked,
  isTrusted,
  isWatch,
  type FeedDescriptor,
  type FeedHealth,
  type IncidentClass,
} from './feed.js';
import type { Instant } from './instant.js';
import type { Poll } from './poll.js';

/** A span of time for which somebody put a record together afterwards: not watching, but not blindness either. */
export interface Watch {
  readonly feedId: string;
  readonly countries: readonly string[];
  readonly classes: readonly IncidentClass[];
  /** Whose regions alone; null where it is of the place itself. */
  readonly operatorIds: readonly string[] | null;
  readonly from: Instant;
  readonly to: Instant;
  readonly text: string;
}

/**
 * Best first. `silent`: whoever would tell of it answers, with nothing in the answer, which proves no health. `leads-only`: machines and headlines are watched, which tell that something may have happened.
 * `late-data`: what happens is told weeks or months later. `unmonitored` is the state of whatever nobody looks at: never safe, never calm. */
export const COVERAGE_STATES = [
  'watched',
  'silent',
  'stale',
  'failing',
  'record-only',
  'leads-only',
  'late-data',
  'unmonitored',
] as const;
export type CoverageState = (typeof COVERAGE_STATES)[number];

export interface CoverageStatement {
  readonly incidentClass: IncidentClass;
  readonly state: CoverageState;
  readonly feedIds: readonly string[];
  readonly from: Instant | null;
  /** Last instant the coverage is known complete. */
  readonly to: Instant | null;
  readonly text: string;
}

/** A place as coverage sees it. */
export interface CoveredPlace {
  readonly operatorId: string;
  readonly country: string;
}

type Watched = Pick<CoverageStatement, 'from' | 'to'>;

/** A feed as it was at some instant. */
export interface FeedAt {
  readonly feed: FeedDescriptor;
  readonly health: FeedHealth;
  readonly watched: Watched;
}

/** Every feed as it was at `publicAt`, by the polls recorded of it. */
export function feedsAt(feeds: readonly FeedDescriptor[], polls: readonly Poll[], publicAt: Instant): FeedAt[] {
  return feeds.map((feed) => ({
    feed,
    health: feedHealth(feed, polls, publicAt),
    watched: watchedBy(feed, polls, publicAt),
  }));
}

/** Who was looking at a place for each class of incident, as it was at `publicAt`. */
export function coverageOf(
  place: CoveredPlace,
  feeds: readonly FeedAt[],
  watches: readonly Watch[],
  publicAt: Instant,
): CoverageStatement[] {
  return INCIDENT_CLASSES.map((incidentClass) => {
    const listening = feeds
      .filter(({ feed }) => isAsked(feed) && feed.covers.includes(incidentClass))
      .filter(({ feed }) => feed.operatorIds === null || feed.operatorIds.includes(place.operatorId))
      .filter(({ feed }) => feed.countries == null || feed.countries.includes(place.country));
    const watching = listening.filter(({ feed }) => (feed.tells ?? 'reports') === 'reports');
    const live = watching.filter(({ watched, health }) => watched.to !== null || health.silent);
    if (live.length > 0) return statementOfFeeds(incidentClass, live);
    const records = watches.filter(
      (watch) =>
        watch.classes.includes(incidentClass) &&
        watch.countries.includes(place.country) &&
        (watch.operatorIds === null || watch.operatorIds.includes(place.operatorId)) &&
        watch.from <= publicAt,
    );
    if (records.length > 0) {
      const to = records
        .map((watch) => watch.to)
        .sort()
        .at(-1)!;
      return {
        incidentClass,
        state: 'record-only',
        feedIds: [...new Set(records.map((watch) => watch.feedId))],
        from: records.map((watch) => watch.from).sort()[0]!,
        to: to < publicAt ? to : publicAt,
        text: records[0]!.text,
      };
    }
    if (watching.length === 0) {
      const late = lateStatement(incidentClass, listening);
      if (late) return late;
    }
    const names = watching.map(({ feed, health }) => `${feed.title}: ${health.reason}`).join('; ');
    return {
      incidentClass,
      state: watching.length > 0 ? 'failing' : 'unmonitored',
      feedIds: watching.map(({ feed }) => feed.id),
      from: null,
      to: null,
      text:
        watching.length > 0
          ? `Blind: ${names}`
          : 'No feed looks at this place for this class of incident: unmonitored, not safe',
    };
  });
}

/** Where nobody reports as it happens: that leads are watched for, or that data come later. Neither is a watch. */
function lateStatement(incidentClass: IncidentClass, listening: readonly FeedAt[]): CoverageStatement | null {
  const told = (tells: 'leads' | 'data') =>
    listening.filter(({ feed, watched }) => feed.tells === tells && watched.to !== null);
  const leads = told('leads');
  const data = told('data');
  const from = leads.length > 0 ? leads : data;
  if (from.length === 0) return null;
  const names = from.map(({ feed }) => feed.title).join('; ');
  return {
    incidentClass,
    state: leads.length > 0 ? 'leads-only' : 'late-data',
    feedIds: [...leads, ...data].map(({ feed }) => feed.id),
    from: null,
    to: null,
    text:
      leads.length > 0
        ? `Only leads are watched for, nobody reports as it happens: ${names}`
        : `Only data that come weeks or months later: ${names}`,
  };
}

function statementOfFeeds(incidentClass: IncidentClass, live: readonly FeedAt[]): CoverageStatement {
  const stateOf = ({ health }: { health: FeedHealth }): CoverageState =>
    health.state === 'healthy' || health.state === 'degraded'
      ? health.silent
        ? 'silent'
        : 'watched'
      : health.state === 'stale'
        ? 'stale'
        : 'failing';
  const best = [...live].sort((a, b) => COVERAGE_STATES.indexOf(stateOf(a)) - COVERAGE_STATES.indexOf(stateOf(b)))[0]!;
  return {
    incidentClass,
    state: stateOf(best),
    feedIds: live.map(({ feed }) => feed.id),
    ...best.watched,
    text: `${best.feed.title}: ${best.health.reason}`,
  };
}

/** The first and the last time the feed was asked and answered with a document we accepted, in which something stands. A capture ingested by hand is no watch. */
function watchedBy(feed: FeedDescriptor, polls: readonly Poll[], at: Instant): Watched {
  let from: Instant | null = null;
  let to: Instant | null = null;
  for (const poll of polls) {
    const { feedId, finishedAt } = poll;
    if (feedId !== feed.id || finishedAt > at || !isWatch(poll) || !isTrusted(poll) || poll.silence) continue;
    if (from === null || finishedAt < from) from = finishedAt;
    if (to === null || finishedAt > to) to = finishedAt;
  }
  return { from, to };
}
