import {
  claimStatus,
  freshness,
  isCredible,
  lastVersions,
  msOf,
  speaksAsOperator,
  speaksOfItsOwn,
  type Claim,
  type ClaimStatus,
  type ConditionState,
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
  /** Why it reads older than its last statement is: no feed keeps it up any more. Absent where one does. */
  readonly lapse?: string;
  readonly regionIds: readonly string[];
  readonly zoneIds: readonly string[];
  readonly countries: readonly string[];
  readonly position: Position | null;
  /** Scoring severity 0–3 where a claim gives one. */
  readonly severity: number | null;
  readonly aspects: readonly Aspect[];
  readonly links: readonly Link[];
  readonly originCount: number;
  /** Ids of the incidents of other sources that are this same one; absent where there are none. */
  readonly joinedIds?: readonly string[];
}

/** An incident stays news for a day and is stale after a week without a statement. */
export const INCIDENT_AGE = { freshHours: 24, staleHours: 24 * 7 };
const UNFOLDING_HOURS = 48;
const HOUR_MS = 3_600_000;

/** Tells the incident of a cluster of visible claims. `id` is the identity of its seed. */
export function accountOf(
  id: string,
  cluster: Cluster,
  retractions: readonly Claim[],
  coordinates: Coordinates,
): IncidentAccount {
  const claims = lastVersions(cluster.links.map(({ claim }) => claim));
  const peers = [...claims, ...retractions];
  const standing = claims.filter((claim) => claim.stance === 'asserts' && claimStatus(claim, peers) !== 'retracted');
  const telling = standing.length > 0 ? standing : claims;
  const peril = perilOf(telling, peers);
  const last = maximum(claims.map((claim) => claim.publishedAt?.latest ?? null));
  const credible = telling.some(isCredible) ? telling.filter(isCredible) : telling;
  const onset = minimum(credible.map(anchorOf));
  const [lifecycle, lifecycleReason] = lifecycleOf(standing, onset, cluster.block, coordinates);
  const ofRegion = cluster.block.startsWith('region:') ? cluster.block.slice('region:'.length) : null;
  // A statement about two regions is evidence for the incident in each; it does not stretch either over both.
  const ofThisAlone = credible.filter(
    ({ place }) => ofRegion === null || place.regionIds.every((id) => id === ofRegion),
  );
  const regionIds = ofRegion === null ? distinct(credible.flatMap((claim) => claim.place.regionIds)) : [ofRegion];
  const countries = distinct(
    (ofThisAlone.length > 0 ? ofThisAlone : credible).flatMap((claim) => claim.place.countries),
  );
  const zoneIds = distinct(ofThisAlone.flatMap((claim) => claim.place.zoneIds));
  return {
    id,
    block: cluster.block,
    title: titleOf(telling, cluster.seed, peril, regionIds, countries),
    peril,
    lifecycle,
    lifecycleReason,
    status: standing.length === 0 ? 'retracted' : statusOf(peril, standing, peers),
    onset,
    lastStatementAt: last,
    freshness: freshness(last, null, INCIDENT_AGE, coordinates.publicAt),
    regionIds,
    zoneIds,
    countries,
    position: positionOf(credible),
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
    const peril = perilIn(claim);
    if (peril === null || !isCredible(claim)) continue;
    const weight = STATUS_WEIGHT[claimStatus(claim, peers)] + (claim.predicate === 'cause' ? 0.5 : 0);
    if (best === undefined || weight >= best.weight) best = { peril, weight };
  }
  return best?.peril ?? 'provider-outage';
}

function perilIn(claim: Claim): Peril | null {
  switch (claim.predicate) {
    case 'attack':
    case 'cause':
    case 'hazard':
      return claim.value.peril;
    case 'earthquake':
    case 'declared-threat':
      return claim.predicate;
    default:
      return null;
  }
}

/** How sure the peril in the title is: that a disturbance is confirmed does not confirm what somebody says it comes from. */
function statusOf(peril: Peril, standing: readonly Claim[], peers: readonly Claim[]): ClaimStatus {
  const naming = standing.filter((claim) => perilIn(claim) === peril);
  const status = strongest((naming.length > 0 ? naming : standing).map((claim) => claimStatus(claim, peers)));
  // Two sources with subjects of their own tell one occurrence: their claims do not repeat each other word by word.
  return status === 'reported' && independentOrigins(naming) >= 2 ? 'corroborated' : status;
}

function independentOrigins(claims: readonly Claim[]): number {
  const disinterested = claims.filter((claim) => isCredible(claim) && claim.source.class !== 'adversary');
  return new Set(disinterested.map(({ origin }) => origin)).size;
}

