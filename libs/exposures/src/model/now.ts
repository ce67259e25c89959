import {
  isCredible,
  NO_LAPSES,
  speaksAsOperator,
  type Claim,
  type ConditionState,
  type Coordinates,
  type CoverageStatement,
  type Freshness,
  type Instant,
  type Lapses,
} from '@faultline/evidence';
import type { CloudRegion } from '@faultline/places';
import { toldBy } from './told.js';
import {
  conditionOf,
  conditionOfOtherZones,
  isAllClear,
  isCondition,
  isDown,
  NOW_STATES,
  reachOf,
  type ConditionClaim,
  type NowState,
  type StatedCondition,
} from './condition.js';

export interface ZoneNow {
  readonly id: string;
  readonly state: NowState | 'no-statement';
  /** The statement it rests on: its own, or one about all other zones. */
  readonly stated: StatedCondition | null;
  readonly alreadyLost: boolean;
}

export interface Now {
  readonly state: NowState;
  readonly label: string;
  readonly since: Instant | null;
  readonly stated: StatedCondition | null;
  readonly freshness: Freshness;
  /** The statement is stale: shown, but not as news. */
  readonly demoted: boolean;
  /** Why the statement reads older than it is: the feeds that told it no longer keep it up. */
  readonly lapse: string | null;
  readonly zones: readonly ZoneNow[];
  readonly zonesTotal: number | null;
  readonly zonesDown: number;
  readonly zonesLost: number;
  readonly quorum: 'held' | 'lost' | 'not-known';
  readonly quorumText: string;
  /** Statements about the region or a zone that stand against the one in force: contradicted, kept, shown. */
  readonly against: readonly ConditionClaim[];
  readonly reach: { readonly until: Instant; readonly assumed: boolean; readonly claim: Claim } | null;
}

/** The condition of a cloud region and its zones at the coordinates, as somebody stated it. */
export function nowOf(
  region: CloudRegion,
  visible: readonly Claim[],
  coverage: readonly CoverageStatement[],
  coordinates: Coordinates,
  lapses: Lapses = NO_LAPSES,
): Now {
  const standing = toldBy(visible).ofRegion(region.id);
  const conditions = standing.filter(isCondition);
  const reach = reachOf(region.id, standing);
  const ofRegion = conditionOf(region.id, conditions, coordinates, reach?.until ?? null, lapses);
  // The condition of a zone is only what its operator published.
  const operators = conditions.filter(speaksAsOperator);
  const ofOthers = conditionOfOtherZones(region.id, operators, coordinates, lapses);
  const zones = zoneIdsOf(region, operators).map((id): ZoneNow => {
    const own = conditionOf(id, operators, coordinates, reach?.until ?? null, lapses);
    const stated = ofZone(own, ofOthers, ofRegion);
    return {
      id,
      state: stated ? stateOf(stated.state) : 'no-statement',
      stated,
      alreadyLost: stated?.state === 'permanently-lost',
    };
  });
  const zonesDown = zones.filter(({ stated }) => stated !== null && isDown(stated.state)).length;
  const zonesTotal =
    region.zoneIds.length > 0 ? zones.length : region.zoneCount && Math.max(zones.length, region.zoneCount);
  const worst = worstOf(ofRegion, zones);
  const stated = worst?.stated ?? null;
  const state = worst?.state ?? quietState(coverage);
  const age = stated?.freshness ?? (state === 'no-impairment-stated' ? 'fresh' : 'unknown');
  const quorum = quorumOf(zonesTotal, zonesDown, zones, ofRegion);
  const zonesLost = zones.filter((zone) => zone.alreadyLost).length;
  return {
    state,
    label: worst === null && isSilent(coverage) ? SILENT_WORDS : labelOf(state, zonesDown, zonesTotal),
    since: worst ? sinceOf(zones, ofRegion) : null,
    stated,
    freshness: age,
    demoted: age === 'stale',
    lapse: stated?.lapse ?? null,
    zones,
    zonesTotal,
    zonesDown,
    zonesLost,
    ...quorum,
    against: [...new Set([ofRegion, ...zones.map((zone) => zone.stated)].flatMap((held) => held?.against ?? []))],
    reach,
  };
}

/** The region's zones, and those its operator speaks of that are not in our list: only where it speaks of this region alone. */
function zoneIdsOf(region: CloudRegion, operators: readonly ConditionClaim[]): string[] {
  const spokenOf = operators
    .filter(({ subject, place }) => place.zoneIds.includes(subject) && place.regionIds.every((id) => id === region.id))
    .map(({ subject }) => subject);
  return [...new Set([...region.zoneIds, ...spokenOf])].sort();
}

/** The statement that tells how a zone is: its own, unless what the operator said of the whole region since has settled it. */
function ofZone(
  own: StatedCondition | null,
  ofOthers: StatedCondition | null,
  ofRegion: StatedCondition | null,
): StatedCondition | null {
  const settled = ofRegion !== null && speaksAsOperator(ofRegion.claim) ? ofRegion : null;
  if (own !== null) {
    const isOvertaken = settled !== null && told(settled) > told(own) && own.state !== 'permanently-lost';
    return isOvertaken && (isAllClear(settled) || settled.state === 'permanently-lost') ? settled : own;
  }
  if (settled === null || (ofOthers !== null && told(ofOthers) > told(settled))) return ofOthers;
  if (settled.state === 'permanently-lost') return settled;
  // "The other zones work" is no longer true once the region as a whole is said not to.
  return settled.state === 'unavailable' ? null : ofOthers;
}

function told(stated: StatedCondition): string {
  return stated.claim.publishedAt?.latest ?? '';
}

