import { appendRecords, derivedId, sha256 } from '@faultline/ledger';
import type { Tx } from '@faultline/platform';
import type { Asset } from './asset.js';
import type { Mapping } from './mapping.js';
import type { ReadPortfolio } from './portfolio.js';

/** One whole state of a tenant's portfolio, imported or edited. Later ones stand beside it; none is changed. */
export interface PortfolioRevision {
  readonly revision: number;
  readonly recordId: string;
  readonly fileName: string;
  /** `edit`: made of the revision before by changing one asset; its `fileName` says how. */
  readonly fileKind: ReadPortfolio['kind'] | 'edit';
  /** Of the file, or of what an edit said. */
  readonly fileHash: string;
  /** Of the assets as they were understood. */
  readonly contentHash: string;
  readonly assetCount: number;
  readonly leftOutCount: number;
  readonly importedBy: string;
  readonly recordedAt: string;
}

export type NewRevision = Pick<
  PortfolioRevision,
  'fileName' | 'fileKind' | 'fileHash' | 'contentHash' | 'leftOutCount'
> & { readonly mapping: Mapping; readonly assets: readonly Asset[] };

const BATCH = 5_000;

interface RevisionRow {
  revision: number;
  record_id: string;
  file_name: string;
  file_kind: PortfolioRevision['fileKind'];
  file_hash: string;
  content_hash: string;
  asset_count: number;
  left_out_count: number;
  imported_by: string;
  recorded_at: Date;
}

interface AssetRow {
  asset_id: string;
  name: string;
  region_id: string | null;
  zone_letter: string | null;
  zone_id: string | null;
  lon: number | null;
  lat: number | null;
  value_per_day: number | null;
  currency: string | null;
  residency: string[] | null;
  tags: string[];
  standby: string[] | null;
  backups: string[] | null;
  keys: string[] | null;
  dns: string[] | null;
  identity: string[] | null;
  only_copy: boolean | null;
  rto_minutes: number | null;
}

/** Is there a tenant of that name? `public` holds no portfolio. */
export async function hasTenant(tx: Tx): Promise<boolean> {
  const rows = await tx.query(`SELECT 1 FROM tenant WHERE tenant_id = $1 AND tenant_id <> 'public'`, [
    tx.scope.tenantId,
  ]);
  return rows.length > 0;
}

/** Until the transaction ends, nobody else adds a revision to the portfolio of this tenant. */
export async function lockPortfolio(tx: Tx): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('portfolio ' || $1, 0))`, [tx.scope.tenantId]);
}

/** Adds a revision with all its assets. Imports of one tenant wait for each other. */
export async function addRevision(
  tx: Tx,
  given: NewRevision,
  progress?: (done: number, total: number) => void,
): Promise<{ revision: number; recordId: string; outcome: 'added' | 'unchanged' }> {
  const { tenantId, actor } = tx.scope;
  await lockPortfolio(tx);
  const held = await latestRevision(tx);
  if (held?.contentHash === given.contentHash)
    return { revision: held.revision, recordId: held.recordId, outcome: 'unchanged' };
  const revision = (held?.revision ?? 0) + 1;
  const recordId = derivedId(sha256, 0, `portfolio-revision|${tenantId}|${revision}`);
  const { assets, mapping, ...told } = given;
  await tx.query(
    `INSERT INTO portfolio_revision (tenant_id, revision, record_id, file_name, file_kind, file_hash, content_hash,
       asset_count, left_out_count, mapping, imported_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      tenantId,
      revision,
      recordId,
      told.fileName,
      told.fileKind,
      told.fileHash,
      told.contentHash,
      assets.length,
      told.leftOutCount,
      JSON.stringify(mapping),
      actor,
    ],
  );
  for (let begin = 0; begin < assets.length; begin += BATCH) {
    await addAssets(tx, revision, begin, assets.slice(begin, begin + BATCH));
    progress?.(Math.min(begin + BATCH, assets.length), assets.length);
  }
  // The ledger says that there was a revision and what it hashes to, and nothing of what is in it.
  const content = { revision, ...told, assetCount: assets.length, importedBy: actor };
  await appendRecords(tx, [{ recordId, kind: 'portfolio-revision', content }]);
  return { revision, recordId, outcome: 'added' };
}

