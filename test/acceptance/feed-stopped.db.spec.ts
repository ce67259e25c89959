import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AS_SHIPPED, askedFeeds, FeedPoller, FEEDS, parseHere, type PollTick } from '@faultline/feeds';
import { feedHealth, lastPolls, type Poll } from '@faultline/evidence';
import { PUBLIC_TENANT, type Answer } from '@faultline/platform';
import pg from 'pg';
import { boardOf } from '../support/aws-board.js';
import { quakeDocument } from '../support/quakes.js';
import { startService, type Service } from '../support/service.js';

const HOUR_MS = 3_600_000;
const usgs = FEEDS.get('usgs')!;
const aws = FEEDS.get('aws-health')!;
const BEGUN_MS = Date.UTC(2026, 9, 1, 6);
const BUDGET_MS = usgs.contentAgeBudgetSeconds! * 1000;
const TICK_MS = usgs.cadenceSeconds * 1000;
/** How long a feed that does not answer is waited for: five polls, at least ten minutes. */
const PATIENCE_MS = Math.max(5 * TICK_MS, 600_000);
/** Nothing is stated of it in what the project ships. */
const REGION = 'aws:eu-north-1';
/** What the board is posted to tell of. */
const TROUBLED = 'aws:us-west-1';
const UNWATCHED = 'gcp:me-central1';

interface Found<T> {
  readonly data: T;
}
interface FeedRow {
  readonly id: string;
  readonly health: string;
  readonly reason: string;
  readonly newestContentAt: string | null;
}
interface Cell {
  readonly incidentClass: string;
  readonly state: string;
}

const TABLES = ['capture', 'claim', 'quarantine', 'incident_revision', 'work_item', 'feed_channel', 'poll'] as const;

type Get = (address: string) => Partial<Answer>;

/** The whole service with its poller, the two feeds it asks, and a world that answers as it is told to. */
class Watched {
  answer: Get = () => ({ status: 503 });
  readonly ticks: PollTick[] = [];
  private readonly poller: FeedPoller;

  private constructor(
    readonly service: Service,
    private readonly owner: pg.Client,
    feedIds: readonly string[],
  ) {
    const asked = askedFeeds(AS_SHIPPED);
    this.poller = new FeedPoller(
      service.database,
      service.clock,
      {
        get: (url) => Promise.resolve({ status: 200, headers: {}, body: new Uint8Array(), url, ...this.answer(url) }),
      },
      new Map(feedIds.map((id) => [id, asked.get(id)!])),
      parseHere,
      (tick) => this.ticks.push(tick),
    );
  }

  static async start(feedIds = [usgs.id, aws.id]): Promise<Watched> {
    const service = await startService(new Date(BEGUN_MS).toISOString());
    await service.ingestOwnData();
    const owner = new pg.Client({ connectionString: service.databaseUrl });
    await owner.connect();
    return new Watched(service, owner, feedIds);
  }

  async stop(): Promise<void> {
    await this.owner.end();
    await this.service.stop();
  }

  get nowMs(): number {
    return Date.parse(this.service.clock.now());
  }

  /** Time passes for the business clock and for the rows of work, which the database's own clock rules. */
  async pass(ms: number): Promise<void> {
    this.service.clock.moveTo(new Date(this.nowMs + ms).toISOString());
    await this.owner.query(`UPDATE work_item SET next_at = next_at - make_interval(secs => $1)`, [ms / 1000]);
  }

  /** Whatever is due is asked, to its end. */
  async turn(): Promise<void> {
    await this.poller.arrange();
    while ((await this.poller.tick()) > 0) await this.poller.idle();
  }

  /** Rows of each table that asking a feed can write. */
  async rows(): Promise<Record<(typeof TABLES)[number], number>> {
    const counts: [string, number][] = [];
    for (const table of TABLES) {
      const { rows } = await this.owner.query<{ count: string }>(`SELECT count(*)::text AS count FROM ${table}`);
      counts.push([table, Number(rows[0]!.count)]);
    }
    return Object.fromEntries(counts) as Record<(typeof TABLES)[number], number>;
  }

  async settled(): Promise<void> {
    await this.service.settleAll();
  }

  async feed(id: string): Promise<FeedRow> {
    const { body } = await this.service.get<Found<FeedRow[]>>('/api/v1/feeds');
    return body.data.find((row) => row.id === id)!;
  }

