import { uniformField } from '../philox.js';

const CLIP = 1e-4;

/** Mean squared error of probabilities against outcomes of 0 and 1. */
export function brierScore(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  return meanOver(probabilities, outcomes, (p, y) => (p - y) ** 2);
}

/** Mean of −ln of the probability given to what happened, probabilities kept within [1e-4, 1 − 1e-4]. */
export function logScore(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  return meanOver(probabilities, outcomes, (p, y) => {
    const kept = Math.min(1 - CLIP, Math.max(CLIP, p));
    return -Math.log(y > 0 ? kept : 1 - kept);
  });
}

function meanOver(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  lossOf: (p: number, y: number) => number,
): number {
  let sum = 0;
  for (let at = 0; at < outcomes.length; at++) sum += lossOf(probabilities[at] ?? 0, outcomes[at] ?? 0);
  return sum / outcomes.length;
}

/** Chance that a case that came true was given more than one that did not, ties half. Null where one kind is missing. */
export function areaUnderCurve(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): number | null {
  const order = Array.from(outcomes, (_, at) => at).sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0));
  let trueRanks = 0;
  let trues = 0;
  for (let from = 0; from < order.length;) {
    let to = from;
    const p = probabilities[order[from] ?? 0];
    let truesHere = 0;
    for (; to < order.length && probabilities[order[to] ?? 0] === p; to++) truesHere += outcomes[order[to] ?? 0] ?? 0;
    trueRanks += truesHere * ((from + 1 + to) / 2);
    trues += truesHere;
    from = to;
  }
  const falses = order.length - trues;
  return trues === 0 || falses === 0 ? null : (trueRanks - (trues * (trues + 1)) / 2) / (trues * falses);
}

/** One tenth of the scale: what was said there and how often it came true; both null where nothing was said. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly cases: number;
  readonly meanSaid: number | null;
  readonly observed: number | null;
}

export function reliabilityOf(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): ReliabilityBin[] {
  const bins = Array.from({ length: 10 }, () => ({ cases: 0, said: 0, came: 0 }));
  for (let at = 0; at < outcomes.length; at++) {
    const p = probabilities[at] ?? 0;
    const bin = bins[Math.min(9, Math.max(0, Math.floor(p * 10)))];
    if (bin === undefined) continue;
    bin.cases++;
    bin.said += p;
    bin.came += outcomes[at] ?? 0;
  }
  return bins.map(({ cases, said, came }, tenth) => ({
    from: tenth / 10,
    to: (tenth + 1) / 10,
    cases,
    meanSaid: cases === 0 ? null : said / cases,
    observed: cases === 0 ? null : came / cases,
  }));
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * 5th and 95th percentile (linear between order statistics) of the skill 1 − ΣB / ΣB_reference over resampled origins.
 * Assets of one origin share its events, so origins are what is drawn, with replacement, by counter-based random numbers.
 *
 * @param losses sum of squared errors per origin, `reference` the same of what skill is measured against
 */
export function bootstrapSkill(
  losses: readonly number[],
  reference: readonly number[],
  samples: number,
  seed: number,
): Interval {
  const uniform = uniformField(seed);
  const skills = Array.from({ length: samples }, (_, sample) => {
    let loss = 0;
    let referenceLoss = 0;
    for (let draw = 0; draw < losses.length; draw++) {
      const origin = Math.floor(uniform(sample, 0, 0, draw) * losses.length);
      loss += losses[origin] ?? 0;
      referenceLoss += reference[origin] ?? 0;
    }
    return 1 - loss / referenceLoss;
  }).sort((a, b) => a - b);
  return { low: percentile(skills, 0.05), high: percentile(skills, 0.95) };
}

function percentile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] ?? Number.NaN;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}

/**
 * Continuous ranked probability score of a forecast given as equally likely values: mean |X − y| − ½ mean |X − X'|
 * (Gneiting and Raftery 2007). 0 is perfect; in the unit of the values.
 */
export function sampleCrps(values: readonly number[], observed: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const count = sorted.length;
  let apart = 0;
  let spread = 0;
  for (const [rank, value] of sorted.entries()) {
    apart += Math.abs(value - observed);
    spread += value * (2 * rank + 1 - count);
  }
  return apart / count - spread / count ** 2;
}
