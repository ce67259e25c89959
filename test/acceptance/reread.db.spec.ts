import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FEEDS, ingestDocument, rereadCaptures, type FeedAdapter, type Reread } from '@faultline/feeds';
import { PUBLIC_TENANT } from '@faultline/platform';
import pg from 'pg';
import { faultline } from '../support/command.js';
import { quakeDocument } from '../support/quakes.js';
import { startService, type Service } from '../support/service.js';

const NOW = '2026-11-21T06:00:00.000Z';
const SCOPE = { tenantId: PUBLIC_TENANT, actor: 'spec' };
const usgs = FEEDS.get('usgs')!;
const COUNT = 12;

/** A reader that takes every magnitude for two less, and one that has been put right and reads nothing of the first item. */
const mistaken: FeedAdapter = {
  ...usgs,
  parse: (document) => {
    const outcome = usgs.parse(document);
    if (outcome.outcome === 'quarantined') return outcome;
    const drafts = outcome.drafts.map((draft) =>
      draft.predicate === 'earthquake'
        ? { ...draft, value: { ...draft.value, magnitude: (draft.value.magnitude ?? 0) - 2, text: 'read wrongly' } }
        : draft,
    );
    return { ...outcome, drafts };
  },
};
const mended: FeedAdapter = {
  ...usgs,
  reading: 2,
  parse: (document) => {
    const outcome = usgs.parse(document);
    if (outcome.outcome === 'quarantined') return outcome;
    return { ...outcome, drafts: outcome.drafts.filter(({ item }) => item.id !== 'a0') };
  },
};

interface Claims {
  readonly coordinates: { readonly position: number };
  readonly data: readonly {
    readonly subject: string;
    readonly retrievedAt: string;
    readonly value: { readonly magnitude: number; readonly text: string };
  }[];
}