/** Another's word that somebody credible contradicts, and any of an adversary: neither is a state of its own. */
function isContested({ claim, against }: StatedCondition): boolean {
  return !speaksAsOperator(claim) && (claim.source.class === 'adversary' || against.some(isCredible));
}

/** The worst thing said of the region or one of its zones, unless the operator has since declared the whole region over it. */
function worstOf(
  ofRegion: StatedCondition | null,
  zones: readonly ZoneNow[],
): { state: NowState; stated: StatedCondition } | null {
  const allClear = ofRegion !== null && isAllClear(ofRegion);
  const standing = zones
    .map(({ stated }) => stated)
    .filter((stated): stated is StatedCondition => stated !== null)
    // That the other zones work says nothing of the region; that they do not, does.
    .filter(({ state, claim }) => claim.value.scope === 'subject' || (state !== 'operational' && state !== 'restored'))
    .filter((stated) => !allClear || told(stated) >= told(ofRegion));
  const allLost = zones.length > 0 && zones.every((zone) => zone.alreadyLost);
  // Trouble stays until somebody says it is over; that it was over long ago says nothing of today.
  const tells = ({ state, freshness }: StatedCondition) =>
    freshness !== 'stale' || (state !== 'restored' && state !== 'operational');
  const candidates = [...standing, ...(ofRegion ? [ofRegion] : [])].filter(tells).map((stated) => ({
    // One lost zone is not a lost region: the region is impaired by it.
    state: isContested(stated)
      ? ('contested' as const)
      : stated.state === 'permanently-lost' && stated !== ofRegion && !allLost
        ? ('impaired' as const)
        : stateOf(stated.state),
    stated,
  }));
  return candidates.reduce<{ state: NowState; stated: StatedCondition } | null>((held, next) => {
    if (held === null) return next;
    const better = NOW_STATES.indexOf(next.state) - NOW_STATES.indexOf(held.state);
    return better < 0 || (better === 0 && told(next.stated) >= told(held.stated)) ? next : held;
  }, null);
}

function sinceOf(zones: readonly ZoneNow[], ofRegion: StatedCondition | null): Instant | null {
  const begun = [...zones.map(({ stated }) => stated), ofRegion]
    .filter((stated): stated is StatedCondition => stated !== null)
    .filter(({ state }) => state !== 'operational' && state !== 'restored')
    .map(({ since }) => since)
    .sort();
  return begun[0] ?? ofRegion?.since ?? null;
}

function stateOf(state: ConditionState): NowState {
  return state === 'operational' ? 'no-impairment-stated' : state;
}

/** Nothing was said. That is good news only where somebody who would have said it was being listened to. */
function quietState(coverage: readonly CoverageStatement[]): NowState {
  const watched = coverage.some(
    ({ incidentClass, state }) => incidentClass === 'provider-outage' && state === 'watched',
  );
  return watched ? 'no-impairment-stated' : 'unmonitored';
}

/** Whoever would say so was asked, and answered with nothing at all. */
function isSilent(coverage: readonly CoverageStatement[]): boolean {
  return coverage.some(({ incidentClass, state }) => incidentClass === 'provider-outage' && state === 'silent');
}

function quorumOf(
  total: number | null,
  down: number,
  zones: readonly ZoneNow[],
  ofRegion: StatedCondition | null,
): { quorum: Now['quorum']; quorumText: string } {
  const isSaid = ofRegion !== null && !isContested(ofRegion);
  if (isSaid && (ofRegion.state === 'unavailable' || ofRegion.state === 'permanently-lost')) {
    const who = speaksAsOperator(ofRegion.claim) ? 'The operator' : ofRegion.claim.source.name;
    return { quorum: 'lost', quorumText: `${who} states that the region cannot serve.` };
  }
  if (total === null) return { quorum: 'not-known', quorumText: 'The number of zones is not published.' };
  const needed = Math.floor(total / 2) + 1;
  const rule = `${needed} of ${total} zones needed (a majority, assumed)`;
  if (total - down < needed)
    return { quorum: 'lost', quorumText: `${down} of ${total} zones down: quorum lost; ${rule}.` };
  const silent = zones.filter(({ state }) => state === 'no-statement').length + (total - zones.length);
  const tally = down === 0 ? 'No zone is stated down' : `${down} of ${total} zones down`;
  if (silent > 0) return { quorum: 'not-known', quorumText: `${tally}, ${silent} without a statement; ${rule}.` };
  return { quorum: 'held', quorumText: `${tally}; ${rule}.` };
}

const STATE_WORDS: Record<NowState, string> = {
  'permanently-lost': 'Permanently lost',
  unavailable: 'Unavailable',
  impaired: 'Impaired',
  degraded: 'Degraded',
  investigating: 'Under investigation by the operator',
  recovering: 'Recovering',
  contested: 'Contested',
  restored: 'Restored, per operator',
  'no-impairment-stated': 'No impairment stated',
  unmonitored: 'Unmonitored',
};

const SILENT_WORDS = 'Unmonitored: the operator’s board is empty, which is not health';

function labelOf(state: NowState, down: number, total: number | null): string {
  const words = STATE_WORDS[state];
  return down > 0 && total !== null && state !== 'unavailable' && state !== 'permanently-lost'
    ? `${words}: ${down} of ${total} zones down`
    : words;
}

/** The words for a zone's state. */
export function zoneLabel({ state, stated }: Pick<ZoneNow, 'state' | 'stated'>): string {
  if (stated?.state === 'operational') return 'Reported working';
  return state === 'no-statement' ? 'No statement' : STATE_WORDS[state];
}
