import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import {
  addSubscription,
  conditionsSchema,
  makeSecret,
  putNotice,
  type NoticeContent,
  type Subscription,
} from '@faultline/alerts';
import { Database, migrate, PUBLIC_TENANT, roleUrls, startEmbeddedPostgres } from '@faultline/platform';
import pg from 'pg';
import { stableAddress, type StableAddress } from '../support/stable-address.js';
import { PLANTS, type Plant, type WorkerOptions } from '../support/timed-worker-options.js';
import { loopbackReceiver, startWorker, type LoopbackReceiver, type WorkerProcess } from '../support/webhooks.js';

/**
 * How hard: `DELIVERIES=5000 KILLS=10 STOPS=2` is the full size. Small by default: the faults are the same.
 * Every committed notice must arrive, nothing that was rolled back may, and a repeat must carry the same id.
 */
const FULL = {
  deliveries: Number(process.env['DELIVERIES'] ?? 300),
  kills: Number(process.env['KILLS'] ?? 1),
  stops: Number(process.env['STOPS'] ?? 1),
};
const SLOTS = 4;
const WORKERS = 2;
const RECEIVERS = 5;
const ROLLED_BACK_EVERY = 20;
const FAILING_SHARE = 0.1;
const QUIET_MS = 240_000;

interface Outcome {
  readonly committed: number;
  readonly received: number;
  readonly lost: number;
  readonly phantom: number;
  readonly repeats: number;
  /** Notices that arrived under more than one id. */
  readonly otherIds: number;
  readonly unverified: number;
  /** Answered with success once, and sent again all the same, more often than kills and stops explain. */
  readonly repeatsAllowed: number;
  readonly milliseconds: number;
}

interface Size {
  readonly deliveries: number;
  readonly kills: number;
  readonly stops: number;
  readonly plant?: Plant;
  readonly patienceMs: number;
}

class Harness {
  private readonly workers: WorkerProcess[] = [];
  private readonly started: WorkerProcess[] = [];
  private readonly restarts: Promise<void>[] = [];
  private isStopping = false;
  private readonly receivers: LoopbackReceiver[] = [];
  private readonly committed = new Set<string>();
  private server!: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  private address!: StableAddress;
  private database!: Database;
  private options!: WorkerOptions;
  private readonly dir = mkdtempSync(path.join(os.tmpdir(), 'faultline-chaos-'));

  async start(plant: Plant | undefined): Promise<Subscription[]> {
    chmodSync(this.dir, 0o711);
    this.server = await this.startServer();
    await migrate(this.server.url);
    this.address = await stableAddress(this.server.url);
    this.database = new Database(roleUrls(this.address.url), 4);
    const subscriptions: Subscription[] = [];
    for (let index = 0; index < RECEIVERS; index++) {
      const secret = makeSecret('hmac');
      // Deterministic: every tenth first request fails.
      let requests = 0;
      const receiver = await loopbackReceiver(secret, () =>
        ++requests % Math.round(1 / FAILING_SHARE) === 0 ? 503 : 200,
      );
      this.receivers.push(receiver);
      const conditions = conditionsSchema.parse({ lifecycle: true });
      const subscription = {
        id: randomUUID(),
        title: `receiver ${index}`,
        regionIds: ['aws:me-central-1'],
        conditions,
      };
      await this.database.transaction('app', { tenantId: 'local', actor: 'spec' }, 'write', (tx) =>
        addSubscription(tx, subscription, { kind: 'webhook', address: receiver.url, secret }),
      );
      subscriptions.push({ ...subscription, tenantId: 'local' });
    }
    this.options = {
      databaseUrl: this.address.url,
      projecting: false,
      slots: SLOTS,
      leaseSeconds: 4,
      pauseMs: 50,
      ...(plant === undefined ? {} : { plant }),
    };
    await this.startMortal(0);
    for (let index = 1; index < WORKERS; index++) this.workers[index] = await this.startWorker(this.options);
    return subscriptions;
  }

