import { attractivenessOf } from './attractiveness.js';
import type { Attractiveness } from './attractiveness.js';
import { bandOf, clampScore } from './band.js';
import { campaignCount, campaigns, expectationsByPrimary } from './campaign.js';
import type { Campaigns } from './campaign.js';
import type { CountedClaim, CountedIncident } from './evidence.js';
import { coalitionValues, explainRecent, POINTS_PER_LOG, shapleyValues } from './explanation.js';
import type { Factor } from './explanation.js';
import { refuseInfinite } from './finite.js';
import type { Region, ScoreInputs } from './inputs.js';
import { chokepointLosses, lossOf, ongoingZoneLoss, valueAtRiskPerDay } from './loss.js';
import type { ChokepointLoss, EventLoss } from './loss.js';
import { Z_95 } from './normal.js';
import { credibility, DAYS_PER_YEAR, expectedEquivalents, regionActivity } from './rates.js';
import type { RegionActivity } from './rates.js';
import type { ExposureResult, LikelihoodResult, ProbabilityResult, RegionResult, SeverityResult } from './result.js';
import { quote } from './score-input-error.js';
import { eventProbability, uncertaintyOf } from './uncertainty.js';
import type { Uncertainty } from './uncertainty.js';

/** Everything computed about a region, before it is put into the form of a result. */
export interface RegionScore {
  readonly region: Region;
  readonly activity: RegionActivity;
  readonly attractiveness: Attractiveness;
  readonly campaigns: Campaigns;
  readonly valuePerDayUsd: number;
  readonly eventLoss: EventLoss;
  readonly chokepoints: readonly ChokepointLoss[];
  readonly directUsd: number;
  readonly chokepointUsd: number;
  readonly ongoingUsd: number;
  readonly annualUsd: number;
  readonly uncertainty: Uncertainty;
  readonly result: RegionResult;
}

/** The record every region is scored against. `incidents` are the counted ones that concern zones. */
export interface Evidence {
  readonly incidents: readonly CountedIncident[];
  readonly claims: readonly CountedClaim[];
}

type Computed = Omit<RegionScore, 'result'>;

export function scoreRegion(region: Region, evidence: Evidence, inputs: ScoreInputs): RegionScore {
  const { asOfDay, parameters } = inputs;
  const activity = regionActivity(region, evidence.incidents, asOfDay, parameters);
  const claims = evidence.claims.filter(({ regionId }) => regionId === region.id);
  const attractiveness = attractivenessOf(claims, parameters);
  const byPrimary = expectationsByPrimary(region, parameters.rho);
  const hitProbability = parameters.q0 * attractiveness.multiplier;
  const yearly = campaigns(equivalentsOver(DAYS_PER_YEAR, activity, inputs), hitProbability, byPrimary, parameters.rho);

  const valuePerDayUsd = valueAtRiskPerDay(region, inputs.workloads, asOfDay, parameters);
  const eventLoss = lossOf(yearly.expectation, region.capacityMw, valuePerDayUsd, parameters);
  const chokepoints = chokepointLosses(region, inputs.chokepoints, valuePerDayUsd, asOfDay);
  const directUsd = yearly.expected * (eventLoss.propertyUsd + eventLoss.interruptionUsd);
  const chokepointUsd = chokepoints.reduce((sum, { expectedAnnualUsd }) => sum + expectedAnnualUsd, 0);
  const ongoingUsd = chokepoints.reduce(
    (sum, chokepoint) => sum + chokepoint.ongoingUsd,
    ongoingZoneLoss(region, valuePerDayUsd, asOfDay),
  );
  const computed: Computed = {
    region,
    activity,
    attractiveness,
    campaigns: yearly,
    valuePerDayUsd,
    eventLoss,
    chokepoints,
    directUsd,
    chokepointUsd,
    ongoingUsd,
    annualUsd: directUsd + chokepointUsd + ongoingUsd,
    uncertainty: uncertaintyOf(activity.zones, attractiveness, parameters),
  };
  const factors = {
    zones: activity.zones,
    multiplier: attractiveness.multiplier,
    byPrimary,
    capacityMw: region.capacityMw,
    valuePerDayUsd,
  };
  const values = coalitionValues(factors, parameters);
  const explainedBy = (part: 'logRate' | 'logLoss'): Explanation => ({
    referenceLog: values[0]?.[part] ?? 0,
    points: shapleyValues((coalition) => POINTS_PER_LOG * (values[coalition]?.[part] ?? 0)),
  });
  return {
    ...computed,
    result: resultOf(computed, explainedBy('logLoss'), explainedBy('logRate'), inputs),
  };
}

interface Explanation {
  readonly referenceLog: number;
  readonly points: Readonly<Record<Factor, number>>;
}

function equivalentsOver(days: number, activity: RegionActivity, { parameters }: ScoreInputs): readonly number[] {
  return activity.zones.map(({ longRunRatePerYear, trigger }) =>
    expectedEquivalents(longRunRatePerYear, trigger, days, parameters),
  );
}

