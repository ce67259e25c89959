import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database, FakeClock, roleUrls, type Answer } from '@faultline/platform';
import { quakeDocument } from '../../../test/support/quakes.js';
import { testDb, type TestDb } from '../../../test/support/test-db.js';
import { parseHere } from './ingest.js';
import type { FeedAdapter } from './model/adapter.js';
import { AS_SHIPPED, askingOf } from './model/asking.js';
import { FeedPoller, type Fetcher, type PollTick } from './poller.js';
import { awsHealthFeed } from './aws-health/index.js';
import { usgsFeed } from './usgs/index.js';

let db: TestDb;
let database: Database;
let owner: pg.Client;
const clock = new FakeClock('2026-11-21T00:00:00.000Z');
let asked: { address: string; headers: Readonly<Record<string, string>> }[] = [];
let answer: (address: string) => Partial<Answer>;
let ticks: PollTick[] = [];

beforeAll(async () => {
  db = await testDb();
  database = new Database(roleUrls(db.url), 6);
  owner = new pg.Client({ connectionString: db.url });
  await owner.connect();
});
beforeEach(async () => {
  await owner.query(
    `TRUNCATE poll, claim, quarantine, capture, ledger_entry, ledger_record, work_item, work_destination, feed_channel CASCADE`,
  );
  clock.moveTo('2026-11-21T00:00:00.000Z');
  asked = [];
  ticks = [];
});
afterAll(async () => {
  await owner?.end();
  await database?.close();
  await db?.drop();
});

const fetching: Fetcher = {
  get: (address, headers) => {
    asked.push({ address, headers });
    return Promise.resolve({ status: 200, headers: {}, body: new Uint8Array(), url: address, ...answer(address) });
  },
};
const pollerOf = (feed: FeedAdapter, fetcher = fetching) => {
  const feeds = new Map([[feed.id, { feed, asking: askingOf(feed, AS_SHIPPED) }]]);
  return new FeedPoller(database, clock, fetcher, feeds, parseHere, (tick) => ticks.push(tick));
};
/** One turn: everything that is due, to its end. What came of it. */
async function turn(poller: FeedPoller): Promise<PollTick[]> {
  ticks = [];
  await poller.arrange();
  await poller.tick();
  await poller.idle();
  return ticks;
}
/** Time passes for the rows of work as for the business clock. */
async function later(seconds: number): Promise<void> {
  clock.moveTo(new Date(Date.parse(clock.now()) + seconds * 1000).toISOString());
  await owner.query(
    `UPDATE work_item SET next_at = next_at - make_interval(secs => $1), lease_until = lease_until - make_interval(secs => $1)`,
    [seconds],
  );
}
const polls = async () =>
  (
    await owner.query<{ record: string }>(`SELECT record FROM ledger_record WHERE kind = 'poll' ORDER BY recorded_at`)
  ).rows.map(
    ({ record }) =>
      JSON.parse(record) as {
        outcome: string;
        reason: string | null;
        suspect?: string;
        channel?: string;
        silence?: unknown;
      },
  );
const claims = async () => (await owner.query(`SELECT 1 FROM claim`)).rowCount;

