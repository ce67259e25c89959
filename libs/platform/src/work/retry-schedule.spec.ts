import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LONGEST_ASKED_PAUSE_SECONDS, MOST_ATTEMPTS, nextAttempt } from './retry-schedule.js';

const PAUSES = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const pause = (id: string, attempt: number, asked: number | null = null) => {
  const next = nextAttempt(id, attempt, asked);
  return next.outcome === 'retry' ? next.afterSeconds : undefined;
};

describe('retry schedule', () => {
  it('has ten attempts over 75 h 35 min 5 s, as in Standard Webhooks 1.0.0', () => {
    expect(MOST_ATTEMPTS).toBe(10);
    expect(PAUSES.reduce((sum, next) => sum + next, 0)).toBe(75 * 3_600 + 35 * 60 + 5);
  });

  it('keeps every pause within a fifth of it, the same for the same row', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 1, max: 9 }), (id, attempt) => {
        const got = pause(id, attempt)!;
        expect(Math.abs(got - PAUSES[attempt - 1]!)).toBeLessThanOrEqual(PAUSES[attempt - 1]! * 0.2);
        expect(pause(id, attempt)).toBe(got);
      }),
    );
  });

  it('spreads what failed together over the whole width', () => {
    const factors = Array.from({ length: 2_000 }, (_, index) => pause(`row ${index}`, 2)! / 300);
    for (let decile = 0; decile < 10; decile++) {
      const inside = factors.filter((factor) => factor >= 0.8 + decile * 0.04 && factor < 0.84 + decile * 0.04);
      expect(inside.length).toBeGreaterThan(120);
    }
  });

  it('gives up after the tenth, with a reason', () => {
    expect(nextAttempt('a', 10, null)).toEqual({ outcome: 'gave-up', reason: 'attempts-exhausted' });
  });

  it.each([
    [600, 600],
    [1_000_000, LONGEST_ASKED_PAUSE_SECONDS],
  ])('waits %d s when asked to, at most a day: %d', (asked, got) => {
    expect(pause('a', 1, asked)).toBe(got);
  });

  it('does not come sooner than its own pause because it may', () => {
    expect(pause('a', 3, 1)).toBe(pause('a', 3));
  });
});
