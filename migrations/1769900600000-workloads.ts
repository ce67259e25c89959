import type { MigrationInterface, QueryRunner } from 'typeorm';

const REGION = '^(aws:[a-z]+(-[a-z]+)+-[0-9]+|azure:[a-z]+[0-9]?|gcp:[a-z]+-[a-z]+[0-9]+|oci:[a-z]+(-[a-z]+)+-[0-9]+)$';
const PARTITION = '^[a-z]+(-[a-z0-9]+)*$';
const HOSTED = '^(workload|platform):[a-z0-9]+(-[a-z0-9]+)*$';

/**
 * A hosting claim refers to a cloud region or a partition and to nothing finer, whoever writes it and however: a row
 * whose subject or target is a zone or a site, or that has a zone or a position, cannot be stored. The text of a claim
 * is its ledger record, so the check is there; the keys of it, in `claim`, are checked for the subject.
 */
export class Workloads1769900600000 implements MigrationInterface {
  readonly name = 'Workloads1769900600000';

  async up(runner: QueryRunner): Promise<void> {
    // A record that names no hosting claim, written out or with escaped letters, is not parsed. `coalesce`: a CHECK
    // lets a null pass, and a field that is missing must not.
    await runner.query(`ALTER TABLE ledger_record ADD CONSTRAINT ck_ledger_record_hosting CHECK (
      kind <> 'claim'
      OR record !~ 'hosting|\\\\u00[67]'
      OR (record::jsonb ->> 'predicate') IS DISTINCT FROM 'hosting'
      OR coalesce(
        (record::jsonb ->> 'subject') ~ '${HOSTED}'
        AND (record::jsonb #> '{place,zoneIds}') = '[]'::jsonb
        AND (record::jsonb #> '{place,position}') = 'null'::jsonb
        AND CASE record::jsonb #>> '{value,at,kind}'
          WHEN 'region' THEN
            (record::jsonb #>> '{value,at,id}') ~ '${REGION}'
            AND (record::jsonb #> '{place,regionIds}') = jsonb_build_array(record::jsonb #>> '{value,at,id}')
          WHEN 'partition' THEN
            (record::jsonb #>> '{value,at,id}') ~ '${PARTITION}'
            AND (record::jsonb #> '{place,regionIds}') = '[]'::jsonb
          ELSE false
        END,
        false
      )
    )`);
    await runner.query(
      `ALTER TABLE claim ADD CONSTRAINT ck_claim_hosting CHECK (predicate <> 'hosting' OR subject ~ '${HOSTED}')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE claim DROP CONSTRAINT ck_claim_hosting`);
    await runner.query(`ALTER TABLE ledger_record DROP CONSTRAINT ck_ledger_record_hosting`);
  }
}
