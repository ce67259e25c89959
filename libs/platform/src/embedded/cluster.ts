import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.js';
import { codeOf, EmbeddedPostgresError } from './embedded-error.js';
import { isReachable, isRoot, serverUser, type ServerUser } from './server-user.js';

/** Where one database cluster lies. */
export interface Cluster {
  /** Data directory and password in one: the two are made, moved and removed together. */
  readonly root: string;
  readonly data: string;
  readonly passwordFile: string;
  readonly logFile: string;
}

const MOVED = '/var/lib/faultline';
const ABANDONED_AFTER_MS = 3_600_000;

/**
 * The cluster of `dir`, made or not. It lies in `dir` unless we are root and the server's account cannot get there:
 * then under /var/lib/faultline, and the file `postgres-moved` in `dir` says where.
 */
export function locateCluster(dir: string, log: (line: string) => void): Cluster {
  makeDirectory(dir);
  const pointer = path.join(dir, 'postgres-moved');
  const real = fs.realpathSync(dir);
  const inPlace = path.join(real, 'postgres');
  let root = inPlace;
  if (fs.existsSync(pointer)) {
    root = fs.readFileSync(pointer, 'utf8').trim();
    if (!fs.existsSync(path.dirname(root))) {
      throw new EmbeddedPostgresError(
        `${pointer} says that the database lies in ${root}, which is gone: restore it, or remove the pointer to begin with an empty database`,
      );
    }
  } else if (isRoot() && !isReachable(real, serverUser(path.join(inPlace, 'data'))!)) {
    if (fs.existsSync(inPlace)) {
      throw new EmbeddedPostgresError(
        `the owner of ${path.join(inPlace, 'data')} cannot reach it: run \`chmod o+x\` on the directories above it, or set DATABASE_URL`,
      );
    }
    root = moveAway(pointer);
    log(`the server's account cannot reach ${dir}: the database lies in ${root}`);
  }
  return {
    root,
    data: path.join(root, 'data'),
    passwordFile: path.join(root, 'password'),
    logFile: path.join(dir, 'postgres.log'),
  };
}

function makeDirectory(dir: string): void {
  // As root the server's account must pass through; whatever is secret in there has a mode of its own.
  if (fs.mkdirSync(dir, { recursive: true }) !== undefined) fs.chmodSync(dir, isRoot() ? 0o711 : 0o700);
}

function moveAway(pointer: string): string {
  makeDirectory(MOVED);
  const home = path.join(MOVED, randomBytes(6).toString('hex'));
  makeDirectory(home);
  const draft = `${pointer}.${randomBytes(6).toString('hex')}`;
  fs.writeFileSync(draft, `${path.join(home, 'postgres')}\n`);
  try {
    fs.linkSync(draft, pointer);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    fs.rmdirSync(home);
  } finally {
    fs.rmSync(draft);
  }
  return fs.readFileSync(pointer, 'utf8').trim();
}

/** The superuser's password. */
export function readPassword(cluster: Cluster): string {
  try {
    return fs.readFileSync(cluster.passwordFile, 'utf8').trim();
  } catch (error) {
    const fix =
      codeOf(error) === 'EACCES'
        ? 'start as the user it belongs to'
        : 'restore it from a backup (it is made once, with the database)';
    throw new EmbeddedPostgresError(
      `cannot read ${cluster.passwordFile} (${codeOf(error)}): ${fix}, or set DATABASE_URL`,
    );
  }
}

/**
 * Makes the cluster where there is none. It is made aside and then renamed into place, so that of several processes
 * one wins, none sees half a cluster, and one killed half way leaves nothing that looks like a cluster. `sync`: whether
 * it is on the disk, and not only in the page cache, before this returns.
 * @throws EmbeddedPostgresError with what initdb said.
 */
export async function createCluster(
  cluster: Cluster,
  binaries: Binaries,
  user: ServerUser | undefined,
  sync: boolean,
): Promise<void> {
  if (fs.existsSync(cluster.root)) return requireMajor(cluster, binaries);
  removeAbandoned(cluster);
  const draft = `${cluster.root}.new-${randomBytes(6).toString('hex')}`;
  const data = path.join(draft, 'data');
  const pwFile = path.join(draft, 'initdb-password');
  const password = randomBytes(24).toString('base64url');
  fs.mkdirSync(draft, { mode: 0o700 });
  try {
    fs.mkdirSync(data, { mode: 0o700 });
    fs.writeFileSync(path.join(draft, 'password'), `${password}\n`, { mode: 0o600 });
    fs.writeFileSync(pwFile, `${password}\n`, { mode: 0o600 });
    if (user) {
      fs.chmodSync(draft, 0o711);
      fs.chownSync(data, user.uid, user.gid);
      fs.chownSync(pwFile, user.uid, user.gid);
    }
    await initdb(binaries, ['-D', data, `--pwfile=${pwFile}`, ...(sync ? [] : ['--no-sync'])], user);
    fs.rmSync(pwFile);
    fs.renameSync(draft, cluster.root);
    if (sync) syncDirectory(path.dirname(cluster.root));
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    if (!fs.existsSync(cluster.root)) throw error;
  }
}

async function initdb(binaries: Binaries, where: readonly string[], user: ServerUser | undefined): Promise<void> {
  const args = [
    ...where,
    ...['-U', 'postgres', '-A', 'scram-sha-256', '-E', 'UTF8'],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
  ];
  try {
    await promisify(execFile)(binaries.initdb, args, {
      ...user,
      cwd: path.parse(binaries.initdb).root,
      env: serverEnvironment(),
    });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const said = (stderr || message).trim().split('\n').join(' | ');
    throw new EmbeddedPostgresError(
      `${binaries.initdb} could not make a database (it needs glibc 2.27 or later, and a directory it may write): ${said}: mend that, or set DATABASE_URL`,
    );
  }
}

/** What the server may see of our environment: no setting of ours or of libpq, and no secret. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  return { PATH, SystemRoot, TEMP, TMP, LC_ALL: 'C', TZ: 'UTC' };
}

function requireMajor(cluster: Cluster, binaries: Binaries): void {
  const file = path.join(cluster.data, 'PG_VERSION');
  if (!fs.existsSync(file)) {
    throw new EmbeddedPostgresError(
      `${file} is missing, so ${cluster.root} holds no database: restore it, or remove the directory to begin with an empty one`,
    );
  }
  const major = fs.readFileSync(file, 'utf8').trim();
  if (major !== binaries.major) {
    throw new EmbeddedPostgresError(
      `${file} says ${major} and the installed server is PostgreSQL ${binaries.major}: move the data with pg_dump of the older release, or set DATABASE_URL`,
    );
  }
}

function removeAbandoned(cluster: Cluster): void {
  const parent = path.dirname(cluster.root);
  for (const name of fs.readdirSync(parent)) {
    if (!name.startsWith(`${path.basename(cluster.root)}.new-`)) continue;
    const draft = path.join(parent, name);
    const age = Date.now() - (fs.statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age > ABANDONED_AFTER_MS) fs.rmSync(draft, { recursive: true, force: true });
  }
}

function syncDirectory(dir: string): void {
  if (process.platform === 'win32') return;
  const handle = fs.openSync(dir, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
