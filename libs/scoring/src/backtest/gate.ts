import { GATE_HORIZONS_DAYS } from './protocol.js';
import type { HorizonResult } from './result.js';

/** One condition of a release, what was measured and what is asked. */
export interface GateCheck {
  readonly horizonDays: number;
  readonly name: 'skill' | 'mean probability' | 'reliability';
  readonly measured: number;
  readonly wanted: string;
  readonly passed: boolean;
}

export interface GateVerdict {
  readonly passed: boolean;
  readonly checks: readonly GateCheck[];
}

const MEAN_TOLERANCE = 0.4;
const BIN_TOLERANCE = 0.2;
const BIN_CASES = 100;

/**
 * Whether a version may be released on what this record shows: at 30 and 90 days the lower end of the skill's interval
 * above 0, the mean probability within 40 % of the base rate, and no tenth of the scale with 100 cases or more off by
 * over 0.2.
 */
export function gateOf(horizons: readonly HorizonResult[]): GateVerdict {
  const checks = GATE_HORIZONS_DAYS.flatMap((days): GateCheck[] => {
    const horizon = horizons.find(({ horizonDays }) => horizonDays === days);
    return horizon === undefined ? [] : checksOf(horizon);
  });
  return { passed: checks.length === 3 * GATE_HORIZONS_DAYS.length && checks.every(({ passed }) => passed), checks };
}

function checksOf({ horizonDays, baseRate, methods, reliability }: HorizonResult): GateCheck[] {
  const { skill, meanProbability } = methods.model;
  const meanOff = Math.abs(meanProbability - baseRate) / baseRate;
  const binOff = reliability
    .filter(({ cases }) => cases >= BIN_CASES)
    .reduce((worst, bin) => Math.max(worst, Math.abs((bin.meanSaid ?? 0) - (bin.observed ?? 0))), 0);
  return [
    { horizonDays, name: 'skill', measured: skill.low, wanted: 'lower 5 % bound above 0', passed: skill.low > 0 },
    {
      horizonDays,
      name: 'mean probability',
      measured: meanOff,
      wanted: `off by under ${String(MEAN_TOLERANCE)} of the base rate`,
      passed: meanOff < MEAN_TOLERANCE,
    },
    {
      horizonDays,
      name: 'reliability',
      measured: binOff,
      wanted: `no tenth with ${String(BIN_CASES)} cases off by over ${String(BIN_TOLERANCE)}`,
      passed: binOff <= BIN_TOLERANCE,
    },
  ];
}
