import type { Receipt } from '../api/receipts.js';
import type { Fault } from '../api/faults.js';

/** How far one thing that was sent has come. Recorded is not yet placed: no answer knows it before it has its position. */
export type Writing =
  | { readonly phase: 'sending' }
  | { readonly phase: 'recorded'; readonly receipt: Receipt; readonly overdue: boolean }
  | { readonly phase: 'placed'; readonly receipt: Receipt; readonly position: number }
  | { readonly phase: 'refused'; readonly faults: readonly Fault[] };

/** Whether what was sent is kept, with its position or without. */
export const isRecorded = (writing: Writing | undefined): boolean =>
  writing?.phase === 'recorded' || writing?.phase === 'placed';

/** What is being written, by the name of the form: what stands in its fields, and how far what it sent has come. */
export interface Desk {
  readonly drafts: Readonly<Record<string, string>>;
  readonly writings: Readonly<Record<string, Writing>>;
}

export const EMPTY_DESK: Desk = { drafts: {}, writings: {} };

export type DeskAction =
  | { readonly do: 'draft'; readonly key: string; readonly text: string }
  | { readonly do: 'form'; readonly key: string; readonly drafts: Desk['drafts'] }
  | { readonly do: 'write-began'; readonly key: string }
  | { readonly do: 'write-recorded'; readonly key: string; readonly receipt: Receipt }
  | { readonly do: 'write-overdue'; readonly key: string }
  | { readonly do: 'write-placed'; readonly key: string; readonly receipt: Receipt; readonly position: number }
  | { readonly do: 'write-refused'; readonly key: string; readonly faults: readonly Fault[] };

const withWriting = (desk: Desk, key: string, writing: Writing): Desk => ({
  ...desk,
  writings: { ...desk.writings, [key]: writing },
});

/** The drafts of a form and of its fields, `key` and `key:…`, are done with once what they say is recorded. */
const without = (drafts: Desk['drafts'], key: string): Desk['drafts'] =>
  Object.fromEntries(Object.entries(drafts).filter(([name]) => name !== key && !name.startsWith(`${key}:`)));

/** The next state of the desk. What arrives of a form that has been sent anew or refused since changes nothing. */
export const reduceDesk = (desk: Desk, action: DeskAction): Desk => {
  switch (action.do) {
    case 'draft':
      return { ...desk, drafts: { ...desk.drafts, [action.key]: action.text } };
    case 'form': {
      // A form that is opened anew holds what it is given and nothing of what was sent from it before.
      const { [action.key]: _sent, ...writings } = desk.writings;
      return { drafts: { ...without(desk.drafts, action.key), ...action.drafts }, writings };
    }
    case 'write-began':
      return withWriting(desk, action.key, { phase: 'sending' });
    case 'write-recorded':
      return {
        ...withWriting(desk, action.key, { phase: 'recorded', receipt: action.receipt, overdue: false }),
        drafts: without(desk.drafts, action.key),
      };
    case 'write-overdue': {
      const writing = desk.writings[action.key];
      return writing?.phase === 'recorded' ? withWriting(desk, action.key, { ...writing, overdue: true }) : desk;
    }
    case 'write-placed': {
      const writing = desk.writings[action.key];
      return writing?.phase === 'recorded' && writing.receipt === action.receipt
        ? withWriting(desk, action.key, { phase: 'placed', receipt: writing.receipt, position: action.position })
        : desk;
    }
    case 'write-refused':
      return withWriting(desk, action.key, { phase: 'refused', faults: action.faults });
  }
};
