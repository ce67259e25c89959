import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { faultline } from '../support/command.js';
import { quakeDocument } from '../support/quakes.js';
import { testDb, type TestDb } from '../support/test-db.js';

const ITEMS = 2_000;
const KILLS = 6;

let db: TestDb;
let owner: pg.Client;
let folder: string;

beforeAll(async () => {
  db = await testDb();
  owner = new pg.Client({ connectionString: db.url });
  await owner.connect();
  folder = mkdtempSync(path.join(os.tmpdir(), 'faultline-ingest-'));
});
afterAll(async () => {
  await owner?.end();
  await db?.drop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const count = async (sql: string) =>
  Number((await owner.query<{ n: string }>(`SELECT count(*)::text AS n FROM ${sql}`)).rows[0]!.n);
const ingest = (...args: string[]) => faultline(['ingest', ...args, '--database', db.url, '--data', folder]);

describe('faultline ingest', () => {
  it('killed with -9 at any moment loses and doubles nothing', async () => {
    const file = path.join(folder, 'quakes.json');
    writeFileSync(file, quakeDocument('k', ITEMS, 1));
    const begun = performance.now();
    const whole = path.join(folder, 'other.json');
    writeFileSync(whole, quakeDocument('o', ITEMS, 1));
    expect((await ingest('usgs', whole).finished).code).toBe(0);
    const tookMs = performance.now() - begun;
    for (let kill = 0; kill < KILLS; kill++) {
      const { child, finished } = ingest('usgs', file);
      await sleep(tookMs * (0.3 + (0.7 * kill) / KILLS));
      child.kill('SIGKILL');
      await finished;
      // All of the document or none of it.
      expect([0, ITEMS]).toContain(await count(`claim WHERE item_id LIKE 'k%'`));
    }
    const last = await ingest('usgs', file).finished;
    expect(last.stderr).toBe('');
    expect(last.code).toBe(0);
    expect(await count(`claim WHERE item_id LIKE 'k%'`)).toBe(ITEMS);
    expect(await count(`(SELECT DISTINCT item_id FROM claim WHERE item_id LIKE 'k%') AS items`)).toBe(ITEMS);
    expect(await count('ledger_record')).toBe(await count('ledger_entry'));
    const { rows } = await owner.query<{ gaps: string }>(
      `SELECT (max(position) + 1 - count(*))::text AS gaps FROM ledger_entry`,
    );
    expect(rows[0]!.gaps).toBe('0');
    expect(await count(`incident_revision`)).toBe(2 * ITEMS);

    const before = await count('ledger_entry');
    const again = await ingest('usgs', file).finished;
    expect(again.stdout).toContain(`0 claims new, ${ITEMS} repeated`);
    expect(await count('ledger_entry')).toBe(before);
  }, 300_000);

  it('says what is wrong and quarantines a document it cannot read, with exit 3', async () => {
    const file = path.join(folder, 'truncated.json');
    writeFileSync(file, quakeDocument('t', 5, 1).slice(0, 900));
    const { code, stdout } = await ingest('usgs', file).finished;
    expect(code).toBe(3);
    expect(stdout).toMatch(/quarantined whole, feed\.malformed at .+: got .+, wanted /);
    expect(await count(`claim WHERE item_id LIKE 't%'`)).toBe(0);
    expect(await count(`quarantine WHERE code = 'feed.malformed'`)).toBe(1);
  });

  it.each([
    [['ingest', 'nosuch', 'x.json'], /got feed "nosuch", wanted one of aws-health, usgs/],
    [['ingest', 'usgs'], /got no file/],
    [['ingest', 'usgs', '/does/not/exist.json'], /cannot read \/does\/not\/exist\.json: ENOENT/],
    [['ingest', 'usgs', 'package.json', '--retrieved-at', '2026-03-01'], /wanted a past instant with its zone/],
    [['nonsense'], /no command "nonsense"/],
  ])('refuses %j with exit 2 and one line', async (args, message) => {
    const { code, stderr } = await faultline(args).finished;
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  const captures = path.resolve('..', 'shared', 'data', 'feeds');
  const whereCaptures = existsSync(captures) ? it : it.skip;
  whereCaptures(
    'takes the real captures, and takes each of them only once',
    async () => {
      const aws = readdirSync(path.join(captures, 'aws'))
        .sort()
        .map((file) => path.join(captures, 'aws', file));
      const first = await ingest('aws-health', ...aws, '--retrieved-at', '2021-12-08T00:00Z').finished;
      expect([first.code, first.stderr]).toEqual([0, '']);
      expect(first.stdout.match(/: 454 items|: 458 items|: 461 items/g)).toHaveLength(3);
      const quakes = await ingest('usgs', path.join(captures, 'usgs_all_hour.json')).finished;
      expect(quakes.stdout).toMatch(/10 items, 10 claims new, 0 repeated, 0 quarantined/);
      const before = await count('ledger_entry');
      const again = await ingest('aws-health', ...aws, '--retrieved-at', '2021-12-08T00:00Z').finished;
      expect(again.stdout.match(/ 0 claims new/g)).toHaveLength(3);
      expect(await count('ledger_entry')).toBe(before);
    },
    300_000,
  );
});
