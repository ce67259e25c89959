import { reduce } from './reduce.js';
import type { Action } from './reduce.js';
import type { State } from './state.js';

export interface Store {
  readonly state: () => State;
  readonly send: (action: Action) => void;
  /** Called after every change, with the state before it and the action that made it. */
  readonly onChange: (listener: (state: State, before: State, action: Action) => void) => void;
}

export const createStore = (start: State): Store => {
  let state = start;
  const listeners: ((state: State, before: State, action: Action) => void)[] = [];
  const waiting: Action[] = [];
  let isTelling = false;
  return {
    state: () => state,
    send: (action) => {
      waiting.push(action);
      // What a listener sends waits its turn: every listener sees every state once, in order.
      if (isTelling) return;
      isTelling = true;
      try {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          const before = state;
          state = reduce(before, next);
          if (state === before) continue;
          for (const listener of listeners) listener(state, before, next);
        }
      } finally {
        isTelling = false;
      }
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
};
