import type { MigrationInterface, QueryRunner } from 'typeorm';

const WORKER = 'faultline_sequencer';

/** Who wants to hear of what, what was decided and why, what was written, and every attempt to bring it to somebody. */
export class Alerts1769900510000 implements MigrationInterface {
  readonly name = 'Alerts1769900510000';

  async up(runner: QueryRunner): Promise<void> {
    const own = `tenant_id = (SELECT current_setting('app.tenant', true))`;
    await runner.query(`CREATE TABLE subscription (
      tenant_id text NOT NULL,
      subscription_id uuid NOT NULL,
      title text NOT NULL,
      region_ids text[] NOT NULL,
      conditions jsonb NOT NULL,
      receiver_kind text NOT NULL,
      address text NOT NULL,
      secret text,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      ended_at timestamptz,
      CONSTRAINT pk_subscription PRIMARY KEY (tenant_id, subscription_id),
      CONSTRAINT ck_subscription_scope CHECK (cardinality(region_ids) BETWEEN 1 AND 500),
      CONSTRAINT ck_subscription_receiver CHECK (receiver_kind IN ('webhook', 'email')),
      CONSTRAINT ck_subscription_secret CHECK ((receiver_kind = 'webhook') = (secret IS NOT NULL))
    )`);
    await runner.query(`ALTER TABLE subscription ENABLE ROW LEVEL SECURITY`);
    await runner.query(`ALTER TABLE subscription FORCE ROW LEVEL SECURITY`);
    await runner.query(`CREATE POLICY subscription_read ON subscription FOR SELECT TO faultline_app USING (${own})`);
    await runner.query(
      `CREATE POLICY subscription_add ON subscription FOR INSERT TO faultline_app WITH CHECK (${own} AND tenant_id <> 'public')`,
    );
    await runner.query(`CREATE POLICY subscription_end ON subscription FOR UPDATE TO faultline_app USING (${own})`);
    await runner.query(`CREATE POLICY subscription_work ON subscription FOR SELECT TO ${WORKER} USING (true)`);
    // The secret is written by those who serve people and read only by the worker that signs.
    await runner.query(
      `GRANT SELECT (tenant_id, subscription_id, title, region_ids, conditions, receiver_kind, address, created_at, ended_at),
             INSERT, UPDATE (ended_at) ON subscription TO faultline_app`,
    );
    await runner.query(`GRANT SELECT ON subscription TO ${WORKER}`);

    await runner.query(`CREATE TABLE notice (
      tenant_id text NOT NULL,
      notice_id uuid NOT NULL,
      subscription_id uuid NOT NULL,
      region_id text NOT NULL,
      sequence integer NOT NULL,
      kind text NOT NULL,
      issued_at timestamptz NOT NULL,
      position bigint NOT NULL,
      content text NOT NULL,
      told text NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT pk_notice PRIMARY KEY (tenant_id, notice_id),
      CONSTRAINT uq_notice_sequence UNIQUE (tenant_id, subscription_id, region_id, sequence),
      CONSTRAINT fk_notice_subscription FOREIGN KEY (tenant_id, subscription_id)
        REFERENCES subscription (tenant_id, subscription_id),
      CONSTRAINT ck_notice_kind CHECK (kind IN ('initial', 'update', 'correction', 'retraction', 'resolved'))
    )`);
    await runner.query(`CREATE TABLE alert_outcome (
      tenant_id text NOT NULL,
      subscription_id uuid NOT NULL,
      region_id text NOT NULL,
      position bigint NOT NULL,
      step smallint NOT NULL,
      stage text NOT NULL,
      outcome text NOT NULL,
      reason text NOT NULL,
      notice_id uuid,
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT pk_alert_outcome PRIMARY KEY (tenant_id, subscription_id, region_id, position, step)
    )`);
    await runner.query(`CREATE TABLE delivery_attempt (
      tenant_id text NOT NULL,
      attempt_id uuid NOT NULL DEFAULT gen_random_uuid(),
      delivery_id uuid NOT NULL,
      attempt integer NOT NULL,
      outcome text NOT NULL,
      reason text NOT NULL,
      status integer,
      duration_ms integer,
      answer_hash text,
      delayed boolean NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT pk_delivery_attempt PRIMARY KEY (tenant_id, attempt_id),
      CONSTRAINT fk_delivery_attempt_work FOREIGN KEY (tenant_id, delivery_id) REFERENCES work_item (tenant_id, work_id)
    )`);
    await runner.query(`CREATE INDEX ix_delivery_attempt ON delivery_attempt (tenant_id, delivery_id, attempt)`);
    for (const table of ['notice', 'alert_outcome', 'delivery_attempt']) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
      await runner.query(`CREATE POLICY ${table}_read ON ${table} FOR SELECT TO faultline_app USING (${own})`);
      await runner.query(`CREATE POLICY ${table}_read_all ON ${table} FOR SELECT TO ${WORKER} USING (true)`);
      await runner.query(`CREATE POLICY ${table}_add ON ${table} FOR INSERT TO ${WORKER} WITH CHECK (true)`);
      await runner.query(`GRANT SELECT ON ${table} TO faultline_app, ${WORKER}`);
      await runner.query(`GRANT INSERT ON ${table} TO ${WORKER}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['delivery_attempt', 'alert_outcome', 'notice', 'subscription']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
