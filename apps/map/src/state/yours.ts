import type { Asset, Holding } from '../api/types.js';
import { count, whole } from './phrase.js';
import { lastOf } from './read.js';
import type { State } from './state.js';

/** Whether it is known what the reader has, and if not, why. */
export type Own =
  | { readonly outcome: 'known' }
  | { readonly outcome: 'no-portfolio' }
  | { readonly outcome: 'not-asked' }
  | { readonly outcome: 'signed-out' }
  | { readonly outcome: 'reading' }
  | { readonly outcome: 'failed'; readonly reason: string };

export const ownOf = (state: State): Own => {
  const { session, portfolio } = state.reads;
  if (session.phase === 'idle') return { outcome: 'not-asked' };
  if (session.phase === 'failed') return { outcome: 'failed', reason: session.reason };
  const who = lastOf(session);
  if (who === null) return { outcome: 'reading' };
  if (who.outcome === 'signed-out') return { outcome: 'signed-out' };
  if (portfolio.phase === 'failed') return { outcome: 'failed', reason: portfolio.reason };
  const answer = lastOf(portfolio);
  if (answer === null) return { outcome: 'reading' };
  return answer.data.revision === null ? { outcome: 'no-portfolio' } : { outcome: 'known' };
};

/** What the reader runs in a region; null where that is nothing, or where it is not known. A failed read marks nothing. */
export const holdingIn = (state: State, regionId: string): Holding | null => {
  if (ownOf(state).outcome !== 'known') return null;
  const holding = lastOf(state.reads.portfolio)?.data.holdings.find((one) => one.regionId === regionId);
  return holding === undefined || holding.assetCount === 0 ? null : holding;
};

/** How many assets elsewhere have a region as their standby. */
export const standbysIn = (state: State, regionId: string): number =>
  lastOf(state.reads.portfolio)?.data.holdings.find((one) => one.regionId === regionId)?.standbyFor ?? 0;

/** `3 assets, USD 1,000 and EUR 500 a day, 1 without a value`. */
export const holdingWords = ({ assetCount, valuesPerDay, withoutValue }: Holding): string => {
  const values = valuesPerDay.map(({ currency, amount }) => `${currency} ${whole(amount)}`).join(' and ');
  const without = withoutValue > 0 && values !== '' ? `, ${withoutValue} without a value` : '';
  return `${count(assetCount, 'asset')}${values === '' ? '' : `, ${values} a day`}${without}`;
};

/** Those of the assets read that stand in a region; another region's are never shown as this one's. */
export const assetsIn = (assets: readonly Asset[], regionId: string): readonly Asset[] =>
  assets.filter((asset) => asset.regionId === regionId);

/** Whether the assets read are those of the revision read: for a moment after a new one they are of the one before. */
export const isOneRevision = ({ reads }: State): boolean =>
  lastOf(reads.assets)?.coordinates.position === lastOf(reads.portfolio)?.coordinates.position;
