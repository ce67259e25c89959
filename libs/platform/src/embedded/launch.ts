import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from './adopt.js';
import type { Binaries } from './binaries.js';
import { serverEnvironment, type Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-error.js';
import { openLog, tailOf } from './log-file.js';
import { join } from './presence.js';
import type { ServerUser } from './server-user.js';

const DEFAULTS: Readonly<Record<string, string>> = {
  max_connections: '100',
  shared_buffers: '128MB',
  log_line_prefix: '%m [%p] ',
  // Statements carry tenants' values, and the log is not theirs to be in.
  log_min_error_statement: 'panic',
};
const SILENT_FOR_MS = 60_000;
const POLL_MS = 20;

/**
 * - `ready`: it runs and answers
 * - `taken`: another process was first on this data directory
 * - `port-taken`: another program took the port between choice and use
 * - `backends-linger`: the backends of a server that was killed are still about to end
 */
export type Launch =
  { readonly outcome: 'ready'; readonly running: Running } | { readonly outcome: Exclude<Reason, 'failed'> };
type Reason = 'taken' | 'port-taken' | 'backends-linger' | 'failed';

/** Starts a server on the cluster, on loopback and a free port. @throws EmbeddedPostgresError with the end of its log. */
export async function launch(
  cluster: Cluster,
  binaries: Binaries,
  user: ServerUser | undefined,
  settings: Readonly<Record<string, string>>,
): Promise<Launch> {
  const port = await freePort();
  const all = { ...DEFAULTS, ...settings, listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const log = openLog(cluster.logFile, user);
  const server = spawn(
    binaries.postgres,
    // The data directory first: by it a later process recognises the server.
    [
      '-D',
      cluster.data,
      '-p',
      String(port),
      ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      ...user,
      cwd: path.parse(cluster.data).root,
      env: serverEnvironment(),
      // A session of its own: ctrl-C at the terminal reaches us alone, and the server outlives us until we stop it.
      detached: true,
      // Straight into the file, so that it can go on writing when we are gone.
      stdio: ['ignore', log.handle, log.handle],
      windowsHide: true,
    },
  );
  fs.closeSync(log.handle);
  server.unref();
  let ended: string | undefined;
  server.once('error', (error) => (ended = error.message));
  server.once('exit', (status, signal) => (ended = signal ?? `exit ${status}`));

  for (let heard = performance.now(); ;) {
    await sleep(POLL_MS);
    if (ended !== undefined) {
      const tail = tailOf(cluster.logFile, log.begin, server.pid);
      const reason = reasonOf(tail);
      if (reason !== 'failed') return { outcome: reason };
      throw failure(`${binaries.postgres} did not start (${ended})`, cluster, tail);
    }
    const joining = await join(cluster, port);
    if (joining.outcome === 'present') {
      return { outcome: 'ready', running: { pid: server.pid!, port, presence: joining.presence } };
    }
    if (joining.outcome === 'not-yet' && joining.answered) heard = performance.now();
    if (performance.now() - heard > SILENT_FOR_MS) {
      server.kill('SIGINT');
      throw failure(
        `${binaries.postgres} did not answer (${joining.said})`,
        cluster,
        tailOf(cluster.logFile, log.begin, server.pid),
      );
    }
  }
}

/** Why a server ended at once, from the end of its log. */
export function reasonOf(tail: readonly string[]): Reason {
  const text = tail.join('\n');
  if (text.includes('lock file "postmaster.pid" already exists')) return 'taken';
  if (text.includes('lock file "postmaster.pid" is empty')) return 'taken';
  if (text.includes('could not create any TCP/IP sockets')) return 'port-taken';
  if (text.includes('pre-existing shared memory block')) return 'backends-linger';
  return 'failed';
}

function failure(what: string, cluster: Cluster, tail: readonly string[]): EmbeddedPostgresError {
  const said = tail.length > 0 ? `: ${tail.join(' | ')}` : '';
  return new EmbeddedPostgresError(`${what}; see ${cluster.logFile}, or set DATABASE_URL${said}`);
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
