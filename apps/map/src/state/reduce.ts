import type { Asked } from '../api/client.js';
import type { Entering } from './account.js';
import type { MarkKey } from './mark.js';
import { toFailed, toFound, toLoading } from './read.js';
import type { Read } from './read.js';
import type { Address, MapView, ReadName, Selection, State, Tab } from './state.js';
import { ASSET_KEY, draftsOf } from './asset-form.js';
import { recordedIn, reducePortfolio } from './portfolio.js';
import type { PortfolioAction } from './portfolio.js';
import { needsSession } from './state.js';
import { spanHolding, spanOf } from './time.js';
import type { SpanChoice } from './time.js';
import { reduceDesk } from './writing.js';
import type { DeskAction } from './writing.js';

export type Action =
  | { readonly do: 'go'; readonly address: Address; readonly notice: string | null }
  | { readonly do: 'page'; readonly page: Address['page'] }
  | { readonly do: 'subject'; readonly subject: string }
  | { readonly do: 'ask'; readonly asked: Asked }
  | { readonly do: 'select'; readonly selection: Selection | null }
  | { readonly do: 'look'; readonly view: MapView }
  | { readonly do: 'tab'; readonly tab: Tab }
  | { readonly do: 'search'; readonly text: string }
  | { readonly do: 'toggle-operator'; readonly operatorId: string }
  | { readonly do: 'toggle-mark'; readonly mark: MarkKey }
  | { readonly do: 'clear-filter' }
  | { readonly do: 'section'; readonly section: string | null }
  | { readonly do: 'span'; readonly span: SpanChoice }
  | { readonly do: 'play'; readonly playing: boolean }
  | { readonly do: 'tick'; readonly nowMs: number }
  | { readonly do: 'again' }
  | { readonly do: 'sheet'; readonly sheet: State['sheet'] }
  | { readonly do: 'dismiss-notice' }
  | { readonly do: 'need-session'; readonly anew: boolean }
  | { readonly do: 'entering'; readonly entering: Entering }
  | DeskAction
  | PortfolioAction
  | { readonly do: 'read-began'; readonly name: ReadName; readonly asked: string }
  | { readonly do: 'read-found'; readonly name: ReadName; readonly asked: string; readonly value: unknown }
  | { readonly do: 'read-failed'; readonly name: ReadName; readonly asked: string; readonly reason: string };

const toggled = <T>(list: readonly T[], item: T): readonly T[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item];

const withAddress = (state: State, change: Partial<Address>): State => ({
  ...state,
  address: { ...state.address, ...change },
});

const withRead = (state: State, name: ReadName, change: (read: Read<unknown>) => Read<unknown>): State => {
  const before: Read<unknown> = state.reads[name];
  const after = change(before);
  return after === before ? state : { ...state, reads: { ...state.reads, [name]: after } };
};

/** Who is signed in is asked once, when somebody first reaches for what only those may do. */
const needingSession = (state: State, anew: boolean): State =>
  anew || state.sessionRound === 0 ? { ...state, sessionRound: state.sessionRound + 1 } : state;

const needingSessionOn = (page: Address['page'], state: State): State =>
  needsSession(page) ? needingSession(state, false) : state;

const isReading = ({ reads }: State): boolean => Object.values(reads).some(({ phase }) => phase === 'loading');

const asking = (state: State, asked: Asked): State => ({
  ...withAddress(state, { asked }),
  rereading: false,
  span: spanHolding(state.span, asked.validAt),
});

/** The next state. Pure: every view is a function of what comes out of here. */
export const reduce = (state: State, action: Action): State => {
  const { filter } = state.address;
  switch (action.do) {
    case 'go':
      return needingSessionOn(action.address.page, {
        ...asking({ ...state, address: action.address }, action.address.asked),
        notice: action.notice,
      });
    case 'page':
      return needingSessionOn(action.page, withAddress(state, { page: action.page, subject: null, section: null }));
    case 'subject':
      return withAddress(state, { page: 'entities', subject: action.subject, section: null });
    case 'ask':
      return asking(state, action.asked);
    case 'select':
      return {
        ...withAddress(state, { selection: action.selection, section: null, page: 'map', subject: null }),
        sheet: action.selection !== null && state.sheet === 'peek' ? 'half' : state.sheet,
      };
    case 'look':
      return withAddress(state, { view: action.view });
    case 'tab':
      return { ...withAddress(state, { tab: action.tab }), sheet: state.sheet === 'peek' ? 'half' : state.sheet };
    case 'search':
      return withAddress(state, { filter: { ...filter, text: action.text } });
    case 'toggle-operator':
      return withAddress(state, { filter: { ...filter, operators: toggled(filter.operators, action.operatorId) } });
    case 'toggle-mark':
      return withAddress(state, { filter: { ...filter, marks: toggled(filter.marks, action.mark) } });
    case 'clear-filter':
      return withAddress(state, { filter: { text: '', operators: [], marks: [] } });
    case 'section':
      return withAddress(state, { section: action.section });
    case 'span':
      return { ...state, span: action.span };
    case 'play':
      return { ...state, playing: action.playing };
    case 'tick':
      return { ...state, nowMs: action.nowMs };
    case 'again':
      return { ...state, round: state.round + 1, rereading: !isReading(state) };
    case 'need-session':
      return needingSession(state, action.anew);
    case 'entering':
      return { ...state, entering: action.entering };
    case 'draft':
    case 'form':
    case 'write-began':
    case 'write-recorded':
    case 'write-overdue':
    case 'write-placed':
    case 'write-refused': {
      const desk = reduceDesk(state.desk, action);
      const portfolio =
        action.do === 'write-recorded' ? recordedIn(state.portfolio, action.key, action.receipt) : state.portfolio;
      return desk === state.desk ? state : { ...state, desk, portfolio };
    }
    case 'edit': {
      const desk = reduceDesk(state.desk, { do: 'form', key: ASSET_KEY, drafts: draftsOf(action.asset) });
      return { ...state, desk, portfolio: reducePortfolio(state.portfolio, action) };
    }
    case 'inlet':
    case 'inlet-began':
    case 'inlet-found':
    case 'inlet-failed':
    case 'edit-on':
    case 'edit-end':
      return { ...state, portfolio: reducePortfolio(state.portfolio, action) };

    case 'sheet':
      return { ...state, sheet: action.sheet };
    case 'dismiss-notice':
      return { ...state, notice: null };
    case 'read-began':
      return withRead(state, action.name, (read) => toLoading(read, action.asked));
    case 'read-found':
      return withRead(state, action.name, (read) => toFound(read, action.asked, action.value));
    case 'read-failed':
      return withRead(state, action.name, (read) => toFailed(read, action.asked, action.reason));
  }
};

/** The span the bar shows for a state. */
export const spanIn = (state: State, momentMs: number) => spanOf(state.span, momentMs, state.nowMs);