let service: Service;
let owner: pg.Client;
beforeAll(async () => {
  service = await startService(NOW);
  owner = new pg.Client({ connectionString: service.databaseUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await service?.stop();
});

const count = async (sql: string) =>
  Number((await owner.query<{ n: string }>(`SELECT count(*)::text AS n FROM ${sql}`)).rows[0]!.n);
const reread = async (adapter: FeedAdapter, since: string | null = null, stopAfter = Infinity): Promise<Reread> =>
  rereadCaptures(service.database, SCOPE, adapter, {
    since,
    now: () => service.clock.now(),
    onRead: (_hash, _report, done) => (done >= stopAfter ? Promise.reject(new Error('stopped')) : Promise.resolve()),
  });
const at = (position: number) => `asOf=2026-11-21T05:00Z&position=${position}&limit=100`;
const asked = (position: number) => [
  `/api/v1/claims?${at(position)}`,
  `/api/v1/incidents?${at(position)}`,
  `/api/v1/feeds?asOf=2026-11-21T05:00Z&position=${position}`,
];
const answers = async (position: number) =>
  Promise.all(asked(position).map(async (url) => (await service.get(url)).text));

describe('reading kept documents again', () => {
  let position: number;
  let before: string[];

  beforeAll(async () => {
    await service.ingest(mistaken, quakeDocument('a', COUNT, 1), '2026-11-01T00:00:00.000Z');
    await service.ingest(mistaken, quakeDocument('b', COUNT, 1), '2026-11-10T00:00:00.000Z');
    await service.ingest(mistaken, quakeDocument('a', COUNT, 2), '2026-11-20T00:00:00.000Z');
    await service.ingest(usgs, quakeDocument('b', COUNT, 1).slice(0, 700), '2026-11-20T00:00:00.000Z');
    const head = await service.get<Claims>('/api/v1/claims?limit=1');
    position = head.body.coordinates.position;
    before = await answers(position);
    expect(before[0]).toContain('read wrongly');
  });

  it('refuses where the reading is the one that read them', async () => {
    expect(await reread(mistaken)).toEqual({ outcome: 'nothing-to-do' });
    expect(await answers(position)).toEqual(before);
  });

  it('stopped after a document, goes on with the next, and reads none twice', async () => {
    await expect(reread(mended, null, 1)).rejects.toThrow('stopped');
    expect(await count(`claim WHERE part LIKE '%~2'`)).toBe(COUNT - 1);
    expect(await reread(mended, '2026-11-15T00:00:00.000Z')).toMatchObject({
      outcome: 'read',
      documents: 2,
      quarantinedWhole: 1,
    });
    expect(await reread(mended)).toMatchObject({ documents: 1, quarantinedWhole: 0 });
    const claims = await count('claim');
    expect(claims).toBe(3 * COUNT + 3 * COUNT - 2);
    expect(await reread(mended)).toEqual({ outcome: 'nothing-to-do' });
    expect(await count('claim')).toBe(claims);
    await service.settleAll();
  });

  it('gives the new readings from there on, as retrieved when they were', async () => {
    const { body } = await service.get<Claims>('/api/v1/claims?limit=100&asOf=2026-11-21T05:00Z');
    expect(body.coordinates.position).toBeGreaterThan(position);
    const said = body.data.filter(({ subject }) => subject !== 'usgs:a0');
    expect(said).toHaveLength(3 * COUNT - 2);
    expect(said.filter(({ value }) => value.text === 'read wrongly' || value.magnitude < 4)).toEqual([]);
    expect(new Set(said.map(({ retrievedAt }) => retrievedAt))).toEqual(
      new Set(['2026-11-01T00:00:00.000Z', '2026-11-10T00:00:00.000Z', '2026-11-20T00:00:00.000Z']),
    );
    expect(body.data.filter(({ value }) => value.text === 'read wrongly')).toHaveLength(2);
  });

  it('leaves answers at the old position as they were, byte for byte', async () => {
    expect(await answers(position)).toEqual(before);
  });

  it('keeps a poll of each reading, and counts what only the earlier one read', async () => {
    expect(await count(`ledger_record WHERE kind = 'poll' AND record::jsonb ->> 'reading' = '2'`)).toBe(4);
    expect(await count(`ledger_record WHERE kind = 'poll'`)).toBe(8);
    expect(await reread({ ...mended, reading: 3 })).toMatchObject({ documents: 4, onlyReadBefore: 2 });
  });

  it('takes no document that was held back as a flood, until it was ingested by hand', async () => {
    const bytes = quakeDocument('f', 3, 1);
    const flood: FeedAdapter = {
      ...usgs,
      reading: 3,
      parse: () => ({
        outcome: 'quarantined',
        reason: { code: 'source.rate_anomaly', locator: '', got: 'a flood', wanted: 'less' },
      }),
    };
    await ingestDocument(service.database, SCOPE, flood, {
      bytes,
      retrievedAt: NOW,
      startedAt: NOW,
      finishedAt: NOW,
      trigger: 'schedule',
      validators: { etag: null, lastModified: null },
    });
    const fourth = { ...usgs, reading: 4 };
    expect(await reread(fourth, '2026-11-20T12:00:00.000Z')).toEqual({ outcome: 'nothing-to-do' });
    await service.ingest({ ...usgs, reading: 3 }, bytes);
    expect(await reread(fourth, '2026-11-20T12:00:00.000Z')).toMatchObject({ documents: 1 });
  });

  it.each([
    [['reread', 'usgs', '--since', 'yesterday'], 2, /got --since yesterday, wanted an instant with its zone/],
    [['reread', 'nosuch'], 2, /got "nosuch", wanted one feed of aws-health/],
    [['reread', 'usgs', 'gdacs'], 2, /got "usgs gdacs", wanted one feed/],
    [['reread', 'gdacs'], 1, /reading \d of gdacs has read every document kept: nothing to do/],
  ])('%j ends with %d and one line', async (args, code, message) => {
    const ended = await faultline(code === 2 ? args : [...args, '--database', service.databaseUrl]).finished;
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(message)]);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
