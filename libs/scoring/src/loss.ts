import { fateSets, outcomeOf } from './campaign.js';
import type { CampaignExpectation } from './campaign.js';
import type { Parameters } from './document.js';
import { validityStanding } from './evidence.js';
import type { Chokepoint, Region, Workload } from './inputs.js';
import { DAYS_PER_YEAR } from './rates.js';
import { quote } from './score-input-error.js';

/** Value a region's outage stops, USD per day. `workloads` may be anybody's; only this region's valid ones count. */
export function valueAtRiskPerDay(
  region: Region,
  workloads: readonly Workload[],
  asOfDay: number,
  parameters: Parameters,
): number {
  const own = workloads.filter(
    (workload) => workload.regionId === region.id && validityStanding(workload.validity, asOfDay) === 'valid',
  );
  return own.reduce(
    (sum, { commitmentUsdPerYear, tier, failoverShare }) =>
      sum + (commitmentUsdPerYear / DAYS_PER_YEAR) * parameters.tier_base ** tier * (1 - failoverShare),
    region.baseValueUsdPerDay * (1 - region.failoverShare),
  );
}

/** What one campaign costs, USD. */
export interface EventLoss {
  readonly propertyUsd: number;
  readonly interruptionUsd: number;
}

/** Prices a campaign: damage by the share of capacity hit, interruption by the share of value stopped. */
export function lossOf(
  outcome: Pick<CampaignExpectation, 'shareHit' | 'interruption'>,
  capacityMw: number,
  valuePerDayUsd: number,
  parameters: Parameters,
): EventLoss {
  return {
    propertyUsd: outcome.shareHit * capacityMw * parameters.cost_per_mw_usd * parameters.damage_ratio,
    interruptionUsd: valuePerDayUsd * parameters.outage_days * outcome.interruption,
  };
}

/** Loss if exactly these zones of a region were hit. No probability is attached. @throws RangeError, unknown zone. */
export function lossIfHit(
  region: Region,
  zoneIds: readonly string[],
  valuePerDayUsd: number,
  parameters: Parameters,
): EventLoss {
  const hit = zoneIds.reduce((set, id) => {
    const index = region.zones.findIndex((zone) => zone.id === id);
    if (index < 0) {
      const known = region.zones.map((zone) => quote(zone.id)).join(', ');
      throw new RangeError(`lossIfHit: got zone ${quote(id)}, wanted zones of ${quote(region.id)}: ${known}`);
    }
    return set | (1 << index);
  }, 0);
  return lossOf(outcomeOf(hit, region, fateSets(region)), region.capacityMw, valuePerDayUsd, parameters);
}

/** What one chokepoint costs one region. */
export interface ChokepointLoss {
  readonly id: string;
  readonly ratePerYear: number;
  /** USD per event of mean length. */
  readonly perEventUsd: number;
  readonly expectedAnnualUsd: number;
  /** Loss from an outage that is going on, USD. */
  readonly ongoingUsd: number;
}

/** The chokepoints a region depends on, in id order. Several shares of one chokepoint add up. */
export function chokepointLosses(
  region: Region,
  chokepoints: readonly Chokepoint[],
  valuePerDayUsd: number,
  asOfDay: number,
): readonly ChokepointLoss[] {
  return chokepoints.flatMap((chokepoint) => {
    const own = chokepoint.dependents.filter(({ regionId }) => regionId === region.id);
    if (own.length === 0) return [];
    const lossShare = own.reduce((sum, dependent) => sum + dependent.lossShare, 0);
    const perEventUsd = lossShare * valuePerDayUsd * chokepoint.outageDays;
    return [
      {
        id: chokepoint.id,
        ratePerYear: chokepoint.ratePerYear,
        perEventUsd,
        expectedAnnualUsd: chokepoint.ratePerYear * perEventUsd,
        ongoingUsd: valuePerDayUsd * lossShare * daysLeft(chokepoint.outageUntilDay, asOfDay),
      },
    ];
  });
}

/** Loss from zones that are out now, USD over the coming year. */
export function ongoingZoneLoss(region: Region, valuePerDayUsd: number, asOfDay: number): number {
  const out = region.zones.filter((zone) => daysLeft(zone.outUntilDay, asOfDay) > 0);
  const longest = out.reduce((days, zone) => Math.max(days, daysLeft(zone.outUntilDay, asOfDay)), 0);
  const isBelowQuorum = region.zones.length - out.length < region.quorum;
  const stopped = isBelowQuorum ? 1 : out.reduce((sum, zone) => sum + zone.share, 0) * region.singleAzShare;
  return valuePerDayUsd * stopped * longest;
}

function daysLeft(untilDay: number | undefined, asOfDay: number): number {
  return untilDay === undefined ? 0 : Math.min(DAYS_PER_YEAR, Math.max(0, untilDay - asOfDay));
}

/**
 * Share of a region's traffic lost with some of its paths, for `loss_share`.
 *
 * @param aliveCapacityShares capacity of each path still alive, as a share of the region's total capacity
 * @param demandShare demand in the same unit, > 0
 */
export function lossShareOf(aliveCapacityShares: readonly number[], demandShare: number): number {
  if (!(demandShare > 0)) throw new RangeError(`lossShareOf: got a demand of ${String(demandShare)}, wanted > 0`);
  return Math.max(0, 1 - aliveCapacityShares.reduce((sum, capacity) => sum + capacity, 0) / demandShare);
}
