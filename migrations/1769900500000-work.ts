import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Work to be done at least once, claimed row by row with lease and fencing token, and the places it goes to. */
export class Work1769900500000 implements MigrationInterface {
  readonly name = 'Work1769900500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE work_destination (
      tenant_id text NOT NULL,
      kind text NOT NULL,
      destination text NOT NULL,
      not_before timestamptz NOT NULL DEFAULT '-infinity',
      closed_reason text,
      CONSTRAINT pk_work_destination PRIMARY KEY (tenant_id, kind, destination)
    )`);
    await runner.query(`CREATE TABLE work_item (
      tenant_id text NOT NULL,
      work_id uuid NOT NULL,
      kind text NOT NULL,
      destination text NOT NULL,
      payload_ref uuid NOT NULL,
      state text NOT NULL DEFAULT 'waiting',
      reason text,
      attempts integer NOT NULL DEFAULT 0,
      next_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      lease_until timestamptz,
      lease_token uuid,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      ended_at timestamptz,
      CONSTRAINT pk_work_item PRIMARY KEY (tenant_id, work_id),
      CONSTRAINT fk_work_item_destination FOREIGN KEY (tenant_id, kind, destination)
        REFERENCES work_destination (tenant_id, kind, destination),
      CONSTRAINT ck_work_item_state CHECK (state IN ('waiting', 'done', 'gave-up')),
      CONSTRAINT ck_work_item_ended CHECK ((state = 'waiting') = (ended_at IS NULL)),
      CONSTRAINT ck_work_item_lease CHECK ((lease_until IS NULL) = (lease_token IS NULL))
    )`);
    await runner.query(
      `CREATE INDEX ix_work_item_due ON work_item (tenant_id, kind, destination, next_at) WHERE state = 'waiting'`,
    );
    await runner.query(`CREATE INDEX ix_work_item_payload ON work_item (tenant_id, payload_ref)`);
    // Work of every tenant is done by one worker role; tenants see their own.
    for (const table of ['work_destination', 'work_item']) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
      await runner.query(
        `CREATE POLICY ${table}_read ON ${table} FOR SELECT TO faultline_app
         USING (tenant_id = (SELECT current_setting('app.tenant', true)))`,
      );
      await runner.query(
        `CREATE POLICY ${table}_work ON ${table} FOR ALL TO faultline_sequencer USING (true) WITH CHECK (true)`,
      );
      await runner.query(`GRANT SELECT ON ${table} TO faultline_app, faultline_sequencer`);
      await runner.query(`GRANT INSERT ON ${table} TO faultline_sequencer`);
    }
    // Deliveries are evidence: what a row is of cannot change, and no row can be removed.
    await runner.query(`GRANT UPDATE (not_before, closed_reason) ON work_destination TO faultline_sequencer`);
    await runner.query(
      `GRANT UPDATE (state, reason, attempts, next_at, lease_until, lease_token, ended_at) ON work_item TO faultline_sequencer`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE work_item`);
    await runner.query(`DROP TABLE work_destination`);
  }
}
