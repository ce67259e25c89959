import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Tx } from '@faultline/platform';
import { OPERATOR_TENANT, SCOPES, type AccessScope, type Actor, type UserRole } from './actor.js';

export type CredentialKind = 'api-key' | 'sign-in' | 'session';

/** Whom a secret stands for. */
export interface Bearer {
  readonly role: UserRole;
  readonly label: string;
  /** All, where it is left out. */
  readonly scopes?: readonly AccessScope[] | undefined;
  readonly userId?: string | null | undefined;
  /** Of the key this is one more secret of; a new one where it is left out. */
  readonly credentialId?: string | undefined;
}

/** Secrets have 256 random bits, so a fast hash keeps them. The prefix lets a leaked one be recognised. */
const PREFIX: Record<CredentialKind, string> = { 'api-key': 'flk', 'sign-in': 'fls', session: 'flw' };
/** A session that nobody used for so long has ended; use is noted to within five minutes. */
const SESSION_REST_MINUTES = 60;
const RANDOM_BYTES = 32;
/** Of 32 bytes in base64url. */
const RANDOM_CHARACTERS = 43;
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** Makes a secret of the given kind and stores its hash. The secret itself is returned once and kept nowhere. */
export async function issue(tx: Tx, kind: CredentialKind, bearer: Bearer, expiresAt: string | null): Promise<string> {
  const secret = `${PREFIX[kind]}_${tx.scope.tenantId}_${randomBytes(RANDOM_BYTES).toString('base64url')}`;
  await tx.query(
    `INSERT INTO credential (tenant_id, secret_hash, kind, role, label, expires_at, credential_id, user_id, scopes)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.scope.tenantId,
      hashOf(secret),
      kind,
      bearer.role,
      bearer.label,
      expiresAt,
      bearer.credentialId ?? randomUUID(),
      bearer.userId ?? null,
      bearer.scopes ? [...bearer.scopes] : null,
    ],
  );
  return secret;
}

/**
 * The tenant a secret says it is of: only there is it looked for. Secrets of before tenants were named in them are of
 * the tenant `local`. Undefined where the text is no secret of ours.
 */
export function tenantOfSecret(kind: CredentialKind, secret: string): string | undefined {
  const tenant = new RegExp(`^${PREFIX[kind]}_(?:([a-z0-9][a-z0-9-]{0,62})_)?[\\w-]{${RANDOM_CHARACTERS}}$`).exec(
    secret,
  );
  return tenant ? (tenant[1] ?? OPERATOR_TENANT) : undefined;
}

export type Recognised =
  | { readonly outcome: 'known'; readonly actor: Actor; readonly isFirstUseInAWhile: boolean }
  | { readonly outcome: 'unknown' | 'expired' | 'used' | 'revoked' | 'disabled' };

interface CredentialRow {
  credential_id: string;
  role: UserRole;
  label: string;
  scopes: AccessScope[] | null;
  user_id: string | null;
  expired: boolean;
  used: boolean;
  revoked: boolean;
  disabled: boolean;
  rested: boolean;
}

/** Whose secret this is. `now` is the business clock. A user’s role is the one the account has now. */
export async function recognise(tx: Tx, kind: CredentialKind, secret: string, now: string): Promise<Recognised> {
  const [row] = await tx.query<CredentialRow>(
    `SELECT c.credential_id, coalesce(u.role, c.role) AS role, coalesce(u.login, c.label) AS label, c.scopes, c.user_id,
       coalesce(c.expires_at <= $4, false)
         OR (c.kind = 'session' AND coalesce(c.last_used_at <= $4::timestamptz - make_interval(mins => $5), false)) AS expired, c.used_at IS NOT NULL AS used, c.revoked_at IS NOT NULL AS revoked,
       u.disabled_at IS NOT NULL AS disabled, coalesce(c.last_used_at < $4::timestamptz - interval '5 minutes', true) AS rested
     FROM credential c LEFT JOIN user_account u ON u.tenant_id = c.tenant_id AND u.user_id = c.user_id
     WHERE c.tenant_id = $1 AND c.secret_hash = $2 AND c.kind = $3`,
    [tx.scope.tenantId, hashOf(secret), kind, now, SESSION_REST_MINUTES],
  );
  if (!row) return { outcome: 'unknown' };
  if (row.revoked) return { outcome: 'revoked' };
  if (row.expired) return { outcome: 'expired' };
  if (row.disabled) return { outcome: 'disabled' };
  if (kind === 'sign-in' && row.used) return { outcome: 'used' };
  const actor: Actor = {
    tenantId: tx.scope.tenantId,
    role: row.role,
    label: row.label,
    scopes: row.scopes ?? SCOPES,
    credentialId: row.credential_id,
    userId: row.user_id,
  };
  return { outcome: 'known', actor, isFirstUseInAWhile: row.rested };
}

/** Writes down that a secret was used. Exact to some minutes, so that reads do not become writes. */
export async function noteUse(tx: Tx, secret: string, now: string): Promise<void> {
  await tx.query(`UPDATE credential SET last_used_at = $3 WHERE tenant_id = $1 AND secret_hash = $2`, [
    tx.scope.tenantId,
    hashOf(secret),
    now,
  ]);
}

/** Takes a sign-in secret, which works once, and gives a session for it. */
export async function signIn(
  tx: Tx,
  secret: string,
  now: string,
  sessionEndsAt: string,
): Promise<{ outcome: 'signed-in'; session: string } | { outcome: Exclude<Recognised['outcome'], 'known'> }> {
  const known = await recognise(tx, 'sign-in', secret, now);
  if (known.outcome !== 'known') return { outcome: known.outcome };
  const taken = await tx.query(
    `UPDATE credential SET used_at = $3 WHERE tenant_id = $1 AND secret_hash = $2 AND used_at IS NULL RETURNING 1`,
    [tx.scope.tenantId, hashOf(secret), now],
  );
  if (taken.length === 0) return { outcome: 'used' };
  const { role, label, userId } = known.actor;
  return { outcome: 'signed-in', session: await issue(tx, 'session', { role, label, userId }, sessionEndsAt) };
}

/** Ends a session or takes a key back, at once and with every secret it has. Tells whether there was one. */
export async function revoke(tx: Tx, kind: CredentialKind, credentialId: string, now: string): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE credential SET revoked_at = $4
     WHERE tenant_id = $1 AND kind = $2 AND credential_id = $3 AND revoked_at IS NULL RETURNING 1`,
    [tx.scope.tenantId, kind, credentialId, now],
  );
  return rows.length > 0;
}
