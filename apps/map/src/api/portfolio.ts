import {
  portfolioAdd,
  portfolioAssets,
  portfolioChange,
  portfolioImport,
  portfolioOne,
  portfolioRemove,
  portfolioRevisions,
} from '../generated/sdk.gen.js';
import type { AssetDraft, PortfolioImport, PortfolioImportData } from '../generated/types.gen.js';
import { ReadFailure, problemText, takeList, takeOne } from './client.js';
import type { Asked, ListAnswer } from './client.js';
import { faultsOf } from './faults.js';
import { NO_ANSWER, UNREADABLE, WriteFailure } from './receipts.js';
import type { RevisionReceipt } from './receipts.js';
import type { Asset, PlacedPortfolioRevision, Portfolio } from './types.js';

export type ImportBody = NonNullable<PortfolioImportData['body']>;
export type ImportReport = PortfolioImport['data'];

/** What somebody does to the own portfolio. Edits name the revision they were made on. */
export type PortfolioOrder =
  | { readonly what: 'asset-add'; readonly revision: number; readonly asset: AssetDraft }
  | { readonly what: 'asset-change'; readonly revision: number; readonly assetId: string; readonly asset: AssetDraft }
  | { readonly what: 'asset-remove'; readonly revision: number; readonly assetId: string }
  | { readonly what: 'import'; readonly body: ImportBody };

/** A portfolio is told by the ledger alone: what was when in the world changes nothing of it. */
const atPosition = ({ position }: Pick<Asked, 'position'>): { position?: string } =>
  position === null ? {} : { position: String(position) };

export const readPortfolio = (asked: Asked, signal: AbortSignal) =>
  takeOne<Portfolio>(portfolioOne({ query: atPosition(asked), signal }), signal);

/** The first of a list. */
export interface Cut<T> extends ListAnswer<T> {
  /** There are more than these. */
  readonly isCut: boolean;
}

const SHOWN_ASSETS = 200;

/** The first assets of those in a region, or that have a text in them. */
export const readAssets = async (
  of: { region?: string; text?: string },
  asked: Pick<Asked, 'position'>,
  signal: AbortSignal,
): Promise<Cut<Asset>> => {
  const query = { ...atPosition(asked), ...of, limit: SHOWN_ASSETS };
  const { data, next, coordinates } = await takeList<Asset>(portfolioAssets({ query, signal }), signal);
  return { data, coordinates, isCut: next !== null };
};

const SHOWN_REVISIONS = 50;

/** The latest revisions, the last first. */
export const readRevisions = async (asked: Asked, signal: AbortSignal): Promise<Cut<PlacedPortfolioRevision>> => {
  const query = { ...atPosition(asked), limit: SHOWN_REVISIONS };
  const { data, next, coordinates } = await takeList<PlacedPortfolioRevision>(
    portfolioRevisions({ query, signal }),
    signal,
  );
  return { data, coordinates, isCut: next !== null };
};

/** What an import would do, with everything that keeps rows out. Nothing is kept. */
export const tryImport = async (body: ImportBody, signal: AbortSignal): Promise<ImportReport> => {
  const { data, error, response } = await portfolioImport({ body: { ...body, dryRun: true }, signal });
  signal.throwIfAborted();
  if (response === undefined) throw new ReadFailure('network', null, 'The service did not answer.');
  if (!response.ok) throw new ReadFailure('refused', response.status, problemText(error, response.status));
  if (data?.data === undefined) throw new ReadFailure('unreadable', response.status, UNREADABLE);
  return data.data;
};

const sent = (order: Exclude<PortfolioOrder, { what: 'import' }>) => {
  const { revision } = order;
  switch (order.what) {
    case 'asset-add':
      return portfolioAdd({ body: { revision, asset: order.asset } });
    case 'asset-change':
      return portfolioChange({ path: { assetId: order.assetId }, body: { revision, asset: order.asset } });
    case 'asset-remove':
      return portfolioRemove({ path: { assetId: order.assetId }, query: { revision } });
  }
};

const importNow = async (body: ImportBody): Promise<RevisionReceipt> => {
  const { data, error, response } = await portfolioImport({ body: { ...body, dryRun: false } });
  if (response === undefined) throw new WriteFailure(null, [NO_ANSWER]);
  if (!response.ok) throw new WriteFailure(response.status, faultsOf(response.status, error));
  const report = data?.data;
  if (report === undefined) throw new WriteFailure(response.status, faultsOf(response.status, { detail: UNREADABLE }));
  if (report.revision === null) {
    const detail = report.file === null ? 'rows of it are not right' : `${report.file.got}; ${report.file.fix}`;
    throw new WriteFailure(response.status, faultsOf(response.status, { code: report.code, detail }));
  }
  return { revision: report.revision, isNew: report.outcome === 'imported' };
};

/** Sends one thing. @throws WriteFailure with what the service says was wrong. */
export const writePortfolio = async (order: PortfolioOrder): Promise<RevisionReceipt> => {
  if (order.what === 'import') return importNow(order.body);
  const { data, error, response } = await sent(order);
  if (response === undefined) throw new WriteFailure(null, [NO_ANSWER]);
  if (!response.ok) throw new WriteFailure(response.status, faultsOf(response.status, error));
  const done = data?.data;
  if (typeof done?.revision !== 'number')
    throw new WriteFailure(response.status, faultsOf(response.status, { detail: UNREADABLE }));
  return { revision: done.revision, isNew: done.outcome === 'edited' };
};

/** The ledger position of a revision; null while it has none. */
export const readRevisionPosition = async ({ revision }: RevisionReceipt): Promise<number | null> => {
  const { data } = await portfolioRevisions({ query: { limit: SHOWN_REVISIONS } });
  return data?.data?.find((placed) => placed.revision === revision)?.position ?? null;
};
