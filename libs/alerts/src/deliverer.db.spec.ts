import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, FakeClock, PUBLIC_TENANT, roleUrls, type Tx } from '@faultline/platform';
import { WorldReader } from '@faultline/exposures';
import pg from 'pg';
import { testDb, type TestDb } from '../../../test/support/test-db.js';
import { Deliverer } from './deliverer.js';
import type { NoticeContent, Sending } from './model/content.js';
import { conditionsSchema, type Subscription } from './model/subscription.js';
import { putNotice } from './notice.store.js';
import { NoticeWriter } from './notice-writer.js';
import type { Tried } from './receivers/receiver.js';
import { addSubscription } from './subscription.store.js';

const WORKER = { tenantId: PUBLIC_TENANT, actor: 'spec' };
const NOW = '2026-11-21T05:00:00.000Z';

let db: TestDb;
let database: Database;
let owner: pg.Client;
let subscription: Subscription;
const clock = new FakeClock(NOW);
const writer = new NoticeWriter(new WorldReader([], []));
let sent: { id: string; sending: Sending }[] = [];
let answer: () => Tried;

const accepted: Tried = { outcome: 'accepted', reason: 'http.200', status: 200, answerHash: null };
const failed = (status: number, throttle = false, askedPauseSeconds: number | null = null): Tried => ({
  outcome: 'failed',
  reason: `http.${status}`,
  status,
  answerHash: null,
  askedPauseSeconds,
  throttle,
});
const delivererOf = (slots = 1) =>
  new Deliverer(
    database,
    clock,
    writer,
    {
      webhook: {
        send: (id, sending) => {
          sent.push({ id, sending });
          return Promise.resolve(answer());
        },
      },
    },
    { slots, atOnce: 16, leaseSeconds: 30 },
  );
const work = async (slots = 1) => {
  const deliverer = delivererOf(slots);
  const taken = await deliverer.tick();
  await deliverer.idle();
  return taken;
};
const asWorker = <T>(run: (tx: Tx) => Promise<T>) => database.transaction('sequencer', WORKER, 'write', run);
const rows = async (sql: string) => (await owner.query<Record<string, unknown>>(sql)).rows;

beforeAll(async () => {
  db = await testDb();
  database = new Database(roleUrls(db.url), 4);
  owner = new pg.Client({ connectionString: db.url });
  await owner.connect();
});
beforeEach(async () => {
  await owner.query(
    `TRUNCATE delivery_attempt, alert_outcome, work_item, work_destination, notice, subscription CASCADE`,
  );
  clock.moveTo(NOW);
  sent = [];
  answer = () => accepted;
  subscription = {
    tenantId: 'local',
    id: randomUUID(),
    title: 'spec',
    regionIds: ['aws:me-central-1'],
    conditions: conditionsSchema.parse({ condition: 'impaired', quorum: true, lifecycle: true }),
  };
  await database.transaction('app', { tenantId: 'local', actor: 'spec' }, 'write', (tx) =>
    addSubscription(tx, subscription, { kind: 'webhook', address: 'https://hooks.example.test/', secret: 'whsec_x' }),
  );
});
afterAll(async () => {
  await owner?.end();
  await database?.close();
  await db?.drop();
});

let sequence = 0;
async function put(position = 0): Promise<string> {
  const id = randomUUID();
  await asWorker((tx) =>
    putNotice(tx, subscription, {
      content: contentOf(id, position),
      told: { facts: [], ended: false },
      sequence: (sequence += 1),
    }),
  );
  return id;
}
function contentOf(id: string, position: number): NoticeContent {
  const coordinates = { validAt: NOW, publicAt: NOW, position };
  return {
    id,
    kind: 'update',
    reason: 'changed',
    issuedAt: NOW,
    subscription: { id: subscription.id, title: subscription.title },
    subject: { regionId: 'aws:me-central-1', name: 'UAE', operatorId: 'aws', now: 'Impaired' },
    changes: [],
    corrections: [],
    state: {
      coordinates,
      zones: [],
      incidents: [],
      reportedByOthers: [],
      notKnown: [],
      coincident: [],
      coverage: [],
      ownAssets: {
        outcome: 'none-known',
        text: 'No portfolio of yours is known here, so none of it could be checked.',
      },
    },
    link: '#/map',
  };
}

