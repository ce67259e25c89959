import fs from 'node:fs';
import type { ServerUser } from './server-user.js';

const ROTATE_ABOVE_BYTES = 5_000_000;
const TAIL_BYTES = 16_384;

/** Opens the server's log for appending; one that has grown large is first set aside as `.1`, replacing the one before. */
export function openLog(file: string, user: ServerUser | undefined): { handle: number; begin: number } {
  if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_ABOVE_BYTES) {
    fs.renameSync(file, `${file}.1`);
  }
  const handle = fs.openSync(file, 'a', 0o600);
  // So that the same account can go on with it without us.
  if (user) fs.fchownSync(handle, user.uid, user.gid);
  return { handle, begin: fs.fstatSync(handle).size };
}

/** What the server with process id `pid` wrote since byte `begin`, newest last, at most `count` lines. */
export function tailOf(file: string, begin: number, pid: number | undefined, count = 12): string[] {
  const handle = fs.openSync(file, 'r');
  try {
    const end = fs.fstatSync(handle).size;
    const from = Math.max(begin, end - TAIL_BYTES);
    const bytes = Buffer.alloc(Math.max(0, end - from));
    fs.readSync(handle, bytes, 0, bytes.length, from);
    const lines = bytes.toString('utf8').split('\n').filter(Boolean);
    const own = lines.filter((line) => line.includes(` [${pid}] `));
    // A loader error comes before the server can write its own prefix.
    return (own.length > 0 ? own : lines).slice(-count);
  } finally {
    fs.closeSync(handle);
  }
}
