import { describe, expect, it } from '@jest/globals';
import { Budgets } from './budgets.js';

const TWO_A_MINUTE = { count: 2, seconds: 60 };

describe('budgets', () => {
  it('grant what is allowed within a window, say when the next begins, and begin it', () => {
    const budgets = new Budgets();
    const take = (ms: number) => budgets.take('a', TWO_A_MINUTE, ms);
    expect([take(0).outcome, take(1_000).outcome]).toEqual(['granted', 'granted']);
    expect(take(1_500)).toEqual({ outcome: 'spent', retryAfterSeconds: 59 });
    expect(take(59_999)).toEqual({ outcome: 'spent', retryAfterSeconds: 1 });
    expect(take(60_000).outcome).toBe('granted');
  });

  it('are nobody else’s', () => {
    const budgets = new Budgets();
    for (let i = 0; i < 3; i++) budgets.take('a', TWO_A_MINUTE, 0);
    expect(budgets.take('b', TWO_A_MINUTE, 0).outcome).toBe('granted');
  });
});
