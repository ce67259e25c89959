import type { Parameters } from '../document.js';
import { forecastsOf } from './forecasts.js';
import { brierScore } from './measures.js';
import { prepare } from './prepare.js';
import { BacktestError, GATE_HORIZONS_DAYS, type BacktestProtocol, type ConflictEvent } from './protocol.js';

/** How much of a skill is where the grid was laid: the skill over climatology of the same record on shifted grids. */
export interface PlacementResult {
  readonly horizonDays: number;
  /** Grids on which it could be computed. */
  readonly placements: number;
  readonly lowest: number;
  readonly median: number;
  readonly highest: number;
  /** Placements with a skill above 0. */
  readonly positive: number;
}

const SHIFTS = 5;

/** Number of grids tried: five shifts in each direction, the first being none. */
export const PLACEMENTS = SHIFTS ** 2;

export function placementResults(
  events: readonly ConflictEvent[],
  protocol: BacktestProtocol,
  parameters: Parameters,
  onProgress: (done: number) => void,
): PlacementResult[] {
  const horizonsDays = GATE_HORIZONS_DAYS.filter((days) => protocol.horizonsDays.includes(days));
  const skills = horizonsDays.map((): number[] => []);
  const step = protocol.gridKm / SHIFTS;
  for (let placement = 0; placement < PLACEMENTS; placement++) {
    const gridShiftKm = { west: Math.floor(placement / SHIFTS) * step, south: (placement % SHIFTS) * step };
    const shifted = { ...protocol, horizonsDays, gridShiftKm };
    const { days, at } = prepare(events, shifted, parameters);
    for (const [index, horizonDays] of horizonsDays.entries()) {
      const skill = skillOf(() => forecastsOf(horizonDays, days, at, shifted, parameters));
      if (skill !== undefined) skills[index]?.push(skill);
    }
    onProgress(placement + 1);
  }
  return horizonsDays.map((horizonDays, index) => {
    const sorted = [...(skills[index] ?? [])].sort((a, b) => a - b);
    return {
      horizonDays,
      placements: sorted.length,
      lowest: sorted[0] ?? 0,
      median: sorted[Math.floor(sorted.length / 2)] ?? 0,
      highest: sorted.at(-1) ?? 0,
      positive: sorted.filter((skill) => skill > 0).length,
    };
  });
}

/** A grid that gives the training window nothing to calibrate on has no skill, good or bad. */
function skillOf(forecast: () => ReturnType<typeof forecastsOf>): number | undefined {
  try {
    const { outcomes, probabilities } = forecast();
    return 1 - brierScore(probabilities.model, outcomes) / brierScore(probabilities.climatology, outcomes);
  } catch (error) {
    if (error instanceof BacktestError) return undefined;
    throw error;
  }
}
