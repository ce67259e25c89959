import { spawn, type ChildProcess } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import type { WorkerOptions } from './timed-worker-options.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** One request as it came in, its signature verified with the public package. */
export interface Received {
  readonly id: string;
  readonly verified: boolean;
  readonly status: number;
  readonly body: NoticeBody;
}

export interface NoticeBody {
  readonly type: string;
  readonly data: {
    readonly noticeId: string;
    readonly kind: string;
    readonly delayed: boolean;
    readonly changes: readonly { readonly subject: string; readonly from: string | null; readonly to: string | null }[];
    readonly corrections: readonly {
      readonly subject: string;
      readonly reason: string;
      readonly noticeIds: readonly string[];
    }[];
    readonly coincident: readonly { readonly link: string }[];
    readonly coordinates: { readonly publicAt: string; readonly position: number };
    readonly text: string;
  };
}

export interface LoopbackReceiver {
  readonly url: string;
  readonly received: Received[];
  close(): Promise<void>;
}

/** A receiver on the loopback interface. `answer` gives the status, once the request is recorded. */
export async function loopbackReceiver(
  secret: string,
  answer: (received: Omit<Received, 'status'>) => number | Promise<number> = () => 200,
): Promise<LoopbackReceiver> {
  const received: Received[] = [];
  const webhook = new Webhook(secret);
  const server = http.createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      let verified = true;
      try {
        webhook.verify(text, request.headers as Record<string, string>);
      } catch {
        verified = false;
      }
      const one = { id: String(request.headers['webhook-id']), verified, body: JSON.parse(text) as NoticeBody };
      void Promise.resolve(answer(one)).then((status) => {
        received.push({ ...one, status });
        reply.writeHead(status).end('ok');
      });
    });
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A worker process from source. */
export interface WorkerProcess {
  readonly child: ChildProcess;
  /** Resolves when it has ended, however. */
  readonly gone: Promise<void>;
  kill(): Promise<void>;
}

export async function startWorker(options: WorkerOptions): Promise<WorkerProcess> {
  const child = spawn(
    process.execPath,
    ['--import', '@swc-node/register/esm-register', 'test/support/timed-worker.ts'],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: '', TIMED_WORKER: JSON.stringify(options) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code} before it was ready`)));
  });
  return {
    child,
    gone,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
