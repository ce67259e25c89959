import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tenants with the reserved tenant of public facts, and the lease rows of whoever must be alone. */
export class Tenants1769900000000 implements MigrationInterface {
  readonly name = 'Tenants1769900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE tenant (
      tenant_id text NOT NULL,
      name text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT pk_tenant PRIMARY KEY (tenant_id),
      CONSTRAINT ck_tenant_id CHECK (tenant_id ~ '^[a-z0-9][a-z0-9-]{0,62}$')
    )`);
    await runner.query(
      `INSERT INTO tenant (tenant_id, name) VALUES ('public', 'Public facts'), ('local', 'This installation')`,
    );
    await runner.query(`ALTER TABLE tenant ENABLE ROW LEVEL SECURITY`);
    await runner.query(`ALTER TABLE tenant FORCE ROW LEVEL SECURITY`);
    await runner.query(`CREATE POLICY tenant_read ON tenant FOR SELECT
      TO faultline_app, faultline_feed, faultline_sequencer
      USING (tenant_id = 'public' OR tenant_id = (SELECT current_setting('app.tenant', true)))`);
    await runner.query(`GRANT SELECT ON tenant TO faultline_app, faultline_feed, faultline_sequencer`);

    await runner.query(`CREATE TABLE lease (
      name text NOT NULL,
      holder text NOT NULL,
      epoch bigint NOT NULL,
      expires_at timestamptz NOT NULL,
      CONSTRAINT pk_lease PRIMARY KEY (name)
    )`);
    await runner.query(`GRANT SELECT, INSERT, UPDATE ON lease TO faultline_app, faultline_feed, faultline_sequencer`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE lease`);
    await runner.query(`DROP TABLE tenant`);
  }
}
