import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { readPassword, type Cluster } from './cluster.js';
import { codeOf } from './embedded-error.js';

const LOCK = 418_018;

/**
 * One connection kept for as long as this process uses the server, holding a lock shared with every other process
 * that does. The one that stops the server takes the lock alone, so nobody can join a server that is about to stop.
 */
export interface Presence {
  readonly client: pg.Client;
  readonly version: string;
}

/**
 * - `present`: joined
 * - `not-yet`: nobody listens, or the server starts, recovers or stops
 * - `not-ours`: what answers there is not the server of this cluster
 */
export type Joining =
  | { readonly outcome: 'present'; readonly presence: Presence }
  | { readonly outcome: 'not-yet'; readonly said: string; readonly answered: boolean }
  | { readonly outcome: 'not-ours'; readonly said: string };

const WRONG_PASSWORD = '28P01';
const CANNOT_CONNECT_NOW = '57P03';

/** Whether the presence alone keeps this process running: it does while something is asked of the server. */
export function keepsAwake({ client }: Presence, awake: boolean): void {
  const handle = client as pg.Client & { ref(): void; unref(): void };
  if (awake) handle.ref();
  else handle.unref();
}

/** Joins the server of `cluster` on loopback `port`. */
export async function join(cluster: Cluster, port: number): Promise<Joining> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: readPassword(cluster),
    database: 'postgres',
    application_name: 'faultline-presence',
    connectionTimeoutMillis: 5000,
    ssl: false,
    keepAlive: true,
  });
  // The server may stop before us; the next query tells.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock_shared($1)', [LOCK]);
    const { rows } = await client.query<{ version: string; data: string }>(
      `SELECT split_part(current_setting('server_version'), ' ', 1) AS version, current_setting('data_directory') AS data`,
    );
    const { version, data } = rows[0]!;
    if (!isSameDirectory(data, cluster.data)) {
      await client.end();
      return { outcome: 'not-ours', said: `the server on port ${port} serves ${data}` };
    }
    return { outcome: 'present', presence: { client, version } };
  } catch (error) {
    await client.end().catch(() => undefined);
    const said = (error as Error).message || codeOf(error) || 'no answer';
    if (codeOf(error) === WRONG_PASSWORD) return { outcome: 'not-ours', said };
    return { outcome: 'not-yet', said, answered: codeOf(error) === CANNOT_CONNECT_NOW };
  }
}

function isSameDirectory(a: string, b: string): boolean {
  const real = (dir: string) => (fs.existsSync(dir) ? fs.realpathSync(dir) : path.resolve(dir));
  return real(a) === real(b);
}

/**
 * Whether we are the last user of the server; if so nobody can join it any more. Waits a moment for connections that
 * are being closed. After `others` the presence is over.
 */
export async function takeAlone(presence: Presence, graceMs: number): Promise<'alone' | 'others'> {
  const { client } = presence;
  // In this order two processes that leave at once cannot both take the other for a user that stays.
  await client.query('SELECT pg_advisory_unlock_shared($1)', [LOCK]);
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [LOCK]);
  if (!rows[0]!.taken) return 'others';
  for (const end = performance.now() + graceMs; ;) {
    const others = await client.query(
      `SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
         AND application_name <> 'faultline-presence' LIMIT 1`,
    );
    if (others.rowCount === 0) return 'alone';
    if (performance.now() > end) return 'others';
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
