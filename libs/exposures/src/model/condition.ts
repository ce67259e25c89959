import {
  ageHours,
  freshness,
  instantOf,
  isCredible,
  msOf,
  speaksOfItsOwn,
  type Claim,
  type ConditionState,
  type Coordinates,
  type Freshness,
  type Instant,
} from '@faultline/evidence';

/** The states of Now, worst first. `contested` and below colour nothing red; `unmonitored` is not calm. */
export const NOW_STATES = [
  'permanently-lost',
  'unavailable',
  'impaired',
  'degraded',
  'investigating',
  'recovering',
  'contested',
  'restored',
  'no-impairment-stated',
  'unmonitored',
] as const;
export type NowState = (typeof NOW_STATES)[number];

export type ConditionClaim = Extract<Claim, { predicate: 'condition' }>;

/** What is said of one subject now: the statement in force and those it stands against. */
export interface StatedCondition {
  readonly state: ConditionState;
  readonly claim: ConditionClaim;
  readonly since: Instant;
  readonly freshness: Freshness;
  readonly ageHours: number | null;
  /** Credible statements of others that say otherwise, and every statement that is not credible. */
  readonly against: readonly ConditionClaim[];
}

/** A word about a condition is news for a day and stale after a week, unless it was given a longer reach. */
export const CONDITION_AGE = { freshHours: 24, staleHours: 24 * 7 };
/** "Several months", without a date: assumed to run this long from its publication. Shown as assumed wherever it counts. */
export const ASSUMED_OUTAGE_DAYS = 180;
const DAY_MS = 86_400_000;

/** Worst first. */
const CONDITION_RANK: readonly ConditionState[] = [
  'permanently-lost',
  'unavailable',
  'impaired',
  'degraded',
  'investigating',
  'recovering',
  'restored',
  'operational',
];

const DOWN: ReadonlySet<ConditionState> = new Set(['permanently-lost', 'unavailable', 'impaired']);

/** Whether a zone in this state counts as out for quorum. A degraded or merely investigated zone still answers. */
export function isDown(state: ConditionState): boolean {
  return DOWN.has(state);
}

export function isCondition(claim: Claim): claim is ConditionClaim {
  return claim.predicate === 'condition';
}

/** When the condition a claim tells began, or when it was told where it does not say. */
export function beganAt(claim: Claim): Instant {
  return claim.occurredAt?.begin ?? claim.publishedAt?.latest ?? claim.retrievedAt;
}

/**
 * The condition of `subject` that holds at the coordinates: of the statements that do, the operator's own last word, or
 * the last credible word of another where the operator has said nothing since. A source nobody can rely on moves nothing.
 * Null where there is no statement: that is not "operational".
 */
export function conditionOf(
  subject: string,
  conditions: readonly ConditionClaim[],
  coordinates: Coordinates,
  reach: Instant | null,
): StatedCondition | null {
  const held = conditions.filter(
    (claim) =>
      claim.subject === subject &&
      claim.value.scope === 'subject' &&
      claim.stance === 'asserts' &&
      beganAt(claim) <= coordinates.validAt &&
      (claim.occurredAt?.end == null || coordinates.validAt < claim.occurredAt.end),
  );
  return weigh(held, coordinates, reach);
}

/** The same for a statement about all zones of a region that have none of their own. */
export function conditionOfOtherZones(
  regionId: string,
  conditions: readonly ConditionClaim[],
  coordinates: Coordinates,
): StatedCondition | null {
  const held = conditions.filter(
    (claim) =>
      claim.subject === regionId &&
      claim.value.scope === 'other-zones' &&
      claim.stance === 'asserts' &&
      beganAt(claim) <= coordinates.validAt,
  );
  return weigh(held, coordinates, null);
}

