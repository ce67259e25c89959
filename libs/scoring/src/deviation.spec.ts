import { describe, expect, it } from '@jest/globals';

/** Where two results differ most, on the scale max(1, |a|, |b|); infinitely where their forms differ. */
export interface Deviation {
  readonly deviation: number;
  readonly path: string;
}

/** Compares two JSON values number by number. The simulated mean is the scale of its standard error. */
export function worstDeviation(a: unknown, b: unknown, path = 'result', leastScale = 1): Deviation {
  if (typeof a === 'number' && typeof b === 'number') {
    return { deviation: Math.abs(a - b) / Math.max(leastScale, Math.abs(a), Math.abs(b)), path };
  }
  if (!isTree(a) || !isTree(b)) return { deviation: a === b ? 0 : Number.POSITIVE_INFINITY, path };
  if (Object.keys(a).sort().join('\n') !== Object.keys(b).sort().join('\n')) {
    return { deviation: Number.POSITIVE_INFINITY, path };
  }
  const mean = Math.abs(Number(a['mean_annual_loss_usd'] ?? 0));
  return Object.keys(a)
    .map((key) => worstDeviation(a[key], b[key], `${path}.${key}`, key === 'standard_error_usd' ? mean : 1))
    .reduce((worst, next) => (next.deviation > worst.deviation ? next : worst), { deviation: 0, path });
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

describe('deviation between results', () => {
  it('is relative above 1, absolute below, and infinite between different forms', () => {
    expect(worstDeviation({ a: [200, 0.1] }, { a: [100, 0.2] })).toEqual({ deviation: 0.5, path: 'result.a.0' });
    expect(worstDeviation({ a: 0.25 }, { a: 0.5 }).deviation).toBe(0.25);
    expect(worstDeviation({ a: 1 }, { b: 1 }).deviation).toBe(Number.POSITIVE_INFINITY);
    expect(worstDeviation({ a: 'low' }, { a: 'high' }).deviation).toBe(Number.POSITIVE_INFINITY);
    expect(worstDeviation({ a: [1] }, { a: [1, 2] }).deviation).toBe(Number.POSITIVE_INFINITY);
  });
});
