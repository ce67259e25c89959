import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issue } from '@faultline/access';
import { addSubscription, conditionsSchema, makeSecret, NoticeWriter } from '@faultline/alerts';
import { MOST_A_DAY, WorldReader } from '@faultline/exposures';
import {
  AS_SHIPPED,
  askingOf,
  feedDescriptors,
  FEEDS,
  FeedPoller,
  ingestDocument,
  parseHere,
  readWatches,
  type FeedAdapter,
} from '@faultline/feeds';
import { Projector } from '@faultline/incidents';
import { ledgerSize, Sequencer } from '@faultline/ledger';
import { PUBLIC_TENANT } from '@faultline/platform';
import pg from 'pg';
import { ROOT, startService, type Service } from '../support/service.js';

const REGION = 'aws:me-central-1';
const FLOOD = 10_000;
const BATCH = 1_000;
const BEGUN_MS = Date.UTC(2026, 2, 20, 12);
const TEN_MINUTES_MS = 600_000;
const isoOf = (ms: number) => new Date(ms).toISOString();

/** One of the incidents that one source makes up, each with a subject, and so an incident, of its own. */
function madeUp(index: number, origin = 'rumour-mill') {
  const at = isoOf(BEGUN_MS + Math.floor((index * TEN_MINUTES_MS) / FLOOD));
  return {
    id: `fake-${index}`,
    subject: `place:fake-${index}`,
    place: { countries: ['AE'], regionIds: [REGION] },
    predicate: 'attack',
    value: { peril: 'drone-strike', mode: 'standoff', severity: index % 4, text: `A drone struck, number ${index}.` },
    source: { id: 'rumour-mill', name: 'Rumour mill', class: 'media', grade: 'C' },
    origin,
    url: `https://rumours.example/${index}`,
    occurredAt: { begin: at },
    publishedAt: at,
  };
}
type MadeUp = ReturnType<typeof madeUp>;
const all = Array.from({ length: FLOOD }, (_, index) => madeUp(index));
const documentOf = (claims: readonly MadeUp[]) => new TextEncoder().encode(JSON.stringify({ claims }));
/** What the cap lets count: the gravest of the day, then the earliest. */
const counted = (claims: readonly MadeUp[]) => claims.filter(({ value }) => value.severity === 3).slice(0, MOST_A_DAY);

interface Found<T> {
  readonly data: T;
}

const deskFeed = FEEDS.get('desk')!;
const services: Service[] = [];
async function service(): Promise<Service> {
  const started = await startService(isoOf(BEGUN_MS - 3_600_000));
  services.push(started);
  await started.ingestOwnData();
  started.clock.moveTo(isoOf(BEGUN_MS));
  return started;
}
afterAll(async () => {
  await Promise.all(services.map((one) => one.stop()));
});

const worlds = () => new WorldReader(feedDescriptors(AS_SHIPPED), readWatches(ROOT));

/** The region's answer as the service makes it at the head of the ledger. */
async function answerOf({ database, clock }: Service) {
  const now = clock.now();
  return database.transaction('app', { tenantId: PUBLIC_TENANT, actor: 'spec' }, 'read', async (tx) => {
    const world = await worlds().at(tx, { validAt: now, publicAt: now, position: await ledgerSize(tx) });
    const { ahead, leftOut } = world.exposure(REGION)!;
    return { score: ahead.likelihood!.score, capped: leftOut.filter(({ reason }) => reason === 'source-cap').length };
  });
}

describe(`${FLOOD} incidents that one source makes up in ten minutes, given by hand`, () => {
  let flooded: Service;
  let quiet: Service;
  let capped: Service;
  let notices: { kind: string; bytes: number }[];

  beforeAll(async () => {
    [flooded, quiet, capped] = [await service(), await service(), await service()];
    const subscriber = { tenantId: 'local', actor: 'spec' };
    await flooded.database.transaction('app', subscriber, 'write', (tx) =>
      addSubscription(
        tx,
        {
          id: randomUUID(),
          title: 'UAE, everything',
          regionIds: [REGION],
          conditions: conditionsSchema.parse({
            condition: 'degraded',
            lifecycle: true,
            cause: true,
            likelihood: 'low',
          }),
        },
        { kind: 'webhook', address: 'https://receiver.example/hook', secret: makeSecret('hmac') },
      ),
    );
    // As a running worker would: positions and incidents after each batch, not once at the end.
    const writer = new NoticeWriter(worlds());
    const sequencer = new Sequencer(flooded.database, 'spec');
    const projector = new Projector(flooded.database, flooded.clock, 'spec', writer.projected);
    for (let from = 0; from < FLOOD; from += BATCH) {
      const now = isoOf(BEGUN_MS + ((from + BATCH) * TEN_MINUTES_MS) / FLOOD);
      flooded.clock.moveTo(now);
      await ingestDocument(flooded.database, { tenantId: PUBLIC_TENANT, actor: 'spec' }, deskFeed, {
        bytes: documentOf(all.slice(from, from + BATCH)),
        retrievedAt: now,
        startedAt: now,
        finishedAt: now,
        trigger: 'ingest',
        validators: { etag: null, lastModified: null },
      });
      await sequencer.drain();
      await projector.tick();
      await sequencer.drain();
    }
    notices = await flooded.database.transaction('app', subscriber, 'read', (tx) =>
      tx.query<{ kind: string; bytes: number }>(
        `SELECT kind, length(content::text) AS bytes FROM notice ORDER BY sequence`,
      ),
    );
    const end = flooded.clock.now();
    for (const one of [quiet, capped]) one.clock.moveTo(end);
    await capped.ingest(deskFeed, documentOf(counted(all)));
  }, 600_000);

  it(`moves the score by what ${MOST_A_DAY} incidents of one day move it, and by no more`, async () => {
    const [after, before, cap] = [await answerOf(flooded), await answerOf(quiet), await answerOf(capped)];
    expect(cap.score).toBeGreaterThan(before.score);
    expect(after.score).toBe(cap.score);
    expect([before, after, cap].map(({ capped: left }) => left)).toEqual([
      before.capped,
      before.capped + FLOOD - MOST_A_DAY,
      before.capped,
    ]);
  }, 120_000);

  it('confirms nothing: every one of them stays what one source reports', async () => {
    const statuses = new Set<string>();
    let cursor = '';
    let seen = 0;
    do {
      const { body } = await flooded.get<Found<{ status: string; peril: string }[]> & { next: string | null }>(
        `/api/v1/incidents?country=AE&peril=drone-strike&limit=500${cursor}`,
      );
      for (const { status } of body.data) statuses.add(status);
      seen += body.data.length;
      cursor = body.next ? `&cursor=${encodeURIComponent(body.next)}` : '';
    } while (cursor !== '' && seen < 2_000);
    expect(seen).toBeGreaterThan(1_000);
    expect([...statuses]).toEqual(['reported']);
  }, 120_000);

  it('is one notice to whoever asked to be told of everything there, of a size that can be sent', () => {
    expect(notices.map(({ kind }) => kind)).toEqual(['initial']);
    expect(notices[0]!.bytes).toBeLessThan(100_000);
  });
});

