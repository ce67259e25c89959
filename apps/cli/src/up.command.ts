import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { issue } from '@faultline/access';
import { Database } from '@faultline/platform';
import { keepSigningKey } from '@faultline/reports';
import { loadOwnData } from './own-data.js';
import {
  argumentsOf,
  makeDirectory,
  migratePlace,
  openPlace,
  PLACE_OPTIONS,
  ROOT,
  serviceUrls,
  type Place,
} from './place.js';
import { claimDirectory } from './running.js';
import { signInLink } from './signin.command.js';
import { Child, ChildFailed } from './child.js';
import { UsageError } from './usage.js';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** `faultline up`: database, schema, own data, API and worker in one process tree, until ctrl-C. */
export async function runUp(args: string[]): Promise<number> {
  const { values } = argumentsOf('up', args, { ...PLACE_OPTIONS, port: { type: 'string' } });
  if (values.port !== undefined && !/^\d{1,5}$/.test(values.port)) {
    throw new UsageError(`faultline up: got --port ${JSON.stringify(values.port)}, wanted a port number`);
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  say('Faultline: starting (ctrl-C stops it)');
  const place = await openPlace(values, (line) => say(`  ${line}`));
  makeDirectory(place.dataDir);
  const directory = claimDirectory(place.dataDir);
  if (directory.outcome === 'taken') {
    await place.stop();
    process.stderr.write(
      `faultline up: another \`faultline up\` (process ${directory.pid}) is alive on ${place.dataDir}: stop it, or give another --data directory\n`,
    );
    return 1;
  }
  const children: Child[] = [];
  try {
    await prepare(place);
    if (stop.signal.aborted) return 0;
    const environment = environmentOf(place, values.port);
    const api = new Child('api', path.join(ROOT, 'dist/apps/api/src/main.js'), environment);
    const worker = new Child('worker', path.join(ROOT, 'dist/apps/worker/src/main.js'), environment);
    children.push(api, worker);
    const [address] = await Promise.all([api.ready(), worker.ready()]);
    // Started again after a crash, it must be where its readers look for it.
    environment['FAULTLINE_PORT'] = new URL(address).port;
    const database = new Database(serviceUrls(place), 1);
    const link = await signInLink(database, address).finally(() => database.close());
    say(`Faultline: ${address}`);
    say(`Sign in (once, within the hour): ${link}`);
    await Promise.race([aborted(stop.signal), ...children.map((child) => child.failed())]);
    return stop.signal.aborted ? 0 : 1;
  } catch (error) {
    // What a child could not do, it has said itself.
    if (error instanceof ChildFailed) return 1;
    throw error;
  } finally {
    say('Faultline: stopping');
    await Promise.all(children.map((child) => child.stop()));
    await place.stop();
    directory.release();
  }
}

async function prepare(place: Place): Promise<void> {
  const done = await migratePlace(place);
  say(`  schema ${done.length === 0 ? 'up to date' : `brought up to date, ${done.length} migrations`}`);
  const database = new Database(serviceUrls(place), 4);
  try {
    const { claims, claimsNew } = await loadOwnData(database, ROOT);
    say(`  reference data and the March 2026 record: ${claims} claims, ${claimsNew} new`);
    await keepAdminKey(database, place.dataDir);
    keepSigningKey(place.dataDir);
  } finally {
    await database.close();
  }
}

/** Leaves an admin key for local scripts, readable by the owner of the directory only. Made once. */
async function keepAdminKey(database: Database, dataDir: string): Promise<void> {
  const file = path.join(dataDir, 'admin-api-key');
  if (existsSync(file)) return;
  const key = await database.transaction('app', { tenantId: 'local', actor: 'up' }, 'write', (tx) =>
    issue(tx, 'api-key', { role: 'admin', label: 'local scripts' }, null),
  );
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}

function environmentOf(place: Place, port: string | undefined): NodeJS.ProcessEnv {
  const urls = serviceUrls(place);
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    TZ: 'UTC',
    FAULTLINE_LOG: process.env['FAULTLINE_LOG'] ?? 'warn',
    FAULTLINE_DATA: place.dataDir,
    DATABASE_URL_APP: urls.app,
    DATABASE_URL_FEED: urls.feed,
    DATABASE_URL_SEQUENCER: urls.sequencer,
    ...(port === undefined ? {} : { FAULTLINE_PORT: port }),
  };
  // The serving processes never hold the owner's password.
  delete environment['DATABASE_URL'];
  return environment;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
