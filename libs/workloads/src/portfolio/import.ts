import { canonicalJson, sha256Hex } from '@faultline/ledger';
import type { Database, Scope } from '@faultline/platform';
import type { FileFault } from './fault.js';
import { findingsOf, type Finding } from './findings.js';
import type { Mapping } from './mapping.js';
import { addRevision, hasTenant } from './portfolio.store.js';
import { readPortfolio, type ReadPortfolio } from './portfolio.js';
import { RegionIndex, type KnownRegion } from './region-match.js';

export interface ImportRequest {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly mapping: Mapping;
  readonly regions: readonly KnownRegion[];
  /** Reads and reports, and keeps nothing. */
  readonly dryRun?: boolean;
  /** Keeps the rows that are right although others are not. */
  readonly partial?: boolean;
  readonly progress?: ((step: 'read' | 'kept', done: number, total: number) => void) | undefined;
}

/**
 * `imported`, `unchanged` (the last revision says the same), `dry-run` (it would be imported), or `refused`: nothing was
 * kept, for the whole file (`fault`) or for rows of it (`import.row_errors`).
 */
export type ImportReport =
  | {
      readonly outcome: 'refused';
      readonly code: FileFault['code'];
      readonly fault: FileFault;
      readonly headers: readonly string[];
    }
  | {
      readonly outcome: 'refused';
      readonly code: 'import.row_errors';
      readonly read: ReadPortfolio;
      readonly findings: readonly Finding[];
    }
  | {
      readonly outcome: 'imported' | 'unchanged' | 'dry-run';
      readonly read: ReadPortfolio;
      readonly findings: readonly Finding[];
      /** `null` of a dry run. */
      readonly revision: { readonly revision: number; readonly recordId: string } | null;
    };

/** There is no such tenant. */
export class UnknownTenant extends Error {}

const LONGEST_FILE_NAME = 200;

/**
 * Imports a portfolio as a whole into the tenant of `scope`: one transaction, all or nothing unless `partial`. What
 * was there before stays as an earlier revision. Importing a file again adds nothing.
 * @throws UnknownTenant
 */
export async function importPortfolio(database: Database, scope: Scope, request: ImportRequest): Promise<ImportReport> {
  if (!(await database.transaction('app', scope, 'read', hasTenant)))
    throw new UnknownTenant(`no tenant ${JSON.stringify(scope.tenantId.slice(0, 80))} that holds portfolios`);
  const { mapping, regions, progress } = request;
  const reading = readPortfolio(request.bytes, {
    mapping,
    regions,
    progress: progress && ((done, total) => progress('read', done, total)),
  });
  if (reading.outcome === 'refused') {
    const { fault, headers = [] } = reading;
    return { outcome: 'refused', code: fault.code, fault, headers };
  }
  const read = reading.value;
  const index = new RegionIndex(regions);
  const findings = findingsOf(read.assets, { region: (id) => index.region(id) });
  if (read.assets.length === 0 || (read.faultyRows > 0 && !request.partial))
    return { outcome: 'refused', code: 'import.row_errors', read, findings };
  if (request.dryRun) return { outcome: 'dry-run', read, findings, revision: null };
  const revision = {
    fileName: request.fileName.replaceAll('\u0000', '').toWellFormed().slice(0, LONGEST_FILE_NAME),
    fileKind: read.kind,
    fileHash: sha256Hex(request.bytes),
    contentHash: sha256Hex(canonicalJson(read.assets)),
    leftOutCount: read.faultyRows,
    mapping,
    assets: read.assets,
  };
  const added = await database.transaction('app', scope, 'write', (tx) =>
    addRevision(tx, revision, progress && ((done, total) => progress('kept', done, total))),
  );
  const { outcome, ...kept } = added;
  return { outcome: outcome === 'added' ? 'imported' : 'unchanged', read, findings, revision: kept };
}
