import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The documents feeds are asked for. Asking them is work like any other: rows of `work_item` of kind `poll`. */
export class FeedChannels1769900520000 implements MigrationInterface {
  readonly name = 'FeedChannels1769900520000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE feed_channel (
      tenant_id text NOT NULL,
      channel_id uuid NOT NULL,
      feed_id text NOT NULL,
      channel text NOT NULL,
      -- Where another document names it: asked once. Standing channels take their address from the settings.
      url text,
      CONSTRAINT pk_feed_channel PRIMARY KEY (tenant_id, channel_id),
      CONSTRAINT uq_feed_channel UNIQUE (tenant_id, feed_id, channel)
    )`);
    await runner.query(`ALTER TABLE feed_channel ENABLE ROW LEVEL SECURITY`);
    await runner.query(`ALTER TABLE feed_channel FORCE ROW LEVEL SECURITY`);
    const own = `tenant_id = (SELECT current_setting('app.tenant', true))`;
    await runner.query(
      `CREATE POLICY feed_channel_poll ON feed_channel FOR ALL TO faultline_feed USING (${own}) WITH CHECK (${own})`,
    );
    await runner.query(`GRANT SELECT, INSERT ON feed_channel TO faultline_feed`);
    for (const table of ['work_destination', 'work_item']) {
      await runner.query(
        `CREATE POLICY ${table}_poll ON ${table} FOR ALL TO faultline_feed
         USING (kind = 'poll' AND ${own}) WITH CHECK (kind = 'poll' AND ${own})`,
      );
      await runner.query(`GRANT SELECT, INSERT ON ${table} TO faultline_feed`);
    }
    await runner.query(`GRANT UPDATE (not_before, closed_reason) ON work_destination TO faultline_feed`);
    await runner.query(
      `GRANT UPDATE (state, reason, attempts, next_at, lease_until, lease_token, ended_at) ON work_item TO faultline_feed`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `REVOKE UPDATE (state, reason, attempts, next_at, lease_until, lease_token, ended_at) ON work_item FROM faultline_feed`,
    );
    await runner.query(`REVOKE UPDATE (not_before, closed_reason) ON work_destination FROM faultline_feed`);
    for (const table of ['work_destination', 'work_item']) {
      await runner.query(`REVOKE SELECT, INSERT ON ${table} FROM faultline_feed`);
      await runner.query(`DROP POLICY ${table}_poll ON ${table}`);
    }
    await runner.query(`DROP TABLE feed_channel`);
  }
}
