import { readClaimPosition, writeClaim } from '../api/desk.js';
import type { Order } from '../api/desk.js';
import { readRevisionPosition, writePortfolio } from '../api/portfolio.js';
import type { PortfolioOrder } from '../api/portfolio.js';
import { isRevision, WriteFailure } from '../api/receipts.js';
import type { Receipt } from '../api/receipts.js';
import type { Store } from '../state/store.js';

const LOOK_MS = 700;
/** After this many looks the page says that it takes long, and looks less often. */
const QUICK_LOOKS = 25;
const SLOW_LOOK_MS = 10_000;
const MOST_LOOKS = 200;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const isOfPortfolio = (order: Order | PortfolioOrder): order is PortfolioOrder =>
  order.what === 'import' || order.what.startsWith('asset-');

const positionOf = (receipt: Receipt): Promise<number | null> =>
  isRevision(receipt) ? readRevisionPosition(receipt) : readClaimPosition(receipt);

/** Looks until what was recorded has its position, then asks for everything again. */
const followUp = async (store: Store, key: string, receipt: Receipt): Promise<void> => {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    // A look that fails is one that found nothing: what was recorded stays recorded.
    const position = await positionOf(receipt).catch(() => null);
    if (position !== null) {
      store.send({ do: 'write-placed', key, receipt, position });
      store.send({ do: 'again' });
      return;
    }
    if (look === QUICK_LOOKS) store.send({ do: 'write-overdue', key });
    await pause(look < QUICK_LOOKS ? LOOK_MS : SLOW_LOOK_MS);
  }
};

/** Sends what somebody does and keeps the page at what became of it. `key` names the form it came from. */
export const writerWith =
  (store: Store) =>
  async (key: string, order: Order | PortfolioOrder): Promise<void> => {
    if (store.state().desk.writings[key]?.phase === 'sending') return;
    store.send({ do: 'write-began', key });
    try {
      const receipt = await (isOfPortfolio(order) ? writePortfolio(order) : writeClaim(order));
      store.send({ do: 'write-recorded', key, receipt });
      await followUp(store, key, receipt);
    } catch (error) {
      const faults =
        error instanceof WriteFailure
          ? error.faults
          : [{ code: 'page', pointer: null, got: null, wanted: null, detail: 'The page itself failed while sending.' }];
      store.send({ do: 'write-refused', key, faults });
      // Whoever was signed in no longer is, or is somebody else.
      if (error instanceof WriteFailure && (error.status === 401 || error.status === 403))
        store.send({ do: 'need-session', anew: true });
    }
  };
