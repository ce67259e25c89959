import { dateOfDay } from '../instants.js';
import { countBetween, type PseudoAsset } from './assets.js';
import type { Forecasts } from './forecasts.js';
import { brierScore } from './measures.js';
import type { BacktestProtocol } from './protocol.js';

/** A case that went wrong: where, asked when, what was said. */
export interface Miss {
  readonly originDate: string;
  readonly lon: number;
  readonly lat: number;
  readonly said: number;
  readonly climatologySaid: number;
}

/** Cases without a hit in the 365 days before: where something would begin. */
export interface Onsets {
  readonly cases: number;
  readonly cameTrue: number;
  readonly meanSaid: number;
  /** Brier skill over climatology on these cases alone; null where climatology is perfect there. */
  readonly skill: number | null;
}

export interface Misses {
  readonly cameTrue: number;
  /** Of those, given less than the base rate. */
  readonly unwarned: number;
  /** Cases given one half or more, and how many of them came true. */
  readonly saidHalfOrMore: number;
  readonly saidHalfOrMoreCameTrue: number;
  readonly onsets: Onsets;
  /** Came true with the least said, one of an origin and asset, the least first. */
  readonly worst: readonly Miss[];
  /** Did not come true with the most said. */
  readonly falseAlarms: readonly Miss[];
}

const LISTED = 5;
const QUIET_DAYS = 365;

/** Where the model was wrong at one horizon. */
export function missesOf(
  forecasts: Forecasts,
  assets: readonly PseudoAsset[],
  days: readonly Float64Array[],
  protocol: BacktestProtocol,
): Misses {
  const { outcomes, probabilities, origins } = forecasts;
  const said = probabilities.model;
  const cases = Array.from(outcomes, (_, index) => index);
  const came = cases.filter((index) => outcomes[index] === 1);
  const baseRate = came.length / cases.length;
  const described = (index: number): Miss => {
    const asset = assets[index % assets.length];
    return {
      originDate: dateOfDay(protocol.firstDay + (origins[Math.floor(index / assets.length)] ?? 0)),
      lon: rounded(asset?.lon ?? 0),
      lat: rounded(asset?.lat ?? 0),
      said: said[index] ?? 0,
      climatologySaid: probabilities.climatology[index] ?? 0,
    };
  };
  const bySaid = (a: number, b: number): number => (said[a] ?? 0) - (said[b] ?? 0) || a - b;
  const half = cases.filter((index) => (said[index] ?? 0) >= 0.5);
  return {
    cameTrue: came.length,
    unwarned: came.filter((index) => (said[index] ?? 0) < baseRate).length,
    saidHalfOrMore: half.length,
    saidHalfOrMoreCameTrue: half.filter((index) => outcomes[index] === 1).length,
    onsets: onsetsOf(forecasts, days),
    worst: [...came].sort(bySaid).slice(0, LISTED).map(described),
    falseAlarms: cases
      .filter((index) => outcomes[index] === 0)
      .sort((a, b) => bySaid(b, a))
      .slice(0, LISTED)
      .map(described),
  };
}

function onsetsOf({ origins, outcomes, probabilities }: Forecasts, days: readonly Float64Array[]): Onsets {
  const quiet = origins.flatMap((day, o) =>
    days.flatMap((hits, a) => (countBetween(hits, day - QUIET_DAYS, day) === 0 ? [o * days.length + a] : [])),
  );
  const picked = (values: ArrayLike<number>): number[] => quiet.map((index) => values[index] ?? 0);
  const came = picked(outcomes);
  const said = picked(probabilities.model);
  const reference = brierScore(picked(probabilities.climatology), came);
  return {
    cases: quiet.length,
    cameTrue: came.reduce((sum, y) => sum + y, 0),
    meanSaid: quiet.length === 0 ? 0 : said.reduce((sum, p) => sum + p, 0) / quiet.length,
    skill: reference > 0 ? 1 - brierScore(said, came) / reference : null,
  };
}

function rounded(degrees: number): number {
  return Math.round(degrees * 100) / 100;
}
