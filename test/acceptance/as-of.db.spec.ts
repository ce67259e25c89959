import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FEEDS } from '@faultline/feeds';
import { quakeDocument } from '../support/quakes.js';
import { startService, type Service } from '../support/service.js';

const WRITERS = 8;
const ANSWERS = 100;
const LATER_REVISIONS = 5_000;
const NOW = '2026-11-21T05:00:00.000Z';

let service: Service;
beforeAll(async () => {
  service = await startService(NOW);
  await service.ingestOwnData();
});
afterAll(async () => {
  await service?.stop();
});

const usgs = FEEDS.get('usgs')!;

/** Reads of every kind, at coordinates of every kind; the position is left to be the head. */
function question(index: number): string {
  const asOf = [
    '2026-03-01T13:00Z',
    '2026-03-01T18:00Z',
    '2026-03-03T01:00Z',
    '2026-05-01T12:00Z',
    '2026-10-02T00:00Z',
  ][index % 5];
  const reads = [
    `/api/v1/exposures?asOf=${asOf}&limit=20`,
    `/api/v1/exposures/aws%3Ame-central-1?asOf=${asOf}`,
    `/api/v1/incidents?asOf=${asOf}&limit=50`,
    `/api/v1/claims?validAt=2026-11-01T00:00Z&publicAt=${asOf}&limit=50`,
    `/api/v1/feeds?asOf=${asOf}`,
    `/api/v1/coverage?asOf=${asOf}&limit=10`,
    `/api/v1/regions`,
    `/api/v1/timeline?from=2026-03-01T00:00Z&to=2026-04-01T00:00Z&stepHours=24`,
  ];
  return reads[index % reads.length]!;
}

function pinned(
  url: string,
  { validAt, publicAt, position }: { validAt: string; publicAt: string; position: number },
): string {
  const [path, query] = url.split('?');
  const parameters = new URLSearchParams(query);
  for (const name of ['asOf', 'validAt', 'publicAt', 'position']) parameters.delete(name);
  parameters.set('validAt', validAt);
  parameters.set('publicAt', publicAt);
  parameters.set('position', String(position));
  return `${path}?${parameters.toString()}`;
}

describe('as of', () => {
  it('gives the same bytes when asked again with the coordinates it returned, thousands of revisions later', async () => {
    let writing = true;
    const written = Array.from({ length: WRITERS }, async (_, writer) => {
      for (let version = 1; writing; version++) await service.ingest(usgs, quakeDocument(`w${writer}x`, 5, version));
    });
    const answers: { url: string; text: string }[] = [];
    for (let index = 0; index < ANSWERS; index++) {
      const reply = await service.get<{ coordinates: { validAt: string; publicAt: string; position: number } }>(
        question(index),
      );
      expect([reply.status, question(index)]).toEqual([200, question(index)]);
      answers.push({ url: pinned(question(index), reply.body.coordinates), text: reply.text });
    }
    writing = false;
    await Promise.all(written);
    const positions = new Set(answers.map(({ url }) => new URLSearchParams(url.split('?')[1]).get('position')));
    expect(positions.size).toBeGreaterThan(10);

    const head = (await service.get<{ coordinates: { position: number } }>('/api/v1/operators')).body.coordinates
      .position;
    for (let version = 1; version <= LATER_REVISIONS / 1_000; version++)
      await service.ingest(usgs, quakeDocument('later', 1_000, version));
    const grown = (await service.get<{ coordinates: { position: number } }>('/api/v1/operators')).body.coordinates
      .position;
    expect(grown - head).toBeGreaterThanOrEqual(2 * LATER_REVISIONS);

    const changed: string[] = [];
    for (const { url, text } of answers) {
      const again = await service.get(url);
      if (again.text !== text) changed.push(url);
    }
    expect(changed).toEqual([]);
  });

  it('answers a pinned question with the same ETag, and 304 to who holds it', async () => {
    const first = await service.get('/api/v1/exposures/aws%3Ame-south-1?asOf=2026-03-03T01:00Z&position=370');
    expect(first.status).toBe(200);
    const etag = String(first.headers['etag']);
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    const second = await service.get('/api/v1/exposures/aws%3Ame-south-1?asOf=2026-03-03T01:00Z&position=370', {
      'if-none-match': etag,
    });
    expect([second.status, second.text]).toEqual([304, '']);
  });

  it.each([
    ['asOf=2026-03-01', 400, 'asof.format'],
    ['asOf=2026-03-01T13:00', 400, 'asof.format'],
    ['asOf=2027-01-01T00:00Z', 400, 'asof.future'],
    ['asOf=2026-03-01T13:00Z&publicAt=2026-03-01T13:00Z', 400, 'asof.conflict'],
    ['validAt=2026-03-01T13:00Z&publicAt=2026-03-02T13:00Z', 400, 'asof.apart'],
    ['position=99999999', 409, 'asof.not_yet'],
    ['position=-1', 400, 'asof.format'],
    ['position=1&recordedAt=2026-11-21T05:00Z', 400, 'asof.conflict'],
    ['recordedAt=yesterday', 400, 'asof.format'],
    ['limit=0', 400, 'query.invalid'],
    ['limit=1e9', 400, 'query.invalid'],
    ['cursor=forged', 400, 'cursor.invalid'],
  ])('refuses %s with %d %s', async (query, status, code) => {
    const reply = await service.get<{ code: string }>(`/api/v1/exposures?${query}`);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    expect(String(reply.headers['content-type'])).toContain('application/problem+json');
  });

  it('tells what is not there from what cannot be asked', async () => {
    const codes = await Promise.all(
      [
        '/api/v1/exposures/aws%3Anowhere-1',
        '/api/v1/incidents/0190a8b0-0000-7000-8000-000000000000',
        '/api/v1/incidents/not-a-uuid',
        '/api/v1/nothing',
      ].map(async (url) => (await service.get(url)).status),
    );
    expect(codes).toEqual([404, 404, 400, 404]);
  });

  it('sees only what was recorded at a position, whatever had been published', async () => {
    const none = await service.get<{ data: unknown[] }>('/api/v1/exposures?position=0');
    expect(none.body.data).toEqual([]);
  });

  it('resolves an instant of ours to the size the ledger had then', async () => {
    type Answer = { data: unknown[]; coordinates: { position: number } };
    const before = await service.get<Answer>('/api/v1/regions?recordedAt=2020-01-01T00:00Z');
    expect([before.body.data, before.body.coordinates.position]).toEqual([[], 0]);
    const head = await service.get<Answer>('/api/v1/regions?limit=1');
    const after = await service.get<Answer>('/api/v1/regions?limit=1&recordedAt=2999-01-01T00:00Z');
    expect(after.body.coordinates.position).toBe(head.body.coordinates.position);
  });

  it('pages without loss or repetition', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const url: string = `/api/v1/regions?limit=37${cursor ? `&cursor=${cursor}` : ''}`;
      const reply = await service.get<{ data: { id: string }[]; next: string | null }>(url);
      seen.push(...reply.body.data.map(({ id }) => id));
      cursor = reply.body.next;
    }
    const all = await service.get<{ data: { id: string }[] }>('/api/v1/regions?limit=500');
    expect(seen).toEqual(all.body.data.map(({ id }) => id));
    expect(seen.length).toBeGreaterThan(180);
  });
});
