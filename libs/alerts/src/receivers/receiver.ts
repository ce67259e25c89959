import type { Sending } from '../model/content.js';
import type { ReceiverAddress } from '../subscription.store.js';

/** How one try ended. The receiver knows whether it can be tried again; when, the schedule decides. */
export type Tried =
  | {
      readonly outcome: 'accepted';
      readonly reason: string;
      readonly status: number | null;
      readonly answerHash: string | null;
    }
  | {
      readonly outcome: 'failed';
      readonly reason: string;
      readonly status: number | null;
      readonly answerHash: string | null;
      readonly askedPauseSeconds: number | null;
      /** The other side is overloaded: everything for it waits. */
      readonly throttle: boolean;
    }
  /** It wants nothing more, ever. */
  | {
      readonly outcome: 'gone';
      readonly reason: string;
      readonly status: number | null;
      readonly answerHash: string | null;
    };

/** Brings a notice to one kind of place. `messageId` is the same on every try. Never throws. */
export interface Receiver {
  send(messageId: string, sending: Sending, to: ReceiverAddress): Promise<Tried>;
}
