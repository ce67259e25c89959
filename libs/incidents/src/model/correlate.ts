import {
  byPublication,
  isCredible,
  msOf,
  speaksAsOperator,
  type Claim,
  type Instant,
  type Predicate,
} from '@faultline/evidence';
import { familyOf, type PerilFamily } from './peril-family.js';

/** Why a claim was joined to an incident, in words that are stored, shown and counted. */
export type LinkReason =
  | 'same-thread'
  | 'same-block'
  | 'same-zone'
  | 'same-time'
  | 'near-in-time'
  | 'continues-open-incident'
  | 'same-peril-family'
  | 'other-peril-family'
  | 'first-claim'
  | 'told-by-another-source';

/** A scored, reversible link of a claim to an incident. */
export interface Link {
  readonly claim: Claim;
  readonly score: number;
  readonly reasons: readonly LinkReason[];
}

/** The claims of one real-world occurrence. The first one names it; the others follow as they were published, but for what was denied before anybody asserted it. */
export interface Cluster {
  readonly block: string;
  readonly seed: Claim;
  readonly links: readonly Link[];
}

export interface Correlation {
  readonly clusters: readonly Cluster[];
  /** Claims that fit no incident and cannot found one. */
  readonly unlinked: readonly Claim[];
}

/** Links that must not be made, as {@link rejectionOf} names them. */
export type Rejected = ReadonlySet<string>;
const NONE: Rejected = new Set();

/** The name of a refused link: of a claim to the incident with this seed. */
export function rejectionOf(claimId: string, seedClaimId: string): string {
  return `${claimId} ${seedClaimId}`;
}

const LINK_THRESHOLD = 0.6;
const HOUR_MS = 3_600_000;

/** Claims that say by themselves that something happened. The others only add to an incident. */
const FOUNDING: ReadonlySet<Predicate> = new Set([
  'attack',
  'earthquake',
  'hazard',
  'telemetry',
  'declared-threat',
  'cause',
  'damage',
  'nature',
  'condition',
]);
const NEVER_LINKED: ReadonlySet<Predicate> = new Set([
  'hosting-search',
  'retraction',
  'lead',
  'review',
  'challenge',
  'travel-advice',
  'navigation-warning',
  'place.operator',
  'place.partition',
  'place.region',
  'place.cable',
  'place.landing',
  'place.chokepoint',
  'place.facility',
  'place.supply',
  'place.standing',
  'place.throughput',
  'place.ownership',
  'place.need',
  'place.pair',
  'place.gap',
  // The stake side: what stands somewhere and for whom, met by what happens only in exposures.
  'entity',
  'workload',
  'authorisation',
  'commitment',
  'dependency',
  'hosting',
  'remark',
  'disagreement',
  'gap',
]);
/** Among claims published at one instant, the ones that found an incident come before those that describe it. */
const ORDER: readonly Predicate[] = [
  'attack',
  'earthquake',
  'declared-threat',
  'cause',
  'condition',
  'nature',
  'damage',
];

interface Growing {
  readonly block: string;
  readonly seed: Claim;
  readonly links: Link[];
  readonly threads: Set<string>;
  /** Feeds whose own names for the occurrence are in `threads`. */
  readonly threadFeeds: Set<string>;
  readonly zones: Set<string>;
  /** Subjects whose operator has said they are in trouble, and not since that they are out of it. */
  readonly troubled: Set<string>;
  onsetMs: number;
  /** The last act of which it is said when it was; statements go on long after it. */
  lastActMs: number;
  lastMs: number;
  family: PerilFamily;
  open: boolean;
}

/**
 * Makes incidents of the claims of one block. Claims are taken in the order of publication, and each joins the incident
 * it fits best or founds one, so what was known by some instant is always a beginning of what was known later: incidents
 * keep their seed, and so their id, whatever publicAt is asked for. `rejected`: links that a reviewer refused.
 */
export function correlate(block: string, claims: readonly Claim[], rejected: Rejected = NONE): Correlation {
  const growing: Growing[] = [];
  const unlinked: Claim[] = [];
  for (const claim of [...claims].sort(inOrder)) {
    if (NEVER_LINKED.has(claim.predicate)) continue;
    const best = growing
      .filter((incident) => !rejected.has(rejectionOf(claim.id, incident.seed.id)))
      .map((incident) => ({ incident, ...fit(claim, incident) }))
      .reduce<{ incident: Growing; score: number; reasons: LinkReason[] } | undefined>(
        // On equal scores the younger incident: what is said now is about what happens now.
        (held, next) => (held === undefined || next.score >= held.score ? next : held),
        undefined,
      );
    if (best && best.score >= LINK_THRESHOLD) {
      join(best.incident, { claim, score: round(best.score), reasons: best.reasons });
    } else if (founds(claim)) {
      const incident = found(block, claim);
      growing.push(incident);
      joinEarlierDenials(incident, unlinked);
    } else {
      unlinked.push(claim);
    }
  }
  return { clusters: growing, unlinked };
}

/** Who denied a thing before anybody asserted it must not be forgotten once somebody does. */
function joinEarlierDenials(incident: Growing, unlinked: Claim[]): void {
  for (const claim of unlinked.filter(({ stance }) => stance === 'denies')) {
    const { score, reasons } = fit(claim, incident);
    if (score < LINK_THRESHOLD) continue;
    unlinked.splice(unlinked.indexOf(claim), 1);
    join(incident, { claim, score: round(score), reasons });
  }
}

function inOrder(a: Claim, b: Claim): number {
  if ((a.publishedAt?.latest ?? '') === (b.publishedAt?.latest ?? '')) {
    if (rankOf(a) !== rankOf(b)) return rankOf(a) - rankOf(b);
  }
  return byPublication(a, b);
}

