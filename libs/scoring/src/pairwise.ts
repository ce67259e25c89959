import { normalProbability } from './normal.js';

export interface Ranked {
  /** ln of the expected annual loss. */
  readonly logLoss: number;
  readonly sigmaLocal: number;
}

/**
 * Probability that region a's expected loss exceeds region b's. The model's own error moves both alike and cancels:
 * comparisons are surer than levels.
 */
export function probabilityGreater(a: Ranked, b: Ranked): number {
  const spread = Math.sqrt(a.sigmaLocal ** 2 + b.sigmaLocal ** 2);
  const gap = a.logLoss - b.logLoss - (a.sigmaLocal ** 2 - b.sigmaLocal ** 2) / 2;
  if (spread === 0) return gap === 0 ? 0.5 : gap > 0 ? 1 : 0;
  return normalProbability(gap / spread);
}
