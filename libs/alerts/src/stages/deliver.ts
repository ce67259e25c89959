import type { Stage } from './stage.js';

/** Puts the notices into the outbox, in the transaction of the revision they come from. Sending is the worker's. */
export const deliver: Stage = {
  name: 'deliver',
  decide: async (candidate, outbox) => {
    const { reason, noticeIds } = await outbox.put(candidate);
    return { outcome: 'passed', reason, candidate, noticeIds };
  },
};
