import { describe, expect, it } from '@jest/globals';
import { reduce } from './reduce.js';
import type { Action } from './reduce.js';
import { lastOf } from './read.js';
import { START_ADDRESS, startState } from './state.js';
import type { State } from './state.js';
import { createStore } from './store.js';

const start = startState(START_ADDRESS, Date.parse('2026-11-21T00:00:00Z'), null);
const after = (...actions: Action[]): State => actions.reduce(reduce, start);
const began = (asked: string): Action => ({ do: 'read-began', name: 'exposures', asked });
const found = (asked: string, value: unknown): Action => ({ do: 'read-found', name: 'exposures', asked, value });
const refused = (asked: string): Action => ({ do: 'read-failed', name: 'exposures', asked, reason: 'down' });

describe('a read', () => {
  it('drops the answer to a question that no longer stands', () => {
    const { exposures } = after(began('first'), began('second'), found('first', 'late')).reads;
    expect(exposures).toEqual({ phase: 'loading', asked: 'second', last: null });
  });
  it('drops a late failure too', () => {
    const { exposures } = after(began('first'), began('second'), found('second', 'new'), refused('first')).reads;
    expect(exposures).toEqual({ phase: 'found', asked: 'second', value: 'new' });
  });
  it('that failed is not one that found nothing, and keeps the earlier answer apart', () => {
    const { exposures } = after(began('a'), found('a', 'old'), began('b'), refused('b')).reads;
    expect(exposures).toEqual({ phase: 'failed', asked: 'b', reason: 'down', last: 'old' });
    expect(lastOf(exposures)).toBe('old');
  });
});

describe('the reader', () => {
  const asked = { validAt: '2026-05-01T12:00:00.000Z', publicAt: '2026-05-01T12:00:00.000Z', position: null };
  it('sees the bar leave March with the moment', () => {
    expect(after({ do: 'span', span: 'march' }, { do: 'ask', asked }).span).toBe('record');
  });
  it('opens the sheet by selecting', () => {
    const selection = { kind: 'region', id: 'aws:me-central-1' } as const;
    expect(after({ do: 'sheet', sheet: 'peek' }, { do: 'select', selection }).sheet).toBe('half');
  });
  it('toggles a filter on and off', () => {
    const on = after({ do: 'toggle-mark', mark: 'impaired' });
    expect(on.address.filter.marks).toEqual(['impaired']);
    expect(reduce(on, { do: 'toggle-mark', mark: 'impaired' }).address.filter.marks).toEqual([]);
  });
});

describe('the store', () => {
  it('tells every listener every state in order, also of what a listener sends', () => {
    const store = createStore(start);
    const seen: string[] = [];
    store.onChange((_state, _before, action) => {
      if (action.do === 'page') store.send({ do: 'tab', tab: 'incidents' });
    });
    store.onChange((state, before, action) => {
      seen.push(`${action.do} ${before.address.tab} ${state.address.tab}`);
    });
    store.send({ do: 'page', page: 'feeds' });
    expect(seen).toEqual(['page regions regions', 'tab regions incidents']);
  });
});

describe('reading again', () => {
  const asked = { validAt: '2026-05-01T12:00:00.000Z', publicAt: '2026-05-01T12:00:00.000Z', position: null };
  it('keeps the answer in view at the same coordinates only', () => {
    const again: Action = { do: 'again' };
    expect(after(began('a'), found('a', 'x'), again).rereading).toBe(true);
    expect(after(began('a'), found('a', 'x'), again, { do: 'ask', asked }).rereading).toBe(false);
    // What is still being read was asked at other coordinates than what is at hand, perhaps.
    expect(after(began('a'), again).rereading).toBe(false);
  });
});

describe('who is signed in', () => {
  it('is asked once, on the desk or where something is reached for, and anew when it was refused', () => {
    expect(start.sessionRound).toBe(0);
    expect(after({ do: 'page', page: 'feeds' }).sessionRound).toBe(0);
    const reached: Action = { do: 'need-session', anew: false };
    expect(after({ do: 'page', page: 'desk' }, reached, { do: 'page', page: 'desk' }).sessionRound).toBe(1);
    expect(after(reached, { do: 'need-session', anew: true }).sessionRound).toBe(2);
    const address = { ...START_ADDRESS, page: 'desk' as const };
    expect(after({ do: 'go', address, notice: null }).sessionRound).toBe(1);
    expect(startState(address, 0, null).sessionRound).toBe(1);
  });
});
