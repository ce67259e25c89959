import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { testDb } from './test-db.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const START_MS = 120_000;

/** The built service as a user starts it, on a database of the test server and a port of its own. */
export interface RunningService {
  readonly address: string;
  readonly signInLink: string;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly pid: number;
  /** Everything it printed so far. */
  output(): string;
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; signal: string | null }>;
}

export async function runService(environment: Record<string, string> = {}): Promise<RunningService> {
  const db = await testDb();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'faultline-up-'));
  const child = spawn(
    process.execPath,
    ['bin/faultline.mjs', 'up', '--port', '0', '--data', dataDir, '--database', db.url],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: '', FAULTLINE_POLL: 'off', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const ready = new Promise<{ address: string; signInLink: string }>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready within ${START_MS / 1000} s:\n${output}`)), START_MS);
    const read = (text: string) => {
      output += text;
      const address = /^Faultline: (http\S+)$/m.exec(output)?.[1];
      const signInLink = /^Sign in .*: (http\S+)$/m.exec(output)?.[1];
      if (!address || !signInLink) return;
      clearTimeout(timer);
      resolve({ address, signInLink });
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    void ended.then(({ code }) => reject(new Error(`ended with ${code} before it was ready:\n${output}`)));
  });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    const how = await ended;
    await db.drop();
    rmSync(dataDir, { recursive: true, force: true });
    return how;
  };
  try {
    const { address, signInLink } = await ready;
    return { address, signInLink, dataDir, databaseUrl: db.url, pid: child.pid!, output: () => output, stop };
  } catch (error) {
    await stop('SIGKILL');
    throw error;
  }
}