function resultOf(
  computed: Computed,
  lossExplained: Explanation,
  rateExplained: Explanation,
  inputs: ScoreInputs,
): RegionResult {
  const { region, activity, attractiveness, uncertainty, eventLoss } = computed;
  const exposure = exposureOf(computed, lossExplained, inputs);
  const equivalents = equivalentsOver(DAYS_PER_YEAR, activity, inputs);
  return {
    id: region.id,
    exposure,
    likelihood: likelihoodOf(computed, rateExplained, inputs),
    severity: severityOf(computed, inputs),
    annual_rate: computed.campaigns.expected,
    p_outage_given_event: computed.campaigns.expectation.outageProbability,
    expected_share_hit: computed.campaigns.expectation.shareHit,
    expected_share_failed: computed.campaigns.expectation.shareFailed,
    chokepoint_loading: exposure.contributions.chokepoints,
    ongoing_loading: exposure.contributions.ongoing,
    probabilities: {
      '30': probabilityOver(30, computed, inputs),
      '90': probabilityOver(90, computed, inputs),
      '365': probabilityOver(DAYS_PER_YEAR, computed, inputs),
    },
    loss: {
      value_per_day_usd: computed.valuePerDayUsd,
      property_per_event_usd: eventLoss.propertyUsd,
      bi_per_event_usd: eventLoss.interruptionUsd,
      chokepoints: computed.chokepoints.map(({ id, ratePerYear, expectedAnnualUsd }) => ({
        id,
        rate: ratePerYear,
        eal_usd: expectedAnnualUsd,
      })),
      chokepoint_eal_usd: computed.chokepointUsd,
      ongoing_usd: computed.ongoingUsd,
      eal_usd: computed.annualUsd,
    },
    attractiveness: {
      A: attractiveness.multiplier,
      M: attractiveness.belief,
      claims: attractiveness.claims.map(({ id, probability }) => ({ id, p: probability })),
    },
    azs: activity.zones.map((zone, index) => ({
      id: zone.id,
      n: zone.equivalents,
      long_run_rate: zone.longRunRatePerYear,
      credibility: credibility(activity.coverageYears, inputs.parameters),
      trigger: zone.trigger,
      expected_equivalents_365: equivalents[index] ?? 0,
    })),
    uncertainty: {
      cv_n2: uncertainty.activityCv2,
      cv_a2: uncertainty.attractivenessCv2,
      sigma: uncertainty.sigma,
      sigma_local: uncertainty.sigmaLocal,
      sigma_model: uncertainty.sigmaModel,
    },
    data_quality: { coverage_years: activity.coverageYears, stale: activity.isStale },
  };
}

/** The scale of all scores: 20 points for each factor of ten. */
function points(ratio: number): number {
  return 20 * Math.log10(ratio);
}

/** Places a raw value on the scale. @throws ScoreInputError E5 where it is not a number to place. */
function levelOf(raw: number, region: Region, name: string): SeverityResult {
  refuseInfinite(raw, `the ${name} of ${quote(region.id)}`);
  const score = clampScore(raw);
  return { score, raw, band: bandOf(score) };
}

function exposureOf(computed: Computed, explained: Explanation, { parameters }: ScoreInputs): ExposureResult {
  const { directUsd, chokepointUsd, annualUsd, uncertainty, attractiveness, activity } = computed;
  const floored = (usd: number): number => Math.max(usd, parameters.eal_floor_usd);
  const raw = points(floored(annualUsd) / parameters.e_zero_usd_per_year);
  const level = levelOf(raw, computed.region, 'exposure');
  const { sigma } = uncertainty;
  const at = (z: number): number => clampScore(raw + POINTS_PER_LOG * (sigma * z - sigma ** 2 / 2));
  const recent = explainRecent(explained.points.recent, activity.triggerByIncident, parameters);
  const expectedUsd = floored(directUsd + chokepointUsd);
  return {
    ...level,
    interval: { p05: at(-Z_95), p50: at(0), p95: at(Z_95) },
    reference: POINTS_PER_LOG * (explained.referenceLog - Math.log(parameters.e_zero_usd_per_year)),
    contributions: {
      ...explained.points,
      chokepoints: points(expectedUsd / floored(directUsd)),
      ongoing: points(floored(annualUsd) / expectedUsd),
      clamp: level.score - raw,
    },
    recent_detail: { quiet: recent.quiet, incidents: Object.fromEntries(recent.byIncident) },
    attractiveness_detail: Object.fromEntries(
      attractiveness.claims.map(({ id }, index) => [
        id,
        explained.points.attractiveness * (attractiveness.shares[index] ?? 0),
      ]),
    ),
  };
}

function likelihoodOf(computed: Computed, explained: Explanation, { parameters }: ScoreInputs): LikelihoodResult {
  const raw = points(computed.campaigns.expected / parameters.l_zero_per_year);
  const level = levelOf(raw, computed.region, 'likelihood');
  return {
    ...level,
    reference: POINTS_PER_LOG * (explained.referenceLog - Math.log(parameters.l_zero_per_year)),
    contributions: { ...explained.points, clamp: level.score - raw },
  };
}

function severityOf({ eventLoss, region }: Computed, { parameters }: ScoreInputs): SeverityResult {
  const usd = Math.max(eventLoss.propertyUsd + eventLoss.interruptionUsd, parameters.eal_floor_usd);
  const raw = points(usd / parameters.c_zero_usd);
  return levelOf(raw, region, 'severity');
}

function probabilityOver(days: number, computed: Computed, inputs: ScoreInputs): ProbabilityResult {
  const { parameters } = inputs;
  const hitProbability = parameters.q0 * computed.attractiveness.multiplier;
  const expected = campaignCount(equivalentsOver(days, computed.activity, inputs), hitProbability, parameters.rho);
  const { sigma } = computed.uncertainty;
  const damage = eventProbability(expected, sigma);
  const outage = eventProbability(expected * computed.campaigns.expectation.outageProbability, sigma);
  return {
    expected_events: expected,
    p_damage: damage.mean,
    p05: damage.p05,
    p50: damage.p50,
    p95: damage.p95,
    p_outage: outage.mean,
  };
}
