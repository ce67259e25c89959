// Run by Node itself, not by Jest: the .ts imports need the loader that `npm run jest` names.
// The database server is started when the first spec asks for a database, so that a run of pure specs needs none.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';

const PREFIX = `faultline-test-${process.getuid?.() ?? 0}-`;
// Nothing here outlives the run, so nothing need reach the disk.
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '64MB',
  max_wal_size: '2GB',
  max_connections: '200',
};

export default async function setup() {
  let ready;
  const broker = http.createServer((_request, response) => {
    ready ??= startServer();
    ready.then(
      ({ url, template }) => response.end(JSON.stringify({ url, template })),
      (error) => response.writeHead(500).end(String(error?.stack ?? error)),
    );
  });
  await new Promise((resolve, reject) => {
    broker.once('error', reject);
    broker.listen(0, '127.0.0.1', resolve);
  });
  broker.unref();
  process.env.TEST_PG_BROKER = `http://127.0.0.1:${broker.address().port}/`; // workers are forked after this
  globalThis.stopTestServer = async () => {
    broker.closeAllConnections();
    broker.close();
    const server = await ready?.catch(() => undefined);
    await server?.stop();
  };
}

async function startServer() {
  const { migrate } = await import('../../libs/platform/src/index.ts');
  if (typeof migrate !== 'function')
    throw new Error('libs/platform exports no migrate(): nothing to make a template of');
  const server = process.env.TEST_DATABASE_URL ? externalServer() : await embeddedServer();
  try {
    await query(server.admin, `CREATE DATABASE ${server.template}`);
    await migrate(server.url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

function externalServer() {
  const admin = process.env.TEST_DATABASE_URL;
  const template = `faultline_tpl_${randomBytes(6).toString('hex')}`;
  const stop = () => query(admin, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
  return { admin, url: withDatabase(admin, template), template, stop };
}

async function embeddedServer() {
  const { startEmbeddedPostgres } = await import('../../libs/platform/src/index.ts');
  await removeAbandoned(startEmbeddedPostgres);
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  // The server runs under another account where we are root, and must be able to pass.
  fs.chmodSync(dir, 0o711);
  const db = await startEmbeddedPostgres({ dir, database: 'postgres', settings: SETTINGS });
  const template = 'faultline_tpl';
  const stop = async () => {
    // A spec that forgot a connection must not keep the server alive.
    if ((await db.stop()) === 'in-use') process.kill(db.pid, 'SIGINT');
    while (fs.existsSync(path.join(dir, 'postgres/data/postmaster.pid'))) await new Promise((go) => setTimeout(go, 20));
    fs.rmSync(dir, { recursive: true, force: true });
  };
  return { admin: db.url, url: withDatabase(db.url, template), template, stop };
}

/** Servers and directories of runs that were killed. */
async function removeAbandoned(startEmbeddedPostgres) {
  for (const name of fs.readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    if (isAlive(Number(name.slice(PREFIX.length).split('-')[0]))) continue;
    const dir = path.join(os.tmpdir(), name);
    if (fs.existsSync(path.join(dir, 'postgres/data/postmaster.pid'))) {
      const orphan = await startEmbeddedPostgres({ dir, database: 'postgres', settings: SETTINGS });
      if ((await orphan.stop()) === 'in-use') continue;
    }
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function withDatabase(url, name) {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

async function query(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
