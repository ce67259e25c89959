import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People who may sign in, and what of a secret can change: an API key has a name that its secrets share over rotations,
 * scopes, and an end. Tenants can be added by the service's own role, never the public one.
 */
export class Accounts1769900700000 implements MigrationInterface {
  readonly name = 'Accounts1769900700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE user_account (
      tenant_id text NOT NULL,
      user_id uuid NOT NULL,
      login text NOT NULL,
      role text NOT NULL,
      password_hash text,
      issuer text,
      subject text,
      disabled_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT pk_user_account PRIMARY KEY (tenant_id, user_id),
      CONSTRAINT uq_user_account_login UNIQUE (tenant_id, login),
      CONSTRAINT uq_user_account_subject UNIQUE (tenant_id, issuer, subject),
      CONSTRAINT ck_user_account_tenant CHECK (tenant_id <> 'public'),
      CONSTRAINT ck_user_account_login CHECK (login = lower(login) AND length(login) BETWEEN 1 AND 254),
      CONSTRAINT ck_user_account_role CHECK (role IN ('viewer', 'analyst', 'auditor', 'admin')),
      CONSTRAINT ck_user_account_password CHECK (password_hash LIKE '$argon2id$%'),
      CONSTRAINT ck_user_account_subject CHECK ((issuer IS NULL) = (subject IS NULL))
    )`);
    const own = `tenant_id = (SELECT current_setting('app.tenant', true))`;
    await runner.query(`ALTER TABLE user_account ENABLE ROW LEVEL SECURITY`);
    await runner.query(`ALTER TABLE user_account FORCE ROW LEVEL SECURITY`);
    await runner.query(`CREATE POLICY user_account_read ON user_account FOR SELECT TO faultline_app USING (${own})`);
    await runner.query(
      `CREATE POLICY user_account_add ON user_account FOR INSERT TO faultline_app WITH CHECK (${own})`,
    );
    await runner.query(`CREATE POLICY user_account_change ON user_account FOR UPDATE TO faultline_app USING (${own})`);
    await runner.query(`GRANT SELECT, INSERT ON user_account TO faultline_app`);
    await runner.query(
      `GRANT UPDATE (role, password_hash, issuer, subject, disabled_at) ON user_account TO faultline_app`,
    );

    // Keys made before have no common name with others: each gets one of its own.
    await runner.query(`ALTER TABLE credential
      ADD COLUMN credential_id uuid NOT NULL DEFAULT gen_random_uuid(),
      ADD COLUMN user_id uuid,
      ADD COLUMN scopes text[],
      ADD COLUMN revoked_at timestamptz,
      ADD COLUMN last_used_at timestamptz,
      ADD CONSTRAINT fk_credential_user FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, user_id),
      ADD CONSTRAINT ck_credential_scopes CHECK (scopes <@ ARRAY['read', 'write', 'report', 'admin'])`);
    await runner.query(`CREATE INDEX ix_credential_id ON credential (tenant_id, credential_id)`);
    await runner.query(`CREATE INDEX ix_credential_user ON credential (tenant_id, user_id)`);
    await runner.query(`GRANT UPDATE (used_at, expires_at, revoked_at, last_used_at) ON credential TO faultline_app`);

    await runner.query(
      `CREATE POLICY tenant_add ON tenant FOR INSERT TO faultline_app WITH CHECK (${own} AND tenant_id <> 'public')`,
    );
    await runner.query(`GRANT INSERT ON tenant TO faultline_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`REVOKE INSERT ON tenant FROM faultline_app`);
    await runner.query(`DROP POLICY tenant_add ON tenant`);
    await runner.query(`REVOKE UPDATE (expires_at, revoked_at, last_used_at) ON credential FROM faultline_app`);
    await runner.query(`DROP INDEX ix_credential_user`);
    await runner.query(`DROP INDEX ix_credential_id`);
    await runner.query(`ALTER TABLE credential
      DROP COLUMN last_used_at, DROP COLUMN revoked_at, DROP COLUMN scopes, DROP COLUMN user_id, DROP COLUMN credential_id`);
    await runner.query(`DROP TABLE user_account`);
  }
}
