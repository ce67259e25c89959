import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { faultline } from '../support/command.js';
import { killAgainAndAgain } from '../support/killed-ingest.js';
import { quakeDocument } from '../support/quakes.js';
import { testDb, type TestDb } from '../support/test-db.js';

/** How hard: `KILLS=200 ITEMS=10000` is the full size. Small by default: the faults are the same. */
const FULL = { kills: Number(process.env['KILLS'] ?? 6), items: Number(process.env['ITEMS'] ?? 2_000) };
const SEED = Number(process.env['SEED'] ?? 20_261_121);

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
  it(`killed with -9 at ${FULL.kills} random moments of ${FULL.items} items, loses and doubles nothing`, async () => {
    const outcome = await killAgainAndAgain(FULL, SEED);
    if (process.env['KILLS']) process.stderr.write(`${JSON.stringify(outcome)}\n`);
    expect(outcome.killsBefore + outcome.killsAfter).toBe(FULL.kills);
    // Hit where it counts: before the document was in, and after it with positions or incidents still to come.
    if (FULL.kills >= 50) {
      expect(outcome.killsBefore).toBeGreaterThan(FULL.kills / 5);
      expect(outcome.killsAfter).toBeGreaterThan(FULL.kills / 5);
    }
  }, 3_600_000);

  it('takes a document only once', async () => {
    const file = path.join(folder, 'twice.json');
    writeFileSync(file, quakeDocument('w', 500, 1));
    expect((await ingest('usgs', file).finished).stdout).toContain('500 claims new, 0 repeated');
    const before = await count('ledger_entry');
    expect((await ingest('usgs', file).finished).stdout).toContain('0 claims new, 500 repeated');
    expect(await count('ledger_entry')).toBe(before);
  });

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
    [['ingest', 'nosuch', 'x.json'], /got feed "nosuch", wanted one of aws-health, /],
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
