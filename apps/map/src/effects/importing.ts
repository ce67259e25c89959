import { ReadFailure } from '../api/client.js';
import { tryImport } from '../api/portfolio.js';
import { bodyOf, INLETS } from '../state/portfolio.js';
import type { InletName } from '../state/portfolio.js';
import type { State } from '../state/state.js';
import type { Store } from '../state/store.js';
import { createLatest } from './latest.js';

const TYPING_MS = 350;

/** Keeps beside what is about to be imported what the service would make of it. Nothing is kept by asking. */
export const keepTrying = (store: Store): void => {
  const wanted = new Map<InletName, string>();
  const latest = new Map(INLETS.map((name) => [name, createLatest()] as const));
  const follow = (state: State): void => {
    for (const name of INLETS) {
      const body = bodyOf(name, state.portfolio.inlets[name]);
      const key = body === null ? '' : JSON.stringify(body);
      if ((wanted.get(name) ?? '') === key) continue;
      wanted.set(name, key);
      const runner = latest.get(name)!;
      if (body === null) {
        runner.stop();
        continue;
      }
      store.send({ do: 'inlet-began', inlet: name, asked: key });
      void runner.run(TYPING_MS, (signal) => tryImport(body, signal), {
        found: (report) => store.send({ do: 'inlet-found', inlet: name, asked: key, report }),
        failed: (error) => {
          const reason =
            error instanceof ReadFailure ? error.message : 'The page itself failed while reading the answer.';
          store.send({ do: 'inlet-failed', inlet: name, asked: key, reason });
          // So that the same can be tried again.
          wanted.delete(name);
        },
      });
    }
  };
  store.onChange((state, before, action) => {
    if (action.do === 'inlet' || (action.do === 'write-recorded' && state.portfolio !== before.portfolio))
      follow(state);
  });
};
