import type { MigrationInterface, QueryRunner } from 'typeorm';
import { insertOnly } from './row-level-security.js';

const FEED_WRITTEN = { tenant: ['faultline_app'], public: ['faultline_feed'] };

/** Captures by content hash, every poll, what was quarantined, and the claims. The text of each is its ledger record. */
export class Evidence1769900200000 implements MigrationInterface {
  readonly name = 'Evidence1769900200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE capture (
      tenant_id text NOT NULL,
      capture_hash text NOT NULL,
      feed_id text NOT NULL,
      bytes bytea NOT NULL,
      CONSTRAINT pk_capture PRIMARY KEY (tenant_id, capture_hash),
      CONSTRAINT ck_capture_hash CHECK (capture_hash ~ '^[0-9a-f]{64}$')
    )`);
    await insertOnly(runner, 'capture', FEED_WRITTEN);

    await runner.query(`CREATE TABLE poll (
      tenant_id text NOT NULL,
      poll_id uuid NOT NULL,
      feed_id text NOT NULL,
      finished_at timestamptz NOT NULL,
      CONSTRAINT pk_poll PRIMARY KEY (tenant_id, poll_id)
    )`);
    await runner.query(`CREATE INDEX ix_poll_feed ON poll (tenant_id, feed_id, finished_at)`);
    await insertOnly(runner, 'poll', FEED_WRITTEN);

    await runner.query(`CREATE TABLE quarantine (
      tenant_id text NOT NULL,
      capture_hash text NOT NULL,
      locator text NOT NULL,
      code text NOT NULL,
      feed_id text NOT NULL,
      got text NOT NULL,
      wanted text NOT NULL,
      CONSTRAINT pk_quarantine PRIMARY KEY (tenant_id, capture_hash, locator, code)
    )`);
    await insertOnly(runner, 'quarantine', FEED_WRITTEN);

    await runner.query(`CREATE TABLE claim (
      tenant_id text NOT NULL,
      claim_id uuid NOT NULL,
      feed_id text NOT NULL,
      item_id text NOT NULL,
      item_version text NOT NULL,
      part text NOT NULL,
      predicate text NOT NULL,
      subject text NOT NULL,
      block text NOT NULL,
      published_latest timestamptz,
      capture_hash text NOT NULL,
      content_hash text NOT NULL,
      CONSTRAINT pk_claim PRIMARY KEY (tenant_id, claim_id),
      CONSTRAINT uq_claim_item UNIQUE (tenant_id, feed_id, item_id, item_version, part),
      CONSTRAINT fk_claim_capture FOREIGN KEY (tenant_id, capture_hash) REFERENCES capture (tenant_id, capture_hash)
    )`);
    await runner.query(`CREATE INDEX ix_claim_block ON claim (tenant_id, block)`);
    await runner.query(`CREATE INDEX ix_claim_published ON claim (tenant_id, published_latest)`);
    await insertOnly(runner, 'claim', FEED_WRITTEN);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['claim', 'quarantine', 'poll', 'capture']) await runner.query(`DROP TABLE ${table}`);
  }
}