function weigh(held: readonly ConditionClaim[], coordinates: Coordinates, reach: Instant | null): StatedCondition | null {
  const credible = held.filter(isCredible).sort(byTelling);
  const ageOf = (claim: ConditionClaim): Freshness => freshnessOf(claim, coordinates, reach);
  const own = worstLastWord(credible.filter(speaksOfItsOwn), ageOf);
  const other = credible.filter((claim) => !speaksOfItsOwn(claim)).at(-1);
  // Another's good news does not overrule the operator's bad news; another's later bad news overrules old good news.
  const overruled = own && other && byTelling(own, other) < 0 && !isDown(own.value.state) && isDown(other.value.state);
  const claim = own === undefined || overruled ? other : own;
  if (claim === undefined) return null;
  return {
    state: claim.value.state,
    claim,
    since: sinceOf(claim, credible),
    freshness: ageOf(claim),
    ageHours: ageHours(claim.publishedAt?.latest ?? null, coordinates.publicAt),
    against: held.filter((peer) => peer !== claim && (disagrees(peer, claim) || !isCredible(peer))),
  };
}

function freshnessOf(claim: ConditionClaim, coordinates: Coordinates, reach: Instant | null): Freshness {
  const age = freshness(claim.publishedAt?.latest ?? null, claim.expiresAt, CONDITION_AGE, coordinates.publicAt);
  const reaches = claim.value.state === 'permanently-lost' || (reach !== null && coordinates.publicAt < reach);
  return age === 'stale' && reaches ? 'aging' : age;
}

/**
 * An operator tells of several disturbances at once, each in a thread of its own: the last word of each counts, and of
 * those the worst. One that has gone stale, as boards leave events open for months, gives way to any that has not.
 */
function worstLastWord(
  ordered: readonly ConditionClaim[],
  ageOf: (claim: ConditionClaim) => Freshness,
): ConditionClaim | undefined {
  const lastWords = [...new Map(ordered.map((claim) => [claim.thread, claim])).values()].sort(byTelling);
  const current = lastWords.filter((claim) => ageOf(claim) !== 'stale');
  const rank = (claim: ConditionClaim) => CONDITION_RANK.indexOf(claim.value.state);
  return (current.length > 0 ? current : lastWords).reduce<ConditionClaim | undefined>(
    (held, next) => (held === undefined || rank(next) <= rank(held) ? next : held),
    undefined,
  );
}

/** Order of telling: by when it began, then by publication, then by id. */
function byTelling(a: ConditionClaim, b: ConditionClaim): number {
  const keyOf = (claim: ConditionClaim) => `${claim.publishedAt?.latest ?? ''} ${beganAt(claim)} ${claim.id}`;
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

/** A later statement by another that puts the subject on the other side of down. */
function disagrees(peer: ConditionClaim, held: ConditionClaim): boolean {
  return (
    peer.origin !== held.origin &&
    (peer.publishedAt?.latest ?? '') >= (held.publishedAt?.latest ?? '') &&
    isDown(peer.value.state) !== isDown(held.value.state)
  );
}

/** Back from the statement in force through an unbroken run of trouble to the first that told of it. */
function sinceOf(claim: ConditionClaim, ordered: readonly ConditionClaim[]): Instant {
  const fine = (state: ConditionState) => state === 'operational' || state === 'restored';
  let since = beganAt(claim);
  if (fine(claim.value.state)) return since;
  for (const earlier of [...ordered].reverse()) {
    if (byTelling(earlier, claim) > 0) continue;
    if (fine(earlier.value.state)) break;
    if (beganAt(earlier) < since) since = beganAt(earlier);
  }
  return since;
}

/**
 * Until when words about this region reach without being said again: the end an operator gave, or the assumed length
 * where it said "several months" without one. Null where it gave no duration.
 */
export function reachOf(regionId: string, visible: readonly Claim[]): { until: Instant; assumed: boolean; claim: Claim } | null {
  const last = visible
    .filter((claim) => claim.predicate === 'duration' && claim.stance === 'asserts')
    .filter((claim) => claim.place.regionIds.includes(regionId) && speaksOfItsOwn(claim) && isCredible(claim))
    .at(-1);
  if (last?.predicate !== 'duration' || last.publishedAt === null) return null;
  if (last.value.until !== null) return { until: last.value.until, assumed: false, claim: last };
  if (!/month/.test(last.value.phrase)) return null;
  return {
    until: instantOf(msOf(last.publishedAt.latest) + ASSUMED_OUTAGE_DAYS * DAY_MS),
    assumed: true,
    claim: last,
  };
}
