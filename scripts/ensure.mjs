// Makes `npm run up` and `npm test` work on a fresh clone: installs what package-lock.json asks for where it is not
// there, and with --build makes dist/ where it is not of these sources. Says nothing when there is nothing to do.
// Plain Node without a package, and in syntax that an old Node can read, so that it can say what is wrong with it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Faultline needs Node.js 20.19 or later, this is ${process.versions.node}: install a newer one from nodejs.org`,
  );
  process.exit(1);
}

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));

const LOCK = 'package-lock.json';
const STAMP = 'node_modules/.faultline-lock';
const lockText = fs.readFileSync(LOCK, 'utf8');
const lockHash = createHash('sha256').update(lockText).digest('hex');
const wanted = Object.entries(JSON.parse(lockText).packages).filter(([place]) => place !== '');

if (!isInstalled()) {
  console.log('Installing the packages of package-lock.json (once, and after it changes) ...');
  const since = Date.now();
  // Whatever NODE_ENV says: building needs the development packages, and the embedded database is an optional one.
  const status = npm('ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error');
  if (status !== 0) {
    console.error(
      `npm ci failed (${status}): see above; with no network, install on a machine that has one and copy node_modules`,
    );
    process.exit(1);
  }
  fs.writeFileSync(STAMP, lockHash);
  console.log(`Installed in ${Math.round((Date.now() - since) / 1000)} s.`);
}

if (process.argv.includes('--build')) {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs', '--if-needed'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status || 1);
}

/** Whether node_modules holds what the lock wants, whoever installed it. */
function isInstalled() {
  const hidden = 'node_modules/.package-lock.json';
  if (!fs.existsSync(hidden)) return false;
  const stamped = fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === lockHash;
  const present = stamped ? undefined : JSON.parse(fs.readFileSync(hidden, 'utf8')).packages;
  for (const [place, entry] of wanted) {
    if (!isNeeded(entry)) continue;
    if (present && present[place]?.version !== entry.version) return false;
    if (!fs.existsSync(path.join(place, 'package.json'))) return false;
  }
  if (!stamped) fs.writeFileSync(STAMP, lockHash);
  return true;
}

/** Optional packages are wanted where they fit, and their absence is the business of whoever needs one. */
function isNeeded(entry) {
  return !entry.optional && !entry.devOptional && !entry.link;
}

function npm(...args) {
  const env = { ...process.env };
  if (!hasHome()) {
    // npm keeps its cache and its settings under HOME, and stops without one.
    env.HOME = path.resolve('.cache/home');
    fs.mkdirSync(env.HOME, { recursive: true });
  }
  const cli = npmCli();
  const options = { stdio: 'inherit', env };
  const result = cli
    ? spawnSync(process.execPath, [cli, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (result.error) console.error(`cannot run npm: ${result.error.message}: install npm, which comes with Node.js`);
  return result.status === null ? 'no exit status' : result.status;
}

function hasHome() {
  try {
    fs.accessSync(os.homedir(), fs.constants.W_OK);
    return path.isAbsolute(os.homedir());
  } catch {
    return false;
  }
}

/** The npm that runs us, else the one beside this Node; another package manager cannot read our lock. */
function npmCli() {
  const beside = path.dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    path.join(beside, '../lib/node_modules/npm/bin/npm-cli.js'),
    path.join(beside, 'node_modules/npm/bin/npm-cli.js'),
  ];
  return candidates.find((file) => file && path.basename(file) === 'npm-cli.js' && fs.existsSync(file));
}
