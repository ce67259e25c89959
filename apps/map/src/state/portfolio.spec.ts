import { describe, expect, it } from '@jest/globals';
import type { ImportReport } from '../api/portfolio.js';
import { findingsFirst } from './findings.js';
import {
  bodyOf,
  EMPTY_INLET,
  EMPTY_PORTFOLIO,
  LEFT_OUT,
  pastedTexts,
  recordedIn,
  reducePortfolio,
} from './portfolio.js';
import type { PortfolioAction, PortfolioDesk } from './portfolio.js';
import { reduce } from './reduce.js';
import { START_ADDRESS, startState } from './state.js';

const after = (...actions: PortfolioAction[]): PortfolioDesk => actions.reduce(reducePortfolio, EMPTY_PORTFOLIO);
const report = { rows: 1 } as ImportReport;

describe('what is pasted', () => {
  it('is each text once, whatever stands between them', () => {
    expect(pastedTexts(' me-central-1\n\nUAE   North; mec1-az2,me-central-1\t')).toEqual([
      'me-central-1',
      'UAE North',
      'mec1-az2',
    ]);
  });

  it('goes the way of a file: quoted, without what is left out, with what was decided', () => {
    const inlet = {
      ...EMPTY_INLET,
      content: 'UAE Central\na "b"\natlantis',
      regions: { 'UAE Central': 'azure:uaecentral', atlantis: LEFT_OUT },
    };
    expect(bodyOf('paste', inlet)).toMatchObject({
      content: 'name,region\n"UAE Central","UAE Central"\n"a ""b""","a ""b"""',
      mapping: { regions: { 'UAE Central': 'azure:uaecentral' } },
      partial: true,
    });
    expect(bodyOf('paste', { ...EMPTY_INLET, content: ' \n' })).toBeNull();
  });
});

describe('a file', () => {
  it('brings nothing along of what was decided of the one before', () => {
    const { inlets } = after(
      { do: 'inlet', inlet: 'file', change: { content: 'YQ==', fileName: 'a.csv' } },
      { do: 'inlet', inlet: 'file', change: { columns: { A: 'name' }, partial: true } },
      { do: 'inlet', inlet: 'file', change: { content: 'Yg==', fileName: 'b.csv' } },
    );
    expect(bodyOf('file', inlets.file)).toEqual({
      fileName: 'b.csv',
      content: 'Yg==',
      encoding: 'base64',
      mapping: { columns: {}, regions: {} },
      partial: false,
    });
  });

  it('is told by the answer to what stands there now, never by a late one', () => {
    const { inlets } = after(
      { do: 'inlet', inlet: 'file', change: { content: 'YQ==' } },
      { do: 'inlet-began', inlet: 'file', asked: 'first' },
      { do: 'inlet-began', inlet: 'file', asked: 'second' },
      { do: 'inlet-found', inlet: 'file', asked: 'first', report },
    );
    expect(inlets.file.report.phase).toBe('loading');
  });

  it('is done with once it is recorded; one that is refused stays', () => {
    const tried = after({ do: 'inlet', inlet: 'file', change: { content: 'YQ==' } });
    expect(recordedIn(tried, 'file', { revision: 3, isNew: true })).toMatchObject({
      inlets: { file: { content: '' } },
      written: 3,
    });
    expect(recordedIn(tried, 'entry', { captureHash: 'a', subject: 'b', isNew: true })).toBe(tried);
  });
});

describe('an edit', () => {
  const start = startState(START_ADDRESS, 0, null);

  it('opens the form empty of what was typed and refused before', () => {
    const refused = [
      { do: 'draft', key: 'asset:name', text: 'typed' },
      { do: 'write-began', key: 'asset' },
      { do: 'write-refused', key: 'asset', faults: [] },
      { do: 'edit', asset: null, revision: 4 },
    ] as const;
    const { desk, portfolio } = refused.reduce(reduce, start);
    expect([desk.drafts, desk.writings, portfolio.editing]).toEqual([{}, {}, { asset: null, revision: 4 }]);
  });

  it('closes the form once it is recorded, and knows its revision before any read does', () => {
    const recorded = [
      { do: 'edit', asset: null, revision: 4 },
      { do: 'write-began', key: 'asset' },
      { do: 'write-recorded', key: 'asset', receipt: { revision: 5, isNew: true } },
    ] as const;
    expect(recorded.reduce(reduce, start).portfolio).toMatchObject({ editing: null, written: 5 });
  });
});

describe('findings', () => {
  it('say the gravest first, and hide no kind they do not know', () => {
    const codes = ['zone.letter-without-id', 'standby.same-theatre', 'of-tomorrow', 'copy.only'];
    const findings = codes.map((code) => ({ assetId: 'a', code, text: '', regionIds: [] }));
    expect(findingsFirst(findings).map(({ code }) => code)).toEqual([
      'of-tomorrow',
      'copy.only',
      'standby.same-theatre',
      'zone.letter-without-id',
    ]);
  });
});