/** A source that measures corrects itself: its last position. Of others the first. */
function positionOf(claims: readonly Claim[]): Position | null {
  const placed = claims.filter((claim) => claim.place.position !== null);
  const measured = placed.filter((claim) => claim.predicate === 'earthquake' || claim.predicate === 'hazard').at(-1);
  return (measured ?? placed[0])?.place.position ?? null;
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
  return statuses.reduce<ClaimStatus>(
    (held, next) => (STATUS_WEIGHT[next] > STATUS_WEIGHT[held] ? next : held),
    'retracted',
  );
}

function severityOf(claims: readonly Claim[], peers: readonly Claim[]): number | null {
  const stated = claims.flatMap((claim) =>
    claim.predicate === 'attack' && isCredible(claim) && claimStatus(claim, peers) !== 'denied'
      ? [claim.value.severity]
      : [],
  );
  return stated.length === 0 ? null : Math.max(...stated);
}

/** `resolved` only on an explicit statement of whoever may make it, never on silence. */
function lifecycleOf(
  standing: readonly Claim[],
  onset: Instant | null,
  block: string,
  { validAt, publicAt }: Coordinates,
): [Lifecycle, string] {
  if (standing.length === 0) return ['retracted', 'every-claim-retracted'];
  const held = standing.filter((claim) => isCredible(claim) && (anchorOf(claim) ?? validAt) <= validAt);
  const lost = held.some(
    (claim) =>
      claim.source.class !== 'adversary' &&
      (claim.predicate === 'data-loss' ||
        (claim.predicate === 'condition' && claim.value.state === 'permanently-lost')),
  );
  if (lost) return ['permanent-loss', 'loss-stated'];
  if (standing.every(isEarthquake)) return ['resolved', 'momentary-by-nature'];
  const ended = latestVersions(standing).every(
    (claim) => claim.occurredAt?.end != null && claim.occurredAt.end <= validAt,
  );
  if (ended && held.some(speaksOfItsOwn)) return ['resolved', 'end-stated-by-source'];
  const states = operatorsWords(held, block);
  if (states.length > 0 && states.every(isOver)) return ['resolved', 'restoration-stated-by-operator'];
  if (states.includes('recovering') && states.every((state) => state !== 'unavailable' && state !== 'impaired')) {
    return ['recovering', 'recovery-stated-by-operator'];
  }
  const young = onset !== null && msOf(publicAt) - msOf(onset) < UNFOLDING_HOURS * HOUR_MS;
  return young ? ['unfolding', 'within-48-hours-of-onset'] : ['ongoing', 'no-end-stated'];
}

/** The operator's last word on each subject, thread by thread; its word that a whole region is over it ends its zones' earlier troubles. */
function operatorsWords(held: readonly Claim[], block: string): ConditionState[] {
  const lastWord = new Map<string, { readonly thread: string | null; readonly told: Instant; state: ConditionState }>();
  for (const claim of held) {
    if (claim.predicate !== 'condition' || claim.value.scope !== 'subject' || !speaksAsOperator(claim)) continue;
    const { subject, thread, value } = claim;
    const told = claim.publishedAt?.latest ?? '';
    if (block === `region:${subject}` && isOver(value.state)) {
      for (const word of lastWord.values()) if (word.thread === thread && word.told < told) word.state = value.state;
    }
    lastWord.set(`${subject} ${thread ?? ''}`, { thread, told, state: value.state });
  }
  return [...lastWord.values()].map(({ state }) => state);
}

function isOver(state: ConditionState): boolean {
  return state === 'restored' || state === 'operational';
}

/** Of a statement that its source has issued again, the last issue. */
function latestVersions(claims: readonly Claim[]): Claim[] {
  return [...new Map(claims.map((claim) => [`${claim.feedId} ${claim.item.id} ${claim.item.part}`, claim])).values()];
}

function titleOf(
  telling: readonly Claim[],
  seed: Claim,
  peril: Peril,
  regionIds: readonly string[],
  countries: readonly string[],
): string {
  const measured = telling.filter(isMeasured).at(-1);
  if (measured) return headlineOf(measured.value.text);
  const where = regionIds[0] ?? (countries.length > 0 ? countries.join(', ') : seed.subject);
  return `${PERIL_WORDS[peril]}, ${where}`;
}

/** Whichever way its source tells of it. */
function isEarthquake(claim: Claim): boolean {
  return claim.predicate === 'earthquake' || (claim.predicate === 'hazard' && claim.value.peril === 'earthquake');
}

type Measured = Extract<Claim, { predicate: 'earthquake' | 'hazard' | 'telemetry' }>;

function isMeasured(claim: Claim): claim is Measured {
  return claim.predicate === 'earthquake' || claim.predicate === 'hazard' || claim.predicate === 'telemetry';
}

const HEADLINE_MAX = 140;

/** The first line of what a source says of a hazard; it writes its headline there. */
function headlineOf(text: string): string {
  const [line = text] = text.split('\n');
  return line.length <= HEADLINE_MAX ? line : `${line.slice(0, HEADLINE_MAX - 1).toWellFormed()}…`;
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
