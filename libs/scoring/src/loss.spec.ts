import { describe, expect, it } from '@jest/globals';
import { lossShareOf } from './loss.js';

describe('loss share of a path', () => {
  it('is what the others cannot carry', () => {
    expect(lossShareOf([0.5, 0.2], 0.8)).toBeCloseTo(0.125, 12);
    expect(lossShareOf([0.9], 0.8)).toBe(0);
    expect(lossShareOf([], 0.8)).toBe(1);
    expect(() => lossShareOf([1], 0)).toThrow('got a demand of 0');
  });
});
