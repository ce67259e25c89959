import { MODEL_VERSION } from './document.js';
import type { Parameters, ScoreDocument } from './document.js';
import { countClaims, countIncidents } from './evidence.js';
import type { CountedIncident } from './evidence.js';
import { exceedanceCurve, meanAndError } from './exceedance.js';
import { byId } from './identity.js';
import type { ScoreInputs } from './inputs.js';
import { lossIfHit, valueAtRiskPerDay } from './loss.js';
import { probabilityGreater } from './pairwise.js';
import type { Ranked } from './pairwise.js';
import { scoreRegion } from './region-score.js';
import type { Evidence, RegionScore } from './region-score.js';
import type { PairResult, PortfolioResult, ScoreResult, SimulationResult } from './result.js';
import { refuseInfinite } from './finite.js';
import { quote } from './score-input-error.js';
import { simulate } from './simulation.js';
import { modelSigma } from './uncertainty.js';
import { readInputs } from './validate.js';

/**
 * Scores every region of a document as of its instant.
 *
 * The order of the document's lists does not matter, and the same document gives the same answer for ever.
 *
 * @throws ScoreInputError for a faulty document (E1 to E16), and E5 for one whose numbers leave double precision
 */
export function score(document: ScoreDocument): ScoreResult {
  const inputs = readInputs(document);
  const { incidents, regions } = scored(inputs);
  const result: ScoreResult = {
    schema: MODEL_VERSION,
    as_of: inputs.asOfText,
    incidents: incidents.map(({ incident, confidence, severityWeight }) => ({
      id: incident.id,
      confidence,
      severity_weight: severityWeight,
    })),
    regions: regions.map((region) => region.result),
    pairs: pairsOf(regions, inputs.parameters),
    portfolio: portfolioOf(regions, inputs),
  };
  refuseInfinite(result, 'result');
  return result;
}

interface Scored {
  readonly incidents: readonly CountedIncident[];
  readonly regions: readonly RegionScore[];
}

/** The regions of one document, before they are put beside each other. */
export function scored(inputs: ScoreInputs): Scored {
  const incidents = countIncidents(inputs.incidents, inputs.asOfDay, inputs.parameters);
  const evidence: Evidence = {
    incidents: incidents.filter(({ incident }) => incident.chokepointId === undefined),
    claims: countClaims(inputs.claims, inputs.asOfDay, inputs.parameters),
  };
  return { incidents, regions: inputs.regions.map((region) => scoreRegion(region, evidence, inputs)) };
}

/** What the years of a portfolio are drawn by. */
export type DrawnBy = Pick<ScoreInputs, 'theatres' | 'chokepoints' | 'parameters' | 'simulatedYears' | 'seed'>;

/** Loss of all regions together, with simulated years where any are asked for. */
export function portfolioOf(regions: readonly RegionScore[], drawnBy: DrawnBy): PortfolioResult {
  return {
    eal_usd: regions.reduce((sum, { annualUsd }) => sum + annualUsd, 0),
    ...(drawnBy.simulatedYears > 0 ? { simulation: simulationOf(regions, drawnBy) } : {}),
  };
}

/** Every pair of regions, each once, in id order. */
export function pairsOf(regions: readonly RegionScore[], parameters: Parameters): readonly PairResult[] {
  const rankedOf = ({ annualUsd, uncertainty }: RegionScore): Ranked => ({
    logLoss: Math.log(Math.max(annualUsd, parameters.eal_floor_usd)),
    sigmaLocal: uncertainty.sigmaLocal,
  });
  const ranked = regions.map((region) => ({ id: region.region.id, ...rankedOf(region) })).toSorted(byId);
  return ranked.flatMap((a, index) =>
    ranked.slice(index + 1).map((b) => ({ a: a.id, b: b.id, p_a_greater: probabilityGreater(a, b) })),
  );
}

function simulationOf(regions: readonly RegionScore[], inputs: DrawnBy): SimulationResult {
  const years = inputs.simulatedYears;
  const simulated = simulate(
    {
      theatreIds: inputs.theatres.map(({ id }) => id),
      regions: regions.map(({ region, campaigns, valuePerDayUsd, ongoingUsd, uncertainty }) => ({
        ...region,
        theatreId: region.theatre.id,
        campaignsPerYear: campaigns.expected,
        primaryShares: campaigns.primaryShares,
        valuePerDayUsd,
        ongoingUsd,
        sigmaLocal: uncertainty.sigmaLocal,
      })),
      chokepoints: inputs.chokepoints,
      sigmaModel: modelSigma(inputs.parameters),
      parameters: inputs.parameters,
    },
    years,
    inputs.seed,
  );
  const annual = meanAndError(simulated.annualUsd);
  return {
    n_sims: years,
    seed: inputs.seed,
    mean_annual_loss_usd: annual.mean,
    mean_uncapped_usd: meanAndError(simulated.uncappedUsd).mean,
    standard_error_usd: annual.standardError,
    p_any_loss: simulated.yearsWithEvents / years,
    capped_share: simulated.yearsCapped / years,
    region_mean_usd: Object.fromEntries([...simulated.totalByRegion].map(([id, total]) => [id, total / years])),
    ep_curve: exceedanceCurve(simulated.annualUsd, simulated.largestEventUsd).map((point) => ({
      return_period_years: point.returnPeriodYears,
      aep_usd: point.aggregateUsd,
      oep_usd: point.occurrenceUsd,
      tvar_usd: point.tailMeanUsd,
    })),
  };
}

/** Loss in USD if exactly these zones were hit; no probability is attached to it. */
export interface ConditionalLoss {
  readonly property_usd: number;
  readonly bi_usd: number;
  readonly total_usd: number;
}

/**
 * What it would cost if exactly these zones of a region were hit now, with all that shares their fate.
 *
 * @throws ScoreInputError for a faulty document; RangeError for a region or zone the document does not have
 */
export function conditionalLoss(
  document: ScoreDocument,
  regionId: string,
  zoneIds: readonly string[],
): ConditionalLoss {
  const inputs = readInputs(document);
  const region = inputs.regions.find(({ id }) => id === regionId);
  if (region === undefined) {
    throw new RangeError(`conditionalLoss: got region ${quote(regionId)}, wanted a region of the document`);
  }
  const valuePerDayUsd = valueAtRiskPerDay(region, inputs.workloads, inputs.asOfDay, inputs.parameters);
  const { propertyUsd, interruptionUsd } = lossIfHit(region, zoneIds, valuePerDayUsd, inputs.parameters);
  return { property_usd: propertyUsd, bi_usd: interruptionUsd, total_usd: propertyUsd + interruptionUsd };
}
