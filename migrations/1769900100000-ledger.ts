import type { MigrationInterface, QueryRunner } from 'typeorm';
import { insertOnly } from './row-level-security.js';

/** What was recorded, as canonical text, and apart from it the positions and leaf hashes one sequencer gives. */
export class Ledger1769900100000 implements MigrationInterface {
  readonly name = 'Ledger1769900100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE ledger_record (
      tenant_id text NOT NULL,
      record_id uuid NOT NULL,
      kind text NOT NULL,
      record text NOT NULL,
      txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT pk_ledger_record PRIMARY KEY (tenant_id, record_id)
    )`);
    await runner.query(`CREATE INDEX ix_ledger_record_txid ON ledger_record (txid)`);
    await insertOnly(runner, 'ledger_record', {
      tenant: ['faultline_app'],
      public: ['faultline_feed', 'faultline_sequencer'],
    });

    await runner.query(`CREATE TABLE ledger_entry (
      position bigint NOT NULL,
      tenant_id text NOT NULL,
      record_id uuid NOT NULL,
      salt bytea NOT NULL,
      leaf_hash bytea NOT NULL,
      epoch bigint NOT NULL,
      sequenced_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT pk_ledger_entry PRIMARY KEY (position),
      CONSTRAINT uq_ledger_entry_record UNIQUE (tenant_id, record_id),
      CONSTRAINT ck_ledger_entry_position CHECK (position >= 0),
      CONSTRAINT ck_ledger_entry_salt CHECK (octet_length(salt) = 16),
      CONSTRAINT ck_ledger_entry_hash CHECK (octet_length(leaf_hash) = 32)
    )`);
    await runner.query(`ALTER TABLE ledger_entry ENABLE ROW LEVEL SECURITY`);
    await runner.query(`ALTER TABLE ledger_entry FORCE ROW LEVEL SECURITY`);
    await runner.query(`CREATE POLICY ledger_entry_read ON ledger_entry FOR SELECT TO faultline_app, faultline_feed
      USING (tenant_id = 'public' OR tenant_id = (SELECT current_setting('app.tenant', true)))`);
    await runner.query(
      `CREATE POLICY ledger_entry_read_all ON ledger_entry FOR SELECT TO faultline_sequencer USING (true)`,
    );
    await runner.query(
      `CREATE POLICY ledger_entry_add ON ledger_entry FOR INSERT TO faultline_sequencer WITH CHECK (true)`,
    );
    await runner.query(`GRANT SELECT ON ledger_entry TO faultline_app, faultline_feed, faultline_sequencer`);
    await runner.query(`GRANT INSERT ON ledger_entry TO faultline_sequencer`);

    // The size is known to all; the watermark only spares the sequencer a scan and can be lost without harm.
    await runner.query(`CREATE TABLE ledger_head (
      id smallint NOT NULL,
      size bigint NOT NULL,
      watermark xid8 NOT NULL,
      CONSTRAINT pk_ledger_head PRIMARY KEY (id),
      CONSTRAINT ck_ledger_head_one CHECK (id = 1)
    )`);
    await runner.query(`INSERT INTO ledger_head (id, size, watermark) VALUES (1, 0, '0'::xid8)`);
    await runner.query(`GRANT SELECT ON ledger_head TO faultline_app, faultline_feed, faultline_sequencer`);
    await runner.query(`GRANT UPDATE ON ledger_head TO faultline_sequencer`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ledger_head`);
    await runner.query(`DROP TABLE ledger_entry`);
    await runner.query(`DROP TABLE ledger_record`);
  }
}
