import type { Claim } from '../api/types.js';

/** A decision of a reviewer as it is kept: what was decided of what, why, by whom and when. */
export interface Review {
  readonly decision: string;
  readonly incidentIds: readonly string[];
  readonly claimId: string | null;
  readonly text: string;
  readonly by: string;
  /** Null where it is undated. */
  readonly at: string | null;
}

const idsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];

/** The decisions among claims, in the order in which they count: the later ones last. */
export const reviewsAmong = (claims: readonly Claim[]): readonly Review[] =>
  claims
    .filter(({ predicate, stance }) => predicate === 'review' && stance === 'asserts')
    .sort((a, b) => {
      const [one, other] = [a.publishedAt?.latest ?? '', b.publishedAt?.latest ?? ''];
      return one < other ? -1 : one > other ? 1 : a.position - b.position;
    })
    .map(({ value, text, source, publishedAt }) => ({
      decision: String(value['decision']),
      incidentIds: idsIn(value['incidentIds']),
      claimId: typeof value['claimId'] === 'string' ? value['claimId'] : null,
      text,
      by: source.name,
      at: publishedAt?.latest ?? null,
    }));

/** The decision that holds of a pair; null where nobody decided. */
export const reviewOfPair = (reviews: readonly Review[], incidentIds: readonly string[]): Review | null => {
  const pair = [...incidentIds].sort().join(' ');
  return (
    reviews.findLast(
      ({ decision, incidentIds: ids }) =>
        (decision === 'merge' || decision === 'split') && [...ids].sort().join(' ') === pair,
    ) ?? null
  );
};

/** The claims that stand taken out of an incident (known by any of its ids), each with the decision that did it. */
export const takenOut = (
  reviews: readonly Review[],
  incidentIds: readonly string[],
): readonly (Review & { readonly claimId: string })[] => {
  const out = new Map<string, Review & { readonly claimId: string }>();
  for (const review of reviews) {
    const { claimId, decision } = review;
    if (claimId === null || !review.incidentIds.some((id) => incidentIds.includes(id))) continue;
    if (decision === 'reject') out.set(claimId, { ...review, claimId });
    if (decision === 'readmit') out.delete(claimId);
  }
  return [...out.values()];
};
