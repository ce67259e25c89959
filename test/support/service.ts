import 'reflect-metadata';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import {
  AS_SHIPPED,
  feedDescriptors,
  ingestDocument,
  ownDocuments,
  readWatches,
  type FeedAdapter,
  type IngestReport,
} from '@faultline/feeds';
import { nobodyFollows, Projector } from '@faultline/incidents';
import { Sequencer, unsequenced } from '@faultline/ledger';
import { Database, FakeClock, PUBLIC_TENANT, roleUrls } from '@faultline/platform';
import { AppModule, type ApiParts } from '../../apps/api/src/app.module.js';
import { adapter, configure } from '../../apps/api/src/create-app.js';
import type { AccessSettings } from '../../apps/api/src/http/access-settings.js';
import { testDb, type TestDb } from './test-db.js';

export const ROOT = path.resolve(import.meta.dirname, '../..');
/** Public facts are read by anybody, as often as they like. */
export const OPEN_ACCESS: AccessSettings = {
  anonymousReads: true,
  passwords: true,
  publicOrigin: null,
  requests: null,
  exports: null,
  signIns: null,
  provider: null,
};
const FEED = { tenantId: PUBLIC_TENANT, actor: 'spec' };

/** An answer as a reader of the API sees it. */
export interface Reply<T> {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly text: string;
  readonly body: T;
}

/** The whole service over HTTP, on a database and a business clock of its own. */
export interface Service {
  readonly database: Database;
  readonly clock: FakeClock;
  readonly databaseUrl: string;
  get<T = Record<string, unknown>>(url: string, headers?: Record<string, string>): Promise<Reply<T>>;
  post<T = Record<string, unknown>>(url: string, body: unknown, headers?: Record<string, string>): Promise<Reply<T>>;
  /** Any method; a body goes as JSON. */
  send<T = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply<T>>;
  /** As `get`, for an answer that is no text. */
  getBytes(url: string): Promise<{ status: number; headers: Record<string, unknown>; bytes: Buffer }>;
  /** Takes connections; the address. */
  listen(): Promise<string>;
  ingest(feed: FeedAdapter, bytes: Uint8Array, retrievedAt?: string): Promise<IngestReport>;
  /** Our own reference data and the transcribed record. */
  ingestOwnData(): Promise<IngestReport[]>;
  settle(recordIds: readonly string[]): Promise<void>;
  /** Everything recorded has its position, and incidents are revised from it. */
  settleAll(): Promise<void>;
  stop(): Promise<void>;
}

/** `database`: one that is there already, which stays when the service stops. */
type More = Partial<Pick<ApiParts, 'reportSigner' | 'access'>> & {
  readonly poolSize?: number;
  readonly database?: TestDb;
};

export async function startService(
  now: string,
  { poolSize = 12, database: given, ...more }: More = {},
): Promise<Service> {
  const db = given ?? (await testDb());
  const clock = new FakeClock(now);
  const database = new Database(roleUrls(db.url), poolSize);
  const parts = {
    database,
    clock,
    feeds: feedDescriptors(AS_SHIPPED),
    watches: readWatches(ROOT),
    access: OPEN_ACCESS,
    ...more,
  };
  const module = await Test.createTestingModule({ imports: [AppModule.of(parts)] }).compile();
  const app = await configure(module.createNestApplication<NestFastifyApplication>(adapter(), { logger: false }));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const sequencer = new Sequencer(database, 'spec');
  const projector = new Projector(database, clock, 'spec', nobodyFollows);

  // One sequencer and one projector, as in the worker: callers take turns.
  let turn: Promise<void> = Promise.resolve();
  const settle = (recordIds: readonly string[]) => (turn = turn.then(() => settleNow(recordIds)));
  const settleNow = async (recordIds: readonly string[]) => {
    while ((await database.transaction('feed', FEED, 'read', (tx) => unsequenced(tx, recordIds))) > 0)
      await sequencer.drain();
    await projector.tick();
    await sequencer.drain();
  };
  const ingest = async (feed: FeedAdapter, bytes: Uint8Array, retrievedAt = clock.now()) => {
    const at = clock.now();
    const report = await ingestDocument(database, FEED, feed, {
      bytes,
      retrievedAt,
      startedAt: at,
      finishedAt: at,
      trigger: 'ingest',
      validators: { etag: null, lastModified: null },
    });
    await settle([report.pollId]);
    return report;
  };
  const send: Service['send'] = async <T>(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const payload = body === undefined ? {} : { payload: body as object };
    const reply = await app.inject({ method, url, headers, ...payload });
    const text = reply.payload;
    const json = String(reply.headers['content-type'] ?? '').includes('json') && text !== '';
    return { status: reply.statusCode, headers: reply.headers, text, body: (json ? JSON.parse(text) : undefined) as T };
  };
  return {
    database,
    clock,
    databaseUrl: db.url,
    get: <T>(url: string, headers: Record<string, string> = {}) => send<T>('GET', url, undefined, headers),
    post: <T>(url: string, body: unknown, headers: Record<string, string> = {}) => send<T>('POST', url, body, headers),
    send,
    getBytes: async (url) => {
      const reply = await app.inject({ method: 'GET', url });
      return { status: reply.statusCode, headers: reply.headers, bytes: reply.rawPayload };
    },
    listen: async () => {
      await app.listen(0, '127.0.0.1');
      return app.getUrl();
    },
    ingest,
    ingestOwnData: async () => {
      const reports: IngestReport[] = [];
      for (const { feed, bytes } of ownDocuments(ROOT)) reports.push(await ingest(feed, bytes));
      return reports;
    },
    settle,
    settleAll: () =>
      (turn = turn.then(async () => void (await sequencer.drain(), await projector.tick(), await sequencer.drain()))),
    stop: async () => {
      await app.close();
      await database.close();
      if (!given) await db.drop();
    },
  };
}
