import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Secrets that let somebody in, stored as SHA-256 only: API keys, single-use sign-in links, sessions. */
export class Access1769900400000 implements MigrationInterface {
  readonly name = 'Access1769900400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE credential (
      tenant_id text NOT NULL,
      secret_hash text NOT NULL,
      kind text NOT NULL,
      role text NOT NULL,
      label text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      expires_at timestamptz,
      used_at timestamptz,
      CONSTRAINT pk_credential PRIMARY KEY (tenant_id, secret_hash),
      CONSTRAINT ck_credential_kind CHECK (kind IN ('api-key', 'sign-in', 'session')),
      CONSTRAINT ck_credential_role CHECK (role IN ('viewer', 'analyst', 'auditor', 'admin'))
    )`);
    await runner.query(`ALTER TABLE credential ENABLE ROW LEVEL SECURITY`);
    await runner.query(`ALTER TABLE credential FORCE ROW LEVEL SECURITY`);
    const own = `tenant_id = (SELECT current_setting('app.tenant', true))`;
    await runner.query(`CREATE POLICY credential_read ON credential FOR SELECT TO faultline_app USING (${own})`);
    await runner.query(`CREATE POLICY credential_add ON credential FOR INSERT TO faultline_app WITH CHECK (${own})`);
    await runner.query(`CREATE POLICY credential_use ON credential FOR UPDATE TO faultline_app USING (${own})`);
    await runner.query(`GRANT SELECT, INSERT ON credential TO faultline_app`);
    await runner.query(`GRANT UPDATE (used_at) ON credential TO faultline_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE credential`);
  }
}
