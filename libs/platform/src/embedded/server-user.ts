import fs from 'node:fs';
import path from 'node:path';
import { EmbeddedPostgresError } from './embedded-error.js';

/** The account the server runs as, where it is not our own. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const CANDIDATES = ['postgres', 'nobody'];

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * PostgreSQL refuses uid 0: a root process runs it as the owner of the existing `dataDir`, else as `postgres` or
 * `nobody`. Undefined when we are not root: then the server runs as ourselves.
 * @throws EmbeddedPostgresError when there is no such account.
 */
export function serverUser(dataDir: string): ServerUser | undefined {
  if (!isRoot()) return undefined;
  const owner = fs.statSync(dataDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const found = accountOf(fs.readFileSync('/etc/passwd', 'utf8'));
  if (found) return found;
  throw new EmbeddedPostgresError(
    `running as root, which PostgreSQL refuses, and /etc/passwd has neither ${CANDIDATES.join(' nor ')} to run it as: start as another user, or set DATABASE_URL`,
  );
}

/** The first of the candidate accounts in the text of a passwd file. */
export function accountOf(passwd: string): ServerUser | undefined {
  const rows = passwd.split('\n').map((line) => line.split(':'));
  for (const name of CANDIDATES) {
    const row = rows.find((fields) => fields[0] === name);
    if (row) return { uid: Number(row[2]), gid: Number(row[3]) };
  }
  return undefined;
}

/** Whether `user` may walk down to `dir`, by the mode bits of every directory on the way. */
export function isReachable(dir: string, user: ServerUser): boolean {
  for (let at = path.resolve(dir); ; at = path.dirname(at)) {
    const entry = fs.statSync(at, { throwIfNoEntry: false });
    if (entry) {
      const search = entry.uid === user.uid ? 0o100 : entry.gid === user.gid ? 0o010 : 0o001;
      if ((entry.mode & search) === 0) return false;
    }
    if (at === path.dirname(at)) return true;
  }
}
