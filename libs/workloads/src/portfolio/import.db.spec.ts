import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database, roleUrls, type Tx } from '@faultline/platform';
import { testDb, type TestDb } from '../../../../test/support/test-db.js';
import { KNOWN_REGIONS } from '../../../../test/support/regions.js';
import { importPortfolio, UnknownTenant, type ImportRequest } from './import.js';
import { NO_MAPPING } from './mapping.js';
import { assetsOf, latestRevision } from './portfolio.store.js';

const ROWS = 100_000;
const TABLES = ['portfolio_revision', 'portfolio_asset', 'portfolio_site'];

let db: TestDb;
let database: Database;
let owner: pg.Client;
const scopeOf = (tenantId: string) => ({ tenantId, actor: 'spec' });
const imported = (tenantId: string, text: string, more: Partial<ImportRequest> = {}) =>
  importPortfolio(database, scopeOf(tenantId), {
    bytes: new TextEncoder().encode(text),
    fileName: 'assets.csv',
    mapping: NO_MAPPING,
    regions: KNOWN_REGIONS,
    ...more,
  });
const as = <T>(tenantId: string, work: (tx: Tx) => Promise<T>, mode: 'read' | 'write' = 'read') =>
  database.transaction('app', scopeOf(tenantId), mode, work);
const heldBy = (tenantId: string) =>
  as(tenantId, async (tx) => {
    const revision = await latestRevision(tx);
    return { revision, assets: revision ? await assetsOf(tx, revision.revision) : [] };
  });

beforeAll(async () => {
  db = await testDb();
  database = new Database(roleUrls(db.url), 4);
  owner = new pg.Client({ connectionString: db.url });
  await owner.connect();
  await owner.query(
    `INSERT INTO tenant (tenant_id, name) VALUES ('acme', 'Acme'), ('zenith', 'Zenith'), ('large', 'Large'), ('race', 'Race')`,
  );
});
afterAll(async () => {
  await owner?.end();
  await database?.close();
  await db?.drop();
});

describe('an imported portfolio', () => {
  const FILE = [
    'asset_id,name,region,zone,longitude,latitude,value_per_day,currency,residency,tags,standby,backups,only_copy,rto minutes',
    'pay,=1+1,me-central-1,a,55.1234567,25.2,1000.5,USD,AE,a; b,UAE North,none,no,30',
    'hq,Headquarters,,,55.27,25.19,,,,,,,,',
    'mail,Mail,aws eu-west-1,,,,,,none,,,,,',
  ].join('\n');

  it('is kept as it was understood, in the order of the file', async () => {
    const report = await imported('acme', FILE);
    expect(report).toMatchObject({ outcome: 'imported', revision: { revision: 1 } });
    const held = await heldBy('acme');
    expect('read' in report && held.assets).toEqual('read' in report && report.read.assets);
    expect(held.assets[0]).toMatchObject({
      name: '=1+1',
      site: [55.1234567, 25.2],
      residency: ['AE'],
      tags: ['a', 'b'],
    });
    expect(held.assets[2]).toMatchObject({ residency: [], standby: null });
    expect('findings' in report && report.findings.map(({ code }) => code)).toEqual([
      'zone.letter-without-id',
      'backups.none',
      'standby.same-theatre',
    ]);
    expect(held.revision).toMatchObject({ assetCount: 3, leftOutCount: 0, importedBy: 'spec', fileKind: 'csv' });
  });

  it('is recorded for the ledger by its hashes, with nothing of what is in it', async () => {
    const [row] = await as('acme', (tx) =>
      tx.query<{ record: string }>(`SELECT record FROM ledger_record WHERE kind = 'portfolio-revision'`),
    );
    const { revision } = await heldBy('acme');
    expect(JSON.parse(row!.record)).toEqual({
      revision: 1,
      fileName: 'assets.csv',
      fileKind: 'csv',
      fileHash: revision!.fileHash,
      contentHash: revision!.contentHash,
      leftOutCount: 0,
      assetCount: 3,
      importedBy: 'spec',
    });
  });

  it('imported again adds nothing; changed, a revision beside the first, which stays', async () => {
    expect(await imported('acme', FILE)).toMatchObject({ outcome: 'unchanged', revision: { revision: 1 } });
    expect(await imported('acme', FILE.replace('1000.5', '2000'))).toMatchObject({ revision: { revision: 2 } });
    expect((await heldBy('acme')).assets[0]!.valuePerDay).toBe(2000);
    expect((await as('acme', (tx) => assetsOf(tx, 1)))[0]!.valuePerDay).toBe(1000.5);
    // Neither has a position yet: nothing of it was known at any.
    expect(await as('acme', (tx) => latestRevision(tx, 1_000_000))).toBeUndefined();
  });

  it('is kept whole or not at all, unless it may be in part', async () => {
    const text = 'name,region\nright,me-central-1\nwrong,Atlantis\n';
    expect(await imported('zenith', text)).toMatchObject({ outcome: 'refused', code: 'import.row_errors' });
    expect(await imported('zenith', text, { dryRun: true, partial: true })).toMatchObject({ outcome: 'dry-run' });
    expect(await imported('zenith', 'name,region\n"x')).toMatchObject({ outcome: 'refused', code: 'file.malformed' });
    expect((await heldBy('zenith')).revision).toBeUndefined();
    expect(await imported('zenith', text, { partial: true })).toMatchObject({ outcome: 'imported' });
    expect(await heldBy('zenith')).toMatchObject({ revision: { leftOutCount: 1 }, assets: [{ id: 'right' }] });
    const none = await imported('zenith', 'name,region\nwrong,Atlantis\n', { partial: true });
    expect(none).toMatchObject({ outcome: 'refused', code: 'import.row_errors' });
  });

  it('is of a tenant there is, and never public', async () => {
    await expect(imported('nobody', FILE)).rejects.toThrow(UnknownTenant);
    await expect(imported('public', FILE)).rejects.toThrow(UnknownTenant);
  });

  it('of two imports at once, both are there, one after the other', async () => {
    const texts = [1, 2, 3, 4].map((n) => `name,region,value per day USD\nx,me-central-1,${n}\n`);
    const reports = await Promise.all(texts.map((text) => imported('race', text)));
    const numbers = reports.map((report) => ('revision' in report ? report.revision!.revision : 0));
    expect(numbers.sort()).toEqual([1, 2, 3, 4]);
  });
});

