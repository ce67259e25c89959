import { standingClaims, type Claim } from '@faultline/evidence';
import { rejectionOf, type Rejected } from './correlate.js';
import type { PairDecision } from './kin.js';

/** The decisions of reviewers that hold among the visible claims. */
export interface Decisions {
  readonly pairs: readonly PairDecision[];
  readonly rejected: Rejected;
  /** Ids of all incidents that any decision names. */
  readonly incidentIds: ReadonlySet<string>;
}

/** Reads the decisions out of visible claims, in the order of publication: of two on one thing the later counts. */
export function decisionsIn(visible: readonly Claim[]): Decisions {
  const reviews = standingClaims(
    visible.filter((claim) => claim.predicate === 'review' || claim.predicate === 'retraction'),
  );
  const pairs = new Map<string, PairDecision>();
  const rejected = new Set<string>();
  const incidentIds = new Set<string>();
  for (const claim of reviews) {
    if (claim.predicate !== 'review') continue;
    const { decision, incidentIds: named, claimId, seedClaimId } = claim.value;
    named.forEach((id) => incidentIds.add(id));
    const [a, b] = [...named].sort();
    if ((decision === 'merge' || decision === 'split') && a !== undefined && b !== undefined && a !== b)
      pairs.set(`${a} ${b}`, { decision, incidentIds: [a, b] });
    if (claimId === null || seedClaimId === null) continue;
    if (decision === 'reject') rejected.add(rejectionOf(claimId, seedClaimId));
    if (decision !== 'readmit') continue;
    // The incident may be told as one with another since: the claim is let in again wherever it was kept out.
    const ofThis = rejectionOf(claimId, seedClaimId);
    const lifted = rejected.has(ofThis) ? [ofThis] : [...rejected].filter((key) => key.startsWith(`${claimId} `));
    lifted.forEach((key) => rejected.delete(key));
  }
  return { pairs: [...pairs.values()], rejected, incidentIds };
}