function rankOf(claim: Claim): number {
  // What is denied must be there before its denial can be put beside it.
  if (claim.stance === 'denies') return ORDER.length + 1;
  const rank = ORDER.indexOf(claim.predicate);
  return rank === -1 ? ORDER.length : rank;
}

function founds(claim: Claim): boolean {
  if (claim.stance === 'denies' || !FOUNDING.has(claim.predicate)) return false;
  if (claim.predicate === 'telemetry') return claim.value.state !== 'normal';
  if (claim.predicate !== 'condition') return true;
  return claim.value.scope === 'subject' && claim.value.state !== 'operational' && claim.value.state !== 'restored';
}

/** When the claim speaks of, or when it could first be known where it does not say. */
export function anchorOf(claim: Claim): Instant | null {
  return claim.occurredAt?.begin ?? claim.publishedAt?.latest ?? null;
}

function found(block: string, claim: Claim): Growing {
  const ms = msOf(anchorOf(claim) ?? claim.retrievedAt);
  const incident: Growing = {
    block,
    seed: claim,
    links: [],
    threads: new Set(),
    threadFeeds: new Set(),
    zones: new Set(),
    troubled: new Set(),
    onsetMs: ms,
    lastActMs: ms,
    lastMs: ms,
    family: 'unknown',
    open: true,
  };
  join(incident, { claim, score: 1, reasons: ['first-claim'] });
  return incident;
}

function join(incident: Growing, link: Link): void {
  const { claim } = link;
  incident.links.push(link);
  const ms = msOf(anchorOf(claim) ?? claim.retrievedAt);
  const tells = claim.stance === 'asserts' && isCredible(claim);
  if (tells && (isAct(claim) || isForeignThread(claim, incident)))
    incident.lastActMs = Math.max(incident.lastActMs, ms);
  if (claim.thread !== null) {
    incident.threads.add(claim.thread);
    incident.threadFeeds.add(claim.feedId);
  }
  claim.place.zoneIds.forEach((zone) => incident.zones.add(zone));
  if (tells) {
    incident.lastMs = Math.max(incident.lastMs, ms);
    const family = familyOf(claim);
    if (incident.family === 'unknown') incident.family = family;
    if (claim.predicate === 'condition' && claim.value.scope === 'subject' && speaksAsOperator(claim)) {
      const isOver = claim.value.state === 'restored' || claim.value.state === 'operational';
      if (!isOver) incident.troubled.add(claim.subject);
      else if (incident.block === `region:${claim.subject}`) incident.troubled.clear();
      else incident.troubled.delete(claim.subject);
      incident.open = incident.troubled.size > 0;
    }
  }
}

function fit(claim: Claim, incident: Growing): { score: number; reasons: LinkReason[] } {
  if (claim.thread !== null && incident.threads.has(claim.thread)) return { score: 1, reasons: ['same-thread'] };
  const reasons: LinkReason[] = ['same-block'];
  let score = 0.3;
  const add = (points: number, reason: LinkReason) => {
    score += points;
    reasons.push(reason);
  };
  if (claim.predicate === 'declared-threat' && !isSameThreat(claim, incident)) return { score: 0, reasons };
  const anchor = anchorOf(claim);
  const isOwnAct = isAct(claim);
  const isForeign = isForeignThread(claim, incident);
  const endMs = isOwnAct || isForeign ? incident.lastActMs : incident.lastMs;
  const hours = anchor === null ? Infinity : hoursOutside(msOf(anchor), incident.onsetMs, endMs);
  if (hours <= 6) add(0.4, 'same-time');
  else if (hours <= 24) add(0.35, 'near-in-time');
  // A strike two days on is more likely the next one than the same.
  else if (hours <= 72) add(isOwnAct ? 0 : 0.3, 'near-in-time');
  else if (incident.open && !isOwnAct && !isForeign) add(0.3, 'continues-open-incident');
  if (claim.place.zoneIds.some((zone) => incident.zones.has(zone))) add(0.15, 'same-zone');
  const family = familyOf(claim);
  if (family !== 'unknown' && incident.family !== 'unknown') {
    if (family === incident.family) add(0.1, 'same-peril-family');
    else if (!compatible(family, incident.family)) add(-0.4, 'other-peril-family');
  }
  return { score, reasons };
}

/** A hostile act or a threat, told with its own time: its own occurrence however long the last one goes on. */
function isAct(claim: Claim): boolean {
  if (claim.occurredAt?.begin == null) return false;
  const { predicate } = claim;
  return (
    predicate === 'attack' ||
    predicate === 'declared-threat' ||
    (predicate === 'cause' && familyOf(claim) === 'hostile')
  );
}

/** Another thread of a source that has already named this incident: to that source, another occurrence. */
function isForeignThread(claim: Claim, incident: Growing): boolean {
  return claim.thread !== null && !incident.threads.has(claim.thread) && incident.threadFeeds.has(claim.feedId);
}

/** All threats of the world are compared with each other: the same declaration has one origin, or names the same target there. */
function isSameThreat(claim: Claim, incident: Growing): boolean {
  return incident.links.some(
    ({ claim: peer }) =>
      peer.origin === claim.origin ||
      (peer.subject === claim.subject &&
        peer.place.countries.some((country) => claim.place.countries.includes(country))),
  );
}

/** An outage can turn out to be the work of a strike; an earthquake cannot. */
function compatible(a: PerilFamily, b: PerilFamily): boolean {
  const outage = (family: PerilFamily) => family === 'outage' || family === 'hostile' || family === 'fire';
  return outage(a) && outage(b);
}

function hoursOutside(ms: number, beginMs: number, endMs: number): number {
  return Math.max(0, beginMs - ms, ms - endMs) / HOUR_MS;
}

function round(score: number): number {
  return Math.round(score * 100) / 100;
}
