import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database, FakeClock, roleUrls, type Answer } from '@faultline/platform';
import { quakeDocument } from '../../../test/support/quakes.js';
import { testDb, type TestDb } from '../../../test/support/test-db.js';
import { FeedPoller } from './poller.js';
import { usgsFeed } from './usgs/index.js';

let db: TestDb;
let database: Database;
let owner: pg.Client;
const clock = new FakeClock('2026-11-21T00:00:00.000Z');
let asked: Readonly<Record<string, string>>[] = [];
let answer: () => Partial<Answer>;

beforeAll(async () => {
  db = await testDb();
  database = new Database(roleUrls(db.url), 4);
  owner = new pg.Client({ connectionString: db.url });
  await owner.connect();
});
beforeEach(async () => {
  await owner.query(`TRUNCATE poll, claim, quarantine, capture, ledger_entry, ledger_record, lease CASCADE`);
  clock.moveTo('2026-11-21T00:00:00.000Z');
  asked = [];
});
afterAll(async () => {
  await owner?.end();
  await database?.close();
  await db?.drop();
});

const pollerOf = (holder: string) =>
  new FeedPoller(
    database,
    clock,
    {
      get: (address, headers) => {
        asked.push(headers);
        return Promise.resolve({ status: 200, headers: {}, body: new Uint8Array(), url: address, ...answer() });
      },
    },
    holder,
    (feed) => feed.url,
  );
const later = (seconds: number) => clock.moveTo(new Date(Date.parse(clock.now()) + seconds * 1000).toISOString());
const polls = async () =>
  (
    await owner.query<{ record: string }>(`SELECT record FROM ledger_record WHERE kind = 'poll' ORDER BY recorded_at`)
  ).rows.map(({ record }) => JSON.parse(record) as { outcome: string; reason: string | null });

describe('feed poller', () => {
  it('asks when it is due, keeps every poll, and sends back the validators of what it holds', async () => {
    const poller = pollerOf('one');
    answer = () => ({ body: quakeDocument('a', 3, 1), headers: { etag: '"v1"' } });
    expect(await poller.tick(usgsFeed)).toMatchObject({ outcome: 'ingested', report: { claimsNew: 3 } });
    expect(await poller.tick(usgsFeed)).toMatchObject({ outcome: 'not-due' });
    later(usgsFeed.cadenceSeconds);
    answer = () => ({ status: 304 });
    expect(await poller.tick(usgsFeed)).toMatchObject({ outcome: 'unchanged' });
    expect(asked.map((headers) => headers['if-none-match'])).toEqual([undefined, '"v1"']);
    later(usgsFeed.cadenceSeconds);
    answer = () => ({ body: quakeDocument('a', 3, 1), headers: { etag: '"v1"' } });
    expect(await poller.tick(usgsFeed)).toMatchObject({
      outcome: 'ingested',
      report: { claimsNew: 0, claimsRepeated: 3 },
    });
    expect((await polls()).map(({ outcome }) => outcome)).toEqual(['changed', 'unchanged', 'unchanged']);
  });

  it('keeps what it held when the source fails, says why, and asks less often the longer it fails', async () => {
    const poller = pollerOf('one');
    answer = () => ({ status: 503 });
    const waits: number[] = [];
    let waited = 0;
    while (waits.length < 9) {
      const tick = await poller.tick(usgsFeed);
      if (tick.outcome === 'failed') {
        expect(tick.reason).toBe('http.503');
        waits.push(waited);
        waited = 0;
      }
      later(usgsFeed.cadenceSeconds);
      waited += 1;
    }
    expect(waits.slice(1, 5)).toEqual([1, 1, 1, 1]);
    expect(waits.at(-1)).toBeGreaterThan(4);
    expect(waits.at(-1)! * usgsFeed.cadenceSeconds).toBeLessThanOrEqual(3_600);
    expect(new Set((await polls()).map(({ outcome, reason }) => `${outcome} ${reason}`))).toEqual(
      new Set(['failed http.503']),
    );
  });

  it('quarantines a page that is no feed, and harms nothing it has', async () => {
    const poller = pollerOf('one');
    answer = () => ({ body: quakeDocument('a', 3, 1) });
    await poller.tick(usgsFeed);
    later(usgsFeed.cadenceSeconds);
    answer = () => ({ body: new TextEncoder().encode('<!doctype html><title>Sign in</title>') });
    expect(await poller.tick(usgsFeed)).toMatchObject({
      outcome: 'ingested',
      report: { outcome: 'quarantined', reason: { code: 'feed.wrong_type' } },
    });
    expect((await owner.query(`SELECT 1 FROM claim`)).rowCount).toBe(3);
    expect((await polls()).map(({ outcome }) => outcome)).toEqual(['changed', 'quarantined']);
  });

  it('never asks twice for one turn, however many pollers there are', async () => {
    answer = () => ({ body: quakeDocument('a', 2, 1) });
    const ticks = await Promise.all(
      Array.from({ length: 4 }, (_, index) => pollerOf(`worker ${index}`).tick(usgsFeed)),
    );
    expect(asked).toHaveLength(1);
    expect(ticks.map(({ outcome }) => outcome).sort()).toEqual([
      'held-by-another',
      'held-by-another',
      'held-by-another',
      'ingested',
    ]);
  });

  it('records nothing for a poller whose lease has passed on while it waited', async () => {
    const slow = new FeedPoller(
      database,
      clock,
      {
        get: async (address) => {
          await owner.query(`UPDATE lease SET holder = 'another', epoch = epoch + 1`);
          return { status: 200, headers: {}, body: quakeDocument('a', 2, 1), url: address };
        },
      },
      'slow',
      (feed) => feed.url,
    );
    await expect(slow.tick(usgsFeed)).rejects.toThrow(/no longer held/);
    expect((await owner.query(`SELECT 1 FROM claim`)).rowCount).toBe(0);
    expect(await polls()).toEqual([]);
  });
});
