import { describe, expect, it } from '@jest/globals';
import { by, operator } from '../../../../test/support/claims.js';
import { rejectionOf } from './correlate.js';
import { decisionsIn } from './decisions.js';

const [CLAIM, SEED, OTHER] = ['c', 'd', 'e'].map((letter) => `${letter.repeat(8)}-0000-7000-8000-000000000000`) as [
  string,
  string,
  string,
];
const review = (decision: 'reject' | 'readmit', seedClaimId: string, day: number) => {
  const value = { decision, incidentIds: [SEED], claimId: CLAIM, seedClaimId, text: 'looked at' };
  const at = `2026-03-0${day}T00:00:00.000Z`;
  const claim = by({ id: 'desk', name: 'Desk', class: 'analyst', grade: 'A' })
    .inItem(`review ${day}`)
    .says({ predicate: 'review', value }, operator('desk'));
  return { ...claim, publishedAt: { earliest: at, latest: at, basis: 'printed' as const } };
};
const rejected = (...claims: ReturnType<typeof review>[]) => [...decisionsIn(claims).rejected];

describe('letting a claim in again', () => {
  it('lifts what kept it out, the later decision counting', () => {
    expect(rejected(review('reject', SEED, 1))).toEqual([rejectionOf(CLAIM, SEED)]);
    expect(rejected(review('reject', SEED, 1), review('readmit', SEED, 2))).toEqual([]);
    expect(rejected(review('reject', SEED, 1), review('readmit', SEED, 2), review('reject', SEED, 3))).toHaveLength(1);
  });

  it('works though the incident is named by another claim since, as where it was joined with another', () => {
    expect(rejected(review('reject', SEED, 1), review('readmit', OTHER, 2))).toEqual([]);
  });

  it('lifts no more than was asked, where what was asked is there', () => {
    const kept = rejected(review('reject', SEED, 1), review('reject', OTHER, 2), review('readmit', OTHER, 3));
    expect(kept).toEqual([rejectionOf(CLAIM, SEED)]);
  });
});
