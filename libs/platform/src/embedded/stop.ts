import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from './adopt.js';
import type { Cluster } from './cluster.js';
import { codeOf, EmbeddedPostgresError } from './embedded-error.js';
import { isAlive, readPidFile } from './pid-file.js';
import { join, keepsAwake, takeAlone } from './presence.js';

/**
 * - `stopped`: the server has ended
 * - `in-use`: other connections are open; the last process out stops it
 */
export type StopOutcome = 'stopped' | 'in-use';

const CLOSING_MS = 1_500;
const SHUTDOWN_MS = 120_000;
const POLL_MS = 20;

/** Leaves the server, and ends it (fast shutdown) if nobody else is connected. `pgCtl` signals it on Windows. */
export async function stop(cluster: Cluster, running: Running, pgCtl: () => string): Promise<StopOutcome> {
  const file = readPidFile(cluster.data);
  if (file.state !== 'written' || file.pid !== running.pid) return 'stopped';
  let { presence } = running;
  keepsAwake(presence, true);
  for (let isLast = false; ; isLast = true) {
    const company = await takeAlone(presence, CLOSING_MS).catch((error: unknown) => {
      if (isLast && isAlive(running.pid)) throw error;
      return 'lost' as const;
    });
    if (company !== 'lost' || isLast) {
      if (company !== 'others') interrupt(running.pid, pgCtl);
      const outcome = company === 'others' ? 'in-use' : await ended(cluster, running);
      await presence.client.end().catch(() => undefined);
      return outcome;
    }
    // The connection is gone: another process that leaves is stopping the server, or a crash made it begin anew.
    await presence.client.end().catch(() => undefined);
    const again = await join(cluster, running.port);
    if (again.outcome !== 'present') return ended(cluster, running);
    presence = again.presence;
  }
}

function interrupt(pid: number, pgCtl: () => string): void {
  if (process.platform === 'win32') {
    spawnSync(pgCtl(), ['kill', 'INT', String(pid)]);
    return;
  }
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** Waits until the server is gone: it removes its pid file last, and may stay a zombie where nobody reaps it. */
async function ended(cluster: Cluster, running: Running): Promise<'stopped'> {
  const begin = performance.now();
  for (let removed = Infinity; ;) {
    const file = readPidFile(cluster.data);
    const now = performance.now();
    if (file.state === 'absent' || (file.state === 'written' && file.pid !== running.pid))
      removed = Math.min(removed, now);
    if (!isAlive(running.pid) || now - removed > 2_000) return 'stopped';
    if (now - begin > SHUTDOWN_MS) {
      throw new EmbeddedPostgresError(
        `PostgreSQL (process ${running.pid}) has not ended ${SHUTDOWN_MS / 1000} s after it was told to: see ${cluster.logFile}, then end that process`,
      );
    }
    await sleep(POLL_MS);
  }
}
