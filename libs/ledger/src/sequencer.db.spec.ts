import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database, fence, LeaseLost, roleUrls, takeLease, type Scope } from '@faultline/platform';
import { testDb, type TestDb } from '../../../test/support/test-db.js';
import { appendRecords, ledgerSize, Sequencer, sha256Hex } from './index.js';

const FEED: Scope = { tenantId: 'public', actor: 'spec' };

let db: TestDb;
let database: Database;
let owner: pg.Client;

beforeAll(async () => {
  db = await testDb();
  database = new Database(roleUrls(db.url), 12);
  owner = new pg.Client({ connectionString: db.url });
  await owner.connect();
});
beforeEach(async () => {
  await owner.query(`TRUNCATE ledger_entry, ledger_record, lease`);
  await owner.query(`UPDATE ledger_head SET size = 0, watermark = '0'`);
});
afterAll(async () => {
  await owner?.end();
  await database?.close();
  await db?.drop();
});

const add = (count: number) =>
  database.transaction('feed', FEED, 'write', (tx) =>
    appendRecords(
      tx,
      Array.from({ length: count }, () => ({ recordId: randomUUID(), kind: 'claim', content: { n: count } })),
    ),
  );
const positions = async () =>
  (
    await owner.query<{ position: string; record_id: string }>(
      `SELECT position::text, record_id FROM ledger_entry e ORDER BY e.position`,
    )
  ).rows;
const size = () => database.transaction('app', FEED, 'read', ledgerSize);

describe('sequencer', () => {
  it('gives contiguous positions to what many writers record, each record one', async () => {
    const sequencer = new Sequencer(database, 'one');
    const writing = Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let round = 0; round < 25; round++) await add(1 + (round % 3));
      }),
    );
    let done = false;
    void writing.then(() => (done = true));
    while (!done) await sequencer.drain();
    await writing;
    const { rows: records } = await owner.query(`SELECT 1 FROM ledger_record`);
    await sequencer.drain();
    const rows = await positions();
    expect(rows.map((row) => Number(row.position))).toEqual(rows.map((_, index) => index));
    expect(rows).toHaveLength(records.length);
    expect(new Set(rows.map((row) => row.record_id)).size).toBe(rows.length);
    expect(await size()).toBe(rows.length);
  });

  it('leaves out what an open transaction may still come before, and takes it later at a higher position', async () => {
    const slow = new pg.Client({ connectionString: db.url });
    await slow.connect();
    await slow.query('BEGIN');
    const early = randomUUID();
    await slow.query(
      `INSERT INTO ledger_record (tenant_id, record_id, kind, record) VALUES ('public', $1, 'claim', '{}')`,
      [early],
    );
    const [late] = await add(1);
    const sequencer = new Sequencer(database, 'one');
    expect(await sequencer.drain()).toMatchObject({ outcome: 'sequenced', count: 0 });
    await slow.query('COMMIT');
    await slow.end();
    expect(await sequencer.drain()).toMatchObject({ outcome: 'sequenced', size: 2 });
    expect((await positions()).map((row) => row.record_id)).toEqual([early, late]);
  });

  it('does not wait for a transaction of another database on the server', async () => {
    const other = await testDb();
    const slow = new pg.Client({ connectionString: other.url });
    await slow.connect();
    await slow.query('BEGIN');
    await slow.query(`UPDATE ledger_head SET watermark = watermark`);
    await add(2);
    expect(await new Sequencer(database, 'one').drain()).toMatchObject({ outcome: 'sequenced', count: 2 });
    await slow.query('ROLLBACK');
    await slow.end();
    await other.drop();
  });

  it('lets one of several work at a time and hands over when the lease lapses', async () => {
    await add(3);
    const first = new Sequencer(database, 'first');
    const second = new Sequencer(database, 'second');
    expect(await first.drain()).toMatchObject({ outcome: 'sequenced', size: 3 });
    expect(await second.tick()).toEqual({ outcome: 'not-holder' });
    await owner.query(`UPDATE lease SET expires_at = now() - interval '1 second'`);
    expect(await second.tick()).toMatchObject({ outcome: 'sequenced', count: 0, size: 3 });
    expect(await first.tick()).toEqual({ outcome: 'not-holder' });
  });

  it('refuses a holder that was frozen while another took over', async () => {
    const stale = await database.transaction('sequencer', FEED, 'write', (tx) =>
      takeLease(tx, 'sequencer', 'frozen', 10),
    );
    await owner.query(`UPDATE lease SET expires_at = now() - interval '1 second'`);
    await database.transaction('sequencer', FEED, 'write', (tx) => takeLease(tx, 'sequencer', 'next', 10));
    await expect(database.transaction('sequencer', FEED, 'serial', (tx) => fence(tx, stale!))).rejects.toThrow(
      LeaseLost,
    );
  });

  it('goes on after a restore into a server whose transaction ids are lower', async () => {
    await add(2);
    const sequencer = new Sequencer(database, 'one');
    await sequencer.drain();
    // What a dump carries over: ids and a watermark that this server has not reached.
    await owner.query(`UPDATE ledger_head SET watermark = '9999999999'`);
    await owner.query(
      `INSERT INTO ledger_record (tenant_id, record_id, kind, record, txid) VALUES ('public', $1, 'claim', '{}', '9999999998')`,
      [randomUUID()],
    );
    await add(1);
    expect(await sequencer.drain()).toMatchObject({ outcome: 'sequenced', size: 4 });
  });

  it('hashes the very record that was stored, with its salt', async () => {
    await add(1);
    await new Sequencer(database, 'one').drain();
    const { rows } = await owner.query<{ record: string; salt: Buffer; leaf_hash: Buffer }>(
      `SELECT r.record, e.salt, e.leaf_hash FROM ledger_entry e JOIN ledger_record r USING (tenant_id, record_id)`,
    );
    const { record, salt, leaf_hash } = rows[0]!;
    expect(sha256Hex(Buffer.concat([Buffer.from([0]), Buffer.from(record), salt]))).toBe(leaf_hash.toString('hex'));
  });
});
