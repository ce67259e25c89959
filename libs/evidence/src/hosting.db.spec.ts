import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@faultline/ledger';
import { Database, roleUrls, type Scope } from '@faultline/platform';
import { testDb, type TestDb } from '../../../test/support/test-db.js';

const PUBLIC: Scope = { tenantId: 'public', actor: 'spec' };
let db: TestDb;
let database: Database;

beforeAll(async () => {
  db = await testDb();
  database = new Database(roleUrls(db.url), 2);
});
afterAll(async () => {
  await database?.close();
  await db?.drop();
});

const hosting = (kind: string, id: string, regionIds = kind === 'region' ? [id] : []) => ({
  predicate: 'hosting',
  subject: 'workload:ledger',
  value: { at: { kind, id }, text: 'runs there' },
  place: { regionIds, zoneIds: [] as string[], countries: [], position: null as unknown },
});
const store = (record: string) =>
  database.transaction('feed', PUBLIC, 'write', (tx) =>
    tx.query(`INSERT INTO ledger_record (tenant_id, record_id, kind, record) VALUES ('public', $1, 'claim', $2)`, [
      randomUUID(),
      record,
    ]),
  );
const REFUSED = /ck_ledger_record_hosting/;

describe('the database', () => {
  it.each([
    ['a cloud region', hosting('region', 'aws:me-south-1')],
    ['a region of another operator', hosting('region', 'oci:me-dubai-1')],
    ['a partition', hosting('partition', 'aws-us-gov')],
    [
      'any other claim, whatever its text',
      { predicate: 'remark', subject: 'org:x', value: { text: '"predicate":"hosting"' } },
    ],
  ])('keeps a hosting claim at %s', async (_, claim) => {
    await expect(store(canonicalJson(claim))).resolves.toBeDefined();
  });

  it.each([
    ['a zone', hosting('region', 'aws:mec1-az2')],
    ['a zone as a partition', hosting('partition', 'aws:mec1-az2')],
    ['a zone of Google', hosting('region', 'gcp:me-central1-a')],
    ['an availability domain', hosting('region', 'oci:me-dubai-1-ad-1')],
    ['a facility', hosting('region', 'facility:hamala-1')],
    ['a place of another kind', hosting('zone', 'aws:mec1-az2')],
    ['a region, with a zone beside it', hosting('region', 'aws:me-south-1', ['aws:me-south-1', 'aws:mes1-az2'])],
    ['a region that is not the one it names', hosting('region', 'aws:me-south-1', ['aws:me-central-1'])],
    [
      'a zone of its place',
      {
        ...hosting('region', 'aws:me-south-1'),
        place: { regionIds: ['aws:me-south-1'], zoneIds: ['aws:mes1-az2'], position: null },
      },
    ],
    [
      'a position',
      {
        ...hosting('region', 'aws:me-south-1'),
        place: { regionIds: ['aws:me-south-1'], zoneIds: [], position: { lonLat: [50, 26] } },
      },
    ],
    ['nowhere at all', { predicate: 'hosting', subject: 'workload:ledger' }],
    ['a region, of a zone', { ...hosting('region', 'aws:me-south-1'), subject: 'aws:mes1-az2' }],
    ['a region, of a facility', { ...hosting('region', 'aws:me-south-1'), subject: 'facility:hamala-1' }],
    ['a region, of nobody', { ...hosting('region', 'aws:me-south-1'), subject: null }],
  ])('refuses a hosting claim at %s', async (_, claim) => {
    await expect(store(canonicalJson(claim))).rejects.toThrow(REFUSED);
  });

  it('is not taken in by another spelling of the same JSON', async () => {
    const zone = JSON.stringify(hosting('region', 'aws:mec1-az2'), null, 2);
    for (const spelling of [
      zone,
      zone.replace('"hosting"', '"h\\u006fsting"'),
      zone.replace('"hosting"', '"\\u0068\\u006F\\u0073ting"'),
      zone.replace('"predicate"', '"\\u0070redicate"'),
      zone.replace('"predicate"', '"predicate": "remark", "predicate"'),
    ]) {
      expect(JSON.parse(spelling)).toHaveProperty('predicate', 'hosting');
      await expect(store(spelling)).rejects.toThrow(REFUSED);
    }
  });

  it('refuses the keys of a hosting claim about a zone', async () => {
    const keys = database.transaction('feed', PUBLIC, 'write', async (tx) => {
      const hash = 'a'.repeat(64);
      await tx.query(`INSERT INTO capture (tenant_id, capture_hash, feed_id, bytes) VALUES ('public', $1, 'f', '')`, [
        hash,
      ]);
      await tx.query(
        `INSERT INTO claim (tenant_id, claim_id, feed_id, item_id, item_version, part, predicate, subject, block, capture_hash, content_hash)
         VALUES ('public', $1, 'f', 'i', '1', 'p', 'hosting', 'aws:mec1-az2', 'b', $2, 'c')`,
        [randomUUID(), hash],
      );
    });
    await expect(keys).rejects.toThrow(/ck_claim_hosting/);
  });
});
