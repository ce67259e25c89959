import { METHODS, type BacktestResult, type HorizonResult } from '@faultline/scoring';
import type { GedReading } from './ged.js';
import { KNOWN_RECORDS, type KnownHorizon } from './known-records.js';
import type { ReplayedDay } from './replay.js';
import { tableOf } from './table.js';

/** Everything a run found, as it is written to backtest.json. */
export interface BacktestReport {
  readonly schema: 'faultline-backtest/1';
  readonly source: Pick<GedReading, 'rows' | 'setAside' | 'sha256'> & { readonly meanLatitude: number };
  readonly result: BacktestResult;
  readonly replay: readonly ReplayedDay[];
}

const SIGNIFICANT_DIGITS = 12;

/** The report as JSON: two spaces, lists of numbers on one line, twelve significant digits, which every machine agrees on. */
export function jsonOf(report: BacktestReport): string {
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(SIGNIFICANT_DIGITS)) : value;
  const text = JSON.stringify(report, rounded, 2);
  const lists = /\[\s+(-?\d[^[\]{}":]*?)\s+\]/g;
  return `${text.replace(lists, (_, numbers: string) => `[${numbers.replaceAll(/\s+/g, ' ')}]`)}\n`;
}

const GATE_DAYS = [30, 90];

/** The horizons the gate looks at. */
export function gateHorizons({ result }: BacktestReport): readonly HorizonResult[] {
  return result.horizons.filter(({ horizonDays }) => GATE_DAYS.includes(horizonDays));
}

export function score(value: number): string {
  return value.toFixed(4);
}

export function skillOf(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

export function share(value: number): string {
  const percent = value * 100;
  if (percent === 0) return '0 %';
  return `${percent < 0.01 ? percent.toPrecision(1) : percent < 1 ? percent.toPrecision(2) : percent.toFixed(percent < 10 ? 1 : 0)} %`;
}

export function methodTable(horizon: HorizonResult): string {
  return tableOf(
    ['method', 'Brier', 'skill', '90 % interval', 'log score', 'AUC', 'mean said'],
    METHODS.map((method) => {
      const { brier, skill, logScore, auc, meanProbability } = horizon.methods[method];
      return [
        method === 'model' ? '**model**' : method,
        score(brier),
        method === 'climatology' ? '0' : skillOf(skill.value),
        method === 'climatology' ? '' : `${skillOf(skill.low)} to ${skillOf(skill.high)}`,
        score(logScore),
        auc === null ? 'none' : auc.toFixed(3),
        share(meanProbability),
      ];
    }),
  );
}

export function reliabilityTable({ reliability }: HorizonResult): string {
  return tableOf(
    ['said', 'cases', 'mean said', 'came true', 'off by'],
    reliability
      .filter(({ cases }) => cases > 0)
      .map(({ from, to, cases, meanSaid, observed }) => [
        `${from.toFixed(1)} to ${to.toFixed(1)}`,
        String(cases),
        (meanSaid ?? 0).toFixed(3),
        (observed ?? 0).toFixed(3),
        skillOf((meanSaid ?? 0) - (observed ?? 0)),
      ]),
  );
}

export function gateTable({ result: { gate } }: BacktestReport): string {
  return tableOf(
    ['condition', 'horizon', 'measured', 'wanted', 'verdict'],
    gate.checks.map(({ name, horizonDays, measured, wanted, passed }) => [
      name,
      `${horizonDays} days`,
      measured.toFixed(3),
      wanted,
      passed ? 'passed' : 'NOT PASSED',
    ]),
  );
}

export function missTable(report: BacktestReport): string {
  return tableOf(
    ['horizon', 'came true', 'of them below the base rate', 'said ½ or more', 'of them came true'],
    report.result.horizons.map(({ horizonDays, misses }) => [
      `${horizonDays} days`,
      String(misses.cameTrue),
      String(misses.unwarned),
      String(misses.saidHalfOrMore),
      String(misses.saidHalfOrMoreCameTrue),
    ]),
  );
}

export function onsetTable(report: BacktestReport): string {
  return tableOf(
    ['horizon', 'quiet cases', 'came true', 'seen', 'mean said', 'skill'],
    report.result.horizons.map(({ horizonDays, misses: { onsets } }) => [
      `${horizonDays} days`,
      String(onsets.cases),
      String(onsets.cameTrue),
      share(onsets.cases === 0 ? 0 : onsets.cameTrue / onsets.cases),
      share(onsets.meanSaid),
      onsets.skill === null ? 'none' : skillOf(onsets.skill),
    ]),
  );
}

export function replayTable({ replay }: BacktestReport): string {
  return tableOf(
    ['region', 'day, noon UTC', 'P(damage) in 30 days', '90 % interval', 'answer', 'claims public', ''],
    replay.map(({ regionId, date, p30, low, high, outcome, claims, why }) => [
      regionId,
      date,
      p30 === null ? 'none' : twoDigits(p30),
      low === null || high === null ? '' : `${twoDigits(low)} to ${twoDigits(high)}`,
      outcome,
      String(claims),
      why,
    ]),
  );
}

/** Two significant digits: more would be a claim the model does not make. */
function twoDigits(probability: number): string {
  const percent = probability * 100;
  return `${percent >= 99.5 ? '100' : percent.toPrecision(2)} %`;
}

/** The record as the model's specification knows it, if it does. */
export function knownRecord(report: BacktestReport): (typeof KNOWN_RECORDS)[number] | undefined {
  return KNOWN_RECORDS.find(({ sha256 }) => sha256 === report.source.sha256);
}

/** Figures of the specification beside those of the run, and whether they are the same to the digits given. */
export function comparison(known: KnownHorizon, horizon: HorizonResult): (readonly string[])[] {
  const row = (figure: string, wanted: string, value: number): readonly string[] => {
    const decimals = wanted.length - wanted.indexOf('.') - 1;
    const got = value.toFixed(decimals);
    return [`${horizon.horizonDays} days: ${figure}`, wanted, got, got === wanted ? 'same' : 'differs'];
  };
  const { methods } = horizon;
  return [
    row('base rate', known.baseRate, horizon.baseRate),
    ...METHODS.flatMap((method) => {
      const wanted = known.brier[method];
      return wanted === undefined ? [] : [row(`Brier, ${method}`, wanted, methods[method].brier)];
    }),
    row('skill of the model', known.skill, methods.model.skill.value),
    row('its interval, low', known.skillLow, methods.model.skill.low),
    row('its interval, high', known.skillHigh, methods.model.skill.high),
    ...METHODS.flatMap((method) => {
      const wanted = known.logScore[method];
      return wanted === undefined ? [] : [row(`log score, ${method}`, wanted, methods[method].logScore)];
    }),
  ];
}

/** What went against the model, as sentences; the strongest evidence against it first. */
export function losses({ result }: BacktestReport): string[] {
  return result.horizons.flatMap((horizon) => {
    const { horizonDays, methods, reliability, byYear } = horizon;
    const beaten = METHODS.filter((method) => method !== 'model' && methods[method].brier <= methods.model.brier);
    const byLog = METHODS.filter((method) => method !== 'model' && methods[method].logScore <= methods.model.logScore);
    const years = byYear.filter(({ skill }) => skill !== null && skill <= 0);
    const off = reliability.filter(
      ({ cases, meanSaid, observed }) => cases >= 20 && Math.abs((meanSaid ?? 0) - (observed ?? 0)) > 0.1,
    );
    const { low, value } = methods.model.skill;
    return [
      ...(value <= 0 ? [`${horizonDays} days: climatology is better, by a Brier skill of ${skillOf(value)}.`] : []),
      ...(value > 0 && low <= 0 ? [`${horizonDays} days: the interval of its skill reaches ${skillOf(low)}.`] : []),
      ...beaten
        .filter((method) => method !== 'climatology')
        .map(
          (method) =>
            `${horizonDays} days: ${method} has the better Brier score (${score(methods[method].brier)} against ${score(methods.model.brier)}).`,
        ),
      ...byLog.map((method) => `${horizonDays} days: ${method} has the better log score.`),
      ...(years.length === 0
        ? []
        : [
            `${horizonDays} days: worse than climatology in ${listed(years.map(({ year, skill }) => `${year} (skill ${skillOf(skill ?? 0)})`))}.`,
          ]),
      ...(off.length === 0
        ? []
        : [
            `${horizonDays} days: said and seen are more than 0.1 apart in ${listed(
              off.map(
                ({ from, to, cases, meanSaid, observed }) =>
                  `${from.toFixed(1)} to ${to.toFixed(1)} (${cases} cases, ${(meanSaid ?? 0).toFixed(2)} said, ${(observed ?? 0).toFixed(2)} seen)`,
              ),
            )}.`,
          ]),
    ];
  });
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
