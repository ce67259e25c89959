import type { Store } from '../state/store.js';

const KEY = 'faultline.signed-in';

/**
 * Remembers that somebody was signed in here, so that the map can show what is theirs without asking everybody else who
 * they are. It holds no name and opens nothing; where the browser keeps nothing, the map waits to be asked.
 */
export const keepSignedIn = (store: Store): void => {
  const kept = (work: (storage: Storage) => string | null | void): string | null => {
    try {
      return work(localStorage) ?? null;
    } catch {
      return null;
    }
  };
  store.onChange((state, _before, action) => {
    if (action.do !== 'read-found' || action.name !== 'session') return;
    const { session } = state.reads;
    if (session.phase !== 'found') return;
    const isIn = session.value.outcome === 'signed-in';
    kept((storage) => (isIn ? storage.setItem(KEY, 'yes') : storage.removeItem(KEY)));
  });
  if (kept((storage) => storage.getItem(KEY)) === 'yes') store.send({ do: 'need-session', anew: false });
};
