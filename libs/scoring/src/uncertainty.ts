import type { Attractiveness } from './attractiveness.js';
import type { Parameters } from './document.js';
import { Z_95 } from './normal.js';
import type { ZoneActivity } from './rates.js';

// Bound once: where a test runner proxies the global object, looking Math up a thousand times per region shows.
const { exp, expm1 } = Math;

/** Spread of what we do not know about a region's rate: lognormal factors of mean 1. */
export interface Uncertainty {
  /** Squared coefficient of variation of the activity. */
  readonly activityCv2: number;
  /** Squared coefficient of variation of the attractiveness. */
  readonly attractivenessCv2: number;
  /** Of this region alone: standard deviation of the log. */
  readonly sigmaLocal: number;
  /** Of the model, common to all regions. */
  readonly sigmaModel: number;
  readonly sigma: number;
}

/** Standard deviation of the log of the model's own error, whose 95th percentile is the error factor. */
export function modelSigma(parameters: Parameters): number {
  return Math.log(parameters.model_error_factor) / Z_95;
}

/** Combines how little a region's own record tells with the model's own error. `zones` must not be empty. */
export function uncertaintyOf(
  zones: readonly ZoneActivity[],
  { belief, multiplier }: Attractiveness,
  parameters: Parameters,
): Uncertainty {
  const mean = (part: 'equivalents' | 'evidenceVariance'): number =>
    zones.reduce((sum, zone) => sum + zone[part], 0) / zones.length;
  // Strikes that other strikes bred say nothing new about the rate, so only the background's share of them counts.
  const background = 1 - parameters.eta;
  const shape = parameters.alpha + background * mean('equivalents');
  const activityCv2 = 1 / shape + (background ** 2 * mean('evidenceVariance')) / shape ** 2;
  const attractivenessCv2 = ((parameters.a_max - 1) ** 2 * belief * (1 - belief)) / multiplier ** 2;
  const localVariance = Math.log1p(activityCv2) + Math.log1p(attractivenessCv2);
  const sigmaModel = modelSigma(parameters);
  return {
    activityCv2,
    attractivenessCv2,
    sigmaLocal: Math.sqrt(localVariance),
    sigmaModel,
    sigma: Math.sqrt(localVariance + sigmaModel ** 2),
  };
}

/** The factor on the mean at z standard deviations. */
export function lognormalFactor(sigma: number, z: number): number {
  return exp(sigma * z - sigma ** 2 / 2);
}

/** Probability of at least one event, its mean and its 5th, 50th and 95th percentile over the uncertainty. */
export interface EventProbability {
  readonly mean: number;
  readonly p05: number;
  readonly p50: number;
  readonly p95: number;
}

/** Trapezoid over ±8 standard deviations in steps of 0.05. */
const grid = Array.from({ length: 321 }, (_, index) => -8 + 0.05 * index);
const gridWeights = grid.map((z) => exp(-(z ** 2) / 2));
const totalGridWeight = gridWeights.reduce((sum, weight) => sum + weight, 0);

/**
 * Probability of at least one of a Poisson number of events whose mean is only known up to a lognormal factor.
 * Clustering inside the horizon is left out: the probability of none is slightly low.
 */
export function eventProbability(expected: number, sigma: number): EventProbability {
  const given = (z: number): number => -expm1(-expected * lognormalFactor(sigma, z));
  const weighted = grid.reduce((sum, z, index) => sum + (gridWeights[index] ?? 0) * given(z), 0);
  return { mean: weighted / totalGridWeight, p05: given(-Z_95), p50: given(0), p95: given(Z_95) };
}
