import { describe, expect, it } from '@jest/globals';
import type { Claim } from '../api/types.js';
import { reviewOfPair, reviewsAmong, takenOut } from './reviews.js';

const claim = (decision: string, incidentIds: string[], day: number, claimId: string | null = null): Claim =>
  ({
    predicate: 'review',
    stance: 'asserts',
    text: `why on ${day}`,
    value: { decision, incidentIds, claimId },
    source: { name: 'an analyst' },
    publishedAt: { latest: `2026-11-${10 + day}T00:00:00.000Z` },
    position: day,
  }) as unknown as Claim;

describe('the decision on a pair', () => {
  it('is the later one, from whichever side, in whatever order it was read', () => {
    const reviews = reviewsAmong([claim('merge', ['b', 'a'], 2), claim('split', ['a', 'b'], 1)]);
    expect(reviewOfPair(reviews, ['a', 'b'])).toMatchObject({ decision: 'merge', text: 'why on 2', by: 'an analyst' });
  });

  it('is none where nobody decided of just these two', () => {
    const reviews = reviewsAmong([claim('merge', ['a', 'c'], 1), claim('reject', ['a', 'b'], 2, 'x')]);
    expect(reviewOfPair(reviews, ['a', 'b'])).toBeNull();
  });
});

describe('claims taken out', () => {
  const out = claim('reject', ['a'], 1, 'x');
  it('are out until they are let in again', () => {
    expect(takenOut(reviewsAmong([out]), ['a']).map(({ claimId }) => claimId)).toEqual(['x']);
    expect(takenOut(reviewsAmong([claim('readmit', ['a'], 2, 'x'), out]), ['a'])).toEqual([]);
    expect(takenOut(reviewsAmong([claim('readmit', ['a'], 0, 'x'), out]), ['a'])).toHaveLength(1);
  });

  it('are out of that incident alone', () => {
    expect(takenOut(reviewsAmong([out]), ['b'])).toEqual([]);
  });
});

it('nothing else that the desk said is a decision', () => {
  expect(reviewsAmong([{ ...claim('merge', ['a', 'b'], 1), predicate: 'challenge' }])).toEqual([]);
});
