import type { Zone } from './inputs.js';

/** The parts of a region that decide what fails with what. */
export interface Structure {
  readonly zones: readonly Pick<Zone, 'share' | 'sharedFate'>[];
  readonly quorum: number;
  readonly singleAzShare: number;
}

/** A region of equal zones without shared fate. */
export function independentStructure(zoneCount: number, quorum: number, singleAzShare: number): Structure {
  const zones = Array.from({ length: zoneCount }, () => ({ share: 1 / zoneCount, sharedFate: undefined }));
  return { zones, quorum, singleAzShare };
}

/** A set of zones of one region: bit i stands for the zone with index i in id order. */
export type ZoneSet = number;

/** For each zone, the zones that fail when it is hit: itself and all that share its fate. */
export function fateSets(structure: Structure): readonly ZoneSet[] {
  return structure.zones.map(({ sharedFate }, index) =>
    structure.zones.reduce(
      (set, other, at) => (sharedFate !== undefined && other.sharedFate === sharedFate ? set | (1 << at) : set),
      1 << index,
    ),
  );
}

function unionOfFates(hit: ZoneSet, fates: readonly ZoneSet[]): ZoneSet {
  return fates.reduce((failed, fate, index) => (hit & (1 << index) ? failed | fate : failed), 0);
}

function count(set: ZoneSet): number {
  let size = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) size++;
  return size;
}

function capacityShare(set: ZoneSet, structure: Structure): number {
  return structure.zones.reduce((sum, { share }, index) => (set & (1 << index) ? sum + share : sum), 0);
}

/** What a set of hit zones does to a region. */
export interface HitOutcome {
  readonly shareHit: number;
  readonly shareFailed: number;
  readonly isOutage: boolean;
  /** Share of the region's value per day that stops: all of it in an outage, else what cannot run in another zone. */
  readonly interruption: number;
}

/** Applies shared fate and quorum to a set of hit zones. `fates` are the structure's `fateSets`. */
export function outcomeOf(hit: ZoneSet, structure: Structure, fates: readonly ZoneSet[]): HitOutcome {
  const failed = unionOfFates(hit, fates);
  const shareFailed = capacityShare(failed, structure);
  const isOutage = structure.zones.length - count(failed) < structure.quorum;
  return {
    shareHit: capacityShare(hit, structure),
    shareFailed,
    isOutage,
    interruption: isOutage ? 1 : shareFailed * structure.singleAzShare,
  };
}

/** Expectations over the hit sets of one campaign. */
export interface CampaignExpectation {
  readonly shareHit: number;
  readonly shareFailed: number;
  readonly outageProbability: number;
  readonly interruption: number;
}

const nothing: CampaignExpectation = { shareHit: 0, shareFailed: 0, outageProbability: 0, interruption: 0 };

/**
 * For each zone as the primary, the expectation over which others are hit with it: each with probability ρ,
 * independently. Enumerates the 2^m − 1 hit sets once; a campaign's expectation is a mean of these over its primary.
 */
export function expectationsByPrimary(structure: Structure, rho: number): readonly CampaignExpectation[] {
  const zoneCount = structure.zones.length;
  const fates = fateSets(structure);
  const byPrimary = structure.zones.map(() => nothing);
  for (let hit = 1; hit < 1 << zoneCount; hit++) {
    const size = count(hit);
    const probability = rho ** (size - 1) * (1 - rho) ** (zoneCount - size);
    if (probability === 0) continue;
    const outcome = outcomeOf(hit, structure, fates);
    for (let primary = 0; primary < zoneCount; primary++) {
      const sofar = byPrimary[primary];
      if ((hit & (1 << primary)) === 0 || sofar === undefined) continue;
      byPrimary[primary] = {
        shareHit: sofar.shareHit + probability * outcome.shareHit,
        shareFailed: sofar.shareFailed + probability * outcome.shareFailed,
        outageProbability: sofar.outageProbability + (outcome.isOutage ? probability : 0),
        interruption: sofar.interruption + probability * outcome.interruption,
      };
    }
  }
  return byPrimary;
}

/** A region's campaigns: how often, and what one does. */
export interface Campaigns {
  /** Campaigns per horizon that damage at least one zone. */
  readonly expected: number;
  /** Probability that a campaign's primary is each zone, in id order. */
  readonly primaryShares: readonly number[];
  readonly expectation: CampaignExpectation;
}

/**
 * Splits the expected hits of a region's zones into campaigns.
 *
 * @param equivalents expected severity-3 equivalents per zone over the horizon
 * @param hitProbability probability that one equivalent damages the zone: q₀·A
 */
export function campaigns(
  equivalents: readonly number[],
  hitProbability: number,
  byPrimary: readonly CampaignExpectation[],
  rho: number,
): Campaigns {
  const total = equivalents.reduce((sum, value) => sum + value, 0);
  const primaryShares = equivalents.map((value) => value / total);
  const mean = (part: keyof CampaignExpectation): number =>
    byPrimary.reduce((sum, expectation, index) => sum + (primaryShares[index] ?? 0) * expectation[part], 0);
  return {
    expected: campaignCount(equivalents, hitProbability, rho),
    primaryShares,
    expectation: {
      shareHit: mean('shareHit'),
      shareFailed: mean('shareFailed'),
      outageProbability: Math.min(1, mean('outageProbability')),
      interruption: mean('interruption'),
    },
  };
}

/** Expected campaigns: expected hits over the mean number of zones one campaign hits, 1 + ρ(m − 1). */
export function campaignCount(equivalents: readonly number[], hitProbability: number, rho: number): number {
  const total = equivalents.reduce((sum, value) => sum + value, 0);
  return (hitProbability * total) / (1 + rho * (equivalents.length - 1));
}
