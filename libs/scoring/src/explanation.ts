import { campaignCount, campaigns, expectationsByPrimary, independentStructure } from './campaign.js';
import type { CampaignExpectation } from './campaign.js';
import type { Parameters } from './document.js';
import { lossOf } from './loss.js';
import { DAYS_PER_YEAR, expectedEquivalents } from './rates.js';

/** Points per unit of natural logarithm: 20 points are a factor of ten. */
export const POINTS_PER_LOG = 20 / Math.LN10;

/** The factors a score is explained by, in the order of their bits in a coalition. */
export const FACTORS = ['baseline', 'recent', 'attractiveness', 'vulnerability', 'consequence'] as const;
export type Factor = (typeof FACTORS)[number];

/** Bit i is set where factor i is the region's own; the other factors are the reference region's. */
type Coalition = number;

const coalitions: readonly Coalition[] = Array.from({ length: 1 << FACTORS.length }, (_, coalition) => coalition);

function isOn(coalition: Coalition, factor: Factor): boolean {
  return (coalition & (1 << FACTORS.indexOf(factor))) !== 0;
}

/** Weight of a coalition of n − 1 other factors in the Shapley value, by its size: |S|!(n − 1 − |S|)!/n!. */
const shapleyWeights: readonly number[] = [24, 6, 4, 6, 24].map((orders) => orders / 120);

/** Exact Shapley values of a game over the five factors: their sum is value(all) − value(none). */
export function shapleyValues(valueOf: (coalition: Coalition) => number): Readonly<Record<Factor, number>> {
  const values = coalitions.map(valueOf);
  const shareOf = (factor: Factor): number => {
    const bit = 1 << FACTORS.indexOf(factor);
    return coalitions
      .filter((coalition) => (coalition & bit) === 0)
      .reduce((sum, others) => {
        const gain = (values[others | bit] ?? 0) - (values[others] ?? 0);
        return sum + (shapleyWeights[sizeOf(others)] ?? 0) * gain;
      }, 0);
  };
  return {
    baseline: shareOf('baseline'),
    recent: shareOf('recent'),
    attractiveness: shareOf('attractiveness'),
    vulnerability: shareOf('vulnerability'),
    consequence: shareOf('consequence'),
  };
}

function sizeOf(coalition: Coalition): number {
  return FACTORS.filter((factor) => isOn(coalition, factor)).length;
}

/** What distinguishes a region from the reference region. */
export interface RegionFactors {
  readonly zones: readonly { readonly longRunRatePerYear: number; readonly trigger: number }[];
  readonly multiplier: number;
  readonly byPrimary: readonly CampaignExpectation[];
  readonly capacityMw: number;
  readonly valuePerDayUsd: number;
}

/** The logarithms one coalition of factors leads to. */
export interface CoalitionValue {
  /** ln of the campaigns per year. */
  readonly logRate: number;
  /** ln of the expected annual direct loss, USD, not below the floor. */
  readonly logLoss: number;
}

/** Values every coalition of a region's own factors with the reference region's. */
export function coalitionValues(region: RegionFactors, parameters: Parameters): readonly CoalitionValue[] {
  const reference = independentStructure(parameters.ref_azs, parameters.ref_quorum, parameters.single_az_share);
  const referenceByPrimary = expectationsByPrimary(reference, parameters.rho);
  return coalitions.map((coalition) => valueOf(coalition, region, referenceByPrimary, parameters));
}

function valueOf(
  coalition: Coalition,
  region: RegionFactors,
  referenceByPrimary: readonly CampaignExpectation[],
  parameters: Parameters,
): CoalitionValue {
  const own = region.zones.map((zone) => {
    const rate = isOn(coalition, 'baseline') ? zone.longRunRatePerYear : parameters.m0_per_year;
    return isOn(coalition, 'recent') ? expectedEquivalents(rate, zone.trigger, DAYS_PER_YEAR, parameters) : rate;
  });
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  const isOwnShape = isOn(coalition, 'vulnerability');
  const equivalents = isOwnShape ? own : referenceByPrimary.map(() => mean);
  const byPrimary = isOwnShape ? region.byPrimary : referenceByPrimary;
  const hitProbability = parameters.q0 * (isOn(coalition, 'attractiveness') ? region.multiplier : 1);

  const isOwnSize = isOn(coalition, 'consequence');
  const capacityMw = isOwnSize ? region.capacityMw : parameters.ref_mw;
  const valuePerDayUsd = isOwnSize
    ? region.valuePerDayUsd
    : (parameters.ref_mw * parameters.revenue_per_mw_year_usd) / DAYS_PER_YEAR;

  const { expected, expectation } = campaigns(equivalents, hitProbability, byPrimary, parameters.rho);
  const { propertyUsd, interruptionUsd } = lossOf(expectation, capacityMw, valuePerDayUsd, parameters);
  return {
    logRate: Math.log(campaignCount(equivalents, hitProbability, parameters.rho)),
    logLoss: Math.log(Math.max(expected * (propertyUsd + interruptionUsd), parameters.eal_floor_usd)),
  };
}

/** What the recent record adds to a score, in points. */
export interface RecentDetail {
  /** What it would be had nothing happened lately. */
  readonly quiet: number;
  readonly byIncident: ReadonlyMap<string, number>;
}

/** Splits the points of the recent record: quiet, and each incident by its decayed weight. */
export function explainRecent(
  recentPoints: number,
  triggerByIncident: ReadonlyMap<string, number>,
  parameters: Parameters,
): RecentDetail {
  const total = [...triggerByIncident.values()].reduce((sum, trigger) => sum + trigger, 0);
  if (!(total > 0)) return { quiet: recentPoints, byIncident: new Map() };
  const quietYear = expectedEquivalents(1, 0, DAYS_PER_YEAR, parameters);
  const quiet = Math.min(recentPoints, POINTS_PER_LOG * Math.log(quietYear));
  const added = recentPoints - quiet;
  return {
    quiet,
    byIncident: new Map([...triggerByIncident].map(([id, trigger]) => [id, (added * trigger) / total])),
  };
}
