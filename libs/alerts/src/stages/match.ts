import { met } from '../model/notice.js';
import type { Stage } from './stage.js';

/** Is this region asked for, and does anything hold there that was asked for? An alert that is open goes on to be compared. */
export const match: Stage = {
  name: 'match',
  decide: (candidate) => {
    const { subscription, regionId, brief, told } = candidate;
    if (!subscription.regionIds.includes(regionId)) return { outcome: 'stopped', reason: 'out-of-scope' };
    if (brief === null) return { outcome: 'stopped', reason: 'region-not-known' };
    const firing = met(subscription.conditions, brief.facts);
    if (firing.length > 0) {
      const kinds = [...new Set(firing.map(({ kind }) => kind))];
      return { outcome: 'passed', reason: `condition-met: ${kinds.join(', ')}`, candidate };
    }
    if (told !== null && !told.ended) return { outcome: 'passed', reason: 'alert-open', candidate };
    return { outcome: 'stopped', reason: 'no-condition-met' };
  },
};
