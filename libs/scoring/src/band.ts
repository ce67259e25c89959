/** The word for a score; each is one decade of loss or rate wide. */
export type Band = 'minimal' | 'low' | 'moderate' | 'high' | 'severe';

/** The band of a score from 0 to 100. A score on a limit belongs to the band above it. */
export function bandOf(score: number): Band {
  if (!(score >= 0 && score <= 100)) throw new RangeError(`bandOf: got ${String(score)}, wanted a score from 0 to 100`);
  if (score < 20) return 'minimal';
  if (score < 40) return 'low';
  if (score < 60) return 'moderate';
  return score < 80 ? 'high' : 'severe';
}

/** A raw value on the scale, kept within it. */
export function clampScore(raw: number): number {
  return Math.min(100, Math.max(0, raw));
}
