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
  return {
    state: () => state,
    send: (action) => {
      const before = state;
      state = reduce(before, action);
      if (state === before) return;
      for (const listener of listeners) listener(state, before, action);
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
};
