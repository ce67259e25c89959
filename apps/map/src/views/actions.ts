import type { Order } from '../api/desk.js';
import type { AccountDeeds } from '../effects/account.js';
import type { PortfolioOrder } from '../api/portfolio.js';
import type { Store } from '../state/store.js';
import type { Address, Selection } from '../state/state.js';
import { toHash } from '../state/url.js';

/** What every view may do: read the store, send to it, and make links. */
export interface Doing {
  readonly store: Store;
  readonly send: Store['send'];
  readonly linkTo: (change: Partial<Address>) => string;
  /** Puts a link to exactly this answer on the clipboard; where that is refused, into the address bar, and throws. */
  readonly copyLink: () => Promise<void>;
  /** Takes the map to a region without changing what is selected. */
  readonly showOnMap: (lonLat: readonly [number, number]) => void;
  readonly account: AccountDeeds;
  /** Sends what somebody does; `key` names the form, and what becomes of it stands under that name in the state. */
  readonly write: (key: string, order: Order | PortfolioOrder) => void;
}

/** Follows a link inside the map without losing the keyboard's place; lets the browser open it elsewhere if asked to. */
export const selecting =
  (doing: Doing, selection: Selection) =>
  (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    doing.send({ do: 'select', selection });
  };

/** The same for a subject of the stake side: its page. */
export const opening =
  (doing: Doing, subject: string) =>
  (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    doing.send({ do: 'subject', subject });
  };

export const doingWith = (
  store: Store,
  showOnMap: Doing['showOnMap'],
  write: Doing['write'],
  account: AccountDeeds,
): Doing => ({
  store,
  send: store.send,
  linkTo: (change) => toHash({ ...store.state().address, section: null, ...change }),
  copyLink: async () => {
    const { address, reads } = store.state();
    const { exposures } = reads;
    const at = exposures.phase === 'found' ? exposures.value.coordinates : null;
    const asked = at === null ? address.asked : { validAt: at.validAt, publicAt: at.publicAt, position: at.position };
    const hash = toHash({ ...address, asked });
    try {
      await navigator.clipboard.writeText(new URL(hash, location.href).href);
    } catch (error) {
      location.hash = hash;
      throw error;
    }
  },
  showOnMap,
  write,
  account,
});
