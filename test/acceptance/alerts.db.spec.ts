import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addSubscription, conditionsSchema, DELIVERY_LIMITS, makeSecret, NoticeWriter } from '@faultline/alerts';
import { WorldReader } from '@faultline/exposures';
import {
  AS_SHIPPED,
  feedDescriptors,
  FEEDS,
  ingestDocument,
  ownDocuments,
  readWatches,
  type FeedAdapter,
} from '@faultline/feeds';
import { parseInstant, spanOfDate } from '@faultline/evidence';
import { Projector } from '@faultline/incidents';
import { Sequencer } from '@faultline/ledger';
import { Database, FakeClock, PUBLIC_TENANT, roleUrls } from '@faultline/platform';
import pg from 'pg';
import { testDb, type TestDb } from '../support/test-db.js';
import type { WorkerOptions } from '../support/timed-worker-options.js';
import { loopbackReceiver, startWorker, type LoopbackReceiver, type WorkerProcess } from '../support/webhooks.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const UAE = 'aws:me-central-1';
const LAST = '2026-05-01T12:00:00.000Z';
/** A page without a date that prints a dashboard entry of this time, and names another zone than all others do. */
const MISNAMING = 'm26-prismnews-0302-az1-az3';
const MISNAMED_AT = '2026-03-02T08:52:00.000Z';
const PATIENCE_MS = 60_000;

interface Row {
  readonly id: string;
  readonly published: string | { readonly to: string } | null;
  readonly place: { readonly countries: readonly string[] };
}
interface Bundle {
  readonly claims: { readonly claims: readonly Row[] };
}

let db: TestDb;
let owner: pg.Client;
let database: Database;
let folder: string;
let clockFile: string;
let receiver: LoopbackReceiver;
let worker: WorkerProcess;
let options: WorkerOptions;
let kills = 0;
const subscriptionId = randomUUID();

/** The record as if each page had been read at the instant it was published: no date of reading of its own. */
const recordFeed = FEEDS.get('record')!;
const liveRecord: FeedAdapter = {
  ...recordFeed,
  parse: (document) => {
    const parsed = recordFeed.parse(document);
    return parsed.outcome === 'accepted'
      ? { ...parsed, drafts: parsed.drafts.map(({ retrievedAt: _own, ...draft }) => draft) }
      : parsed;
  },
};

beforeAll(async () => {
  db = await testDb();
  owner = new pg.Client({ connectionString: db.url });
  await owner.connect();
  database = new Database(roleUrls(db.url), 4);
  folder = mkdtempSync(path.join(os.tmpdir(), 'faultline-alerts-'));
  clockFile = path.join(folder, 'clock');
  moveTo('2026-02-27T00:00:00.000Z');
  const secret = makeSecret('hmac');
  // Killed in the worst moment three times: the request has arrived, and the worker will never know.
  receiver = await loopbackReceiver(secret, async ({ id }) => {
    const distinct = new Set([...receiver.received.map((one) => one.id), id]).size;
    if (kills < 3 && distinct === 2 * (kills + 1)) {
      kills += 1;
      await worker.kill();
      worker = await startWorker(options);
    }
    return 200;
  });
  await database.transaction('app', { tenantId: 'local', actor: 'spec' }, 'write', (tx) =>
    addSubscription(
      tx,
      {
        id: subscriptionId,
        title: 'UAE, worth waking up for',
        regionIds: [UAE],
        conditions: conditionsSchema.parse({ condition: 'impaired', quorum: true, lifecycle: true, cause: true }),
      },
      { kind: 'webhook', address: receiver.url, secret },
    ),
  );
  options = {
    databaseUrl: db.url,
    clockFile,
    projecting: true,
    slots: DELIVERY_LIMITS.slots,
    leaseSeconds: 4,
    pauseMs: 25,
  };
  worker = await startWorker(options);
});
afterAll(async () => {
  await worker?.kill();
  await receiver?.close();
  await owner?.end();
  await database?.close();
  await db?.drop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

function moveTo(instant: string): void {
  writeFileSync(clockFile, instant);
}

async function ingest(feed: FeedAdapter, bytes: Uint8Array, at: string): Promise<void> {
  moveTo(at);
  const report = await ingestDocument(database, { tenantId: PUBLIC_TENANT, actor: 'spec' }, feed, {
    bytes,
    retrievedAt: at,
    startedAt: at,
    finishedAt: at,
    trigger: 'ingest',
    validators: { etag: null, lastModified: null },
  });
  expect(report.quarantined).toEqual([]);
  await settled();
}

/** Nothing waits: every record has its position, the projection has read it, and every notice is delivered. */
async function settled(): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(25)) {
    const { rows } = await owner.query<{ waiting: string }>(
      `SELECT (SELECT count(*) FROM ledger_record r WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.record_id = r.record_id))
            + (SELECT size FROM ledger_head) - coalesce((SELECT position FROM projection_cursor WHERE name = 'incidents'), 0)
            + (SELECT count(*) FROM work_item WHERE state = 'waiting') AS waiting`,
    );
    if (rows[0]!.waiting === '0') return;
  }
  throw new Error('not settled in time');
}

