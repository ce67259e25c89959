import { distanceKm, unitVector } from '@faultline/geo';
import { msOf, type Claim } from '@faultline/evidence';
import { familyOfPeril } from './peril-family.js';
import type { IncidentAccount } from './account.js';

/** Why two incidents are, or may be, one occurrence told by two sources. */
export type KinReason =
  | 'same-peril'
  | 'same-peril-family'
  | 'same-minute'
  | 'same-hours'
  | 'overlapping-days'
  | 'same-place'
  | 'near-place'
  | 'same-magnitude'
  | 'names-its-message'
  | 'merged-by-review'
  | 'split-by-review';

/** A scored, reversible link between two incidents. Worked out each time, never stored. */
export interface Kinship {
  /** Ids of the two, the smaller first. */
  readonly incidentIds: readonly [string, string];
  readonly score: number;
  readonly reasons: readonly KinReason[];
  /** `review`: too much for chance, too little to join: somebody has to look. */
  readonly outcome: 'joined' | 'review' | 'apart';
}

/** What a reviewer decided of two incidents, by their ids; the later decision counts. */
export interface PairDecision {
  readonly decision: 'merge' | 'split';
  readonly incidentIds: readonly [string, string];
}

const JOINED = 0.75;
const REVIEW = 0.5;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Further apart than this in time nothing is compared. */
const WINDOW_MS = 3 * DAY_MS;
/** Further apart than this on the ground nothing is kin, however vaguely it is placed. */
const FARTHEST_KM = 400;
/** Edge of the cells of space in which the other is looked for, on the unit sphere: an arc is never shorter than its chord. */
const CELL = FARTHEST_KM / 6371;
const NEAR = [-1, 0, 1];

/** What of an incident is compared: those told by a source with names of its own for occurrences, at a position. */
interface Told {
  readonly incident: IncidentAccount;
  readonly beginMs: number;
  readonly endMs: number;
  readonly at: ReturnType<typeof unitVector>;
  readonly precisionKm: number;
  readonly magnitude: number | null;
  readonly feedIds: ReadonlySet<string>;
}

function toldOf(incident: IncidentAccount): Told | undefined {
  if (incident.block.startsWith('region:') || incident.lifecycle === 'retracted') return undefined;
  const { position, onset } = incident;
  const family = familyOfPeril(incident.peril);
  if (!position || onset === null || (family !== 'natural' && family !== 'hostile' && family !== 'fire'))
    return undefined;
  const claims = incident.links.map(({ claim }) => claim);
  const beginMs = msOf(onset);
  const ends = claims.flatMap(({ occurredAt }) => (occurredAt?.end ? [msOf(occurredAt.end)] : []));
  return {
    incident,
    beginMs,
    endMs: Math.max(beginMs, ...ends),
    at: unitVector(...position.lonLat),
    precisionKm: position.precisionKm,
    magnitude: magnitudeOf(claims),
    feedIds: new Set(claims.map(({ feedId }) => feedId)),
  };
}

function magnitudeOf(claims: readonly Claim[]): number | null {
  const last = claims.findLast(({ predicate }) => predicate === 'earthquake' || predicate === 'hazard');
  if (last?.predicate === 'earthquake') return last.value.magnitude;
  return last?.predicate === 'hazard' && last.value.peril === 'earthquake'
    ? (last.value.magnitude?.value ?? null)
    : null;
}

/**
 * The kinships among incidents of different feeds: what one source tells as two occurrences is two. Compared are located
 * natural and hostile incidents of one family that begin within three days and lie within 400 km of each other; an index
 * by day and cell of space keeps that from being all with all. What one source itself names as one, a message and the
 * message it refers to, is one. Decisions of reviewers come before any score.
 */
export function kinshipsAmong(incidents: readonly IncidentAccount[], decisions: readonly PairDecision[]): Kinship[] {
  const decided = new Map<string, Kinship>();
  const known = new Set(incidents.map(({ id }) => id));
  for (const { decision, incidentIds } of decisions) {
    if (!incidentIds.every((id) => known.has(id))) continue;
    const pair = ordered(...incidentIds);
    decided.set(pair.join(' '), {
      incidentIds: pair,
      score: decision === 'merge' ? 1 : 0,
      reasons: [decision === 'merge' ? 'merged-by-review' : 'split-by-review'],
      outcome: decision === 'merge' ? 'joined' : 'apart',
    });
  }
  const kinships = chainsAmong(incidents).filter(({ incidentIds }) => !decided.has(incidentIds.join(' ')));
  const cells = new Map<string, Map<string, Told[]>>();
  const told = incidents.flatMap((incident) => toldOf(incident) ?? []).sort((a, b) => a.beginMs - b.beginMs);
  for (const next of told) {
    const family = familyOfPeril(next.incident.peril);
    const day = Math.floor(next.beginMs / DAY_MS);
    for (let back = 0; back <= Math.ceil(WINDOW_MS / DAY_MS); back++) {
      for (const cell of cellsAround(next)) {
        for (const others of cells.get(`${family} ${day - back} ${cell}`)?.values() ?? []) {
          // By feed, for one that tells of ten thousand in a week would be compared with itself fifty million times.
          if (sharesFeed(others[0]!, next)) continue;
          for (const other of others) {
            const pair = ordered(other.incident.id, next.incident.id);
            if (decided.has(pair.join(' '))) continue;
            const { score, reasons } = compare(other, next);
            if (score >= REVIEW)
              kinships.push({ incidentIds: pair, score, reasons, outcome: score >= JOINED ? 'joined' : 'review' });
          }
        }
      }
    }
    const key = `${family} ${day} ${cellsOf(next).join(' ')}`;
    const ofCell = cells.get(key) ?? new Map<string, Told[]>();
    cells.set(key, ofCell);
    const feeds = [...next.feedIds].sort().join(' ');
    const held = ofCell.get(feeds);
    if (held) held.push(next);
    else ofCell.set(feeds, [next]);
  }
  return [...decided.values(), ...kinships];
}

