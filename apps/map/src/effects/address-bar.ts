import type { Action } from '../state/reduce.js';
import type { Store } from '../state/store.js';
import { fromHash, toHash } from '../state/url.js';

/** What makes a step that Back undoes; everything else only keeps the link current. */
const STEPS: ReadonlySet<Action['do']> = new Set(['page', 'subject', 'select', 'ask', 'tab']);

/** Steps taken in quick succession, as while sliding or replaying, are one step back. */
const ONE_STEP_MS = 1500;

export const noticeOf = (refused: readonly string[]): string | null =>
  refused.length === 0 ? null : `This link could not be followed in full: ${refused.join('; ')}. Shown is the default.`;

/** Keeps the address of the page and the state the same, both ways. */
export const keepAddress = (store: Store): void => {
  let lastAskMs = -Infinity;
  store.onChange((state, before, action) => {
    if (state.address === before.address || action.do === 'go') return;
    const hash = toHash(state.address);
    if (hash === location.hash) return;
    const isQuickAsk = action.do === 'ask' && performance.now() - lastAskMs < ONE_STEP_MS;
    if (action.do === 'ask') lastAskMs = performance.now();
    if (STEPS.has(action.do) && !isQuickAsk && !state.playing) history.pushState(null, '', hash);
    else history.replaceState(null, '', hash);
  });
  const follow = (): void => {
    if (location.hash === toHash(store.state().address)) return;
    const { address, refused } = fromHash(location.hash);
    store.send({ do: 'go', address, notice: noticeOf(refused) });
  };
  addEventListener('popstate', follow);
  addEventListener('hashchange', follow);
};
