import { MODEL_VERSION } from '../document.js';
import type { Parameters } from '../document.js';
import { dateOfDay } from '../instants.js';
import { DEFAULT_PARAMETERS } from '../parameters.js';
import { forecastsOf } from './forecasts.js';
import { gateOf } from './gate.js';
import type { GateVerdict } from './gate.js';
import { measured } from './measured.js';
import { missesOf } from './misses.js';
import { placementResults, PLACEMENTS } from './placements.js';
import type { PlacementResult } from './placements.js';
import { prepare } from './prepare.js';
import { protocolFor } from './protocol.js';
import type { BacktestProtocol, ConflictEvent } from './protocol.js';
import type { HorizonResult } from './result.js';

export interface BacktestResult {
  readonly model: string;
  readonly parameters: Pick<Parameters, 'alpha' | 'd0_km' | 'eta' | 'tau_days'>;
  readonly protocol: BacktestProtocol;
  readonly record: {
    readonly events: number;
    readonly firstDate: string;
    readonly lastDate: string;
    readonly assets: number;
  };
  readonly horizons: readonly HorizonResult[];
  readonly placements: readonly PlacementResult[];
  readonly gate: GateVerdict;
}

/**
 * Forecasts the record from itself, origin after origin, with nothing but what had happened by then, and measures the
 * forecasts against what came. The model's parameters are used as they are; one scalar is fitted on the training window.
 *
 * @param onProgress is told after each step how much of the whole is done, 0 to 1
 * @throws BacktestError where the record is too short, or has nothing in its training window
 */
export function backtest(
  events: readonly ConflictEvent[],
  protocol: BacktestProtocol = protocolFor(events),
  parameters: Parameters = DEFAULT_PARAMETERS,
  onProgress: (share: number) => void = () => undefined,
): BacktestResult {
  const stages = 1 + protocol.horizonsDays.length + PLACEMENTS;
  const prepared = prepare(events, protocol, parameters, (share) => {
    onProgress(share / stages);
  });
  const horizons = protocol.horizonsDays.map((horizonDays, index) => {
    const forecasts = forecastsOf(horizonDays, prepared.days, prepared.at, protocol, parameters);
    const misses = missesOf(forecasts, prepared.assets, prepared.days, protocol);
    onProgress((index + 2) / stages);
    return { ...measured(forecasts, protocol), misses };
  });
  const placements = placementResults(events, protocol, parameters, (placement) => {
    onProgress((placement + 1 + protocol.horizonsDays.length) / stages);
  });
  const dates = events.map(({ day }) => day).sort((a, b) => a - b);
  const { alpha, d0_km, eta, tau_days } = parameters;
  return {
    model: MODEL_VERSION,
    parameters: { alpha, d0_km, eta, tau_days },
    protocol,
    record: {
      events: events.length,
      firstDate: dateOfDay(dates[0] ?? 0),
      lastDate: dateOfDay(dates.at(-1) ?? 0),
      assets: prepared.assets.length,
    },
    horizons,
    placements,
    gate: gateOf(horizons),
  };
}
