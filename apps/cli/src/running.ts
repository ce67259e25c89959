import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Claimed =
  { readonly outcome: 'claimed'; readonly release: () => void } | { readonly outcome: 'taken'; readonly pid: number };

/**
 * Marks a data directory as ours. A mark of a process that is gone, or whose number now belongs to another program, is
 * taken over. The mark is linked into place whole, so that of two who come at once one finds the other's.
 */
export function claimDirectory(dataDir: string): Claimed {
  const mark = path.join(dataDir, 'up.pid');
  const own = path.join(dataDir, `up.pid.${process.pid}`);
  writeFileSync(own, `${process.pid}\n`);
  try {
    for (;;) {
      try {
        linkSync(own, mark);
        return { outcome: 'claimed', release: () => rmSync(mark, { force: true }) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const pid = Number(readFileSync(mark, 'utf8'));
      if (isAlive(pid)) return { outcome: 'taken', pid };
      rmSync(mark, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    // Where the system shows command lines, a number that was given to another program is told apart.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('faultline');
  } catch {
    return true;
  }
}