  async coverage(regionId: string, incidentClass: string): Promise<string> {
    const { body } =
      await this.service.get<Found<{ regionId: string; classes: Cell[] }[]>>('/api/v1/coverage?limit=500');
    const row = body.data.find((one) => one.regionId === regionId)!;
    return row.classes.find((cell) => cell.incidentClass === incidentClass)!.state;
  }

  /** Why its facts read older than they are: each reason once. */
  async lapsesOfQuakes(): Promise<(string | null)[]> {
    const { body } = await this.service.get<Found<{ lapse: string | null }[]>>('/api/v1/incidents?peril=earthquake');
    return [...new Set(body.data.map(({ lapse }) => lapse))];
  }

  async freshnessOfQuakes(): Promise<{ incidents: string[]; claims: string[] }> {
    const incidents = await this.service.get<Found<{ freshness: string }[]>>('/api/v1/incidents?peril=earthquake');
    const claims = await this.service.get<Found<{ freshness: string }[]>>('/api/v1/claims?feed=usgs');
    const distinct = (rows: { freshness: string }[]) => [...new Set(rows.map(({ freshness }) => freshness))];
    return { incidents: distinct(incidents.body.data), claims: distinct(claims.body.data) };
  }

  async now(regionId: string) {
    const { body } = await this.service.get<
      Found<{ now: { state: string; freshness: string; lapse: string | null }; ahead: { outcome: string } }>
    >(`/api/v1/exposures/${regionId}`);
    return body.data;
  }
}

const QUAKES = 20;
const quakes = quakeDocument('s', QUAKES, 1);
const NOTHING_POSTED = new TextEncoder().encode('[]');
/** The board of AWS with one event, of another region. */
const POSTED = boardOf('us-west-1', BEGUN_MS - HOUR_MS);
const sound: Get = (address) => ({ body: address === aws.url ? POSTED : quakes });

describe('a feed that stops', () => {
  let watched: Watched;
  beforeAll(async () => {
    watched = await Watched.start();
    watched.answer = sound;
    await watched.turn();
    await watched.settled();
  }, 120_000);
  afterAll(async () => watched?.stop());

  it('is healthy, watched and fresh while it answers', async () => {
    expect((await watched.feed('usgs')).health).toBe('healthy');
    expect(await watched.coverage(REGION, 'natural-hazard')).toBe('watched');
    expect(await watched.freshnessOfQuakes()).toEqual({ incidents: ['fresh'], claims: ['fresh'] });
    expect((await watched.now(REGION)).now.state).toBe('no-impairment-stated');
    expect((await watched.now(TROUBLED)).now).toMatchObject({
      state: 'investigating',
      freshness: 'fresh',
      lapse: null,
    });
  });

  it('lets its facts age once half of our patience is over', async () => {
    await watched.pass(PATIENCE_MS / 2 + 1000);
    expect(await watched.freshnessOfQuakes()).toEqual({ incidents: ['aging'], claims: ['aging'] });
    expect(await watched.lapsesOfQuakes()).toEqual([expect.stringContaining('last answered at')]);
  });

  it('is failing, on the API as in coverage, one tick after our patience ends; and its region is no longer called fine', async () => {
    watched.answer = () => ({ status: 503 });
    await watched.pass(PATIENCE_MS);
    await watched.turn();
    await watched.pass(TICK_MS);
    await watched.settled();
    expect(await watched.feed('usgs')).toMatchObject({
      health: 'failing',
      reason: expect.stringContaining('http.503'),
    });
    expect(await watched.coverage(REGION, 'natural-hazard')).toBe('failing');
    expect(await watched.coverage(REGION, 'provider-outage')).not.toBe('watched');
    expect((await watched.now(REGION)).now.state).not.toBe('no-impairment-stated');
  });

  it('has made its facts stale by then, with the reason, and they are kept', async () => {
    expect(await watched.freshnessOfQuakes()).toEqual({ incidents: ['stale'], claims: ['stale'] });
    expect(await watched.lapsesOfQuakes()).toEqual([expect.stringContaining('http.503')]);
    // The trouble stays until somebody says it is over; it is no news any more.
    expect((await watched.now(TROUBLED)).now).toMatchObject({
      state: 'investigating',
      freshness: 'stale',
      demoted: true,
      lapse: expect.stringContaining('http.503'),
    });
    await watched.pass(7 * 24 * HOUR_MS);
    await watched.turn();
    await watched.settled();
    expect((await watched.freshnessOfQuakes()).incidents).toEqual(['stale']);
    const { body } = await watched.service.get<Found<unknown[]>>('/api/v1/incidents?peril=earthquake');
    expect(body.data).toHaveLength(QUAKES);
  });

  it('that answers again, with nothing newer, is stale and renews nothing', async () => {
    const before = await watched.feed('usgs');
    expect((await watched.now(TROUBLED)).now.lapse).not.toBeNull();
    watched.answer = sound;
    await watched.pass(2 * HOUR_MS);
    await watched.turn();
    await watched.settled();
    const after = await watched.feed('usgs');
    expect(after).toMatchObject({ health: 'stale', newestContentAt: before.newestContentAt });
    expect(await watched.coverage(REGION, 'natural-hazard')).toBe('stale');
    expect((await watched.freshnessOfQuakes()).incidents).toEqual(['stale']);
    // The board has no budget: heard again, it keeps up what it told, which is stale by its own age.
    expect((await watched.now(TROUBLED)).now).toMatchObject({ freshness: 'stale', lapse: null });
  });

  it('that answers with an empty document is degraded however long that goes on, and no region of it is called fine', async () => {
    watched.answer = (address) => ({ body: address === aws.url ? NOTHING_POSTED : quakes });
    for (let passedMs = 0; passedMs <= 2 * PATIENCE_MS; passedMs += PATIENCE_MS / 2) {
      await watched.pass(PATIENCE_MS / 2);
      await watched.turn();
    }
    await watched.settled();
    expect(await watched.feed(aws.id)).toMatchObject({
      health: 'degraded',
      reason: expect.stringContaining('silence is not health'),
    });
    expect(await watched.coverage(REGION, 'provider-outage')).toBe('silent');
    expect((await watched.now(REGION)).now).toMatchObject({ state: 'unmonitored', freshness: 'unknown' });
    watched.answer = sound;
    await watched.pass(TICK_MS);
    await watched.turn();
    await watched.settled();
    expect(await watched.coverage(REGION, 'provider-outage')).toBe('watched');
    expect((await watched.now(REGION)).now.state).toBe('no-impairment-stated');
  });
});

