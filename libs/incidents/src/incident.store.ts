import { appendRecords, Canonical, derivedId, sha256, sha256Hex } from '@faultline/ledger';
import { textArray, uuidArray, type Tx } from '@faultline/platform';
import { changedFields, type RevisionState } from './model/revision.js';

/** A numbered revision of an incident as it was recorded. */
export interface IncidentRevision {
  readonly incidentId: string;
  readonly revision: number;
  readonly changed: readonly string[];
  readonly state: RevisionState;
  readonly position: number;
  readonly recordedAt: string;
}

interface RevisionContent {
  readonly incidentId: string;
  readonly revision: number;
  readonly changed: readonly string[];
  readonly state: RevisionState;
}

/** Adds a revision for every state that differs from the last one recorded. Returns how many. */
export async function storeRevisions(tx: Tx, states: readonly RevisionState[]): Promise<number> {
  if (states.length === 0) return 0;
  const { tenantId } = tx.scope;
  const heads = await tx.query<{ incident_id: string; revision: number; state_hash: string; record: string }>(
    `SELECT DISTINCT ON (i.incident_id) i.incident_id, i.revision, i.state_hash, r.record
     FROM incident_revision i JOIN ledger_record r ON r.tenant_id = i.tenant_id AND r.record_id = i.revision_id
     WHERE i.tenant_id = $1 AND i.incident_id = ANY ($2::uuid[])
     ORDER BY i.incident_id, i.revision DESC`,
    [tenantId, uuidArray(states.map((state) => state.incidentId))],
  );
  const headOf = new Map(heads.map((head) => [head.incident_id, head]));
  const rows = states.flatMap((state) => {
    const head = headOf.get(state.incidentId);
    const written = Canonical.of(state);
    const stateHash = sha256Hex(written.text);
    if (head?.state_hash === stateHash) return [];
    const before = head && (JSON.parse(head.record) as RevisionContent).state;
    const revision = (head?.revision ?? 0) + 1;
    const said: Omit<RevisionContent, 'state'> = {
      incidentId: state.incidentId,
      revision,
      changed: changedFields(before, state),
    };
    const content = Canonical.object({ ...Canonical.fieldsOf(said), state: written });
    const revisionId = derivedId(sha256, 0, `incident-revision|${tenantId}|${state.incidentId}|${revision}`);
    return [{ revisionId, revision, stateHash, state, content }];
  });
  if (rows.length === 0) return 0;
  await tx.query(
    `INSERT INTO incident_revision (tenant_id, revision_id, incident_id, revision, block, state_hash)
     SELECT $1, r.revision_id, r.incident_id, r.revision, r.block, r.state_hash
     FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::text[]) AS r (revision_id, incident_id, revision, block, state_hash)`,
    [
      tenantId,
      uuidArray(rows.map((row) => row.revisionId)),
      uuidArray(rows.map((row) => row.state.incidentId)),
      rows.map((row) => row.revision),
      textArray(rows.map((row) => row.state.block)),
      textArray(rows.map((row) => row.stateHash)),
    ],
  );
  await appendRecords(
    tx,
    rows.map((row) => ({ recordId: row.revisionId, kind: 'incident-revision' as const, content: row.content })),
  );
  return rows.length;
}

/** The revisions of an incident within a ledger of size `position`, first to last. */
export async function revisionsOf(tx: Tx, incidentId: string, position: number): Promise<IncidentRevision[]> {
  const rows = await tx.query<{ record: string; position: string; recorded_at: Date }>(
    `SELECT r.record, e.position::text, r.recorded_at
     FROM incident_revision i
     JOIN ledger_record r ON r.tenant_id = i.tenant_id AND r.record_id = i.revision_id
     JOIN ledger_entry e ON e.tenant_id = r.tenant_id AND e.record_id = r.record_id
     WHERE i.tenant_id IN ('public', $1) AND i.incident_id = $2 AND e.position < $3
     ORDER BY i.revision`,
    [tx.scope.tenantId, incidentId, position],
  );
  return rows.map((row) => ({
    ...(JSON.parse(row.record) as RevisionContent),
    position: Number(row.position),
    recordedAt: row.recorded_at.toISOString(),
  }));
}

/** The number of the last revision of each incident within a ledger of size `position`. */
export async function lastRevisions(
  tx: Tx,
  incidentIds: readonly string[],
  position: number,
): Promise<Map<string, number>> {
  const rows = await tx.query<{ incident_id: string; revision: number }>(
    `SELECT i.incident_id, max(i.revision) AS revision
     FROM incident_revision i JOIN ledger_entry e ON e.tenant_id = i.tenant_id AND e.record_id = i.revision_id
     WHERE i.tenant_id IN ('public', $1) AND i.incident_id = ANY ($2::uuid[]) AND e.position < $3
     GROUP BY i.incident_id`,
    [tx.scope.tenantId, incidentIds, position],
  );
  return new Map(rows.map((row) => [row.incident_id, row.revision]));
}

/** The blocks these incidents have been told in. */
export async function blocksOfIncidents(tx: Tx, incidentIds: readonly string[]): Promise<string[]> {
  if (incidentIds.length === 0) return [];
  const rows = await tx.query<{ block: string }>(
    `SELECT DISTINCT block FROM incident_revision WHERE tenant_id = $1 AND incident_id = ANY ($2::uuid[])`,
    [tx.scope.tenantId, incidentIds],
  );
  return rows.map((row) => row.block);
}

/** How far into the ledger the projection has read. */
export async function projectedTo(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ position: string }>(
    `SELECT position::text FROM projection_cursor WHERE name = 'incidents'`,
  );
  return Number(row?.position ?? 0);
}

export async function setProjectedTo(tx: Tx, position: number): Promise<void> {
  await tx.query(
    `INSERT INTO projection_cursor (name, position) VALUES ('incidents', $1)
     ON CONFLICT (name) DO UPDATE SET position = excluded.position`,
    [position],
  );
}
