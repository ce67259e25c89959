import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './index.js';
import { isAlive, readPidFile } from './pid-file.js';

const FAST = { fsync: 'off', shared_buffers: '16MB' };
const DOOR = path.resolve('libs/platform/src/embedded/index.ts');
const isRoot = process.getuid?.() === 0;

let dir: string;
const children: ChildProcessWithoutNullStreams[] = [];
/** Processes seen by a test, of which none may be left when it ends. */
const servers = new Set<number>();

function freshDirectory(): string {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), "faultline's embedded "));
  // The server's account, where it is not ours, must be able to pass.
  fs.chmodSync(made, 0o711);
  return made;
}

/** Ends what a test has left running, before its directory is removed. */
async function endServers(): Promise<void> {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  const file = readPidFile(dataOf());
  if (file.state === 'written' && isAlive(file.pid) && file.pid !== process.pid) servers.add(file.pid);
  for (const pid of servers) if (isAlive(pid)) process.kill(pid, 'SIGINT');
  for (const pid of servers) await gone(pid);
  servers.clear();
}

function removeDirectory(): void {
  const home = rootOf();
  if (!home.startsWith(dir)) fs.rmSync(path.dirname(home), { recursive: true, force: true });
  fs.rmSync(dir, { recursive: true, force: true });
}

const rootOf = () => {
  const pointer = path.join(dir, 'postgres-moved');
  return fs.existsSync(pointer) ? fs.readFileSync(pointer, 'utf8').trim() : path.join(dir, 'postgres');
};
const dataOf = () => path.join(rootOf(), 'data');

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(20);
}

async function start(log?: (line: string) => void): Promise<EmbeddedPostgres> {
  const db = await startEmbeddedPostgres({ dir, database: 'faultline', settings: FAST, log });
  servers.add(db.pid);
  return db;
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows[0]!;
  } finally {
    await client.end();
  }
}

interface Holder {
  readonly child: ChildProcessWithoutNullStreams;
  readonly db: EmbeddedPostgres;
  /** Lets it stop, and tells what came of it. */
  release(): Promise<string>;
}

/** A process of its own, in a process group of its own, that starts or joins the server and then waits. */
async function hold(): Promise<Holder> {
  const code = `
    import { startEmbeddedPostgres } from ${JSON.stringify(DOOR)};
    const options = ${JSON.stringify({ dir, database: 'faultline', settings: FAST })};
    const db = await startEmbeddedPostgres(options);
    console.log(JSON.stringify(db));
    process.stdin.once('data', async () => console.log(await db.stop()));
  `;
  const child = spawn(
    process.execPath,
    ['--import', '@swc-node/register/esm-register', '--input-type=module', '-e', code],
    { detached: true },
  );
  children.push(child);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const lines = readline.createInterface(child.stdout)[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) throw new Error(`the process ended: ${errors}`);
  const db = JSON.parse(first.value) as EmbeddedPostgres;
  servers.add(db.pid);
  const release = async () => {
    child.stdin.end('stop\n');
    return String((await lines.next()).value);
  };
  return { child, db, release };
}