describe('a feed whose content stops while it goes on answering', () => {
  it('is stale within its budget and one tick', async () => {
    const watched = await Watched.start();
    try {
      watched.answer = sound;
      await watched.turn();
      const newest = Date.parse((await watched.feed('usgs')).newestContentAt ?? (await settledNewest(watched)));
      await watched.pass(newest + BUDGET_MS - watched.nowMs);
      await watched.turn();
      await watched.settled();
      expect((await watched.feed('usgs')).health).toBe('healthy');
      await watched.pass(TICK_MS);
      await watched.turn();
      await watched.settled();
      expect((await watched.feed('usgs')).health).toBe('stale');
      expect(await watched.coverage(REGION, 'natural-hazard')).toBe('stale');
    } finally {
      await watched.stop();
    }
  }, 120_000);
});

async function settledNewest(watched: Watched): Promise<string> {
  await watched.settled();
  return (await watched.feed('usgs')).newestContentAt!;
}

describe('a region that nobody watches', () => {
  it('is never called fine, nor scored as if somebody looked', async () => {
    const watched = await Watched.start();
    try {
      for (const answer of [() => ({ status: 503 }), sound] satisfies Get[]) {
        watched.answer = answer;
        await watched.turn();
        await watched.settled();
        const { now, ahead } = await watched.now(UNWATCHED);
        expect(now.state).not.toBe('no-impairment-stated');
        expect(['prior-only', 'frozen']).toContain(ahead.outcome);
        await watched.pass(TICK_MS);
      }
      const { body } =
        await watched.service.get<
          Found<{ regionId: string; coverage: string; now: { state: string }; ahead: { outcome: string } }[]>
        >('/api/v1/exposures?limit=500');
      const unwatched = body.data.filter(({ coverage }) => coverage === 'unmonitored');
      expect(unwatched.length).toBeGreaterThan(0);
      for (const { now, ahead } of unwatched) {
        expect(now.state).not.toBe('no-impairment-stated');
        expect(['prior-only', 'frozen', 'no-forward-score']).toContain(ahead.outcome);
      }
    } finally {
      await watched.stop();
    }
  }, 120_000);
});

