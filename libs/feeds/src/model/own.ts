import type { ClaimDraft } from '@faultline/evidence';

/**
 * A claim as it is where an operator told it to one tenant alone: labelled for that tenant, and without an address, for
 * there is none where others could check it.
 */
export function ownDraft(draft: ClaimDraft): ClaimDraft {
  return { ...draft, url: null, tlp: 'TLP:AMBER', captureClass: 'captured-secondary' };
}
