import {
  claimStatus,
  freshness,
  isCredible,
  msOf,
  speaksOfItsOwn,
  type Claim,
  type ClaimStatus,
  type Coordinates,
  type Freshness,
  type Instant,
  type Peril,
  type Position,
} from '@faultline/evidence';
import { aspectsOf, type Aspect } from './aspects.js';
import { anchorOf, type Cluster, type Link } from './correlate.js';

export const LIFECYCLES = ['unfolding', 'ongoing', 'recovering', 'resolved', 'permanent-loss', 'retracted'] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];

/** Our account of one incident at some coordinates: nothing in it that no linked claim says. */
export interface IncidentAccount {
  readonly id: string;
  readonly block: string;
  readonly title: string;
  readonly peril: Peril;
  readonly lifecycle: Lifecycle;
  /** Why that lifecycle, as a named reason. */
  readonly lifecycleReason: string;
  readonly status: ClaimStatus;
  readonly onset: Instant | null;
  readonly lastStatementAt: Instant | null;
  readonly freshness: Freshness;
  readonly regionIds: readonly string[];
  readonly zoneIds: readonly string[];
  readonly countries: readonly string[];
  readonly position: Position | null;
  /** Scoring severity 0–3 where a claim gives one. */
  readonly severity: number | null;
  readonly aspects: readonly Aspect[];
  readonly links: readonly Link[];
  readonly originCount: number;
}

/** An incident stays news for a day and is stale after a week without a statement. */
export const INCIDENT_AGE = { freshHours: 24, staleHours: 24 * 7 };
const UNFOLDING_HOURS = 48;
const HOUR_MS = 3_600_000;

/** Tells the incident of a cluster of visible claims. `id` is the identity of its seed. */
export function accountOf(id: string, cluster: Cluster, retractions: readonly Claim[], coordinates: Coordinates): IncidentAccount {
  const claims = cluster.links.map(({ claim }) => claim);
  const peers = [...claims, ...retractions];
  const standing = claims.filter(
    (claim) => claim.stance === 'asserts' && claimStatus(claim, peers) !== 'retracted',
  );
  const telling = standing.length > 0 ? standing : claims;
  const peril = perilOf(telling, peers);
  const last = maximum(claims.map((claim) => claim.publishedAt?.latest ?? null));
  const [lifecycle, lifecycleReason] = lifecycleOf(standing, coordinates);
  const credible = telling.some(isCredible) ? telling.filter(isCredible) : telling;
  const ofRegion = cluster.block.startsWith('region:') ? cluster.block.slice('region:'.length) : null;
  // A statement about two regions is evidence for the incident in each; it does not stretch either over both.
  const ofThisAlone = credible.filter(({ place }) => ofRegion === null || place.regionIds.every((id) => id === ofRegion));
  const regionIds = ofRegion === null ? distinct(credible.flatMap((claim) => claim.place.regionIds)) : [ofRegion];
  const countries = distinct((ofThisAlone.length > 0 ? ofThisAlone : credible).flatMap((claim) => claim.place.countries));
  const zoneIds = distinct(ofThisAlone.flatMap((claim) => claim.place.zoneIds));
  return {
    id,
    block: cluster.block,
    title: titleOf(cluster.seed, peril, regionIds, countries),
    peril,
    lifecycle,
    lifecycleReason,
    status: standing.length === 0 ? 'retracted' : strongest(standing.map((claim) => claimStatus(claim, peers))),
    onset: minimum(credible.map(anchorOf)),
    lastStatementAt: last,
    freshness: freshness(last, null, INCIDENT_AGE, coordinates.publicAt),
    regionIds,
    zoneIds,
    countries,
    position: telling.find((claim) => claim.place.position !== null)?.place.position ?? null,
    severity: severityOf(telling, peers),
    aspects: aspectsOf(peers),
    links: cluster.links,
    originCount: new Set(standing.map((claim) => claim.origin)).size,
  };
}

/** The most telling peril anyone credible states; until then only that the provider reports a disturbance. */
function perilOf(claims: readonly Claim[], peers: readonly Claim[]): Peril {
  let best: { peril: Peril; weight: number } | undefined;
  for (const claim of claims) {
    const peril =
      claim.predicate === 'attack' || claim.predicate === 'cause' ? claim.value.peril
      : claim.predicate === 'earthquake' ? 'earthquake'
      : claim.predicate === 'declared-threat' ? 'declared-threat'
      : null;
    if (peril === null || !isCredible(claim)) continue;
    const weight = STATUS_WEIGHT[claimStatus(claim, peers)] + (claim.predicate === 'cause' ? 0.5 : 0);
    if (best === undefined || weight >= best.weight) best = { peril, weight };
  }
  return best?.peril ?? 'provider-outage';
}

