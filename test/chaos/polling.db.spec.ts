import { createHash } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FEEDS } from '@faultline/feeds';
import { roleUrls } from '@faultline/platform';
import pg from 'pg';
import { quakeDocument } from '../support/quakes.js';
import { testDb, type TestDb } from '../support/test-db.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

let db: TestDb;
let owner: pg.Client;
let server: Server;
let origin: string;
let workers: ChildProcess[] = [];
const asked: { url: string; validator: string | undefined }[] = [];
let quakes = quakeDocument('one', 40, 1);

/** A loopback host that is every feed: earthquakes with an ETag, a login page, an endless answer, and one that never answers. */
beforeAll(async () => {
  db = await testDb();
  owner = new pg.Client({ connectionString: db.url });
  await owner.connect();
  server = createServer((request, reply) => {
    const url = request.url!;
    asked.push({ url, validator: request.headers['if-none-match'] });
    if (url === '/usgs') {
      const etag = `"${createHash('sha256').update(quakes).digest('hex').slice(0, 16)}"`;
      if (request.headers['if-none-match'] === etag) return reply.writeHead(304).end();
      return reply.writeHead(200, { etag }).end(quakes);
    }
    if (url === '/gdacs') return reply.writeHead(200).end('<!doctype html><title>Sign in</title>');
    if (url === '/gcp-status') return reply.writeHead(503, { 'retry-after': '3000' }).end('busy');
    if (url === '/azure-status') return;
    if (url === '/aws-rss') return void reply.write('<rss>'.padEnd(100_000, ' '));
    reply.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  server?.closeAllConnections();
  server?.close();
  await owner?.end();
  await db?.drop();
});

/** A worker of the built service that asks only that host: every feed there is has its address there. */
async function startWorker(): Promise<ChildProcess> {
  const urls = roleUrls(db.url);
  const addresses = Object.fromEntries([...FEEDS.keys()].map((id) => [id, `${origin}/${id}`]));
  const child = spawn(process.execPath, ['dist/apps/worker/src/main.js'], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATABASE_URL_APP: urls.app,
      DATABASE_URL_FEED: urls.feed,
      DATABASE_URL_SEQUENCER: urls.sequencer,
      FAULTLINE_LOG: 'error',
      FAULTLINE_ROLES: 'feeds,sequencer,projector',
      FAULTLINE_FEEDS: 'usgs,gdacs,gcp-status,azure-status,aws-rss',
      FAULTLINE_FEED_URLS: JSON.stringify(addresses),
      FAULTLINE_EGRESS_ALLOW: '127.0.0.0/8',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  workers.push(child);
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  return child;
}

const count = async (sql: string) =>
  Number((await owner.query<{ n: string }>(`SELECT count(*)::text AS n FROM ${sql}`)).rows[0]!.n);
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++, await sleep(100)) if (await holds()) return;
  throw new Error(`${what}: not within 30 s`);
}
const isDue = (feed: string) =>
  owner.query(`UPDATE work_item SET next_at = clock_timestamp() WHERE destination = $1`, [feed]);
const times = (url: string) => asked.filter((one) => one.url === url).length;

describe('workers that poll', () => {
  it('ask every document once between them, whatever another feed does to them', async () => {
    await Promise.all([startWorker(), startWorker()]);
    await until('earthquakes as incidents', async () => (await count('incident_revision')) === 40);
    await until(
      'the login page set aside',
      async () => (await count(`quarantine WHERE code = 'feed.wrong_type'`)) === 1,
    );
    await until('the busy one', async () => (await count(`poll WHERE feed_id = 'gcp-status'`)) === 1);
    expect(['/usgs', '/gdacs', '/gcp-status', '/azure-status', '/aws-rss'].map(times)).toEqual([1, 1, 1, 1, 1]);
    // Nobody asks the others, and what was asked to wait waits.
    expect([...new Set(asked.map(({ url }) => url))].sort()).toEqual([
      '/aws-rss',
      '/azure-status',
      '/gcp-status',
      '/gdacs',
      '/usgs',
    ]);
    const { rows } = await owner.query<{ rest: boolean }>(
      `SELECT next_at > clock_timestamp() + interval '40 minutes' AS rest FROM work_item WHERE destination = 'gcp-status'`,
    );
    expect(rows).toEqual([{ rest: true }]);
  });

  it('send back the validators of what is held, and take only what is new', async () => {
    await isDue('usgs');
    await until('asked again', async () => (await count(`poll WHERE feed_id = 'usgs'`)) === 2);
    expect(asked.filter(({ url }) => url === '/usgs').map(({ validator }) => validator !== undefined)).toEqual([
      false,
      true,
    ]);
    quakes = quakeDocument('two', 3, 1);
    await isDue('usgs');
    await until('new ones', async () => (await count(`claim WHERE item_id LIKE 'two%'`)) === 3);
    expect(await count('capture')).toBe(3);
  });

  it('go on where a killed one left off, with nothing half done', async () => {
    for (let round = 0; round < 3; round++) {
      quakes = quakeDocument(`kill${round}`, 300, 1);
      const before = times('/usgs');
      await isDue('usgs');
      await until('asked', async () => times('/usgs') > before);
      await sleep(round * 15);
      for (const worker of workers) worker.kill('SIGKILL');
      workers = [];
      expect([0, 300]).toContain(await count(`claim WHERE item_id LIKE 'kill${round}%'`));
      // As if the lease had lapsed.
      await owner.query(`UPDATE work_item SET lease_until = clock_timestamp() WHERE lease_until IS NOT NULL`);
      await isDue('usgs');
      await startWorker();
      await until('all of it', async () => (await count(`claim WHERE item_id LIKE 'kill${round}%'`)) === 300);
    }
    await until('revised', async () => (await count('incident_revision')) === 40 + 3 + 3 * 300);
    await until('placed', async () => (await count('ledger_record')) === (await count('ledger_entry')));
  });
});
