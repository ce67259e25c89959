import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { gedRow, GED_COLUMNS, seeded } from '../../bench/ged-rows.js';
import { faultline } from '../support/command.js';
import { testDb, type TestDb } from '../support/test-db.js';

const ROWS = 12_500;
const KILLS = 2;

let db: TestDb;
let owner: pg.Client;
let folder: string;

beforeAll(async () => {
  db = await testDb();
  owner = new pg.Client({ connectionString: db.url });
  await owner.connect();
  folder = mkdtempSync(path.join(os.tmpdir(), 'faultline-tables-'));
});
afterAll(async () => {
  await owner?.end();
  await db?.drop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const count = async (sql: string) =>
  Number((await owner.query<{ n: string }>(`SELECT count(*)::text AS n FROM ${sql}`)).rows[0]!.n);
const ingest = (file: string) => faultline(['ingest', 'ucdp-ged', file, '--database', db.url, '--data', folder]);

/** A table of acts numbered from `first`. */
function table(first: number, rows: number): string {
  const random = seeded(first);
  const lines = Array.from({ length: rows }, (_, index) => gedRow(first + index, random));
  return `${GED_COLUMNS.join(',')}\n${lines.join('')}`;
}
function put(name: string, bytes: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}
const acts = (first: number, last: number) => count(`claim WHERE item_id::int BETWEEN ${first} AND ${last}`);

describe('faultline ingest of a long table', () => {
  it('killed with -9 again and again has every row once in the end, and does not read again what was taken', async () => {
    const file = put('long.csv', table(1, ROWS));
    for (let kill = 0; kill < KILLS; kill++) {
      const { child, finished } = ingest(file);
      const before = await count('poll');
      // Killed some time after a further segment is in, which is when others are on their way.
      while ((await count('poll')) === before && child.exitCode === null) await sleep(50);
      await sleep(200 * kill);
      child.kill('SIGKILL');
      await finished;
      // Whole segments only, of 5,000, 5,000 and 2,500 rows; two of them are on their way at a time.
      expect([2_500, 5_000, 7_500, 10_000, ROWS]).toContain(await acts(1, ROWS));
      if ((await acts(1, ROWS)) === ROWS) break;
    }
    const last = await ingest(file).finished;
    expect([last.code, last.stderr]).toEqual([0, '']);
    expect(last.stdout).toMatch(/12500 items, .+ 3 segments of which [123] were taken before/);
    expect(await acts(1, ROWS)).toBe(ROWS);
    expect(await count('ledger_record')).toBe(await count('ledger_entry'));
    expect(await count(`(SELECT DISTINCT incident_id FROM incident_revision) AS incidents`)).toBe(ROWS);
    expect(await count('incident_revision')).toBe(ROWS);

    const before = await count('ledger_entry');
    const again = await ingest(file).finished;
    expect(again.stdout).toMatch(
      /12500 items, 0 claims new, 12500 repeated, 0 quarantined, 3 segments of which 3 were taken before/,
    );
    expect(await count('ledger_entry')).toBe(before);
  }, 600_000);

  it('is refused from where a quote is broken, keeps what stands before it, and goes on once it is mended', async () => {
    const whole = table(100_001, 10_250);
    const at = whole.indexOf('\n107500,') + 1;
    const broken = put('broken.csv', `${whole.slice(0, at)}"107500${whole.slice(at + '107500'.length)}`);
    const { code, stdout } = await ingest(broken).finished;
    expect(code).toBe(3);
    expect(stdout).toMatch(/lines \d+ to \d+ are quarantined, feed\.malformed at line .+ nothing behind them was read/);
    expect(await acts(100_001, 110_250)).toBe(5_000);
    const mended = await ingest(put('broken.csv', gzipSync(whole))).finished;
    expect(mended.stdout).toMatch(/10250 items, 5250 claims new, 5000 repeated, .+ of which 1 were taken before/);
    expect(mended.code).toBe(0);
    expect(await acts(100_001, 110_250)).toBe(10_250);
  }, 300_000);

  it.each([
    ['cut inside a row', () => table(200_001, 50).slice(0, -40), /feed\.malformed at line \d+/],
    ['no table but a page', () => '<!DOCTYPE html>\n<html>\n</html>\n', /feed\.wrong_type/],
    ['a table of something else', () => 'a,b\n1,2\n', /feed\.wrong_type/],
    ['empty', () => '', /feed\.empty/],
    ['a gzip file that was cut', () => gzipSync(table(300_001, 6_000)).subarray(0, -10_000), /no whole gzip file/],
  ])(
    'that is %s ends with exit 3 and says why',
    async (name, make, message) => {
      const before = await count('claim');
      const { code, stdout, stderr } = await ingest(put(`${name}.csv`, make())).finished;
      expect([code, stderr]).toEqual([3, '']);
      expect(stdout).toMatch(message);
      expect(await count('claim')).toBeGreaterThanOrEqual(before);
      expect(await count('ledger_record')).toBe(await count('ledger_entry'));
    },
    120_000,
  );
});
