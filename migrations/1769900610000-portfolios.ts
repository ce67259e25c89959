import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a tenant runs, as it was imported: whole revisions, never changed. Nobody but the tenant reads them, and the
 * exact positions of its own sites stand in a table of their own.
 */
export class Portfolios1769900610000 implements MigrationInterface {
  readonly name = 'Portfolios1769900610000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE portfolio_revision (
      tenant_id text NOT NULL,
      revision integer NOT NULL,
      record_id uuid NOT NULL,
      file_name text NOT NULL,
      file_kind text NOT NULL,
      file_hash text NOT NULL,
      content_hash text NOT NULL,
      asset_count integer NOT NULL,
      left_out_count integer NOT NULL,
      mapping jsonb NOT NULL,
      imported_by text NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT pk_portfolio_revision PRIMARY KEY (tenant_id, revision),
      CONSTRAINT ck_portfolio_revision_number CHECK (revision >= 1),
      CONSTRAINT ck_portfolio_revision_kind CHECK (file_kind IN ('csv', 'xlsx', 'geojson')),
      CONSTRAINT ck_portfolio_revision_counts CHECK (asset_count >= 1 AND left_out_count >= 0)
    )`);
    await runner.query(`CREATE TABLE portfolio_asset (
      tenant_id text NOT NULL,
      revision integer NOT NULL,
      asset_id text NOT NULL,
      ordinal integer NOT NULL,
      name text NOT NULL,
      region_id text,
      zone_letter text,
      zone_id text,
      value_per_day double precision,
      currency text,
      residency text[],
      tags text[] NOT NULL,
      standby text[],
      backups text[],
      keys text[],
      dns text[],
      identity text[],
      only_copy boolean,
      rto_minutes double precision,
      CONSTRAINT pk_portfolio_asset PRIMARY KEY (tenant_id, revision, asset_id),
      CONSTRAINT uq_portfolio_asset_ordinal UNIQUE (tenant_id, revision, ordinal),
      CONSTRAINT fk_portfolio_asset_revision FOREIGN KEY (tenant_id, revision)
        REFERENCES portfolio_revision (tenant_id, revision),
      CONSTRAINT ck_portfolio_asset_value CHECK (value_per_day >= 0 AND value_per_day < 'Infinity'),
      CONSTRAINT ck_portfolio_asset_currency CHECK (value_per_day IS NULL OR currency IS NOT NULL),
      CONSTRAINT ck_portfolio_asset_rto CHECK (rto_minutes >= 0 AND rto_minutes < 'Infinity'),
      CONSTRAINT ck_portfolio_asset_zone CHECK (region_id IS NOT NULL OR (zone_letter IS NULL AND zone_id IS NULL))
    )`);
    await runner.query(
      `CREATE INDEX ix_portfolio_asset_region ON portfolio_asset (tenant_id, revision, region_id, asset_id)`,
    );
    await runner.query(`CREATE TABLE portfolio_site (
      tenant_id text NOT NULL,
      revision integer NOT NULL,
      asset_id text NOT NULL,
      lon double precision NOT NULL,
      lat double precision NOT NULL,
      CONSTRAINT pk_portfolio_site PRIMARY KEY (tenant_id, revision, asset_id),
      CONSTRAINT fk_portfolio_site_asset FOREIGN KEY (tenant_id, revision, asset_id)
        REFERENCES portfolio_asset (tenant_id, revision, asset_id),
      CONSTRAINT ck_portfolio_site CHECK (lon BETWEEN -180 AND 180 AND lat BETWEEN -90 AND 90)
    )`);
    const own = `tenant_id = (SELECT current_setting('app.tenant', true)) AND tenant_id <> 'public'`;
    for (const table of ['portfolio_revision', 'portfolio_asset', 'portfolio_site']) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
      await runner.query(`CREATE POLICY ${table}_read ON ${table} FOR SELECT TO faultline_app USING (${own})`);
      await runner.query(`CREATE POLICY ${table}_add ON ${table} FOR INSERT TO faultline_app WITH CHECK (${own})`);
      await runner.query(`GRANT SELECT, INSERT ON ${table} TO faultline_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['portfolio_site', 'portfolio_asset', 'portfolio_revision']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
