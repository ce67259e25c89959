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

const NOWHERE = { regionIds: [], zoneIds: [] as string[], countries: [], position: null as unknown };
const landing = (value: object = {}, more: object = {}) => ({
  ...{ predicate: 'place.landing', subject: 'landing:fujairah', place: NOWHERE },
  value: { name: 'Fujairah', geoPublic: [56.25, 25.25], precisionKm: 40, text: 'lands', ...value },
  ...more,
});
const need = (subject: string, more: object = {}) => ({
  ...{ predicate: 'place.need', subject, place: NOWHERE },
  value: { on: 'supply:grid', text: 'needs' },
  ...more,
});
const region = (precisionKm: number) => ({
  ...{ predicate: 'place.region', subject: 'aws:me-south-1' },
  value: { lonLat: [50.58, 26.23], precisionKm },
  place: { ...NOWHERE, position: { lonLat: [50.58, 26.23], precisionKm, method: 'the metro' } },
});
const store = (record: string) =>
  database.transaction('feed', PUBLIC, 'write', (tx) =>
    tx.query(`INSERT INTO ledger_record (tenant_id, record_id, kind, record) VALUES ('public', $1, 'claim', $2)`, [
      randomUUID(),
      record,
    ]),
  );

describe('the database', () => {
  it.each([
    ['a landing in its cell', landing()],
    ['a cell west of Greenwich and south of the equator', landing({ geoPublic: [-0.25, -89.75] })],
    ['what a region needs', need('aws:me-central-1')],
    ['what a country needs', need('country:BH')],
    ['what a cable whose name ends like a zone needs', need('cable:tgn-2a')],
    ['a region at its metro', region(30)],
    [
      'any other claim that speaks of a place',
      { predicate: 'remark', value: { text: 'in this place. "predicate":"place.x"' } },
    ],
  ])('keeps %s', async (_, claim) => {
    await expect(store(canonicalJson(claim))).resolves.toBeDefined();
  });

  it.each([
    ['a position finer than its cell', landing({ geoPublic: [56.33, 25.12] })],
    ['a radius smaller than its cell', landing({ precisionKm: 5 })],
    ['no radius', landing({ precisionKm: undefined })],
    ['a position beside the cell', landing({}, { place: { ...NOWHERE, position: { lonLat: [56.33, 25.12] } } })],
    ['a position in place of the cell', { ...need('cable:falcon'), value: { lonLat: [56.33, 25.12] } }],
    ['an address', { ...need('facility:x'), value: { address: 'Street 1' } }],
    ['what a zone needs', need('aws:mec1-az2')],
    ['what a zone by its letter needs', need('aws:me-central-1a')],
    ['what a zone of Google needs', need('gcp:me-central1-a')],
    ['what an availability domain needs', need('oci:me-dubai-1-ad-1')],
    ['a need placed in a zone', need('country:BH', { place: { ...NOWHERE, zoneIds: ['aws:mes1-az2'] } })],
    ['a region finer than its metro', region(2)],
    ['nothing of its place', { predicate: 'place.need', subject: 'country:BH', value: {} }],
  ])('refuses %s', async (_, claim) => {
    await expect(store(canonicalJson(claim))).rejects.toThrow(/ck_ledger_record_place/);
  });

  it('is not taken in by another spelling of the same JSON', async () => {
    const fine = JSON.stringify(landing({ geoPublic: [56.33, 25.12] }));
    for (const spelling of [fine, fine.replace('"place.landing"', '"pl\\u0061ce\\u002elanding"')]) {
      expect(JSON.parse(spelling)).toHaveProperty('predicate', 'place.landing');
      await expect(store(spelling)).rejects.toThrow(/ck_ledger_record_place/);
    }
  });
});
