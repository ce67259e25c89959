import { textArray, uuidArray, type Tx } from '@faultline/platform';
import { Canonical, canonicalJson } from './model/canonical.js';

/** What a record is of. */
export type RecordKind =
  'capture' | 'poll' | 'claim' | 'incident-revision' | 'portfolio-revision' | 'access' | 'score-run';

export interface NewRecord {
  readonly recordId: string;
  readonly kind: RecordKind;
  /** JSON, or JSON that is written already. */
  readonly content: unknown;
}

/**
 * Adds records to the tenant of the transaction; those already there are left as they are. They become part of the
 * ledger, and of any answer, once the sequencer has given them a position.
 * @returns the ids that were new.
 */
export async function appendRecords(tx: Tx, records: readonly NewRecord[]): Promise<Set<string>> {
  if (records.length === 0) return new Set();
  const rows = await tx.query<{ record_id: string }>(
    `INSERT INTO ledger_record (tenant_id, record_id, kind, record)
     SELECT $1, r.record_id, r.kind, r.record
     FROM unnest($2::uuid[], $3::text[], $4::text[]) AS r (record_id, kind, record)
     ON CONFLICT (tenant_id, record_id) DO NOTHING
     RETURNING record_id`,
    [
      tx.scope.tenantId,
      uuidArray(records.map((record) => record.recordId)),
      textArray(records.map((record) => record.kind)),
      textArray(
        records.map((record) =>
          record.content instanceof Canonical ? record.content.text : canonicalJson(record.content),
        ),
      ),
    ],
  );
  return new Set(rows.map((row) => row.record_id));
}

/** The size of the ledger: every position below it is taken. */
export async function ledgerSize(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ size: string }>(`SELECT size::text FROM ledger_head WHERE id = 1`);
  return Number(row!.size);
}

/** The size the ledger had at `instant`, by the database clock that sequenced it. */
export async function ledgerSizeAt(tx: Tx, instant: string): Promise<number> {
  const [row] = await tx.query<{ size: string }>(
    `SELECT coalesce(max(position) + 1, 0)::text AS size FROM ledger_entry WHERE sequenced_at <= $1`,
    [instant],
  );
  return Number(row!.size);
}

/** How many of these records the sequencer has not placed yet. */
export async function unsequenced(tx: Tx, recordIds: readonly string[]): Promise<number> {
  const [row] = await tx.query<{ left: string }>(
    `SELECT count(*)::text AS left FROM unnest($2::uuid[]) AS r (record_id)
     WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.tenant_id = $1 AND e.record_id = r.record_id)`,
    [tx.scope.tenantId, recordIds],
  );
  return Number(row!.left);
}