  async run(size: Size): Promise<Outcome> {
    const begun = performance.now();
    const subscriptions = await this.start(size.plant);
    // So many more that the committed ones are as many as asked for.
    const begunCount = Math.ceil((size.deliveries * ROLLED_BACK_EVERY) / (ROLLED_BACK_EVERY - 1));
    const producing = this.produce(subscriptions, begunCount);
    const faults = Array.from({ length: size.kills + size.stops }, (_, index) =>
      size.stops > 0 && index % Math.ceil((size.kills + size.stops) / size.stops) === 1 ? 'stop' : 'kill',
    );
    for (const [index, fault] of faults.entries()) {
      await this.until(() => this.arrived() >= ((index + 1) * size.deliveries) / (faults.length + 2), size.patienceMs);
      if (fault === 'stop') await this.stopServer();
      else await this.killWorker(index % WORKERS);
    }
    await producing;
    await this.until(() => this.arrived() >= this.committed.size, size.patienceMs);
    await this.until(async () => (await this.waiting()) === 0, size.patienceMs);
    return this.outcome(size, performance.now() - begun);
  }

  /** Commits notices over several transactions at once; every twentieth is rolled back at the last moment. */
  private async produce(subscriptions: readonly Subscription[], deliveries: number): Promise<void> {
    const lanes = 3;
    await Promise.all(
      Array.from({ length: lanes }, async (_, lane) => {
        for (let index = lane; index < deliveries; index += lanes) {
          const subscription = subscriptions[index % subscriptions.length]!;
          const id = randomUUID();
          const rollsBack = index % ROLLED_BACK_EVERY === ROLLED_BACK_EVERY - 1;
          for (let tries = 1; ; tries++) {
            try {
              await this.database.transaction(
                'sequencer',
                { tenantId: PUBLIC_TENANT, actor: 'spec' },
                'write',
                async (tx) => {
                  const held = await tx.query(`SELECT 1 FROM notice WHERE tenant_id = $1 AND notice_id = $2`, [
                    subscription.tenantId,
                    id,
                  ]);
                  // The commit before was taken, though its answer was lost.
                  if (held.length > 0) return;
                  await putNotice(tx, subscription, {
                    content: contentOf(id, subscription),
                    told: { facts: [], ended: false },
                    sequence: index + 1,
                  });
                  if (rollsBack) throw new RolledBack();
                  // Commit order is not the order of creation.
                  if (index % 7 === 0) await sleep(30);
                },
              );
              this.committed.add(id);
              break;
            } catch (error) {
              if (error instanceof RolledBack) break;
              if (tries > 100) throw error;
              await sleep(100);
            }
          }
          if (index % 50 === lane) await sleep(5);
        }
      }),
    );
  }

  private arrived(): number {
    return new Set(
      this.receivers.flatMap(({ received }) =>
        received.filter(({ status }) => status === 200).map(({ body }) => body.data.noticeId),
      ),
    ).size;
  }

  private async waiting(): Promise<number> {
    const client = new pg.Client({ connectionString: this.server.url });
    await client.connect();
    try {
      // A retry is minutes away by the schedule: time passes for it here.
      await client.query(
        `UPDATE work_item SET next_at = clock_timestamp() WHERE state = 'waiting' AND next_at > clock_timestamp() AND lease_token IS NULL`,
      );
      const { rows } = await client.query<{ n: string }>(
        `SELECT count(*)::text AS n FROM work_item WHERE state = 'waiting'`,
      );
      return Number(rows[0]!.n);
    } finally {
      await client.end();
    }
  }

  private async until(holds: () => boolean | Promise<boolean>, patienceMs: number): Promise<void> {
    const end = performance.now() + patienceMs;
    while (!(await holds()) && performance.now() < end) {
      await this.waiting().catch(() => undefined);
      await sleep(100);
    }
  }

  /** Killed from outside at any moment. */
  private async killWorker(index: number): Promise<void> {
    await this.workers[index]!.kill();
    await this.startMortal(index);
  }

  /** A worker that dies between taking on its first work and sending it; after it comes a sound one. */
  private async startMortal(index: number): Promise<void> {
    const mortal = await this.startWorker({ ...this.options, dieAfterClaims: 1 });
    this.workers[index] = mortal;
    this.restarts.push(
      mortal.gone.then(async () => {
        if (!this.isStopping && this.workers[index] === mortal)
          this.workers[index] = await this.startWorker(this.options);
      }),
    );
  }

  private async startWorker(options: WorkerOptions): Promise<WorkerProcess> {
    const worker = await startWorker(options);
    this.started.push(worker);
    return worker;
  }

  /** `pg_ctl stop -m immediate`: no checkpoint, every connection cut; then recovery from the log. */
  private async stopServer(): Promise<void> {
    const { pid } = this.server;
    process.kill(pid, 'SIGQUIT');
    while (isAlive(pid)) await sleep(20);
    this.server = await this.startServer();
    this.address.pointTo(this.server.port);
  }