describe('the embedded PostgreSQL on an empty directory', () => {
  beforeEach(() => {
    dir = freshDirectory();
  });
  afterEach(async () => {
    await endServers();
    removeDirectory();
  });

  it('starts, answers on loopback only, and leaves no process when stopped', async () => {
    const db = await start();
    expect(db).toMatchObject({ adopted: false, version: expect.stringMatching(/^18\./) });
    expect(
      await ask(db.url, `SELECT current_database() AS name, current_setting('listen_addresses') AS hosts`),
    ).toEqual({
      name: 'faultline',
      hosts: '127.0.0.1',
    });
    expect(await db.stop()).toBe('stopped');
    expect(await db.stop()).toBe('stopped');
    await gone(db.pid);
    expect(fs.existsSync(path.join(dataOf(), 'postmaster.pid'))).toBe(false);
  });

  it('keeps the password in one file of mode 0600 and out of arguments, environment and log', async () => {
    const db = await start();
    const { password } = new URL(db.url);
    const file = path.join(rootOf(), 'password');
    expect(password.length).toBeGreaterThanOrEqual(32);
    expect(fs.readFileSync(file, 'utf8').trim()).toBe(password);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(rootOf()).sort()).toEqual(['data', 'password']);
    expect(fs.readFileSync(path.join(dir, 'postgres.log'), 'utf8')).not.toContain(password);
    if (process.platform === 'linux') {
      expect(fs.readFileSync(`/proc/${db.pid}/cmdline`, 'utf8')).not.toContain(password);
      const names = fs.readFileSync(`/proc/${db.pid}/environ`, 'utf8').match(/^[^=\0]+|(?<=\0)[^=\0]+/g);
      expect(names?.every((name) => ['LC_ALL', 'PATH', 'TZ', 'PGDATA'].includes(name))).toBe(true);
    }
    await expect(ask(db.url.replace(password, 'guess'), 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('is started once by three processes that race', async () => {
    const holders = await Promise.all([hold(), hold(), hold()]);
    expect(new Set(holders.map((holder) => holder.db.pid)).size).toBe(1);
    expect(holders.filter((holder) => !holder.db.adopted)).toHaveLength(1);
    expect(fs.readdirSync(dir).sort()).toEqual(['postgres', 'postgres.log']);
    const outcomes = await Promise.all(holders.map((holder) => holder.release()));
    // Who lets go in the moment in which another stops it finds it stopped as well.
    expect(outcomes.filter((outcome) => !['in-use', 'stopped'].includes(outcome))).toEqual([]);
    expect(outcomes).toContain('stopped');
    await gone(holders[0].db.pid);
  });

  it('says what the server said when a setting is wrong', async () => {
    const wrong = startEmbeddedPostgres({ dir, database: 'faultline', settings: { shared_buffers: 'plenty' } });
    await expect(wrong).rejects.toThrow(
      /did not start \(exit 1\); see .*postgres\.log, or set DATABASE_URL: .*shared_buffers/,
    );
  });

  (isRoot ? it : it.skip)(
    'as root keeps its data elsewhere when the account of the server cannot reach them',
    async () => {
      fs.chmodSync(dir, 0o700);
      const said: string[] = [];
      const db = await start((line) => said.push(line));
      expect(rootOf()).toMatch(/^\/var\/lib\/faultline\/[0-9a-f]{12}\/postgres$/);
      expect(said).toContain(`the server's account cannot reach ${dir}: the database lies in ${rootOf()}`);
      expect(fs.statSync(dir).mode & 0o777).toBe(0o700);
      expect(fs.statSync(dataOf()).uid).not.toBe(0);
      await db.stop();
      expect((await start()).adopted).toBe(false);
      fs.rmSync(path.dirname(rootOf()), { recursive: true });
      await expect(start()).rejects.toThrow(/postgres-moved says that the database lies in .*, which is gone/);
    },
  );
});

describe('the embedded PostgreSQL on a directory used before', () => {
  beforeAll(() => {
    dir = freshDirectory();
  });
  afterEach(endServers);
  afterAll(removeDirectory);

  it('keeps what was committed and the password, and syncs to disk unless told otherwise', async () => {
    const first = await startEmbeddedPostgres({ dir, database: 'faultline' });
    servers.add(first.pid);
    await ask(first.url, `CREATE TABLE kept_2 AS SELECT 7 AS n`);
    expect(await ask(first.url, 'SHOW fsync')).toEqual({ fsync: 'on' });
    await first.stop();
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(new URL(second.url).password).toBe(new URL(first.url).password);
    expect(await ask(second.url, 'SELECT n FROM kept_2')).toEqual({ n: 7 });
    expect(await ask(second.url, 'SHOW fsync')).toEqual({ fsync: 'off' });
  });

  it('is shared by a second caller, and stopped by the last one out', async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url });
    expect(await first.stop()).toBe('in-use');
    expect(await ask(second.url, 'SELECT 1 AS n')).toEqual({ n: 1 });
    expect(await second.stop()).toBe('stopped');
    await gone(first.pid);
  });

  it('is left alone while a connection of somebody else is open', async () => {
    const db = await start();
    const guest = new pg.Client({ connectionString: db.url });
    await guest.connect();
    expect(await db.stop()).toBe('in-use');
    expect((await guest.query<{ n: number }>('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
    await guest.end();
    expect(await (await start()).stop()).toBe('stopped');
  });

  it('outlives its starter and the whole process group of it, and is adopted', async () => {
    const { child, db } = await hold();
    await ask(db.url, 'CREATE TABLE kept_5 AS SELECT 7 AS n');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    process.kill(-child.pid!, 'SIGKILL');
    await ended;
    const heir = await start();
    expect(heir).toMatchObject({ adopted: true, pid: db.pid });
    expect(await ask(heir.url, 'SELECT n FROM kept_5')).toEqual({ n: 7 });
    expect(await heir.stop()).toBe('stopped');
    await gone(db.pid);
  });

  it('recovers when the server itself was killed', async () => {
    const db = await start();
    await ask(db.url, 'CREATE TABLE kept_6 AS SELECT 7 AS n');
    process.kill(db.pid, 'SIGKILL');
    await gone(db.pid);
    const next = await start();
    expect(next.adopted).toBe(false);
    expect(await ask(next.url, 'SELECT n FROM kept_6')).toEqual({ n: 7 });
    expect(await db.stop()).toBe('stopped');
    expect(await ask(next.url, 'SELECT n FROM kept_6')).toEqual({ n: 7 });
  });

  it.each([
    ['names a process id that something else has by now', `${process.pid}\n/data\n1790000000\n5432\n\n127.0.0.1\n`],
    ['was cut off when the machine stopped', ''],
  ])('starts over a pid file that %s, and says so', async (_case, text) => {
    await (await start()).stop();
    const file = path.join(dataOf(), 'postmaster.pid');
    fs.writeFileSync(file, text);
    const owner = fs.statSync(dataOf());
    fs.chownSync(file, owner.uid, owner.gid);
    const said: string[] = [];
    const db = await start((line) => said.push(line));
    expect(db.adopted).toBe(false);
    expect(said).toEqual([expect.stringContaining('postmaster.pid')]);
  });

  it('says which file is missing, and what to do', async () => {
    await (await start()).stop();
    const file = path.join(rootOf(), 'password');
    fs.renameSync(file, `${file}.away`);
    await expect(start()).rejects.toThrow(/postgres\/password \(ENOENT\): restore it .* set DATABASE_URL$/);
    fs.renameSync(`${file}.away`, file);
  });

  it('refuses data of another major version', async () => {
    await (await start()).stop();
    const file = path.join(dataOf(), 'PG_VERSION');
    const version = fs.readFileSync(file);
    fs.writeFileSync(file, '15\n');
    await expect(start()).rejects.toThrow(/PG_VERSION says 15 and the installed server is PostgreSQL 18/);
    fs.writeFileSync(file, version);
  });
});