function publicFrom(row: Row): string {
  if (row.id === MISNAMING) return MISNAMED_AT;
  const text =
    row.published === null ? '2026-02-27' : typeof row.published === 'string' ? row.published : row.published.to;
  return parseInstant(text) ?? spanOfDate(text)!.latest;
}

describe('a subscriber through March 2026, told as it happens', () => {
  it('gets each thing once, in order, with what is not known, and the correction of what was wrong', async () => {
    const documents = ownDocuments(ROOT);
    const reference = documents.find(({ feed }) => feed.id === 'reference')!;
    const record = documents.find(({ feed }) => feed.id === 'record')!;
    await ingest(reference.feed, reference.bytes, '2026-02-27T00:00:00.000Z');
    const bundle = JSON.parse(new TextDecoder().decode(record.bytes)) as Bundle;
    const gulf = bundle.claims.claims.filter(({ place }) =>
      place.countries.some((code) => code === 'AE' || code === 'BH'),
    );
    const instants = [...new Set(gulf.map(publicFrom))].filter((instant) => instant <= LAST).sort();
    for (const instant of instants) {
      const claims = gulf.filter((row) => publicFrom(row) === instant);
      const document = { ...bundle, claims: { ...bundle.claims, claims, leftOut: [] } };
      await ingest(liveRecord, new TextEncoder().encode(JSON.stringify(document)), instant);
    }
    const told = [...new Map(receiver.received.map((one) => [one.id, one])).values()].map(({ body }) => body.data);
    expect(told.map(({ kind, coordinates }) => `${coordinates.publicAt.slice(0, 16)}Z ${kind}`)).toEqual([
      '2026-03-01T12:51Z initial',
      '2026-03-01T14:09Z update',
      '2026-03-01T17:41Z update',
      '2026-03-02T08:52Z update',
      '2026-03-03T00:19Z correction',
      '2026-03-03T00:19Z update',
      '2026-05-01T12:00Z update',
    ]);
    const [initial, zone, objects, second, correction, drone, months] = told.map(({ text }) => text);
    expect(initial).toMatch(/^New: aws:me-central-1, .*Under investigation/);
    expect(initial).toMatch(
      /nobody has stated what caused it[^]*No statement about aws:mec1-az1, aws:mec1-az2, aws:mec1-az3/,
    );
    expect(zone).toMatch(/mec1-az2: No statement → Impaired/);
    expect(objects).toMatch(/Cause: struck by objects/);
    expect(objects).toMatch(/nobody has stated what the objects were/);
    expect(second).toMatch(/mec1-az3: Reported working → Impaired/);
    expect(second).toMatch(/quorum lost/);
    expect(second).toMatch(/mec1-az1: named as affected, not by the operator/);
    expect(drone).toMatch(/Cause: struck by objects → drone strike/);
    expect(months).toMatch(/Impaired: 2 of 3 zones down → Unavailable/);
    expect(months).toMatch(/Duration: several months/);
    // The word stands nowhere before the operator says it, whatever was in the air that day.
    for (const text of [initial, zone, objects, second]) expect(text).not.toMatch(/drone|missile|Iran/i);
    // What was wrong is named with the notice that said so, and not said again.
    expect(correction).toMatch(
      /mec1-az1: we passed on .* Prism News[^]*The operator has since said otherwise: .*third zone/,
    );
    expect(told[4]!.corrections).toEqual([
      expect.objectContaining({
        subject: 'mec1-az1',
        reason: 'contradicted-by-operator',
        noticeIds: [told[3]!.noticeId],
      }),
    ]);
    expect(`${drone}${months}`).not.toMatch(/Prism/);
    for (const { coincident, delayed, text } of told) {
      expect(delayed).toBe(false);
      expect(coincident.map(({ link }) => link)).toContain('no link asserted');
      expect(text).toMatch(/No portfolio of yours is known here/);
    }
    for (const { body } of receiver.received) expect(JSON.stringify(body).length).toBeLessThan(20_000);
  }, 300_000);

  it('was killed three times on the way: at most one repeat each, under the same id, every signature right', async () => {
    expect(kills).toBe(3);
    expect(receiver.received.every(({ verified }) => verified)).toBe(true);
    expect(receiver.received.length - new Set(receiver.received.map(({ id }) => id)).size).toBeLessThanOrEqual(kills);
    for (const { id, body } of receiver.received) expect(body.data.noticeId).toBe(id);
    const { rows } = await owner.query<{ outcome: string; n: string }>(
      `SELECT outcome, count(*)::text AS n FROM delivery_attempt GROUP BY outcome ORDER BY outcome`,
    );
    expect(rows).toEqual([
      { outcome: 'accepted', n: '7' },
      { outcome: 'not-known', n: '3' },
    ]);
  });

  it('can tell why nothing was sent the other times', async () => {
    const { rows } = await owner.query<{ reason: string }>(
      `SELECT DISTINCT reason FROM alert_outcome WHERE outcome = 'stopped' ORDER BY reason`,
    );
    expect(rows.map(({ reason }) => reason)).toEqual(['below-threshold', 'no-condition-met', 'nothing-changed']);
  });
});

