import type { Parameters } from './document.js';
import type { CountedClaim } from './evidence.js';

/** How much what a region is believed to host raises the chance that a nearby strike is aimed at it. */
export interface Attractiveness {
  /** Targeting multiplier A, 1 to a_max. */
  readonly multiplier: number;
  /** Probability M that at least one reason to attack is believed, 0 to 1. */
  readonly belief: number;
  readonly claims: readonly CountedClaim[];
  /** Each claim's share of the belief, in the order of `claims`; all 0 where no claim weighs anything. */
  readonly shares: readonly number[];
}

/** Combines a region's claims as independent reasons: M = 1 − Π(1 − p·ω), A = 1 + (a_max − 1)·M. */
export function attractivenessOf(claims: readonly CountedClaim[], parameters: Parameters): Attractiveness {
  const weights = claims.map(({ probability, kindWeight }) => -Math.log1p(-probability * kindWeight));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const belief = -Math.expm1(-total);
  return { multiplier: 1 + (parameters.a_max - 1) * belief, belief, claims, shares: sharesOf(weights, total) };
}

function sharesOf(weights: readonly number[], total: number): readonly number[] {
  if (total === 0) return weights.map(() => 0);
  if (Number.isFinite(total)) return weights.map((weight) => weight / total);
  // A cap of 1 lets a claim be certain: its weight is infinite, and the certain claims share what there is.
  const certain = weights.filter((weight) => weight === Number.POSITIVE_INFINITY).length;
  return weights.map((weight) => (weight === Number.POSITIVE_INFINITY ? 1 / certain : 0));
}