async function addAssets(tx: Tx, revision: number, begin: number, assets: readonly Asset[]): Promise<void> {
  const rows = JSON.stringify(assets.map((asset, index) => ({ ...asset, ordinal: begin + index })));
  await tx.query(
    `INSERT INTO portfolio_asset (tenant_id, revision, asset_id, ordinal, name, region_id, zone_letter, zone_id,
       value_per_day, currency, residency, tags, standby, backups, keys, dns, identity, only_copy, rto_minutes)
     SELECT $1, $2, a."id", a.ordinal, a.name, a."regionId", a."zoneLetter", a."zoneId", a."valuePerDay", a.currency,
       a.residency, a.tags, a.standby, a.backups, a.keys, a.dns, a.identity, a."onlyCopy", a."rtoMinutes"
     FROM jsonb_to_recordset($3::jsonb) AS a ("id" text, ordinal integer, name text, "regionId" text, "zoneLetter" text,
       "zoneId" text, "valuePerDay" double precision, currency text, residency text[], tags text[], standby text[],
       backups text[], keys text[], dns text[], identity text[], "onlyCopy" boolean, "rtoMinutes" double precision)`,
    [tx.scope.tenantId, revision, rows],
  );
  const sited = assets.filter((asset) => asset.site !== null);
  if (sited.length === 0) return;
  await tx.query(
    `INSERT INTO portfolio_site (tenant_id, revision, asset_id, lon, lat)
     SELECT $1, $2, s.asset_id, s.lon, s.lat
     FROM unnest($3::text[], $4::double precision[], $5::double precision[]) AS s (asset_id, lon, lat)`,
    [
      tx.scope.tenantId,
      revision,
      sited.map(({ id }) => id),
      sited.map(({ site }) => site![0]),
      sited.map(({ site }) => site![1]),
    ],
  );
}

const REVISION_COLUMNS = `r.revision, r.record_id, r.file_name, r.file_kind, r.file_hash, r.content_hash, r.asset_count,
  r.left_out_count, r.imported_by, r.recorded_at`;

/** The last revision of the scope's tenant: of all recorded, or of those that stand below ledger size `position`. */
export async function latestRevision(tx: Tx, position?: number): Promise<PortfolioRevision | undefined> {
  const rows =
    position === undefined
      ? await tx.query<RevisionRow>(
          `SELECT ${REVISION_COLUMNS} FROM portfolio_revision r WHERE r.tenant_id = $1 ORDER BY r.revision DESC LIMIT 1`,
          [tx.scope.tenantId],
        )
      : await tx.query<RevisionRow>(
          `SELECT ${REVISION_COLUMNS} FROM portfolio_revision r
           JOIN ledger_entry e ON e.tenant_id = r.tenant_id AND e.record_id = r.record_id
           WHERE r.tenant_id = $1 AND e.position < $2 ORDER BY r.revision DESC LIMIT 1`,
          [tx.scope.tenantId, position],
        );
  return rows[0] && revisionOf(rows[0]);
}

/** A page of the assets of a revision, in the order of the file, after the `after`th. */
export async function assetsOf(
  tx: Tx,
  revision: number,
  page: { readonly after: number; readonly limit: number } = { after: 0, limit: 1_000_000 },
): Promise<Asset[]> {
  const rows = await tx.query<AssetRow>(
    `SELECT a.asset_id, a.name, a.region_id, a.zone_letter, a.zone_id, s.lon, s.lat, a.value_per_day, a.currency,
       a.residency, a.tags, a.standby, a.backups, a.keys, a.dns, a.identity, a.only_copy, a.rto_minutes
     FROM portfolio_asset a
     LEFT JOIN portfolio_site s ON s.tenant_id = a.tenant_id AND s.revision = a.revision AND s.asset_id = a.asset_id
     WHERE a.tenant_id = $1 AND a.revision = $2 AND a.ordinal >= $3 ORDER BY a.ordinal LIMIT $4`,
    [tx.scope.tenantId, revision, page.after, page.limit],
  );
  return rows.map(assetOf);
}

/** The revisions that stand below ledger size `position`, the last first, each with its own position. */
export async function revisionsOf(
  tx: Tx,
  position: number,
): Promise<(PortfolioRevision & { readonly position: number })[]> {
  const rows = await tx.query<RevisionRow & { position: string }>(
    `SELECT ${REVISION_COLUMNS}, e.position FROM portfolio_revision r
     JOIN ledger_entry e ON e.tenant_id = r.tenant_id AND e.record_id = r.record_id
     WHERE r.tenant_id = $1 AND e.position < $2 ORDER BY r.revision DESC`,
    [tx.scope.tenantId, position],
  );
  return rows.map((row) => ({ ...revisionOf(row), position: Number(row.position) }));
}

function revisionOf(row: RevisionRow): PortfolioRevision {
  return {
    revision: row.revision,
    recordId: row.record_id,
    fileName: row.file_name,
    fileKind: row.file_kind,
    fileHash: row.file_hash,
    contentHash: row.content_hash,
    assetCount: row.asset_count,
    leftOutCount: row.left_out_count,
    importedBy: row.imported_by,
    recordedAt: row.recorded_at.toISOString(),
  };
}

function assetOf(row: AssetRow): Asset {
  return {
    id: row.asset_id,
    name: row.name,
    regionId: row.region_id,
    zoneLetter: row.zone_letter,
    zoneId: row.zone_id,
    site: row.lon === null || row.lat === null ? null : [row.lon, row.lat],
    valuePerDay: row.value_per_day,
    currency: row.currency,
    residency: row.residency,
    tags: row.tags,
    standby: row.standby,
    backups: row.backups,
    keys: row.keys,
    dns: row.dns,
    identity: row.identity,
    onlyCopy: row.only_copy,
    rtoMinutes: row.rto_minutes,
  };
}
