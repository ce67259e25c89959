import {
  ageHours,
  denies,
  freshness,
  instantOf,
  isCredible,
  lapsed,
  msOf,
  NO_LAPSES,
  parseInstant,
  spanOfDate,
  speaksAsOperator,
  type Claim,
  type ConditionState,
  type Coordinates,
  type Freshness,
  type Instant,
  type Lapse,
  type Lapses,
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
  /** Why it reads older than it is: the feeds that told it no longer keep it up. */
  readonly lapse: string | null;
  readonly ageHours: number | null;
  /** Credible statements of others that say otherwise, denials of it, and every statement that is not credible. */
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

function isFine(state: ConditionState): boolean {
  return state === 'operational' || state === 'restored';
}

/** Whether the operator has declared the subject of this statement over its trouble. */
export function isAllClear(stated: StatedCondition): boolean {
  return isFine(stated.state) && speaksAsOperator(stated.claim);
}

/** When the condition a claim tells began, or when it was told where it does not say. */
export function beganAt(claim: Claim): Instant {
  return claim.occurredAt?.begin ?? claim.publishedAt?.latest ?? claim.retrievedAt;
}

/**
 * The condition of `subject` that holds at the coordinates: of the statements that do, the operator's own last word, or
 * the last credible word of another where the operator has said nothing, or nothing but good news before it. What the
 * operator has denied since is not in force. A source nobody can rely on moves nothing.
 * Null where there is no statement: that is not "operational".
 */
export function conditionOf(
  subject: string,
  conditions: readonly ConditionClaim[],
  coordinates: Coordinates,
  reach: Instant | null,
  lapses: Lapses = NO_LAPSES,
): StatedCondition | null {
  const held = conditions.filter(
    (claim) => claim.subject === subject && claim.value.scope === 'subject' && isHeld(claim, coordinates),
  );
  return weigh(held, coordinates, reach, lapses);
}

/** The same for a statement about all zones of a region that have none of their own. */
export function conditionOfOtherZones(
  regionId: string,
  conditions: readonly ConditionClaim[],
  coordinates: Coordinates,
  lapses: Lapses = NO_LAPSES,
): StatedCondition | null {
  const held = conditions.filter(
    (claim) => claim.subject === regionId && claim.value.scope === 'other-zones' && isHeld(claim, coordinates),
  );
  return weigh(held, coordinates, null, lapses);
}

function weigh(
  held: readonly ConditionClaim[],
  coordinates: Coordinates,
  reach: Instant | null,
  lapses: Lapses,
): StatedCondition | null {
  const credible = held.filter(isCredible).sort(byTelling);
  const lapseOf = lapsesOfWords(credible, lapses);
  const ageOf = (claim: ConditionClaim): Freshness => lapsed(freshnessOf(claim, coordinates, reach), lapseOf(claim));
  const told = credible.filter((claim) => claim.stance === 'asserts' && !isTakenBack(claim, credible));
  const own = worstLastWord(told.filter(speaksAsOperator), ageOf);
  const others = told.filter((claim) => !speaksAsOperator(claim));
  const other = others.filter(({ source }) => source.class !== 'adversary').at(-1) ?? others.at(-1);
  // Another's good news does not overrule the operator's bad news; another's later bad news overrules old good news,
  // unless it is an adversary's.
  const overruled =
    own &&
    other &&
    other.source.class !== 'adversary' &&
    byTelling(own, other) < 0 &&
    !isDown(own.value.state) &&
    isDown(other.value.state);
  const claim = own === undefined || overruled ? other : own;
  if (claim === undefined) return null;
  return {
    state: claim.value.state,
    claim,
    since: sinceOf(claim, told),
    freshness: ageOf(claim),
    lapse: lapseOf(claim)?.reason ?? null,
    ageHours: ageHours(claim.publishedAt?.latest ?? null, coordinates.publicAt),
    against: held.filter((peer) => peer !== claim && disagrees(peer, claim)),
  };
}

/** One word of a source may reach us by several feeds: it has lapsed where all of them have. What is lost for good needs no upkeep. */
function lapsesOfWords(credible: readonly ConditionClaim[], lapses: Lapses): (claim: ConditionClaim) => Lapse | null {
  const keyOf = ({ source, value, stance }: ConditionClaim) => `${stance} ${value.state} ${source.id}`;
  const alike = new Map<string, ConditionClaim[]>();
  for (const claim of credible) {
    const said = alike.get(keyOf(claim));
    if (said) said.push(claim);
    else alike.set(keyOf(claim), [claim]);
  }
  const held = new Map<string, Lapse | null>();
  return (claim) => {
    if (claim.value.state === 'permanently-lost') return null;
    const key = keyOf(claim);
    const known = held.get(key);
    if (known !== undefined) return known;
    const lapse = lapses(alike.get(key) ?? [claim]);
    held.set(key, lapse);
    return lapse;
  };
}

/** What the operator has itself denied since, or in the same breath. */
function isTakenBack(claim: ConditionClaim, credible: readonly ConditionClaim[]): boolean {
  return credible.some(
    (denial) => denies(denial, claim) && speaksAsOperator(denial) && toldAt(denial) >= toldAt(claim),
  );
}

function isHeld(claim: ConditionClaim, { validAt }: Coordinates): boolean {
  return beganAt(claim) <= validAt && (claim.occurredAt?.end == null || validAt < claim.occurredAt.end);
}

function freshnessOf(claim: ConditionClaim, coordinates: Coordinates, reach: Instant | null): Freshness {
  const age = freshness(claim.publishedAt?.latest ?? null, claim.expiresAt, CONDITION_AGE, coordinates.publicAt);
  const reaches = claim.value.state === 'permanently-lost' || (reach !== null && coordinates.publicAt < reach);
  return age === 'stale' && reaches ? 'aging' : age;
}

/**
 * An operator tells of several disturbances at once, each in a thread of its own: the last word of each counts, and of
 * those the worst. A word outside any thread is of the subject as a whole: it takes the place of all before it. Trouble
 * gone stale, as boards leave events open for months, gives way to trouble that has not, but not to the end of another.
 */
function worstLastWord(
  ordered: readonly ConditionClaim[],
  ageOf: (claim: ConditionClaim) => Freshness,
): ConditionClaim | undefined {
  const byThread = new Map<string | null, ConditionClaim>();
  for (const claim of ordered) {
    if (claim.thread === null) byThread.clear();
    else byThread.delete(null);
    byThread.set(claim.thread, claim);
  }
  const lastWords = [...byThread.values()].sort(byTelling);
  const current = lastWords.filter((claim) => ageOf(claim) !== 'stale' && !isFine(claim.value.state));
  const rank = (claim: ConditionClaim) => CONDITION_RANK.indexOf(claim.value.state);
  return (current.length > 0 ? current : lastWords).reduce<ConditionClaim | undefined>(
    (held, next) => (held === undefined || rank(next) <= rank(held) ? next : held),
    undefined,
  );
}

/** Order of telling: by publication, then by when it began, then the graver last, then by id. */
function byTelling(a: ConditionClaim, b: ConditionClaim): number {
  const gravity = (claim: ConditionClaim) => CONDITION_RANK.length - CONDITION_RANK.indexOf(claim.value.state);
  const keyOf = (claim: ConditionClaim) => `${toldAt(claim)} ${beganAt(claim)} ${gravity(claim)} ${claim.id}`;
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function toldAt(claim: ConditionClaim): string {
  return claim.publishedAt?.latest ?? '';
}

/**
 * A denial, or another's statement that puts the subject on the other side of down: a later one, or one of an unreliable
 * text whenever it was, for that never was in force and could not have been overtaken.
 */
function disagrees(peer: ConditionClaim, held: ConditionClaim): boolean {
  if (peer.stance === 'denies') return denies(peer, held);
  const isLive = toldAt(peer) >= toldAt(held) || !isCredible(peer);
  return peer.origin !== held.origin && isLive && isDown(peer.value.state) !== isDown(held.value.state);
}

/** Back from the statement in force through an unbroken run of trouble to the first that told of it. */
function sinceOf(claim: ConditionClaim, ordered: readonly ConditionClaim[]): Instant {
  let since = beganAt(claim);
  if (isFine(claim.value.state)) return since;
  for (const earlier of [...ordered].reverse()) {
    if (byTelling(earlier, claim) > 0) continue;
    if (isFine(earlier.value.state)) {
      // Another's good news ends no run of what the operator itself calls trouble.
      if (speaksAsOperator(earlier) || !speaksAsOperator(claim)) break;
      continue;
    }
    if (beganAt(earlier) < since) since = beganAt(earlier);
  }
  return since;
}

/**
 * Until when words about this region reach without being said again: the end an operator gave, or the assumed length
 * where it said "several months" without one. Null where it gave no duration.
 */
export function reachOf(
  regionId: string,
  visible: readonly Claim[],
): { until: Instant; assumed: boolean; claim: Claim } | null {
  const last = visible
    .filter((claim) => claim.predicate === 'duration' && claim.stance === 'asserts')
    .filter((claim) => claim.place.regionIds.includes(regionId) && speaksAsOperator(claim) && isCredible(claim))
    .at(-1);
  if (last?.predicate !== 'duration' || last.publishedAt === null) return null;
  const stated = last.value.until ?? '';
  const until = parseInstant(stated) ?? spanOfDate(stated)?.latest;
  if (until !== undefined) return { until, assumed: false, claim: last };
  if (!/\bmonths\b/i.test(last.value.phrase)) return null;
  return {
    until: instantOf(msOf(last.publishedAt.latest) + ASSUMED_OUTAGE_DAYS * DAY_MS),
    assumed: true,
    claim: last,
  };
}