const STATUS_WEIGHT: Record<ClaimStatus, number> = {
  confirmed: 5,
  corroborated: 4,
  disputed: 3,
  reported: 2,
  denied: 1,
  retracted: 0,
};

function strongest(statuses: readonly ClaimStatus[]): ClaimStatus {
  return statuses.reduce<ClaimStatus>((held, next) => (STATUS_WEIGHT[next] > STATUS_WEIGHT[held] ? next : held), 'retracted');
}

function severityOf(claims: readonly Claim[], peers: readonly Claim[]): number | null {
  const stated = claims.flatMap((claim) =>
    claim.predicate === 'attack' && isCredible(claim) && claimStatus(claim, peers) !== 'denied' ? [claim.value.severity] : [],
  );
  return stated.length === 0 ? null : Math.max(...stated);
}

/** `resolved` only on an explicit statement of whoever may make it, never on silence. */
function lifecycleOf(standing: readonly Claim[], { validAt, publicAt }: Coordinates): [Lifecycle, string] {
  if (standing.length === 0) return ['retracted', 'every-claim-retracted'];
  const lost = standing.some(
    (claim) =>
      isCredible(claim) &&
      (claim.predicate === 'data-loss' || (claim.predicate === 'condition' && claim.value.state === 'permanently-lost')),
  );
  if (lost) return ['permanent-loss', 'loss-stated'];
  if (standing.every((claim) => claim.predicate === 'earthquake')) return ['resolved', 'momentary-by-nature'];
  if (standing.every((claim) => claim.occurredAt?.end != null && claim.occurredAt.end <= validAt)) {
    return ['resolved', 'end-stated-by-source'];
  }
  const words = standing.filter((claim) => claim.predicate === 'condition' && claim.value.scope === 'subject' && speaksOfItsOwn(claim));
  const lastWord = new Map<string, Claim>();
  for (const claim of words) lastWord.set(`${claim.subject} ${claim.thread ?? ''}`, claim);
  const states = [...lastWord.values()].map((claim) => (claim.predicate === 'condition' ? claim.value.state : null));
  if (states.length > 0 && states.every((state) => state === 'restored' || state === 'operational')) {
    return ['resolved', 'restoration-stated-by-operator'];
  }
  if (states.includes('recovering') && states.every((state) => state !== 'unavailable' && state !== 'impaired')) {
    return ['recovering', 'recovery-stated-by-operator'];
  }
  const onset = minimum(standing.map(anchorOf));
  const young = onset !== null && msOf(publicAt) - msOf(onset) < UNFOLDING_HOURS * HOUR_MS;
  return young ? ['unfolding', 'within-48-hours-of-onset'] : ['ongoing', 'no-end-stated'];
}

function titleOf(seed: Claim, peril: Peril, regionIds: readonly string[], countries: readonly string[]): string {
  if (seed.predicate === 'earthquake') return seed.value.text;
  const where = regionIds[0] ?? (countries.length > 0 ? countries.join(', ') : seed.subject);
  return `${PERIL_WORDS[peril]}, ${where}`;
}

const PERIL_WORDS: Record<Peril, string> = {
  'drone-strike': 'Drone strike',
  'missile-strike': 'Missile strike',
  'armed-attack': 'Armed attack',
  sabotage: 'Sabotage',
  'cable-cut': 'Cable cut',
  seizure: 'Seizure',
  sanction: 'Sanction',
  'declared-threat': 'Declared threat',
  unrest: 'Unrest',
  'provider-outage': 'Provider disturbance',
  'grid-failure': 'Grid failure',
  fire: 'Fire',
  earthquake: 'Earthquake',
  flood: 'Flood',
  storm: 'Storm',
  wildfire: 'Wildfire',
  volcano: 'Volcano',
};

function distinct(items: readonly string[]): string[] {
  return [...new Set(items)].sort();
}

function minimum(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce((held, next) => (next !== null && (held === null || next < held) ? next : held), null);
}

function maximum(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce((held, next) => (next !== null && (held === null || next > held) ? next : held), null);
}