describe('one source that names an origin of its own for each', () => {
  it('is capped as the one source it is', async () => {
    const [one, other] = [await service(), await service()];
    for (const { clock } of [one, other]) clock.moveTo(isoOf(BEGUN_MS + TEN_MINUTES_MS));
    const claims = Array.from({ length: 400 }, (_, index) => madeUp(index, `origin-${index}`));
    await one.ingest(deskFeed, documentOf(claims));
    await other.ingest(deskFeed, documentOf(counted(claims)));
    const [after, cap] = [await answerOf(one), await answerOf(other)];
    expect(after.score).toBe(cap.score);
  }, 120_000);
});

describe('the same flood through a feed that is used to less', () => {
  const USUAL = 5;

  it('is held back whole when it is polled', async () => {
    const one = await service();
    const feed: FeedAdapter = { ...deskFeed, id: 'mill', url: 'https://rumours.example/feed', cadenceSeconds: 60 };
    const usual = (round: number) => all.slice(round * USUAL, (round + 1) * USUAL);
    const documents = [usual(0), usual(1), usual(2), all];
    const reports: unknown[] = [];
    const poller = new FeedPoller(
      one.database,
      one.clock,
      {
        get: (url) => Promise.resolve({ status: 200, headers: {}, body: documentOf(documents.shift() ?? []), url }),
      },
      new Map([[feed.id, { feed, asking: askingOf(feed, AS_SHIPPED) }]]),
      parseHere,
      (tick) => reports.push(tick.outcome === 'ingested' ? (tick.report.reason?.code ?? tick.report.claimsNew) : tick),
    );
    for (let turn = 0; turn < 4; turn++) {
      one.clock.moveTo(isoOf(BEGUN_MS + TEN_MINUTES_MS + turn * 60_000));
      await poller.arrange();
      await timePasses(one, 60);
      await poller.tick();
      await poller.idle();
    }
    expect(reports).toEqual([USUAL, USUAL, USUAL, 'source.rate_anomaly']);
  }, 120_000);

  it('is held back, once it is more than an hour may bring, when it is pushed', async () => {
    const one = await service();
    one.clock.moveTo(isoOf(BEGUN_MS + TEN_MINUTES_MS));
    const key = await one.database.transaction('app', { tenantId: 'local', actor: 'spec' }, 'write', (tx) =>
      issue(tx, 'api-key', { role: 'analyst', label: 'a tool' }, null),
    );
    let taken = 0;
    const refused = new Set<string>();
    for (let from = 0; from < FLOOD; from += 500) {
      one.clock.moveTo(isoOf(BEGUN_MS + TEN_MINUTES_MS + from));
      const { status, body } = await one.post<Found<{ claimsNew: number }> & { code: string }>(
        '/api/v1/inbound',
        { claims: all.slice(from, from + 500) },
        { authorization: `Bearer ${key}` },
      );
      if (status === 201) taken += body.data.claimsNew;
      else refused.add(body.code);
    }
    expect([taken, [...refused]]).toEqual([2_000, ['source.rate_anomaly']]);
  }, 120_000);
});

/** Time passes for the rows of work too, which the database's own clock rules. */
async function timePasses({ databaseUrl }: Service, seconds: number): Promise<void> {
  const owner = new pg.Client({ connectionString: databaseUrl });
  await owner.connect();
  await owner.query(`UPDATE work_item SET next_at = next_at - make_interval(secs => $1)`, [seconds]);
  await owner.end();
}
