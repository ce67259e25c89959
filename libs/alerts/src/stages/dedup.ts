import { noticesOf } from '../model/notice.js';
import type { Stage } from './stage.js';

/** Does it differ from what this subscription was last told, by more than it asked to be spared, and on something new? */
export const dedup: Stage = {
  name: 'dedup',
  decide: (candidate) => {
    if (candidate.brief === null) return { outcome: 'stopped', reason: 'region-not-known' };
    const decision = noticesOf(candidate.subscription.conditions, candidate.told, candidate.brief);
    if ('silence' in decision) return { outcome: 'stopped', reason: decision.silence };
    return {
      outcome: 'passed',
      reason: decision.notices.map(({ kind, reason }) => `${kind}: ${reason}`).join('; '),
      candidate: { ...candidate, drafts: decision.notices },
    };
  },
};
