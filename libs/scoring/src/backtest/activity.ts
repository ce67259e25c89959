import { blurredKernel } from '../proximity.js';
import { DAYS_PER_YEAR, expectedEquivalents, longRunRate } from '../rates.js';
import type { Parameters } from '../document.js';
import type { PlaneEvent, PseudoAsset } from './assets.js';

/** What the model knows of every asset at one origin, from the events up to and on that day. */
export interface OriginActivity {
  readonly day: number;
  /** The prior's mean, refitted at the origin as the mean rate over all assets. */
  readonly m0PerYear: number;
  readonly ratePerYear: Float64Array;
  readonly trigger: Float64Array;
}

/**
 * The record at each origin, given in ascending order. Every event is of severity 3, certain, local and exactly placed,
 * so what counts is the kernel alone. The rate per day does not depend on the length of a year: prior and observation
 * are measured in the same one.
 */
export function* activityAt(
  origins: readonly number[],
  assets: readonly PseudoAsset[],
  events: readonly PlaneEvent[],
  parameters: Parameters,
): Generator<OriginActivity> {
  const equivalents = new Float64Array(assets.length);
  const trigger = new Float64Array(assets.length);
  let taken = 0;
  let before = 0;
  for (const day of origins) {
    const decay = Math.exp(-(day - before) / parameters.tau_days);
    for (let asset = 0; asset < assets.length; asset++) trigger[asset] = (trigger[asset] ?? 0) * decay;
    for (; taken < events.length; taken++) {
      const event = events[taken];
      if (event === undefined || event.day > day) break;
      const fresh = Math.exp(-(day - event.day) / parameters.tau_days);
      for (const [index, asset] of assets.entries()) {
        const distanceKm = Math.hypot(event.xKm - asset.xKm, event.yKm - asset.yKm);
        const weight = blurredKernel(distanceKm, 0, parameters.d0_km);
        equivalents[index] = (equivalents[index] ?? 0) + weight;
        trigger[index] = (trigger[index] ?? 0) + weight * fresh;
      }
    }
    before = day;
    const years = day / DAYS_PER_YEAR;
    const m0PerYear = equivalents.reduce((sum, count) => sum + count, 0) / assets.length / years;
    const fitted = { ...parameters, m0_per_year: m0PerYear };
    const ratePerYear = equivalents.map((count) => (m0PerYear > 0 ? longRunRate(count, years, fitted) : 0));
    yield { day, m0PerYear, ratePerYear, trigger: trigger.slice() };
  }
}

/** Expected equivalents at every asset in the days after an origin; with `eta` 0 those of the long-run rate alone. */
export function expectedAt(activity: OriginActivity, horizonDays: number, parameters: Parameters): Float64Array {
  return activity.ratePerYear.map((rate, asset) =>
    expectedEquivalents(rate, activity.trigger[asset] ?? 0, horizonDays, parameters),
  );
}

/**
 * The one scalar that is fitted: q with Σ(1 − e^(−q·N)) = Σy over the training window, by bisection. Undefined where no
 * finite q > 0 does it: nothing happened, or more than was thought possible.
 */
export function calibrate(expected: Float64Array, outcomes: number): number | undefined {
  const said = (q: number): number => expected.reduce((sum, count) => sum - Math.expm1(-q * count), 0);
  if (outcomes <= 0) return undefined;
  let high = 1;
  while (said(high) < outcomes) {
    high *= 2;
    if (high > 1e12) return undefined;
  }
  let low = 0;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (said(middle) < outcomes) low = middle;
    else high = middle;
  }
}