/**
 * Incidents of one source of which one is named by a message of the other: a publisher whose updates refer to the last
 * message alone begins a thread with each. What the update tells of is what the message it names told of.
 */
function chainsAmong(incidents: readonly IncidentAccount[]): Kinship[] {
  const tellers = new Map<string, string>();
  for (const { id, links } of incidents)
    for (const { claim } of links) {
      const message = chainedMessageOf(claim);
      if (message !== null) tellers.set(message, id);
    }
  if (tellers.size === 0) return [];
  const kinships = new Map<string, Kinship>();
  for (const { id, links } of incidents)
    for (const { claim } of links) {
      const teller = claim.thread === null ? undefined : tellers.get(`${claim.feedId} ${claim.thread}`);
      if (teller === undefined || teller === id) continue;
      const pair = ordered(teller, id);
      kinships.set(pair.join(' '), { incidentIds: pair, score: 1, reasons: ['names-its-message'], outcome: 'joined' });
    }
  return [...kinships.values()];
}

/** The message a claim is of, where that belongs to the thread of an earlier one: a later message may name it as its thread. */
export function chainedMessageOf({ predicate, thread, item, feedId }: Claim): string | null {
  return predicate === 'hazard' && thread !== null && item.id !== thread ? `${feedId} ${item.id}` : null;
}

function cellsOf({ at }: Told): number[] {
  return [...at].map((along) => Math.floor(along / CELL));
}

function cellsAround(told: Told): string[] {
  const [x = 0, y = 0, z = 0] = cellsOf(told);
  return NEAR.flatMap((dx) => NEAR.flatMap((dy) => NEAR.map((dz) => `${x + dx} ${y + dy} ${z + dz}`)));
}

function ordered(a: string, b: string): [string, string] {
  return a < b ? [a, b] : [b, a];
}

function sharesFeed(a: Told, b: Told): boolean {
  return [...a.feedIds].some((feedId) => b.feedIds.has(feedId));
}

/** How alike two incidents are that no feed tells both of. */
function compare(a: Told, b: Told): { score: number; reasons: KinReason[] } {
  const none = { score: 0, reasons: [] };
  const apartKm = distanceKm(a.at, b.at);
  const toleranceKm = a.precisionKm + b.precisionKm;
  const isQuake = a.incident.peril === 'earthquake' && b.incident.peril === 'earthquake';
  const samePeril = a.incident.peril === b.incident.peril;
  const reasons: KinReason[] = [samePeril ? 'same-peril' : 'same-peril-family'];
  let score = samePeril ? 0.2 : 0.05;
  const add = (points: number, reason: KinReason) => {
    score += points;
    reasons.push(reason);
  };
  const betweenMs = Math.max(0, b.beginMs - a.endMs, a.beginMs - b.endMs);
  const onsetMs = Math.abs(a.beginMs - b.beginMs);
  // Floods and storms differ from place to place; two earthquakes of one magnitude need be the same minute.
  if (onsetMs <= MINUTE_MS) add(0.35, 'same-minute');
  else if (isQuake) return none;
  else if (onsetMs <= 12 * HOUR_MS) add(0.3, 'same-hours');
  else if (betweenMs === 0 || onsetMs <= DAY_MS) add(0.2, 'overlapping-days');
  else return none;
  if (apartKm <= Math.max(25, Math.min(toleranceKm, 100))) add(0.3, 'same-place');
  else if (apartKm <= toleranceKm + 50 && apartKm <= FARTHEST_KM) add(0.15, 'near-place');
  else return none;
  if (isQuake && a.magnitude !== null && b.magnitude !== null) {
    const differ = Math.abs(a.magnitude - b.magnitude);
    if (differ <= 0.3) add(0.15, 'same-magnitude');
    else if (differ > 1) return none;
  }
  return { score: Math.round(score * 100) / 100, reasons };
}

/** The groups that joined incidents form, each in the order given; every incident is in one, most of them alone. */
export function groupsOf<T extends { readonly id: string }>(
  incidents: readonly T[],
  kinships: readonly Kinship[],
): T[][] {
  const leader = new Map(incidents.map(({ id }) => [id, id]));
  const leaderOf = (id: string): string => {
    let at = id;
    while (leader.get(at) !== at) at = leader.get(at)!;
    return at;
  };
  const apart = new Set(
    kinships.filter(({ outcome }) => outcome === 'apart').map(({ incidentIds }) => incidentIds.join(' ')),
  );
  const members = new Map(incidents.map(({ id }) => [id, [id]]));
  const strongestFirst = kinships
    .filter(({ outcome }) => outcome === 'joined')
    .sort((x, y) => y.score - x.score || (x.incidentIds.join(' ') < y.incidentIds.join(' ') ? -1 : 1));
  for (const { incidentIds } of strongestFirst) {
    const [a, b] = incidentIds.map(leaderOf) as [string, string];
    if (a === b) continue;
    // Two that a reviewer split stay apart, whatever a third may be kin to.
    const isSplit = members.get(a)!.some((x) => members.get(b)!.some((y) => apart.has(ordered(x, y).join(' '))));
    if (isSplit) continue;
    leader.set(b, a);
    members.get(a)!.push(...members.get(b)!);
  }
  const groups = new Map<string, T[]>();
  for (const incident of incidents) {
    const at = leaderOf(incident.id);
    const held = groups.get(at);
    if (held) held.push(incident);
    else groups.set(at, [incident]);
  }
  return [...groups.values()];
}
