import type { Doing } from './actions.js';

/** Opens the list of claims at one of them and takes the keyboard there. */
export const showClaimIn =
  (doing: Doing) =>
  (claimId: string): void => {
    const list = document.getElementById('section-claims');
    if (list instanceof HTMLDetailsElement) list.open = true;
    doing.send({ do: 'section', section: 'claims' });
    requestAnimationFrame(() => {
      const claim = document.getElementById(`claim-${claimId}`);
      claim?.scrollIntoView({ block: 'start' });
      claim?.focus({ preventScroll: true });
    });
  };