describe('feed poller', () => {
  it('asks when it is due, keeps every poll, and sends back the validators of what it holds', async () => {
    const poller = pollerOf(usgsFeed);
    answer = () => ({ body: quakeDocument('a', 3, 1), headers: { etag: '"v1"' } });
    expect(await turn(poller)).toMatchObject([{ outcome: 'ingested', report: { claimsNew: 3 } }]);
    expect(await turn(poller)).toEqual([]);
    await later(usgsFeed.cadenceSeconds);
    answer = () => ({ status: 304 });
    expect(await turn(poller)).toMatchObject([{ outcome: 'unchanged' }]);
    expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"v1"']);
    await later(usgsFeed.cadenceSeconds);
    answer = () => ({ body: quakeDocument('a', 3, 1), headers: { etag: '"v1"' } });
    expect(await turn(poller)).toMatchObject([{ outcome: 'ingested', report: { claimsNew: 0, claimsRepeated: 3 } }]);
    expect((await polls()).map(({ outcome }) => outcome)).toEqual(['changed', 'unchanged', 'unchanged']);
  });

  it('keeps what it held when the source fails, says why, and asks less often the longer it fails', async () => {
    const poller = pollerOf(usgsFeed);
    answer = () => ({ status: 503 });
    const waits: number[] = [];
    let waited = 0;
    while (waits.length < 9) {
      const [tick] = await turn(poller);
      if (tick) {
        expect(tick).toMatchObject({ outcome: 'failed', reason: 'http.503' });
        waits.push(waited);
        waited = 0;
      }
      await later(usgsFeed.cadenceSeconds);
      waited += 1;
    }
    expect(waits.slice(1, 5)).toEqual([1, 1, 1, 1]);
    expect(waits.at(-1)).toBeGreaterThan(4);
    expect(waits.at(-1)! * usgsFeed.cadenceSeconds).toBeLessThanOrEqual(3_600);
    expect(new Set((await polls()).map(({ outcome, reason }) => `${outcome} ${reason}`))).toEqual(
      new Set(['failed http.503']),
    );
  });

  it('waits as long as a source asks for', async () => {
    const poller = pollerOf(usgsFeed);
    answer = () => ({ status: 429, headers: { 'retry-after': '7200' } });
    expect(await turn(poller)).toMatchObject([{ outcome: 'failed', reason: 'http.429' }]);
    await later(7_000);
    expect(await turn(poller)).toEqual([]);
    await later(300);
    expect(await turn(poller)).toHaveLength(1);
  });

  it('quarantines a page that is no feed, and harms nothing it has', async () => {
    const poller = pollerOf(usgsFeed);
    answer = () => ({ body: quakeDocument('a', 3, 1) });
    await turn(poller);
    await later(usgsFeed.cadenceSeconds);
    answer = () => ({ body: new TextEncoder().encode('<!doctype html><title>Sign in</title>') });
    expect(await turn(poller)).toMatchObject([
      { outcome: 'ingested', report: { outcome: 'quarantined', reason: { code: 'feed.wrong_type' } } },
    ]);
    expect(await claims()).toBe(3);
    expect((await polls()).map(({ outcome }) => outcome)).toEqual(['changed', 'quarantined']);
  });

  it('takes a suddenly short document for what it says, and for no proof that the feed is whole', async () => {
    const poller = pollerOf(usgsFeed);
    for (const round of ['a', 'b', 'c']) {
      answer = () => ({ body: quakeDocument(round, 10, 1) });
      await turn(poller);
      await later(usgsFeed.cadenceSeconds);
    }
    answer = () => ({ body: quakeDocument('d', 1, 1) });
    expect(await turn(poller)).toMatchObject([{ report: { suspect: 'feed.partial', claimsNew: 1 } }]);
    expect((await polls()).at(-1)).toMatchObject({ outcome: 'changed', suspect: 'feed.partial' });
    expect(await claims()).toBe(31);
  });

  it('takes an empty board for silence, and never asks whether that is unchanged', async () => {
    const poller = pollerOf(awsHealthFeed);
    answer = () => ({ body: new TextEncoder().encode('[]'), headers: { etag: '"empty"' } });
    await turn(poller);
    expect((await polls()).at(-1)).toMatchObject({ outcome: 'unchanged', silence: { madeAt: null } });
    await later(awsHealthFeed.cadenceSeconds);
    await turn(poller);
    expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, undefined]);
  });

  it('holds back a flood until somebody has looked', async () => {
    const poller = pollerOf(usgsFeed);
    for (const round of ['a', 'b', 'c']) {
      answer = () => ({ body: quakeDocument(round, 2, 1) });
      await turn(poller);
      await later(usgsFeed.cadenceSeconds);
    }
    answer = () => ({ body: quakeDocument('flood', 2_001, 1) });
    expect(await turn(poller)).toMatchObject([
      { report: { outcome: 'quarantined', reason: { code: 'source.rate_anomaly' } } },
    ]);
    expect(await claims()).toBe(6);
    expect((await owner.query(`SELECT 1 FROM quarantine WHERE code = 'source.rate_anomaly'`)).rowCount).toBe(1);
    expect((await owner.query(`SELECT 1 FROM capture`)).rowCount).toBe(4);
  });

  it('never asks twice for one turn, however many pollers there are', async () => {
    answer = () => ({ body: quakeDocument('a', 2, 1) });
    const pollers = Array.from({ length: 4 }, () => pollerOf(usgsFeed));
    await Promise.all(pollers.map((poller) => turn(poller)));
    expect(asked).toHaveLength(1);
    expect((await owner.query(`SELECT 1 FROM work_item`)).rowCount).toBe(1);
  });

  it('records nothing for a poller whose row has passed on while it waited', async () => {
    const slow = pollerOf(usgsFeed, {
      get: async (address) => {
        await owner.query(`UPDATE work_item SET lease_token = gen_random_uuid()`);
        return { status: 200, headers: {}, body: quakeDocument('a', 2, 1), url: address };
      },
    });
    expect(await turn(slow)).toMatchObject([{ outcome: 'lost' }]);
    expect(await claims()).toBe(0);
    expect(await polls()).toEqual([]);
  });

  it('goes on with what a poller left when it was gone', async () => {
    answer = () => ({ body: quakeDocument('a', 2, 1) });
    await pollerOf(usgsFeed).arrange();
    await owner.query(
      `UPDATE work_item SET attempts = 1, lease_token = gen_random_uuid(), lease_until = clock_timestamp() + interval '180 s'`,
    );
    expect(await turn(pollerOf(usgsFeed))).toEqual([]);
    await later(181);
    expect(await turn(pollerOf(usgsFeed))).toMatchObject([{ outcome: 'ingested' }]);
  });

  it('asks once for each document that another one names, without the headers of the feed', async () => {
    const index: FeedAdapter = {
      ...usgsFeed,
      id: 'index',
      requests: () => [{ channel: 'index', url: 'https://index.example/', headers: { authorization: 'Bearer k' } }],
      further: () => ['one', 'two'].map((name) => ({ channel: name, url: `https://named.example/${name}` })),
    };
    answer = (address) => ({ body: quakeDocument(address.slice(-3), 1, 1) });
    const poller = pollerOf(index);
    await turn(poller);
    expect(asked).toHaveLength(1);
    await turn(poller);
    expect(asked.map(({ address, headers }) => `${address} ${headers['authorization'] ?? '-'}`).sort()).toEqual([
      'https://index.example/ Bearer k',
      'https://named.example/one -',
      'https://named.example/two -',
    ]);
    await later(usgsFeed.cadenceSeconds);
    await turn(poller);
    await later(usgsFeed.cadenceSeconds);
    await turn(poller);
    expect(asked.filter(({ address }) => address.includes('named'))).toHaveLength(2);
    expect(asked).toHaveLength(5);
  });
});
