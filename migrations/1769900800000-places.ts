import type { MigrationInterface, QueryRunner } from 'typeorm';

const CELL = 0.5;
const CELL_RADIUS_KM = 40;
const AREA_KM = 10;

/**
 * Things of third parties are kept to the centre of a public cell and cloud regions to a metro, whoever writes them and
 * however: a finer position, a smaller radius, or a zone or a site of which somebody says what it needs cannot be stored.
 * The text of a claim is its ledger record, so the check is there.
 */
export class Places1769900800000 implements MigrationInterface {
  readonly name = 'Places1769900800000';

  async up(runner: QueryRunner): Promise<void> {
    // A record that names no place, written out or with escaped letters, is not parsed. `coalesce`: a CHECK lets a null
    // pass, and a field that is missing must not.
    await runner.query(`ALTER TABLE ledger_record ADD CONSTRAINT ck_ledger_record_place CHECK (
      kind <> 'claim'
      OR record !~ 'place\\.|\\\\u00[0-7]'
      OR coalesce(record::jsonb ->> 'predicate', '') !~ '^place\\.'
      OR coalesce(
        CASE record::jsonb ->> 'predicate'
          WHEN 'place.region' THEN
            (record::jsonb #>> '{value,precisionKm}')::numeric >= ${AREA_KM}
            AND coalesce((record::jsonb #>> '{place,position,precisionKm}')::numeric, ${AREA_KM}) >= ${AREA_KM}
          WHEN 'place.operator' THEN record::jsonb #> '{place,position}' = 'null'::jsonb
          WHEN 'place.partition' THEN record::jsonb #> '{place,position}' = 'null'::jsonb
          ELSE
            record::jsonb #> '{place,position}' = 'null'::jsonb
            AND record::jsonb #> '{place,zoneIds}' = '[]'::jsonb
            AND (record::jsonb ->> 'subject') !~ '^(aws|azure|gcp|oci):.*(-az[0-9]+|[0-9]-?[a-z]|-ad-[0-9]+)$'
            AND CASE WHEN record::jsonb -> 'value' ? 'geoPublic' THEN
              mod((record::jsonb #>> '{value,geoPublic,0}')::numeric - ${CELL / 2}, ${CELL}) = 0
              AND mod((record::jsonb #>> '{value,geoPublic,1}')::numeric - ${CELL / 2}, ${CELL}) = 0
              AND (record::jsonb #>> '{value,precisionKm}')::numeric >= ${CELL_RADIUS_KM}
            ELSE NOT (record::jsonb -> 'value' ?| array['lonLat', 'address', 'position']) END
        END,
        false
      )
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE ledger_record DROP CONSTRAINT ck_ledger_record_place`);
  }
}
