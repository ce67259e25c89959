import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDb, type TestDb } from '../../../../test/support/test-db.js';
import { Database, migrate, roleUrls, SchemaMismatch } from '../index.js';

const INSERT_ONLY = [
  ...['capture', 'claim', 'incident_revision', 'ledger_entry', 'ledger_record', 'poll', 'quarantine'],
  ...['portfolio_asset', 'portfolio_revision', 'portfolio_site', 'score_run'],
];
const SERVICE_ROLES = ['faultline_app', 'faultline_feed', 'faultline_sequencer'];

let db: TestDb;
let database: Database;
let owner: pg.Client;

beforeAll(async () => {
  db = await testDb();
  database = new Database(roleUrls(db.url), 4);
  owner = new pg.Client({ connectionString: db.url });
  await owner.connect();
  await owner.query(`INSERT INTO tenant (tenant_id, name) VALUES ('acme', 'Acme'), ('zenith', 'Zenith')`);
});
afterAll(async () => {
  await owner?.end();
  await database?.close();
  await db?.drop();
});

const scopeOf = (tenantId: string) => ({ tenantId, actor: 'spec' });
const INSERT = `INSERT INTO ledger_record (tenant_id, record_id, kind, record) VALUES ($1, gen_random_uuid(), 'claim', '{}')`;

describe('walls between tenants', () => {
  it('forces row-level security on every table that has a tenant', async () => {
    const { rows } = await owner.query<{ table: string; forced: boolean }>(
      `SELECT c.relname AS table, c.relrowsecurity AND c.relforcerowsecurity AS forced
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
       WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(INSERT_ONLY.length + 1);
    expect(rows.filter((row) => !row.forced)).toEqual([]);
  });

  it('has no way around them: no view, and no function that runs as its owner', async () => {
    const { rows: views } = await owner.query(
      `SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace`,
    );
    const { rows: functions } = await owner.query(
      `SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace`,
    );
    expect([...views, ...functions]).toEqual([]);
  });

  it('lets nobody update or delete a fact', async () => {
    const { rows } = await owner.query(
      `SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants
       WHERE grantee = ANY ($1) AND table_name = ANY ($2) AND privilege_type NOT IN ('SELECT', 'INSERT')`,
      [SERVICE_ROLES, INSERT_ONLY],
    );
    expect(rows).toEqual([]);
    await expect(
      database.transaction('app', scopeOf('acme'), 'write', (tx) => tx.query(`UPDATE claim SET subject = 'x'`)),
    ).rejects.toThrow(/permission denied/);
  });

  it('runs no service role as superuser, owner or past row-level security', async () => {
    const { rows } = await owner.query(
      `SELECT rolname FROM pg_roles WHERE rolname = ANY ($1) AND (rolsuper OR rolbypassrls OR rolcreaterole)`,
      [SERVICE_ROLES],
    );
    expect(rows).toEqual([]);
    const { rows: owned } = await owner.query(
      `SELECT relname FROM pg_class WHERE relkind = 'r' AND relowner = ANY (SELECT oid FROM pg_roles WHERE rolname = ANY ($1))`,
      [SERVICE_ROLES],
    );
    expect(owned).toEqual([]);
  });

  it('shows a tenant its own rows and the public ones, and lets the app write only its own', async () => {
    await database.transaction('app', scopeOf('acme'), 'write', (tx) => tx.query(INSERT, ['acme']));
    await database.transaction('feed', scopeOf('public'), 'write', (tx) => tx.query(INSERT, ['public']));
    const seen = (tenantId: string) =>
      database.transaction('app', scopeOf(tenantId), 'read', (tx) =>
        tx.query<{ tenant_id: string }>(`SELECT DISTINCT tenant_id FROM ledger_record ORDER BY 1`),
      );
    expect(await seen('acme')).toEqual([{ tenant_id: 'acme' }, { tenant_id: 'public' }]);
    expect(await seen('zenith')).toEqual([{ tenant_id: 'public' }]);
    for (const [as, into] of [
      ['acme', 'zenith'],
      ['acme', 'public'],
      ['public', 'public'],
    ] as const) {
      await expect(database.transaction('app', scopeOf(as), 'write', (tx) => tx.query(INSERT, [into]))).rejects.toThrow(
        /row-level security/,
      );
    }
  });

  it('forgets the tenant with the transaction: a pooled connection carries nothing over', async () => {
    const single = new Database(roleUrls(db.url), 1);
    try {
      await single.transaction('app', scopeOf('acme'), 'read', (tx) => tx.query(`SELECT 1`));
      const rows = await single.transaction('app', scopeOf('zenith'), 'read', (tx) =>
        tx.query<{ tenant: string }>(`SELECT current_setting('app.tenant', true) AS tenant`),
      );
      expect(rows).toEqual([{ tenant: 'zenith' }]);
    } finally {
      await single.close();
    }
    const app = new pg.Client({ connectionString: roleUrls(db.url).app });
    await app.connect();
    // Without the wrapper there is no tenant, and nothing of any tenant to be seen.
    const { rows } = await app.query(`SELECT DISTINCT tenant_id FROM ledger_record`);
    await app.end();
    expect(rows).toEqual([{ tenant_id: 'public' }]);
  });
});

describe('migrate', () => {
  it('may be run by many at once, and again', async () => {
    const admin = new pg.Client({ connectionString: db.url });
    await admin.connect();
    const name = `faultline_race_${process.pid}`;
    await admin.query(`CREATE DATABASE ${name}`);
    const url = new URL(db.url);
    url.pathname = `/${name}`;
    try {
      const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(url.href)));
      expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
      const fresh = new Database(roleUrls(url.href), 1);
      await fresh.requireSchema();
      await fresh.close();
    } finally {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    }
  });

  it('is required: the service refuses a schema that is behind or ahead', async () => {
    await owner.query(`INSERT INTO schema_migration (timestamp, name) VALUES (1, 'FromTheFuture1')`);
    await expect(database.requireSchema()).rejects.toThrow(SchemaMismatch);
    await owner.query(`DELETE FROM schema_migration WHERE name = 'FromTheFuture1'`);
    const { rows } = await owner.query(
      `DELETE FROM schema_migration WHERE id = (SELECT max(id) FROM schema_migration) RETURNING timestamp, name`,
    );
    await expect(database.requireSchema()).rejects.toThrow(/faultline migrate/);
    await owner.query(`INSERT INTO schema_migration (timestamp, name) VALUES ($1, $2)`, [
      rows[0].timestamp,
      rows[0].name,
    ]);
  });
});
