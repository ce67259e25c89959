import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const SCRIPT = path.join(import.meta.dirname, 'ingest-when-told.mjs');

/** What came of a run: its exit code, or that it was killed. */
export type Ended = { readonly code: number; readonly error?: string } | 'killed';

/** A process that has loaded `faultline ingest` as it is built, and begins at once when it is told to. */
export interface WarmIngest {
  /** Begins with the arguments of the command. */
  run(args: readonly string[]): Promise<Ended>;
  /** By kill -9; resolves when it is gone. */
  kill(): Promise<void>;
}

export async function warmIngest(): Promise<WarmIngest> {
  const child: ChildProcess = fork(SCRIPT, [], {
    env: { ...process.env, NODE_OPTIONS: '', FAULTLINE_POLL: 'off' },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready: is dist/ built?`)));
  });
  return {
    run: async (args) => {
      const ended = new Promise<Ended>((resolve) => {
        child.once('message', (message) => resolve(message as Ended));
        child.once('exit', () => resolve('killed'));
      });
      child.send(args);
      const how = await ended;
      if (how !== 'killed') child.disconnect();
      return how;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