describe('the wall', () => {
  it('shows a portfolio and its sites to their tenant and to nobody else', async () => {
    for (const table of TABLES) {
      const seen = (tenantId: string) =>
        as(tenantId, (tx) => tx.query<{ tenant_id: string }>(`SELECT DISTINCT tenant_id FROM ${table}`));
      expect([table, await seen('acme')]).toEqual([table, [{ tenant_id: 'acme' }]]);
      expect([table, await seen('large')]).toEqual([table, []]);
      expect([table, await seen('public')]).toEqual([table, []]);
      for (const role of ['feed', 'sequencer'] as const) {
        const asked = database.transaction(role, scopeOf('acme'), 'read', (tx) => tx.query(`SELECT 1 FROM ${table}`));
        await expect(asked).rejects.toThrow(/permission denied/);
      }
    }
    expect(await as('zenith', (tx) => assetsOf(tx, 1))).toMatchObject([{ id: 'right' }]);
  });

  it('lets nobody write into another’s, change or remove anything', async () => {
    const site = `INSERT INTO portfolio_site VALUES ('acme', 1, 'mail', 1, 1)`;
    await expect(as('zenith', (tx) => tx.query(site), 'write')).rejects.toThrow(/row-level security/);
    for (const table of TABLES) {
      for (const sql of [`UPDATE ${table} SET revision = 9`, `DELETE FROM ${table}`, `TRUNCATE ${table}`])
        await expect(as('acme', (tx) => tx.query(sql), 'write')).rejects.toThrow(/permission denied/);
    }
  });
});

describe('a portfolio of 100,000 rows', () => {
  const rowOf = (n: number) =>
    `a${n},Asset ${n},${n % 2 ? 'UAE North' : 'aws me-central-1'},${55 + n / 1e6},25.${n},${n},USD,"t${n % 7}; all",eu-west-1,4 h`;
  const fileOf = (count: number) => {
    const rows = Array.from({ length: count }, (_, n) => rowOf(n));
    return `asset_id,name,region,lon,lat,value_per_day,currency,tags,standby,rto\n${rows.join('\n')}\n`;
  };

  it('is imported in one transaction, telling how far it is', async () => {
    const told: string[] = [];
    const progress = (step: string, done: number, total: number) => void told.push(`${step} ${done}/${total}`);
    const report = await imported('large', fileOf(ROWS), { progress });
    expect(report).toMatchObject({ outcome: 'imported', read: { rows: ROWS, faultyRows: 0 } });
    expect(told).toEqual([...['read', 'kept'].flatMap((step) => stepsOf(step))]);
    const [kept] = await as('large', (tx) =>
      tx.query<{ assets: string; sites: string; transactions: string }>(
        `SELECT count(*)::text AS assets, count(DISTINCT a.xmin::text)::text AS transactions,
           (SELECT count(*) FROM portfolio_site)::text AS sites FROM portfolio_asset a`,
      ),
    );
    expect(kept).toEqual({ assets: String(ROWS), sites: String(ROWS), transactions: '1' });
    expect(await as('large', (tx) => assetsOf(tx, 1, { after: ROWS - 1, limit: 5 }))).toMatchObject([
      { id: `a${ROWS - 1}`, valuePerDay: ROWS - 1, regionId: 'azure:uaenorth', rtoMinutes: 240 },
    ]);
  });

  it('with one wrong row keeps none, and names it', async () => {
    const text = fileOf(12_000).replace('\na7777,Asset 7777,UAE North', '\na7777,Asset 7777,UAE Central');
    const report = await imported('large', text);
    expect(report).toMatchObject({
      outcome: 'refused',
      read: {
        faultyRows: 1,
        faults: [{ line: 7_779, column: 'region', code: 'region.doubtful', value: '"UAE Central"' }],
      },
    });
    expect((await heldBy('large')).revision!.revision).toBe(1);
  });
});

function stepsOf(step: string): string[] {
  return Array.from({ length: ROWS / 5_000 }, (_, n) => `${step} ${(n + 1) * 5_000}/${ROWS}`);
}