describe('deliveries', () => {
  it('leave nothing behind of a transaction that was rolled back', async () => {
    await expect(
      asWorker(async (tx) => {
        await putNotice(tx, subscription, {
          content: contentOf(randomUUID(), 0),
          told: { facts: [], ended: false },
          sequence: 1,
        });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await work()).toBe(0);
    expect(await rows(`SELECT 1 FROM work_item`)).toEqual([]);
  });

  it('are sent once, kept with every attempt, and never taken on again', async () => {
    const id = await put();
    expect([await work(), await work()]).toEqual([1, 0]);
    expect(sent.map((one) => one.id)).toEqual([id]);
    expect(await rows(`SELECT state, reason, attempts FROM work_item`)).toEqual([
      { state: 'done', reason: 'http.200', attempts: 1 },
    ]);
    expect(await rows(`SELECT outcome, reason, status, attempt, delayed FROM delivery_attempt`)).toEqual([
      { outcome: 'accepted', reason: 'http.200', status: 200, attempt: 1, delayed: false },
    ]);
    await owner.query(`SET ROLE faultline_sequencer`);
    for (const change of [`DELETE FROM work_item`, `UPDATE delivery_attempt SET reason = ''`, `DELETE FROM notice`])
      await expect(owner.query(change)).rejects.toThrow(/permission denied/);
    await owner.query(`RESET ROLE`);
  });

  it('that fail wait by the schedule, under the same id', async () => {
    const id = await put();
    answer = () => failed(503);
    expect([await work(), await work()]).toEqual([1, 0]);
    const [row] = await rows(
      `SELECT state, extract(epoch FROM next_at - clock_timestamp())::float AS wait FROM work_item`,
    );
    expect(row!['state']).toBe('waiting');
    expect(row!['wait']).toBeGreaterThan(3);
    expect(row!['wait']).toBeLessThan(6.1);
    await owner.query(`UPDATE work_item SET next_at = clock_timestamp()`);
    answer = () => accepted;
    await work();
    expect(sent.map((one) => one.id)).toEqual([id, id]);
    expect((await rows(`SELECT outcome FROM delivery_attempt ORDER BY attempt`)).map(({ outcome }) => outcome)).toEqual(
      ['failed', 'accepted'],
    );
  });

  it('give up after ten attempts, with the reason', async () => {
    await put();
    answer = () => failed(500);
    for (let attempt = 1; attempt <= 10; attempt++) {
      await owner.query(`UPDATE work_item SET next_at = clock_timestamp()`);
      await work();
    }
    expect(await rows(`SELECT state, reason, attempts FROM work_item`)).toEqual([
      { state: 'gave-up', reason: 'attempts-exhausted: http.500', attempts: 10 },
    ]);
  });

  it('stop for a place that is gone, and keep what waits for it', async () => {
    await put();
    await put();
    answer = () => ({ outcome: 'gone', reason: 'http.410', status: 410, answerHash: null });
    expect([await work(), await work()]).toEqual([1, 0]);
    expect(await rows(`SELECT closed_reason FROM work_destination`)).toEqual([{ closed_reason: 'http.410' }]);
    expect((await rows(`SELECT state FROM work_item ORDER BY state`)).map(({ state }) => state)).toEqual([
      'gave-up',
      'waiting',
    ]);
  });

  it('rest for a place that is overloaded, for as long as it asks', async () => {
    await put();
    await put();
    answer = () => failed(429, true, 120);
    expect([await work(), await work()]).toEqual([1, 0]);
    const [row] = await rows(
      `SELECT extract(epoch FROM not_before - clock_timestamp())::float AS rest FROM work_destination`,
    );
    expect(row!['rest']).toBeGreaterThan(110);
  });

  it('go one at a time to one place, in the order they were written, however many workers there are', async () => {
    const ids = [await put(), await put(), await put()];
    const taken = await Promise.all([work(), work(), work()]);
    expect(taken.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(3);
    while ((await work()) > 0);
    expect(sent.map((one) => one.id)).toEqual(ids);
  });

  it('of a worker that is gone are taken over once its lease has lapsed, and its late answer changes nothing', async () => {
    await put();
    answer = () => accepted;
    let release: () => void = () => undefined;
    const frozen = new Deliverer(
      database,
      clock,
      writer,
      { webhook: { send: () => new Promise((resolve) => (release = () => resolve(failed(500)))) } },
      { slots: 1, atOnce: 1, leaseSeconds: 30 },
    );
    await frozen.tick();
    expect(await work()).toBe(0);
    await owner.query(`UPDATE work_item SET lease_until = clock_timestamp() - interval '1 second'`);
    expect(await work()).toBe(1);
    while ((await rows(`SELECT 1 FROM work_item WHERE state = 'done'`)).length === 0);
    release();
    await frozen.idle();
    expect(await rows(`SELECT state, reason, attempts FROM work_item`)).toEqual([
      { state: 'done', reason: 'http.200', attempts: 2 },
    ]);
    expect(
      (await rows(`SELECT outcome, reason FROM delivery_attempt ORDER BY recorded_at`)).map(({ outcome, reason }) =>
        [outcome, reason].join(': '),
      ),
    ).toEqual(['not-known: worker-gone', 'accepted: http.200', 'failed: http.500, after the lease had lapsed']);
  });

  it('that are late or overtaken say so', async () => {
    await put(0);
    await put(5);
    while ((await work()) > 0);
    expect(sent.map(({ sending }) => sending.delayed)).toEqual([true, false]);
    await put(9);
    clock.moveTo('2026-11-21T08:00:00.000Z');
    await work();
    expect(sent.at(-1)!.sending).toMatchObject({ delayed: true, sentAt: '2026-11-21T08:00:00.000Z' });
  });
});
