import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDb, type TestDb } from './test-db.js';

let one: TestDb;
let other: TestDb;
beforeAll(async () => {
  [one, other] = await Promise.all([testDb(), testDb()]);
});
afterAll(async () => {
  await one?.drop();
  await other?.drop();
});

const tables = async (db: TestDb) => {
  const client = new pg.Client({ connectionString: db.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
    );
    await client.query('CREATE TABLE mine ()');
    return rows.map((row) => row.name);
  } finally {
    await client.end();
  }
};

it('is migrated, and of one spec alone', async () => {
  const before = await tables(one);
  expect(before).toContain('schema_migration');
  expect(await tables(other)).toEqual(before);
});
