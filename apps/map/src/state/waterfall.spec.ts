import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Score } from '../api/types.js';
import { extentOf, waterfallOf, wrapped } from './waterfall.js';

const scores = fc
  .record({
    reference: fc.double({ min: 0, max: 60, noNaN: true }),
    points: fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { maxLength: 8 }),
  })
  .map(({ reference, points }): Score => {
    const score = points.reduce((sum, value) => sum + value, reference);
    return {
      score,
      shownScore: Math.round(score),
      band: 'low',
      reference,
      shownReference: Math.round(reference),
      interval: null,
      contributions: points.map((value, index) => ({
        factor: `f${index}`,
        label: `F${index}`,
        points: value,
        shownPoints: Math.round(value),
        claimIds: [],
        claimCount: 0,
        parts: [],
      })),
    };
  });

describe('a label', () => {
  it('takes two lines at most', () => {
    expect(wrapped('Recent incidents', 22)).toEqual(['Recent incidents']);
    expect(wrapped('What an adversary may believe it hosts', 22)).toEqual([
      'What an adversary may',
      'believe it hosts',
    ]);
    expect(wrapped('a b', 1)).toEqual(['a', 'b']);
    expect(wrapped('one two three four', 5)).toEqual(['one', 'two …']);
  });
});

describe('the waterfall', () => {
  it('walks from the reference to the score without a gap', () => {
    fc.assert(
      fc.property(scores, (score) => {
        const rows = waterfallOf(score);
        const steps = rows.slice(1, -1);
        let level = rows[0]?.end ?? NaN;
        for (const step of steps) {
          expect(step.begin).toBeCloseTo(level, 9);
          level = step.end;
        }
        expect(level).toBeCloseTo(score.score, 9);
        expect(rows.at(-1)?.end).toBe(score.score);
      }),
    );
  });

  it('fits the drawing', () => {
    fc.assert(
      fc.property(scores, (score) => {
        const rows = waterfallOf(score);
        const [low, high] = extentOf(rows);
        for (const { begin, end } of rows) {
          expect(Math.min(begin, end)).toBeGreaterThanOrEqual(low);
          expect(Math.max(begin, end)).toBeLessThanOrEqual(high);
        }
      }),
    );
  });

  it('shows the figures of the service, with their sign', () => {
    const [score] = fc.sample(scores, 1);
    if (score === undefined) throw new Error('no sample');
    const one = { ...score, contributions: [{ ...CONTRIBUTION, points: -3.4, shownPoints: -3 }] };
    expect(waterfallOf(one)[1]).toMatchObject({ kind: 'down', shown: '−3' });
  });
});

const CONTRIBUTION = { factor: 'v', label: 'Vulnerability', claimIds: [], claimCount: 0, parts: [] };
