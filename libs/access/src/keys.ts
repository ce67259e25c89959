import type { Tx } from '@faultline/platform';
import { SCOPES, type AccessScope, type UserRole } from './actor.js';
import { issue } from './credentials.js';

/** An API key as its tenant sees it: never a secret. */
export interface ApiKey {
  readonly id: string;
  readonly label: string;
  readonly role: UserRole;
  readonly scopes: readonly AccessScope[];
  readonly createdAt: string;
  /** When its newest secret stops working; null: never. */
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  /** Exact to some minutes. */
  readonly lastUsedAt: string | null;
  /** Secrets that work now: two while an old one has its grace. */
  readonly secrets: number;
}

interface KeyRow {
  id: string;
  label: string;
  role: UserRole;
  scopes: AccessScope[] | null;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
  secrets: number;
}

/** The API keys of the tenant, the newest last. */
export async function keysOf(tx: Tx, now: string): Promise<ApiKey[]> {
  const rows = await tx.query<KeyRow>(
    `SELECT credential_id AS id, min(label) AS label, min(role) AS role,
       (array_agg(to_json(scopes) ORDER BY created_at DESC))[1] AS scopes, min(created_at) AS created_at,
       (array_agg(expires_at ORDER BY created_at DESC))[1] AS expires_at, max(revoked_at) AS revoked_at,
       max(last_used_at) AS last_used_at,
       count(*) FILTER (WHERE revoked_at IS NULL AND coalesce(expires_at > $2, true))::int AS secrets
     FROM credential WHERE tenant_id = $1 AND kind = 'api-key'
     GROUP BY credential_id ORDER BY min(created_at), credential_id`,
    [tx.scope.tenantId, now],
  );
  const written = (instant: Date | null) => instant?.toISOString() ?? null;
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    role: row.role,
    scopes: row.scopes ?? SCOPES,
    createdAt: row.created_at.toISOString(),
    expiresAt: written(row.expires_at),
    revokedAt: written(row.revoked_at),
    lastUsedAt: written(row.last_used_at),
    secrets: row.secrets,
  }));
}

/**
 * Gives a key a new secret. The last one works until `graceEndsAt` or its own end, whichever comes first; any before it
 * no longer. Undefined where no such key is in force.
 */
export async function rotate(
  tx: Tx,
  key: ApiKey,
  at: { now: string; graceEndsAt: string; expiresAt: string | null },
): Promise<string> {
  const { tenantId } = tx.scope;
  await tx.query(
    `UPDATE credential c SET expires_at = least(c.expires_at, CASE WHEN c.secret_hash = newest.secret_hash THEN $3::timestamptz ELSE $4 END)
     FROM (SELECT secret_hash FROM credential WHERE tenant_id = $1 AND credential_id = $2 ORDER BY created_at DESC LIMIT 1) newest
     WHERE c.tenant_id = $1 AND c.credential_id = $2 AND c.kind = 'api-key'`,
    [tenantId, key.id, at.graceEndsAt, at.now],
  );
  const { role, label, scopes, id: credentialId } = key;
  return issue(tx, 'api-key', { role, label, scopes, credentialId }, at.expiresAt);
}
