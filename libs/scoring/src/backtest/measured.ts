import { dateOfDay } from '../instants.js';
import { METHODS } from './forecasts.js';
import type { Forecasts, Method } from './forecasts.js';
import { areaUnderCurve, bootstrapSkill, brierScore, logScore, reliabilityOf } from './measures.js';
import type { BacktestProtocol } from './protocol.js';
import type { HorizonResult, MethodResult, OriginResult, YearResult } from './result.js';

/** The forecasts of one horizon against what came: every method's scores, the model's reliability, and both over time. */
export function measured(forecasts: Forecasts, protocol: BacktestProtocol): Omit<HorizonResult, 'misses'> {
  const { horizonDays, origins, assets, outcomes, probabilities, calibration } = forecasts;
  const lossesBy = (method: Method): number[] =>
    origins.map((_, o) => sumOver(o, assets, (at) => ((probabilities[method][at] ?? 0) - (outcomes[at] ?? 0)) ** 2));
  const reference = lossesBy('climatology');
  const referenceBrier = brierScore(probabilities.climatology, outcomes);
  const resultOf = (method: Method): MethodResult => {
    const brier = brierScore(probabilities[method], outcomes);
    return {
      brier,
      skill: {
        value: 1 - brier / referenceBrier,
        ...bootstrapSkill(lossesBy(method), reference, protocol.bootstrapSamples, protocol.seed),
      },
      logScore: logScore(probabilities[method], outcomes),
      auc: areaUnderCurve(probabilities[method], outcomes),
      meanProbability: mean(probabilities[method]),
    };
  };
  const byOrigin = origins.map((day, o) => ({
    date: dateOfDay(protocol.firstDay + day),
    observed: sumOver(o, assets, (at) => outcomes[at] ?? 0),
    expected: sumOver(o, assets, (at) => probabilities.model[at] ?? 0),
    climatology: sumOver(o, assets, (at) => probabilities.climatology[at] ?? 0),
  }));
  return {
    horizonDays,
    origins: origins.length,
    cases: outcomes.length,
    baseRate: mean(outcomes),
    calibration,
    methods: Object.fromEntries(METHODS.map((method) => [method, resultOf(method)])) as Record<Method, MethodResult>,
    reliability: reliabilityOf(probabilities.model, outcomes),
    byYear: yearsOf(byOrigin, lossesBy('model'), reference, assets),
    byOrigin,
  };
}

function yearsOf(
  byOrigin: readonly OriginResult[],
  losses: readonly number[],
  reference: readonly number[],
  assets: number,
): YearResult[] {
  const years = [...new Set(byOrigin.map(({ date }) => date.slice(0, 4)))];
  return years.map((year) => {
    const own = byOrigin.flatMap(({ date }, o) => (date.startsWith(year) ? [o] : []));
    const sum = (values: readonly number[]): number => own.reduce((total, o) => total + (values[o] ?? 0), 0);
    const referenceLoss = sum(reference);
    return {
      year,
      cases: own.length * assets,
      cameTrue: sum(byOrigin.map(({ observed }) => observed)),
      skill: referenceLoss > 0 ? 1 - sum(losses) / referenceLoss : null,
    };
  });
}

function sumOver(origin: number, assets: number, valueOf: (at: number) => number): number {
  let sum = 0;
  for (let at = origin * assets; at < (origin + 1) * assets; at++) sum += valueOf(at);
  return sum;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] ?? 0;
  return values.length === 0 ? 0 : sum / values.length;
}
