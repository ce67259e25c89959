import type { ImportBody, ImportReport } from '../api/portfolio.js';
import type { Receipt } from '../api/receipts.js';
import { isRevision } from '../api/receipts.js';
import type { Asset } from '../api/types.js';
import { ASSET_KEY } from './asset-form.js';
import { IDLE, toFailed, toFound, toLoading } from './read.js';
import type { Read } from './read.js';

/** By which door assets come in: ids pasted as text, or a file. */
export const INLETS = ['paste', 'file'] as const;
export type InletName = (typeof INLETS)[number];

/** `null`: the column is left out. */
export type Columns = NonNullable<NonNullable<ImportBody['mapping']>['columns']>;

/** What is about to be imported, what was decided of it, and what the service would make of it. */
export interface Inlet {
  readonly fileName: string;
  /** As typed, or the bytes of the file in base64. */
  readonly content: string;
  readonly columns: Columns;
  /** Text to the id of a region, or to {@link LEFT_OUT}. */
  readonly regions: Readonly<Record<string, string>>;
  readonly decimal: '' | '.' | ',';
  readonly currency: string;
  readonly partial: boolean;
  readonly report: Read<ImportReport>;
}

export const LEFT_OUT = '';

/** The name of what is sought among the assets, in the drafts. */
export const FIND_KEY = 'find-asset';

export const EMPTY_INLET: Inlet = {
  fileName: '',
  content: '',
  columns: {},
  regions: {},
  decimal: '',
  currency: '',
  partial: false,
  report: IDLE,
};

export interface Editing {
  /** `null`: a new one. */
  readonly asset: Asset | null;
  /** The revision the edit is made on. */
  readonly revision: number;
}

export interface PortfolioDesk {
  readonly editing: Editing | null;
  readonly inlets: Readonly<Record<InletName, Inlet>>;
  /** The last revision that was made from here: reads know it only once it has its position. */
  readonly written: number;
}

export const EMPTY_PORTFOLIO: PortfolioDesk = {
  editing: null,
  inlets: { paste: EMPTY_INLET, file: EMPTY_INLET },
  written: 0,
};

export type PortfolioAction =
  | { readonly do: 'inlet'; readonly inlet: InletName; readonly change: Partial<Omit<Inlet, 'report'>> }
  | { readonly do: 'inlet-began'; readonly inlet: InletName; readonly asked: string }
  | { readonly do: 'inlet-found'; readonly inlet: InletName; readonly asked: string; readonly report: ImportReport }
  | { readonly do: 'inlet-failed'; readonly inlet: InletName; readonly asked: string; readonly reason: string }
  | { readonly do: 'edit'; readonly asset: Asset | null; readonly revision: number }
  | { readonly do: 'edit-on'; readonly revision: number }
  | { readonly do: 'edit-end' };

const withInlet = (desk: PortfolioDesk, name: InletName, change: Partial<Inlet>): PortfolioDesk => ({
  ...desk,
  inlets: { ...desk.inlets, [name]: { ...desk.inlets[name], ...change } },
});

export const reducePortfolio = (desk: PortfolioDesk, action: PortfolioAction): PortfolioDesk => {
  switch (action.do) {
    case 'inlet': {
      const held = desk.inlets[action.inlet];
      const isOther = action.change.content !== undefined && action.inlet === 'file';
      // What was decided of one file says nothing of another.
      const start = isOther ? { ...EMPTY_INLET, report: held.report } : held;
      const next = { ...start, ...action.change };
      return withInlet(desk, action.inlet, next.content.trim() === '' ? { ...next, report: IDLE } : next);
    }
    case 'inlet-began':
      return withInlet(desk, action.inlet, { report: toLoading(desk.inlets[action.inlet].report, action.asked) });
    case 'inlet-found':
      return withInlet(desk, action.inlet, {
        report: toFound(desk.inlets[action.inlet].report, action.asked, action.report),
      });
    case 'inlet-failed':
      return withInlet(desk, action.inlet, {
        report: toFailed(desk.inlets[action.inlet].report, action.asked, action.reason),
      });
    case 'edit':
      return { ...desk, editing: { asset: action.asset, revision: action.revision } };
    case 'edit-on':
      return desk.editing === null ? desk : { ...desk, editing: { ...desk.editing, revision: action.revision } };
    case 'edit-end':
      return { ...desk, editing: null };
  }
};

/** What was recorded is done with: its form closes, and its revision is the last one known. */
export const recordedIn = (desk: PortfolioDesk, key: string, receipt: Receipt): PortfolioDesk => {
  if (!isRevision(receipt)) return desk;
  const written = Math.max(desk.written, receipt.revision);
  if (key === ASSET_KEY) return { ...desk, written, editing: null };
  const inlet = INLETS.find((name) => name === key);
  return inlet === undefined ? { ...desk, written } : { ...withInlet(desk, inlet, EMPTY_INLET), written };
};

/** The texts somebody pasted, each once: ids and names of regions and zones, one a line or with separators between. */
export const pastedTexts = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[\n,;\t]+/)
      .map((part) => part.trim().replaceAll(/\s+/g, ' '))
      .filter((part) => part !== ''),
  ),
];

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** What is sent of an inlet; null where there is nothing to send. Both doors lead through the same import. */
export const bodyOf = (name: InletName, inlet: Inlet): ImportBody | null => {
  const { content, columns, regions, decimal, currency, fileName } = inlet;
  const decided = Object.fromEntries(Object.entries(regions).filter(([, regionId]) => regionId !== LEFT_OUT));
  if (name === 'paste') {
    const texts = pastedTexts(content).filter((text) => regions[text] !== LEFT_OUT);
    if (texts.length === 0) return null;
    return {
      fileName: 'pasted ids',
      content: ['name,region', ...texts.map((text) => `${cell(text)},${cell(text)}`)].join('\n'),
      mapping: { regions: decided, delimiter: ',' },
      // What is not recognised stays out, and the page names it before anything is kept.
      partial: true,
    };
  }
  if (content === '') return null;
  return {
    fileName,
    content,
    encoding: 'base64',
    mapping: {
      columns,
      regions: decided,
      ...(decimal === '' ? {} : { decimal }),
      ...(/^[A-Z]{3}$/.test(currency) ? { currency } : {}),
    },
    partial: inlet.partial,
  };
};