  private startServer() {
    return startEmbeddedPostgres({ dir: this.dir, database: 'faultline' });
  }

  private outcome(size: Size, milliseconds: number): Outcome {
    const all = this.receivers.flatMap(({ received }) => received);
    const taken = all.filter(({ status }) => status === 200);
    const ids = new Map<string, Set<string>>();
    for (const { id, body } of all) ids.set(body.data.noticeId, (ids.get(body.data.noticeId) ?? new Set()).add(id));
    const arrived = new Set(taken.map(({ body }) => body.data.noticeId));
    return {
      committed: this.committed.size,
      received: all.length,
      lost: [...this.committed].filter((id) => !arrived.has(id)).length,
      phantom: [...ids.keys()].filter((id) => !this.committed.has(id)).length,
      repeats: taken.length - arrived.size,
      otherIds: [...ids].filter(([noticeId, sent]) => sent.size > 1 || !sent.has(noticeId)).length,
      unverified: all.filter(({ verified }) => !verified).length,
      // What was under way when a worker died, or when the database went away under all of them.
      repeatsAllowed: SLOTS * RECEIVERS * (1 + 2 * size.kills + WORKERS * size.stops),
      milliseconds: Math.round(milliseconds),
    };
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.started.map((worker) => worker.kill()));
    await Promise.all(this.restarts);
    await Promise.all(this.started.map((worker) => worker.kill()));
    await Promise.all(this.receivers.map((receiver) => receiver.close()));
    await this.database?.close();
    await this.address?.close();
    const pid = this.server?.pid;
    if (pid !== undefined && (await this.server.stop()) === 'in-use') process.kill(pid, 'SIGINT');
    while (pid !== undefined && isAlive(pid)) await sleep(20);
    rmSync(this.dir, { recursive: true, force: true });
  }
}

class RolledBack extends Error {}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function contentOf(id: string, { id: subscriptionId, title }: Subscription): NoticeContent {
  const issuedAt = new Date().toISOString();
  return {
    id,
    kind: 'update',
    reason: 'changed',
    issuedAt,
    subscription: { id: subscriptionId, title },
    subject: { regionId: 'aws:me-central-1', name: 'Middle East (UAE)', operatorId: 'aws', now: 'Impaired' },
    changes: [],
    corrections: [],
    state: {
      coordinates: { validAt: issuedAt, publicAt: issuedAt, position: 0 },
      zones: [],
      incidents: [],
      reportedByOthers: [],
      notKnown: [],
      coincident: [],
      coverage: [],
      ownAssets: {
        outcome: 'none-known',
        text: 'No portfolio of yours is known here, so none of it could be checked.',
      },
    },
    link: '#/map',
  };
}

async function runOnce(size: Size): Promise<Outcome> {
  const harness = new Harness();
  try {
    return await harness.run(size);
  } finally {
    await harness.stop();
  }
}

/** What the harness says of a run: the faults it saw, by name. */
function faultsSeen(outcome: Outcome): string[] {
  return [
    ...(outcome.lost > 0 ? ['lost'] : []),
    ...(outcome.phantom > 0 ? ['phantom'] : []),
    ...(outcome.otherIds > 0 ? ['other-id'] : []),
    ...(outcome.unverified > 0 ? ['bad-signature'] : []),
    ...(outcome.repeats > outcome.repeatsAllowed ? ['too-many-repeats'] : []),
  ];
}

describe('deliveries while workers are killed, the database is stopped and receivers fail', () => {
  it(`${FULL.deliveries} deliveries, ${FULL.kills} kills, ${FULL.stops} immediate stops, every tenth answer a 503`, async () => {
    const outcome = await runOnce({ ...FULL, patienceMs: QUIET_MS });
    if (process.env['DELIVERIES']) process.stderr.write(`${JSON.stringify(outcome)}\n`);
    expect(faultsSeen(outcome)).toEqual([]);
    expect(outcome.committed).toBeGreaterThanOrEqual(FULL.deliveries);
  }, 900_000);

  it.each(PLANTS)(
    'tells a mechanism with %s from one that works',
    async (plant) => {
      // One worker dies with work in hand all the same.
      const outcome = await runOnce({ deliveries: 100, kills: 0, stops: 0, plant, patienceMs: 5_000 });
      if (process.env['DELIVERIES']) process.stderr.write(`${plant} ${JSON.stringify(outcome)}\n`);
      expect(faultsSeen(outcome)).not.toEqual([]);
    },
    120_000,
  );
});
