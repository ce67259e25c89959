import { compareIds } from './identity.js';

/** A score with the parts that add up to it. */
export interface Explained {
  readonly score: number;
  readonly reference: number;
  readonly contributions: Readonly<Record<string, number>>;
}

const tolerance = 1e-6;

/**
 * Rounds a score and its parts to whole points so that the shown parts add up to the shown score (largest remainder;
 * equal remainders go to the reference first, then by name).
 *
 * @throws RangeError where the parts do not add up to the score to begin with
 */
export function displayContributions(explained: Explained): Explained {
  const parts = [
    { name: undefined, value: explained.reference },
    ...Object.entries(explained.contributions)
      .sort(([a], [b]) => compareIds(a, b))
      .map(([name, value]) => ({ name, value })),
  ].map((part) => ({ ...part, shown: Math.floor(part.value) + 0, remainder: part.value - Math.floor(part.value) }));

  const total = parts.reduce((sum, { value }) => sum + value, 0);
  if (!(Math.abs(total - explained.score) <= tolerance)) {
    const score = String(explained.score);
    throw new RangeError(`displayContributions: got parts adding to ${String(total)}, wanted the score ${score}`);
  }
  const score = Math.round(explained.score) + 0;
  const missing = score - parts.reduce((sum, { shown }) => sum + shown, 0);
  const byRemainder = parts.toSorted((a, b) => b.remainder - a.remainder);
  for (const part of byRemainder.slice(0, missing)) part.shown += 1;

  const reference = parts.find(({ name }) => name === undefined)?.shown ?? 0;
  const contributions = Object.fromEntries(
    parts.flatMap(({ name, shown }) => (name === undefined ? [] : [[name, shown]])),
  );
  return { score, reference, contributions };
}
