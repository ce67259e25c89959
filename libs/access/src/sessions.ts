import type { Tx } from '@faultline/platform';

/** A session of an account as the account sees it: never a secret. */
export interface Session {
  readonly id: string;
  readonly startedAt: string;
  /** Exact to some minutes; null before the first use. */
  readonly lastUsedAt: string | null;
  readonly endsAt: string | null;
}

interface SessionRow {
  credential_id: string;
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
}

/** The sessions of an account that have neither run out nor been ended, the newest first. */
export async function sessionsOf(tx: Tx, userId: string, now: string): Promise<Session[]> {
  const rows = await tx.query<SessionRow>(
    `SELECT credential_id, created_at, last_used_at, expires_at FROM credential
     WHERE tenant_id = $1 AND user_id = $2 AND kind = 'session' AND revoked_at IS NULL AND coalesce(expires_at > $3, true)
     ORDER BY created_at DESC, credential_id`,
    [tx.scope.tenantId, userId, now],
  );
  return rows.map((row) => ({
    id: row.credential_id,
    startedAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    endsAt: row.expires_at?.toISOString() ?? null,
  }));
}

/** Ends one session of an account, or all but the one kept. How many there were to end. */
export async function endSessions(
  tx: Tx,
  userId: string,
  which: { readonly one: string } | { readonly allBut: string },
  now: string,
): Promise<number> {
  const [id, isOne] = 'one' in which ? [which.one, true] : [which.allBut, false];
  const rows = await tx.query(
    `UPDATE credential SET revoked_at = $5
     WHERE tenant_id = $1 AND user_id = $2 AND kind = 'session' AND revoked_at IS NULL AND (credential_id = $3) = $4
     RETURNING 1`,
    [tx.scope.tenantId, userId, id, isOne, now],
  );
  return rows.length;
}
