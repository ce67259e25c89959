import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-error.js';
import { occupantOf, pidFileOf, readPidFile, removeStale } from './pid-file.js';
import { join, type Presence } from './presence.js';

/** A server of ours that runs, and our presence on it. */
export interface Running {
  readonly pid: number;
  readonly port: number;
  readonly presence: Presence;
}

const INCOMPLETE_FOR_MS = 3_000;
const SILENT_FOR_MS = 60_000;
const POLL_MS = 50;

/**
 * Joins the server that another process, alive or killed, started on this cluster. Waits for one that starts, recovers
 * or stops. Undefined when there is none; a pid file left by a machine that stopped is cleared away.
 * @throws EmbeddedPostgresError when the server there never answers, or is not ours.
 */
export async function adopt(cluster: Cluster, log: (line: string) => void): Promise<Running | undefined> {
  const begin = performance.now();
  let heard = begin;
  for (;;) {
    const file = readPidFile(cluster.data);
    switch (file.state) {
      case 'absent':
        return undefined;
      case 'incomplete':
        if (performance.now() - begin > INCOMPLETE_FOR_MS) {
          log(`${pidFileOf(cluster.data)} was never completed: taking it away`);
          removeStale(cluster.data, file.text);
        }
        break;
      case 'written': {
        const occupant = occupantOf(file.pid, cluster.data);
        if (occupant === 'gone') return undefined;
        if (occupant === 'stranger') {
          log(
            `${pidFileOf(cluster.data)} names process ${file.pid}, which is no server of this database: taking it away`,
          );
          removeStale(cluster.data, file.text);
          break;
        }
        const joining = await join(cluster, file.port);
        if (joining.outcome === 'present') return { pid: file.pid, port: file.port, presence: joining.presence };
        if (joining.outcome === 'not-yet' && joining.answered) heard = performance.now();
        if (joining.outcome === 'not-ours' || performance.now() - heard > SILENT_FOR_MS) {
          throw new EmbeddedPostgresError(
            `${pidFileOf(cluster.data)} names process ${file.pid} on port ${file.port}, which cannot be used (${joining.said}): stop that process (if it is no PostgreSQL, remove the file), or set DATABASE_URL`,
          );
        }
      }
    }
    await sleep(POLL_MS);
  }
}
