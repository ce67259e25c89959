import { describe, expect, it } from '@jest/globals';
import { EMPTY_DESK, reduceDesk } from './writing.js';
import type { Desk, DeskAction } from './writing.js';

const receipt = { captureHash: 'a', subject: 'incident:1', isNew: true };
const fault = { code: 'x', pointer: null, got: null, wanted: null, detail: 'no' };
const after = (...actions: DeskAction[]): Desk => actions.reduce(reduceDesk, EMPTY_DESK);
const draft = (key: string): DeskAction => ({ do: 'draft', key, text: 'words' });
const began: DeskAction = { do: 'write-began', key: 'entry' };
const recorded: DeskAction = { do: 'write-recorded', key: 'entry', receipt };
const placed: DeskAction = { do: 'write-placed', key: 'entry', receipt, position: 7 };

describe('what is being written', () => {
  it('keeps what was typed until it is recorded, and only then lets go of it', () => {
    const typed = [draft('entry:url'), draft('entry'), draft('entry2'), draft('pair:a+b')];
    expect(Object.keys(after(...typed, began).drafts)).toHaveLength(4);
    expect(
      Object.keys(after(...typed, began, { do: 'write-refused', key: 'entry', faults: [fault] }).drafts),
    ).toHaveLength(4);
    expect(Object.keys(after(...typed, began, recorded).drafts)).toEqual(['entry2', 'pair:a+b']);
  });

  it('is recorded before it is placed, and says which', () => {
    expect(after(began, recorded).writings['entry']).toEqual({ phase: 'recorded', receipt, overdue: false });
    expect(after(began, recorded, placed).writings['entry']).toEqual({ phase: 'placed', receipt, position: 7 });
  });

  it('does not take the position of something sent before for that of what is being sent', () => {
    expect(after(began, recorded, began, placed).writings['entry']).toEqual({ phase: 'sending' });
    expect(after(began, placed).writings['entry']).toEqual({ phase: 'sending' });
    const other: DeskAction = { do: 'write-recorded', key: 'entry', receipt: { ...receipt, captureHash: 'b' } };
    expect(after(began, recorded, began, other, placed).writings['entry']).toMatchObject({ phase: 'recorded' });
  });

  it('stays recorded when its position is long in coming', () => {
    const overdue: DeskAction = { do: 'write-overdue', key: 'entry' };
    expect(after(began, recorded, overdue).writings['entry']).toMatchObject({ phase: 'recorded', overdue: true });
    expect(after(began, recorded, placed, overdue).writings['entry']).toMatchObject({ phase: 'placed' });
  });
});
