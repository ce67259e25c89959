import type { Tx } from '@faultline/platform';

/** What the ledger holds of one record: enough to make its leaf hash again, and to see that it is the one that was placed. */
export interface LedgerLeaf {
  readonly recordId: string;
  /** Below the size of every ledger the record is part of. */
  readonly position: number;
  /** Canonical JSON, as it was hashed. */
  readonly record: string;
  /** Lower-case hex of 16 bytes. */
  readonly salt: string;
  /** Lower-case hex of SHA-256(0x00 ‖ record ‖ salt). */
  readonly leafHash: string;
}

interface LeafRow {
  record_id: string;
  position: string;
  record: string;
  salt: string;
  leaf_hash: string;
}

/** The leaves of these records within a ledger of size `below`, by record id. Those not placed below it are left out. */
export async function leavesOf(
  tx: Tx,
  recordIds: readonly string[],
  below: number,
): Promise<ReadonlyMap<string, LedgerLeaf>> {
  const rows = await tx.query<LeafRow>(
    `SELECT r.record_id, e.position::text, r.record, encode(e.salt, 'hex') AS salt, encode(e.leaf_hash, 'hex') AS leaf_hash
     FROM ledger_entry e JOIN ledger_record r ON r.tenant_id = e.tenant_id AND r.record_id = e.record_id
     WHERE r.record_id = ANY ($1::uuid[]) AND e.position < $2 AND r.tenant_id IN ('public', $3)`,
    [recordIds, below, tx.scope.tenantId],
  );
  return new Map(
    rows.map((row) => [
      row.record_id,
      {
        recordId: row.record_id,
        position: Number(row.position),
        record: row.record,
        salt: row.salt,
        leafHash: row.leaf_hash,
      },
    ]),
  );
}
