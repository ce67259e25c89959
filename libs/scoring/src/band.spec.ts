import { describe, expect, it } from '@jest/globals';
import { bandOf } from './band.js';
import { MODEL_LIMITS } from './limits.js';
import { DEFAULT_PARAMETERS, PARAMETER_BASIS } from './parameters.js';

describe('words', () => {
  it.each([
    [0, 'minimal'],
    [19.999, 'minimal'],
    [20, 'low'],
    [40, 'moderate'],
    [60, 'high'],
    [80, 'severe'],
    [100, 'severe'],
  ])('a score of %d is %s', (score, band) => {
    expect(bandOf(score)).toBe(band);
  });

  it.each([-1, 101, Number.NaN])('there is no band for %d', (score) => {
    expect(() => bandOf(score)).toThrow('wanted a score from 0 to 100');
  });

  it('every parameter says what it rests on', () => {
    expect(Object.keys(PARAMETER_BASIS).sort()).toEqual(Object.keys(DEFAULT_PARAMETERS).sort());
    expect(MODEL_LIMITS.length).toBeGreaterThan(8);
  });
});
