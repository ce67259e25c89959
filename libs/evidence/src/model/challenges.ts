import { byPublication } from './as-of.js';
import type { Claim } from './claim.js';
import { standingClaims } from './claim-status.js';

/** A dispute of one claim by one party, as it stands. */
export interface Challenge {
  readonly challengeId: string;
  readonly state: 'open' | 'withdrawn' | 'upheld' | 'dismissed';
  readonly text: string;
  readonly by: string;
  readonly since: string | null;
}

/**
 * The challenges among visible claims, by the claim they dispute. Of what one party says of one claim the last word
 * counts; whoever judges it, upheld or dismissed, closes those that were open before.
 */
export function challengesIn(visible: readonly Claim[]): ReadonlyMap<string, readonly Challenge[]> {
  const told = visible.filter(({ predicate }) => predicate === 'challenge' || predicate === 'retraction');
  const challenges = new Map<string, Map<string, Challenge>>();
  for (const claim of standingClaims(told).sort(byPublication)) {
    if (claim.predicate !== 'challenge') continue;
    const { claimId, state, text } = claim.value;
    const ofClaim = challenges.get(claimId) ?? new Map<string, Challenge>();
    challenges.set(claimId, ofClaim);
    if (state === 'upheld' || state === 'dismissed')
      for (const [by, open] of ofClaim) if (open.state === 'open') ofClaim.set(by, { ...open, state });
    const since = claim.publishedAt?.latest ?? null;
    ofClaim.set(claim.source.id, { challengeId: claim.id, state, text, by: claim.source.name, since });
  }
  return new Map([...challenges].map(([claimId, ofClaim]) => [claimId, [...ofClaim.values()]]));
}
