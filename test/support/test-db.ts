import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of one spec file, migrated and empty. */
export interface TestDb {
  /** Of the server's superuser; the service roles' addresses derive from it. */
  readonly url: string;
  /** Ends what is still connected, and removes the database. */
  drop(): Promise<void>;
}

/**
 * Makes a database by copying the migrated template (tens of milliseconds). The first caller of a run starts the
 * server: an embedded one without fsync, or the one of `TEST_DATABASE_URL`.
 * Call it in `beforeAll`, `drop()` in `afterAll`.
 */
export async function testDb(): Promise<TestDb> {
  const { url, template } = await server();
  const name = `faultline_test_${randomBytes(6).toString('hex')}`;
  await query(url, 'postgres', `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: withDatabase(url, name),
    drop: () => query(url, 'postgres', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function server(): Promise<{ url: string; template: string }> {
  const broker = process.env.TEST_PG_BROKER;
  if (!broker)
    throw new Error('TEST_PG_BROKER is not set: run the specs with `npm run jest`, whose global setup sets it');
  const response = await fetch(broker);
  const text = await response.text();
  if (!response.ok) throw new Error(`the test database server could not be started: ${text}`);
  return JSON.parse(text) as { url: string; template: string };
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

async function query(url: string, database: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(url, database) });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
