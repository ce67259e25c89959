import { randomUUID } from 'node:crypto';
import type { Tx } from '@faultline/platform';
import type { UserRole } from './actor.js';

/** Somebody who may sign in. */
export interface User {
  readonly id: string;
  /** An e-mail address or a name, in lower case. */
  readonly login: string;
  readonly role: UserRole;
  readonly hasPassword: boolean;
  /** Whether an identity provider has vouched for the account. */
  readonly isLinked: boolean;
  readonly disabledAt: string | null;
  readonly createdAt: string;
}

interface UserRow {
  user_id: string;
  login: string;
  role: UserRole;
  has_password: boolean;
  is_linked: boolean;
  disabled_at: Date | null;
  created_at: Date;
}

const COLUMNS = `user_id, login, role, password_hash IS NOT NULL AS has_password, issuer IS NOT NULL AS is_linked, disabled_at, created_at`;

const userOf = (row: UserRow): User => ({
  id: row.user_id,
  login: row.login,
  role: row.role,
  hasPassword: row.has_password,
  isLinked: row.is_linked,
  disabledAt: row.disabled_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
});

/** How a login is kept and compared. */
export function loginOf(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase();
}

export async function usersOf(tx: Tx): Promise<User[]> {
  const rows = await tx.query<UserRow>(`SELECT ${COLUMNS} FROM user_account WHERE tenant_id = $1 ORDER BY login`, [
    tx.scope.tenantId,
  ]);
  return rows.map(userOf);
}

/** Adds an account. Undefined where the tenant has one of that login. */
export async function addUser(
  tx: Tx,
  wanted: { login: string; role: UserRole; passwordHash: string | null },
): Promise<User | undefined> {
  const [row] = await tx.query<UserRow>(
    `INSERT INTO user_account (tenant_id, user_id, login, role, password_hash) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (tenant_id, login) DO NOTHING RETURNING ${COLUMNS}`,
    [tx.scope.tenantId, randomUUID(), loginOf(wanted.login), wanted.role, wanted.passwordHash],
  );
  return row && userOf(row);
}

/**
 * Changes what is given. Who is disabled, or gets another password, is signed out everywhere. Undefined where the tenant
 * has no such account.
 */
export async function changeUser(
  tx: Tx,
  userId: string,
  change: { role?: UserRole | undefined; disabled?: boolean | undefined; passwordHash?: string | undefined },
  now: string,
): Promise<User | undefined> {
  const { tenantId } = tx.scope;
  const [row] = await tx.query<UserRow>(
    `UPDATE user_account SET role = coalesce($3, role), password_hash = coalesce($4, password_hash),
       disabled_at = CASE $5::boolean WHEN true THEN coalesce(disabled_at, $6) WHEN false THEN NULL ELSE disabled_at END
     WHERE tenant_id = $1 AND user_id = $2 RETURNING ${COLUMNS}`,
    [tenantId, userId, change.role ?? null, change.passwordHash ?? null, change.disabled ?? null, now],
  );
  if (!row) return undefined;
  if (change.disabled === true || change.passwordHash !== undefined) {
    await tx.query(
      `UPDATE credential SET revoked_at = $3 WHERE tenant_id = $1 AND user_id = $2 AND revoked_at IS NULL`,
      [tenantId, userId, now],
    );
  }
  return userOf(row);
}

/** The account of a login with its password hash. */
export async function accountOf(tx: Tx, login: string): Promise<(User & { passwordHash: string | null }) | undefined> {
  const [row] = await tx.query<UserRow & { password_hash: string | null }>(
    `SELECT ${COLUMNS}, password_hash FROM user_account WHERE tenant_id = $1 AND login = $2`,
    [tx.scope.tenantId, loginOf(login)],
  );
  return row && { ...userOf(row), passwordHash: row.password_hash };
}

export type Vouched =
  { readonly outcome: 'known'; readonly user: User } | { readonly outcome: 'unknown' | 'disabled' | 'taken' };

/**
 * The account an identity provider vouches for: the one linked to the subject, or, the first time, the one whose login
 * is the verified e-mail address. Nobody is signed in by an address another subject has.
 */
export async function vouchedUser(
  tx: Tx,
  said: { issuer: string; subject: string; verifiedEmail: string | null },
): Promise<Vouched> {
  const { tenantId } = tx.scope;
  const [linked] = await tx.query<UserRow>(
    `SELECT ${COLUMNS} FROM user_account WHERE tenant_id = $1 AND issuer = $2 AND subject = $3`,
    [tenantId, said.issuer, said.subject],
  );
  if (linked) return known(linked);
  if (said.verifiedEmail === null) return { outcome: 'unknown' };
  const found = await accountOf(tx, said.verifiedEmail);
  if (!found) return { outcome: 'unknown' };
  if (found.isLinked) return { outcome: 'taken' };
  const [row] = await tx.query<UserRow>(
    `UPDATE user_account SET issuer = $3, subject = $4 WHERE tenant_id = $1 AND user_id = $2 AND issuer IS NULL
     RETURNING ${COLUMNS}`,
    [tenantId, found.id, said.issuer, said.subject],
  );
  return row ? known(row) : { outcome: 'taken' };
}

function known(row: UserRow): Vouched {
  return row.disabled_at === null ? { outcome: 'known', user: userOf(row) } : { outcome: 'disabled' };
}
