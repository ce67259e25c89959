import type { Forecasts, Method } from './forecasts.js';
import type { Interval, ReliabilityBin } from './measures.js';
import type { Misses } from './misses.js';

export interface MethodResult {
  readonly brier: number;
  /** Brier skill over climatology, 1 − B / B_climatology, with its 90 % interval. */
  readonly skill: Interval & { readonly value: number };
  readonly logScore: number;
  readonly auc: number | null;
  readonly meanProbability: number;
}

/** One calendar year of test origins. */
export interface YearResult {
  readonly year: string;
  readonly cases: number;
  readonly cameTrue: number;
  readonly skill: number | null;
}

/** One test origin: how many assets were hit, and how many the model and climatology expected. */
export interface OriginResult {
  readonly date: string;
  readonly observed: number;
  readonly expected: number;
  readonly climatology: number;
}

export interface HorizonResult {
  readonly horizonDays: number;
  readonly origins: number;
  readonly cases: number;
  readonly baseRate: number;
  readonly calibration: Forecasts['calibration'];
  readonly methods: Readonly<Record<Method, MethodResult>>;
  /** Of the model. */
  readonly reliability: readonly ReliabilityBin[];
  readonly misses: Misses;
  readonly byYear: readonly YearResult[];
  readonly byOrigin: readonly OriginResult[];
}
