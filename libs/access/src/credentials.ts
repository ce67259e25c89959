import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '@faultline/platform';

export const USER_ROLES = ['viewer', 'analyst', 'auditor', 'admin'] as const;
export type UserRole = (typeof USER_ROLES)[number];
export type CredentialKind = 'api-key' | 'sign-in' | 'session';

/** Who is asking. */
export interface Actor {
  readonly tenantId: string;
  readonly role: UserRole;
  readonly label: string;
}

/** Secrets have 256 random bits, so a fast hash keeps them. The prefix lets a leaked one be recognised. */
const PREFIX: Record<CredentialKind, string> = { 'api-key': 'flk', 'sign-in': 'fls', session: 'flw' };
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** Makes a secret of the given kind and stores its hash. The secret itself is returned once and kept nowhere. */
export async function issue(
  tx: Tx,
  kind: CredentialKind,
  actor: { role: UserRole; label: string },
  expiresAt: string | null,
): Promise<string> {
  const secret = `${PREFIX[kind]}_${randomBytes(32).toString('base64url')}`;
  await tx.query(
    `INSERT INTO credential (tenant_id, secret_hash, kind, role, label, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [tx.scope.tenantId, hashOf(secret), kind, actor.role, actor.label, expiresAt],
  );
  return secret;
}

export type Recognised =
  { readonly outcome: 'known'; readonly actor: Actor } | { readonly outcome: 'unknown' | 'expired' | 'used' };

interface CredentialRow {
  role: UserRole;
  label: string;
  expired: boolean;
  used: boolean;
}

/** Whose secret this is. `now` is the business clock. */
export async function recognise(tx: Tx, kind: CredentialKind, secret: string, now: string): Promise<Recognised> {
  const [row] = await tx.query<CredentialRow>(
    `SELECT role, label, coalesce(expires_at <= $4, false) AS expired, used_at IS NOT NULL AS used
     FROM credential WHERE tenant_id = $1 AND secret_hash = $2 AND kind = $3`,
    [tx.scope.tenantId, hashOf(secret), kind, now],
  );
  if (!row) return { outcome: 'unknown' };
  if (row.expired) return { outcome: 'expired' };
  if (kind === 'sign-in' && row.used) return { outcome: 'used' };
  return { outcome: 'known', actor: { tenantId: tx.scope.tenantId, role: row.role, label: row.label } };
}

/** Takes a sign-in secret, which works once, and gives a session for it. */
export async function signIn(
  tx: Tx,
  secret: string,
  now: string,
  sessionEndsAt: string,
): Promise<{ outcome: 'signed-in'; session: string } | { outcome: 'unknown' | 'expired' | 'used' }> {
  const known = await recognise(tx, 'sign-in', secret, now);
  if (known.outcome !== 'known') return { outcome: known.outcome };
  const taken = await tx.query(
    `UPDATE credential SET used_at = $3 WHERE tenant_id = $1 AND secret_hash = $2 AND used_at IS NULL RETURNING 1`,
    [tx.scope.tenantId, hashOf(secret), now],
  );
  if (taken.length === 0) return { outcome: 'used' };
  return { outcome: 'signed-in', session: await issue(tx, 'session', known.actor, sessionEndsAt) };
}
