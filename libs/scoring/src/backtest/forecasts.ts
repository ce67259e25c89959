import type { Parameters } from '../document.js';
import { calibrate, expectedAt, type OriginActivity } from './activity.js';
import { countBetween } from './assets.js';
import { pastOrigins, testOrigins, trainingOrigins, type BacktestProtocol } from './protocol.js';
import { BacktestError } from './protocol.js';

/** What forecasts: the model, and what it has to beat. */
export const METHODS = [
  'climatology',
  'persistence',
  'uniform',
  'worldmonitor-like',
  'long-run-rate-only',
  'model',
] as const;
export type Method = (typeof METHODS)[number];

/** Every forecast of one horizon. Case `o · assets + a` is asset `a` at test origin `o`. */
export interface Forecasts {
  readonly horizonDays: number;
  readonly origins: readonly number[];
  readonly assets: number;
  /** 1 where the asset was hit within the horizon. */
  readonly outcomes: Uint8Array;
  readonly probabilities: Readonly<Record<Method, Float64Array>>;
  /** The fitted scalar of the model and of its long-run rate alone, and what they were fitted on. */
  readonly calibration: { readonly model: number; readonly longRunRateOnly: number; readonly origins: number };
}

const PERSISTENT = 0.98;
const NOT_PERSISTENT = 0.02;

/**
 * Forecasts at every test origin, each from nothing later than the origin.
 *
 * @param days of hits per asset, ascending
 * @param at the activity at every training and test origin, by day
 * @throws BacktestError where the training window gives nothing to calibrate on
 */
export function forecastsOf(
  horizonDays: number,
  days: readonly Float64Array[],
  at: ReadonlyMap<number, OriginActivity>,
  protocol: BacktestProtocol,
  parameters: Parameters,
): Forecasts {
  const scalars = calibrations(horizonDays, days, at, protocol, parameters);
  const origins = testOrigins(protocol, horizonDays);
  const cases = origins.length * days.length;
  const outcomes = new Uint8Array(cases);
  const probabilities = Object.fromEntries(METHODS.map((method) => [method, new Float64Array(cases)])) as Record<
    Method,
    Float64Array
  >;
  const past = new PastFrequency(horizonDays, days, protocol);
  for (const [o, day] of origins.entries()) {
    const activity = activityOn(at, day);
    const withRecent = expectedAt(activity, horizonDays, parameters);
    const withoutRecent = expectedAt(activity, horizonDays, { ...parameters, eta: 0 });
    past.advanceTo(day);
    for (const [a, hits] of days.entries()) {
      const index = o * days.length + a;
      const wasHit = countBetween(hits, day - horizonDays, day) > 0;
      outcomes[index] = countBetween(hits, day, day + horizonDays) > 0 ? 1 : 0;
      probabilities.climatology[index] = past.ofAsset(a);
      probabilities.persistence[index] = wasHit ? PERSISTENT : NOT_PERSISTENT;
      probabilities.uniform[index] = past.ofAll();
      probabilities['worldmonitor-like'][index] = worldmonitorLike(
        countBetween(hits, day - 30, day),
        countBetween(hits, day - 365, day),
      );
      probabilities['long-run-rate-only'][index] = -Math.expm1(-scalars.longRunRateOnly * (withoutRecent[a] ?? 0));
      probabilities.model[index] = -Math.expm1(-scalars.model * (withRecent[a] ?? 0));
    }
  }
  return { horizonDays, origins, assets: days.length, outcomes, probabilities, calibration: scalars };
}

function activityOn(at: ReadonlyMap<number, OriginActivity>, day: number): OriginActivity {
  const activity = at.get(day);
  if (activity === undefined) throw new RangeError(`no activity was computed for day ${String(day)}`);
  return activity;
}

function calibrations(
  horizonDays: number,
  days: readonly Float64Array[],
  at: ReadonlyMap<number, OriginActivity>,
  protocol: BacktestProtocol,
  parameters: Parameters,
): Forecasts['calibration'] {
  const origins = trainingOrigins(protocol, horizonDays);
  let outcomes = 0;
  for (const day of origins) {
    for (const hits of days) if (countBetween(hits, day, day + horizonDays) > 0) outcomes++;
  }
  const fitted = (changed: Parameters): number => {
    const expected = origins.flatMap((day) => [...expectedAt(activityOn(at, day), horizonDays, changed)]);
    const scalar = calibrate(Float64Array.from(expected), outcomes);
    if (scalar === undefined) {
      throw new BacktestError(
        `got ${String(outcomes)} outcomes at ${String(origins.length)} training origins (${String(horizonDays)} days), wanted some to calibrate on`,
      );
    }
    return scalar;
  };
  return { model: fitted(parameters), longRunRateOnly: fitted({ ...parameters, eta: 0 }), origins: origins.length };
}

/** How often an asset was hit within the horizon, over the origins whose outcome is known: (k + ½) / (n + 1). */
class PastFrequency {
  private readonly hits: Float64Array;
  private total = 0;
  private counted = 0;

  constructor(
    private readonly horizonDays: number,
    private readonly days: readonly Float64Array[],
    private readonly protocol: BacktestProtocol,
  ) {
    this.hits = new Float64Array(days.length);
  }

  advanceTo(day: number): void {
    for (const origin of pastOrigins(this.protocol, this.horizonDays, day).slice(this.counted)) {
      for (const [asset, days] of this.days.entries()) {
        if (countBetween(days, origin, origin + this.horizonDays) === 0) continue;
        this.hits[asset] = (this.hits[asset] ?? 0) + 1;
        this.total++;
      }
      this.counted++;
    }
  }

  ofAsset(asset: number): number {
    return ((this.hits[asset] ?? 0) + 0.5) / (this.counted + 1);
  }

  ofAll(): number {
    return this.counted === 0 ? 0 : this.total / (this.counted * this.days.length);
  }
}

/**
 * A curve of recent conflict with floors for a bloody year, capped, as a widely seen index has it (worldmonitor's CII v8,
 * conflict part), from its published formula and not its code. The number of events takes the place of its fatalities.
 */
export function worldmonitorLike(events30: number, events365: number): number {
  const curve = Math.min(70, (70 * Math.log(1 + 4 * events30)) / Math.log(4001));
  const floor = events365 > 100 ? 70 : events365 > 10 ? 50 : 0;
  return Math.min(0.99, Math.max(0.01, Math.max(curve, floor) / 100));
}