describe('the same record, loaded months later', () => {
  it('tells nobody: what is backfilled opens no alert, and that is the reason kept', async () => {
    const other = await testDb();
    const later = new Database(roleUrls(other.url), 4);
    const now = '2026-11-21T05:00:00.000Z';
    try {
      await later.transaction('app', { tenantId: 'local', actor: 'spec' }, 'write', (tx) =>
        addSubscription(
          tx,
          {
            id: subscriptionId,
            title: 'UAE',
            regionIds: [UAE],
            conditions: conditionsSchema.parse({
              condition: 'degraded',
              quorum: true,
              lifecycle: true,
              likelihood: 'low',
            }),
          },
          { kind: 'webhook', address: receiver.url, secret: makeSecret('hmac') },
        ),
      );
      const writer = new NoticeWriter(new WorldReader(feedDescriptors(AS_SHIPPED), readWatches(ROOT)));
      const sequencer = new Sequencer(later, 'spec');
      const projector = new Projector(later, new FakeClock(now), 'spec', writer.projected);
      for (const { feed, bytes } of ownDocuments(ROOT)) {
        await ingestDocument(later, { tenantId: PUBLIC_TENANT, actor: 'spec' }, feed, {
          bytes,
          retrievedAt: now,
          startedAt: now,
          finishedAt: now,
          trigger: 'ingest',
          validators: { etag: null, lastModified: null },
        });
      }
      await sequencer.drain();
      await projector.tick();
      const outcomes = await later.transaction('app', { tenantId: 'local', actor: 'spec' }, 'read', (tx) =>
        tx.query(`SELECT stage, outcome, reason FROM alert_outcome ORDER BY step DESC LIMIT 1`),
      );
      expect(outcomes).toEqual([{ stage: 'dedup', outcome: 'stopped', reason: 'backfilled' }]);
      const notices = await later.transaction('app', { tenantId: 'local', actor: 'spec' }, 'read', (tx) =>
        tx.query(`SELECT 1 FROM notice`),
      );
      expect(notices).toEqual([]);
    } finally {
      await later.close();
      await other.drop();
    }
  });
});
