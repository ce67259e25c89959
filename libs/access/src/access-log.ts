import { randomUUID } from 'node:crypto';
import { appendRecords } from '@faultline/ledger';
import type { Tx } from '@faultline/platform';
import type { Actor } from './actor.js';

/** What was read: the kinds of reading that leave a record. */
export const SENSITIVE = ['portfolio', 'export', 'report'] as const;
export type Sensitive = (typeof SENSITIVE)[number];

/** One sensitive read, as it stands in the ledger. */
export interface Access {
  readonly at: string;
  readonly what: Sensitive;
  /** Method and address as it was asked, without the host. */
  readonly request: string;
  readonly by: string;
  readonly role: Actor['role'];
  readonly credentialId: string;
  readonly userId: string | null;
  /** Rows in the answer; null where it has none to count. */
  readonly rows: number | null;
}

export interface LoggedAccess extends Access {
  readonly id: string;
  /** Null until the sequencer has placed it. */
  readonly position: number | null;
}

/** Keeps a sensitive read in the reader’s own tenant. It becomes part of the ledger like any record. */
export async function noteAccess(
  tx: Tx,
  actor: Actor,
  read: Pick<Access, 'at' | 'what' | 'request' | 'rows'>,
): Promise<void> {
  const { label, role, credentialId, userId } = actor;
  const content: Access = { ...read, by: label, role, credentialId, userId };
  await appendRecords(tx, [{ recordId: randomUUID(), kind: 'access', content }]);
}

/** The sensitive reads of the tenant, the newest first; those before the one named `after`, where one is. */
export async function accessLog(tx: Tx, limit: number, after: string | null): Promise<LoggedAccess[]> {
  const rows = await tx.query<{ record_id: string; record: string; position: string | null }>(
    `SELECT r.record_id, r.record, e.position::text
     FROM ledger_record r LEFT JOIN ledger_entry e ON e.tenant_id = r.tenant_id AND e.record_id = r.record_id
     WHERE r.tenant_id = $1 AND r.kind = 'access' AND ($3::uuid IS NULL OR (r.recorded_at, r.record_id) <
       (SELECT last.recorded_at, last.record_id FROM ledger_record last WHERE last.tenant_id = $1 AND last.record_id = $3))
     ORDER BY r.recorded_at DESC, r.record_id DESC LIMIT $2`,
    [tx.scope.tenantId, limit, after],
  );
  return rows.map(({ record_id, record, position }) => ({
    id: record_id,
    position: position === null ? null : Number(position),
    ...(JSON.parse(record) as Access),
  }));
}