describe('a document that is empty, or suddenly short', () => {
  it.each([
    ['empty', 0],
    ['short', 3],
  ])(
    '%s is degraded, proves no watch, and takes nothing away',
    async (_, count) => {
      const watched = await Watched.start();
      try {
        for (let version = 1; version <= 3; version++) {
          watched.answer = (address) => ({
            body: address === aws.url ? NOTHING_POSTED : quakeDocument('s', QUAKES, version),
          });
          await watched.turn();
          await watched.pass(TICK_MS);
        }
        await watched.settled();
        const before = await watched.feed('usgs');
        watched.answer = (address) => ({ body: address === aws.url ? NOTHING_POSTED : quakeDocument('s', count, 9) });
        await watched.turn();
        await watched.settled();
        expect(await watched.feed('usgs')).toMatchObject({
          health: 'degraded',
          reason: expect.stringContaining('feed.partial'),
        });
        const { body } = await watched.service.get<Found<unknown[]>>('/api/v1/incidents?peril=earthquake');
        expect(body.data).toHaveLength(QUAKES);
        expect(before.health).toBe('healthy');
        for (let polls = 0; polls * TICK_MS <= PATIENCE_MS; polls++) {
          await watched.pass(TICK_MS);
          await watched.turn();
        }
        await watched.settled();
        expect((await watched.feed('usgs')).health).toBe('failing');
        expect(await watched.coverage(REGION, 'natural-hazard')).toBe('failing');
      } finally {
        await watched.stop();
      }
    },
    120_000,
  );
});

/**
 * So many through the poller and the database, half as a 304 and half as the same bytes once more; the rest of ten
 * thousand as the polls these make, through the functions that feeds are judged by. `REFETCHES=10000` takes all of them
 * through the poller, which takes long.
 */
const REFETCHES = Number(process.env['REFETCHES'] ?? 100);
const ALL = 10_000;

describe(`an unchanged old document, fetched ${REFETCHES} times through the poller and ${ALL} times as polls`, () => {
  it('renews nothing', async () => {
    const watched = await Watched.start([usgs.id]);
    try {
      watched.answer = sound;
      await watched.turn();
      await watched.settled();
      const newest = (await watched.feed('usgs')).newestContentAt;
      type Claims = Found<{ publishedAt: unknown; retrievedAt: string }[]>;
      const claims = await watched.service.get<Claims>('/api/v1/claims?feed=usgs');
      const before = await watched.rows();
      let asked = 0;
      watched.answer = (address) => {
        asked += 1;
        return asked % 2 === 0 ? { status: 304 } : sound(address);
      };
      // Spread over nine days, whatever their number.
      const everyMs = Math.max(TICK_MS, Math.ceil((9 * 24 * HOUR_MS) / REFETCHES));
      for (let fetched = 0; fetched < REFETCHES; fetched++) {
        await watched.pass(everyMs);
        await watched.turn();
      }
      await watched.settled();
      expect(watched.ticks).toHaveLength(1 + REFETCHES);
      expect(new Set(watched.ticks.map(({ outcome }) => outcome))).toEqual(new Set(['ingested', 'unchanged']));
      expect(await watched.feed('usgs')).toMatchObject({ health: 'stale', newestContentAt: newest });
      expect((await watched.freshnessOfQuakes()).incidents).toEqual(['stale']);
      const again = await watched.service.get<Claims>('/api/v1/claims?feed=usgs');
      const told = ({ data }: Claims) => data.map(({ publishedAt, retrievedAt }) => ({ publishedAt, retrievedAt }));
      expect(again.body.data).toHaveLength(QUAKES);
      expect(told(again.body)).toEqual(told(claims.body));

      expect(await watched.rows()).toEqual({ ...before, poll: before.poll + REFETCHES });
      const polls = await pollsOf(watched);
      expect(polls).toHaveLength(1 + REFETCHES);
      const last = polls.slice(-2);
      const repeated = Array.from({ length: ALL }, (_, index): Poll => {
        const at = new Date(watched.nowMs + (index + 1) * TICK_MS).toISOString();
        return { ...last[index % 2]!, startedAt: at, finishedAt: at };
      });
      const health = feedHealth(usgs, [...polls, ...repeated], repeated.at(-1)!.finishedAt);
      expect(health).toMatchObject({ state: 'stale', newestContentAt: newest, polls: 1 + REFETCHES + ALL });
    } finally {
      await watched.stop();
    }
  }, 3_600_000);
});

function pollsOf({ service: { database } }: Watched): Promise<Poll[]> {
  return database.transaction('feed', { tenantId: PUBLIC_TENANT, actor: 'spec' }, 'read', async (tx) => {
    const polls = await lastPolls(tx, usgs.id, '', 100_000);
    return polls.reverse();
  });
}
