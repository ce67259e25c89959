import type { MigrationInterface, QueryRunner } from 'typeorm';
import { insertOnly } from './row-level-security.js';

/** Numbered revisions of incidents, and how far the projector has read the ledger. */
export class Incidents1769900300000 implements MigrationInterface {
  readonly name = 'Incidents1769900300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE incident_revision (
      tenant_id text NOT NULL,
      revision_id uuid NOT NULL,
      incident_id uuid NOT NULL,
      revision integer NOT NULL,
      block text NOT NULL,
      state_hash text NOT NULL,
      CONSTRAINT pk_incident_revision PRIMARY KEY (tenant_id, incident_id, revision),
      CONSTRAINT uq_incident_revision_id UNIQUE (tenant_id, revision_id),
      CONSTRAINT ck_incident_revision CHECK (revision >= 1)
    )`);
    await runner.query(`CREATE INDEX ix_incident_revision_block ON incident_revision (tenant_id, block)`);
    await insertOnly(runner, 'incident_revision', { tenant: [], public: ['faultline_sequencer'] });

    await runner.query(`CREATE TABLE projection_cursor (
      name text NOT NULL,
      position bigint NOT NULL,
      CONSTRAINT pk_projection_cursor PRIMARY KEY (name)
    )`);
    await runner.query(`GRANT SELECT, INSERT, UPDATE ON projection_cursor TO faultline_sequencer`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE projection_cursor`);
    await runner.query(`DROP TABLE incident_revision`);
  }
}
