import type { Parameters } from '../document.js';
import { activityAt, type OriginActivity } from './activity.js';
import { hitDays, planeEvents, pseudoAssets, type PseudoAsset } from './assets.js';
import { testOrigins, trainingOrigins, type BacktestProtocol, type ConflictEvent } from './protocol.js';

/** A record laid out for forecasting. */
export interface PreparedRecord {
  readonly assets: readonly PseudoAsset[];
  /** Days of hits per asset, ascending. */
  readonly days: readonly Float64Array[];
  /** What the model knows at every training and test origin, by day. */
  readonly at: ReadonlyMap<number, OriginActivity>;
}

export function prepare(
  events: readonly ConflictEvent[],
  protocol: BacktestProtocol,
  parameters: Parameters,
  onProgress: (share: number) => void = () => undefined,
): PreparedRecord {
  const inPlane = planeEvents(events, protocol);
  const assets = pseudoAssets(inPlane, protocol);
  const wanted = protocol.horizonsDays.flatMap((horizon) => [
    ...trainingOrigins(protocol, horizon),
    ...testOrigins(protocol, horizon),
  ]);
  const origins = [...new Set(wanted)].sort((a, b) => a - b);
  const at = new Map<number, OriginActivity>();
  for (const activity of activityAt(origins, assets, inPlane, parameters)) {
    at.set(activity.day, activity);
    onProgress(at.size / origins.length);
  }
  return { assets, days: hitDays(assets, inPlane, protocol), at };
}
