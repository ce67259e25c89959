import { signIn, signOut } from '../api/account.js';
import type { AccountAnswer, SignInOrder } from '../api/account.js';
import type { Store } from '../state/store.js';

/** Signs in and out. Whoever reads then is another: everything is asked again. */
export interface AccountDeeds {
  readonly signIn: (order: SignInOrder) => Promise<void>;
  readonly signOut: () => Promise<void>;
}

export const accountWith = (store: Store): AccountDeeds => {
  const doOnce = async (deed: () => Promise<AccountAnswer>): Promise<void> => {
    if (store.state().entering.phase === 'sending') return;
    store.send({ do: 'entering', entering: { phase: 'sending' } });
    const refusal = await deed().catch(() => 'The page itself failed while sending.');
    store.send({
      do: 'entering',
      entering: refusal === null ? { phase: 'idle' } : { phase: 'refused', text: refusal },
    });
    if (refusal !== null) return;
    store.send({ do: 'need-session', anew: true });
    store.send({ do: 'again' });
  };
  return { signIn: (order) => doOnce(() => signIn(order)), signOut: () => doOnce(signOut) };
};
