import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  age,
  instant,
  odds,
  percent,
  percentWithInterval,
  shortInstant,
  signed,
  significant,
  whole,
} from './phrase.js';

describe('probabilities', () => {
  it.each([
    [0.27, '27 %'],
    [0.2701, '27 %'],
    [0.0234, '2.3 %'],
    [0.02, '2 %'],
    [0.00012, '0.012 %'],
    [0.999, '>99 %'],
    [1, '>99 %'],
    [0, '<0.0001 %'],
    [1e-9, '<0.0001 %'],
  ])('says %d as %s', (p, said) => expect(percent(p)).toBe(said));

  it('says the interval with the estimate', () =>
    expect(percentWithInterval(0.27, 0.02, 0.84)).toBe('27 % (90 %: 2–84 %)'));

  it('never says more than two significant digits, never zero and never certainty', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (p) => {
        const figure = percent(p).replace(' %', '');
        expect(figure).not.toBe('0');
        expect(figure).not.toBe('100');
        if (/^[<>]/.test(figure)) return;
        expect(figure.replace('.', '').replace(/^0+/, '').length).toBeLessThanOrEqual(2);
        expect(Math.abs(Number(figure) - p * 100)).toBeLessThanOrEqual(p * 100 * 0.05 + 1e-12);
      }),
    );
  });

  it.each([
    [0.27, 'about 1 in 4'],
    [0.0027, 'about 1 in 370'],
    [0.00025, 'about 1 in 4,000'],
    [0.7, 'about 7 in 10'],
    [0.99, 'nearly certain'],
    [0, 'less than 1 in 1,000,000'],
  ])('says %d in words as %s', (p, said) => expect(odds(p)).toBe(said));
});

describe('numbers', () => {
  it('keeps significant digits without an exponent', () => {
    expect(significant(0.00012345, 2)).toBe('0.00012');
    expect(significant(1234, 2)).toBe('1200');
    expect(significant(1.999, 2)).toBe('2');
  });
  it('groups thousands', () => expect(whole(1234567)).toBe('1,234,567'));
  it('shows the sign of a contribution', () => expect([12, -3, 0].map(signed)).toEqual(['+12', '−3', '0']));
});

describe('times', () => {
  it('are said in UTC', () => {
    expect(instant('2026-03-01T18:05:00.000Z')).toBe('1 Mar 2026, 18:05 UTC');
    expect(shortInstant('2026-03-01T18:05:00.000Z', 2026)).toBe('1 Mar 18:05Z');
    expect(shortInstant('2026-03-01T18:05:00.000Z', 2025)).toBe('1 Mar 2026 18:05Z');
  });
  it('show what is no instant as it came', () => expect(instant('soon')).toBe('soon'));
  it.each([
    [0.01, '1 min'],
    [0.68, '41 min'],
    [3.2, '3 h'],
    [72, '3 days'],
    [24 * 150, '5 months'],
    [24 * 365.25 * 3, '3 years'],
    [-1, 'in the future'],
  ])('say %d hours as %s', (hours, said) => expect(age(hours)).toBe(said));
});
