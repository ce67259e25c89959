import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roleUrls } from '@faultline/platform';
import { quakeDocument } from '../support/quakes.js';
import { testDb, type TestDb } from '../support/test-db.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PATIENCE = 300;

// The processes of docker-compose.yml, each with the addresses it is given there and no other.
let db: TestDb;
let folder: string;
let addresses: Record<string, string>;
const processes: ChildProcess[] = [];

const environment = (given: Record<string, string>) => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  FAULTLINE_POLL: 'off',
  FAULTLINE_LOG: 'error',
  ...given,
});
const run = (args: string[], given: Record<string, string>) =>
  spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', env: environment(given) });
function start(script: string, given: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [script], {
    cwd: ROOT,
    env: environment(given),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  processes.push(child);
  return child;
}
const ready = (child: ChildProcess) =>
  new Promise<string>((resolve, reject) => {
    child.once('message', (message: { ready: string }) => resolve(message.ready));
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready`)));
  });

beforeAll(async () => {
  db = await testDb();
  folder = mkdtempSync(path.join(os.tmpdir(), 'faultline-topology-'));
  const urls = roleUrls(db.url);
  addresses = { DATABASE_URL_APP: urls.app, DATABASE_URL_FEED: urls.feed, DATABASE_URL_SEQUENCER: urls.sequencer };
});
afterAll(async () => {
  const gone = processes.map(
    (child) =>
      new Promise((resolve) =>
        (child.exitCode ?? child.signalCode) === null ? child.once('exit', resolve) : resolve(0),
      ),
  );
  for (const child of processes) child.kill('SIGTERM');
  await Promise.all(gone);
  await db?.drop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

describe('the processes of a production installation', () => {
  it('migrate once, serve with one address alone, and share the work by role', async () => {
    const migrated = run(['bin/faultline.mjs', 'migrate'], { ...addresses, DATABASE_URL: db.url });
    expect([migrated.status, migrated.stderr]).toEqual([0, '']);
    expect(migrated.stdout).toMatch(/reference data and the March 2026 record: \d+ claims/);

    const api = start('dist/apps/api/src/main.js', {
      DATABASE_URL_APP: addresses['DATABASE_URL_APP']!,
      FAULTLINE_PORT: '0',
    });
    const workers = ['feeds', 'projector', 'sequencer', 'sequencer'].map((role) =>
      start('dist/apps/worker/src/main.js', { ...addresses, FAULTLINE_ROLES: role }),
    );
    const [address] = await Promise.all([ready(api), ...workers.map(ready)]);

    const file = path.join(folder, 'quakes.json');
    writeFileSync(file, quakeDocument('p', 3, 1));
    const ingested = run(['bin/faultline.mjs', 'ingest', 'usgs', file], { ...addresses, DATABASE_URL: db.url });
    expect([ingested.status, ingested.stderr]).toEqual([0, '']);
    const incidents = async () => {
      const reply = await fetch(`${address}/api/v1/incidents?peril=earthquake`);
      return ((await reply.json()) as { data: { id: string }[] }).data;
    };
    expect(await incidents()).toHaveLength(3);
    const [first] = await incidents();
    const revisions = async () => (await fetch(`${address}/api/v1/incidents/${first!.id}/revisions`)).status;
    let attempts = 0;
    while ((await revisions()) !== 200 && attempts++ < PATIENCE) await sleep(100);
    expect(await revisions()).toBe(200);

    // The sequencer that holds the lease is killed; the other takes over and positions go on.
    workers[2]!.kill('SIGKILL');
    writeFileSync(file, quakeDocument('q', 2, 1));
    const again = run(['bin/faultline.mjs', 'ingest', 'usgs', file], { ...addresses, DATABASE_URL: db.url });
    expect([again.status, again.stderr]).toEqual([0, '']);
    expect(await incidents()).toHaveLength(5);
  }, 180_000);

  it('refuse to start without an address, in one line, with exit 78 or 1', () => {
    for (const script of ['dist/apps/api/src/main.js', 'dist/apps/worker/src/main.js']) {
      const { status, stderr } = run([script], {});
      expect(stderr).toMatch(/DATABASE_URL_APP is not set and neither is DATABASE_URL/);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(status).toBe(78);
    }
  });
});
