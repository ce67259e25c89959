import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Scores that a tenant had recorded: what was asked, what it was made of, what it came to. Never changed. */
export class ScoreRuns1769900900000 implements MigrationInterface {
  readonly name = 'ScoreRuns1769900900000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE score_run (
      tenant_id text NOT NULL,
      run_id uuid NOT NULL,
      region_id text NOT NULL,
      as_of timestamptz NOT NULL,
      position bigint NOT NULL,
      outcome text NOT NULL,
      model_version text NOT NULL,
      parameter_hash text NOT NULL,
      input_hash text NOT NULL,
      result_hash text NOT NULL,
      likelihood double precision,
      probability30 double precision,
      requested_by text NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT pk_score_run PRIMARY KEY (tenant_id, run_id),
      CONSTRAINT ck_score_run_position CHECK (position >= 0),
      CONSTRAINT ck_score_run_hashes CHECK (
        parameter_hash ~ '^[0-9a-f]{64}$' AND input_hash ~ '^[0-9a-f]{64}$' AND result_hash ~ '^[0-9a-f]{64}$')
    )`);
    await runner.query(`CREATE INDEX ix_score_run_region ON score_run (tenant_id, region_id, as_of)`);
    const own = `tenant_id = (SELECT current_setting('app.tenant', true)) AND tenant_id <> 'public'`;
    await runner.query(`ALTER TABLE score_run ENABLE ROW LEVEL SECURITY`);
    await runner.query(`ALTER TABLE score_run FORCE ROW LEVEL SECURITY`);
    await runner.query(`CREATE POLICY score_run_read ON score_run FOR SELECT TO faultline_app USING (${own})`);
    await runner.query(`CREATE POLICY score_run_add ON score_run FOR INSERT TO faultline_app WITH CHECK (${own})`);
    await runner.query(`GRANT SELECT, INSERT ON score_run TO faultline_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE score_run`);
  }
}
