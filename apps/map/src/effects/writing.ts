import { readPosition, write, WriteFailure } from '../api/desk.js';
import type { Order, Receipt } from '../api/desk.js';
import type { Store } from '../state/store.js';

const LOOK_MS = 700;
/** After this many looks the page says that it takes long, and looks less often. */
const QUICK_LOOKS = 25;
const SLOW_LOOK_MS = 10_000;
const MOST_LOOKS = 200;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Looks until what was recorded has its position, then asks for everything again. */
const followUp = async (store: Store, key: string, receipt: Receipt): Promise<void> => {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    // A look that fails is one that found nothing: what was recorded stays recorded.
    const position = await readPosition(receipt).catch(() => null);
    if (position !== null) {
      store.send({ do: 'write-placed', key, captureHash: receipt.captureHash, position });
      store.send({ do: 'again' });
      return;
    }
    if (look === QUICK_LOOKS) store.send({ do: 'write-overdue', key });
    await pause(look < QUICK_LOOKS ? LOOK_MS : SLOW_LOOK_MS);
  }
};

/** Sends what an analyst does and keeps the page at what became of it. `key` names the form it came from. */
export const writerWith =
  (store: Store) =>
  async (key: string, order: Order): Promise<void> => {
    if (store.state().desk.writings[key]?.phase === 'sending') return;
    store.send({ do: 'write-began', key });
    try {
      const receipt = await write(order);
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
