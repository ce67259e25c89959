import { canonicalJson, sha256Hex } from '@faultline/ledger';
import type { Database, Scope, Tx } from '@faultline/platform';
import type { Asset } from './asset.js';
import { readDraft, type AssetDraft, type DraftReading } from './draft.js';
import { findingsOf, type Finding } from './findings.js';
import { NO_MAPPING } from './mapping.js';
import { addRevision, assetsOf, latestRevision, lockPortfolio } from './portfolio.store.js';
import type { KnownRegion } from './region-match.js';

/** What is done to one asset. `change` replaces the whole asset, its id too. */
export type AssetEdit =
  | { readonly how: 'add'; readonly asset: AssetDraft }
  | { readonly how: 'change'; readonly assetId: string; readonly asset: AssetDraft }
  | { readonly how: 'remove'; readonly assetId: string };

export interface EditRequest {
  readonly edit: AssetEdit;
  /** Number of the revision the edit was made on; 0 where there was none. */
  readonly revision: number;
  readonly regions: readonly KnownRegion[];
}

/**
 * `edited`, `unchanged` (the asset is so already), or why nothing was kept: `stale` (somebody else added the revision
 * `held` since), `faulty`, `absent` (no asset of that id), `taken` (another asset has the id).
 */
export type EditReport =
  | {
      readonly outcome: 'edited' | 'unchanged';
      readonly revision: number;
      /** As it was understood; `null` of one that was removed. */
      readonly asset: Asset | null;
      /** Of that asset. */
      readonly findings: readonly Finding[];
    }
  | { readonly outcome: 'stale'; readonly held: number }
  | Extract<DraftReading, { outcome: 'faulty' }>
  | { readonly outcome: 'absent' | 'taken'; readonly assetId: string };

/** Says what was done and not to what: the ledger holds it. */
const SAID = { add: 'asset added', change: 'asset changed', remove: 'asset removed' } as const;

/**
 * Edits one asset of the portfolio of the scope's tenant. What was there stays as an earlier revision; the edit becomes
 * a revision of its own, and only if nobody added one since the one it was made on.
 */
export async function editPortfolio(database: Database, scope: Scope, request: EditRequest): Promise<EditReport> {
  const { edit, regions } = request;
  const read = edit.how === 'remove' ? null : readDraft(edit.asset, regions);
  if (read?.outcome === 'faulty') return read;
  const asset = read?.asset ?? null;
  const report = await database.transaction('app', scope, 'write', (tx) => editIn(tx, request, asset));
  if (!('revision' in report)) return report;
  const byId = new Map(regions.map((region) => [region.id, region]));
  return { ...report, findings: asset ? findingsOf([asset], { region: (id) => byId.get(id) }) : [] };
}

async function editIn(tx: Tx, { edit, revision }: EditRequest, asset: Asset | null): Promise<EditReport> {
  await lockPortfolio(tx);
  const held = await latestRevision(tx);
  if ((held?.revision ?? 0) !== revision) return { outcome: 'stale', held: held?.revision ?? 0 };
  const before = held ? await assetsOf(tx, held.revision) : [];
  const at = edit.how === 'add' ? before.length : before.findIndex(({ id }) => id === edit.assetId);
  if (edit.how !== 'add' && at === -1) return { outcome: 'absent', assetId: edit.assetId };
  if (asset && before.some(({ id }, index) => id === asset.id && index !== at))
    return { outcome: 'taken', assetId: asset.id };
  const assets = asset ? before.toSpliced(at, 1, asset) : before.toSpliced(at, 1);
  const added = await addRevision(tx, {
    fileName: SAID[edit.how],
    fileKind: 'edit',
    fileHash: sha256Hex(canonicalJson(edit.how === 'remove' ? edit : { ...edit, asset })),
    contentHash: sha256Hex(canonicalJson(assets)),
    leftOutCount: 0,
    mapping: NO_MAPPING,
    assets,
  });
  const outcome = added.outcome === 'added' ? 'edited' : 'unchanged';
  return { outcome, revision: added.revision, asset, findings: [] };
}
