import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const STOP_MS = 25_000;
const RESTART_MS = 1_000;
/** Restarts in a row, none of which became ready, after which the whole service gives up. */
const MOST_RESTARTS = 5;

/** A process of the tree could not be brought up; why, it has written to stderr. */
export class ChildFailed extends Error {}

/**
 * One process of the tree. It is started again when it dies, and it ends by itself when this process is gone, since the
 * channel between them closes: nothing is left behind by kill -9.
 */
export class Child {
  private process: ChildProcess;
  private stopping = false;
  private restarts = 0;
  private readonly becameReady: Promise<string>;
  private readonly gaveUp: Promise<void>;
  private resolveReady: (address: string) => void = () => undefined;
  private rejectReady: (error: Error) => void = () => undefined;
  private resolveGaveUp: () => void = () => undefined;

  constructor(
    private readonly name: string,
    private readonly script: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    this.becameReady = new Promise((resolve, reject) => {
      this.resolveReady = resolve;
      this.rejectReady = reject;
    });
    this.becameReady.catch(() => undefined);
    this.gaveUp = new Promise((resolve) => {
      this.resolveGaveUp = resolve;
    });
    this.process = this.start();
  }

  /** Resolves with the address the child reports. Rejects when it cannot be started. */
  ready(): Promise<string> {
    return this.becameReady;
  }

  /** Resolves when the child could not be kept alive. */
  failed(): Promise<void> {
    return this.gaveUp;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const { process: child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    await Promise.race([gone, sleep(STOP_MS, undefined, { ref: false })]);
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await gone;
  }

  private start(): ChildProcess {
    const child = fork(this.script, [], { env: this.environment, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('message', (message: { ready?: string }) => {
      if (message.ready === undefined) return;
      this.restarts = 0;
      this.resolveReady(message.ready);
    });
    child.once('exit', (code, signal) => void this.onExit(code, signal));
    return child;
  }

  private async onExit(code: number | null, signal: string | null): Promise<void> {
    if (this.stopping) return;
    const how = signal ? `was killed by ${signal}` : `ended with ${code}`;
    // A process that says its settings are wrong would only say so again.
    if (code === 78 || code === 1 || this.restarts >= MOST_RESTARTS) {
      process.stderr.write(`faultline up: the ${this.name} process ${how}\n`);
      this.rejectReady(new ChildFailed(`the ${this.name} process ${how}`));
      this.resolveGaveUp();
      return;
    }
    process.stderr.write(`faultline up: the ${this.name} process ${how}; starting it again\n`);
    this.restarts += 1;
    await sleep(RESTART_MS);
    if (!this.stopping) this.process = this.start();
  }
}
