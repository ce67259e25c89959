import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ReadFailure, readExposure, readExposures, readTimeline } from './client.js';

const NOW = { validAt: null, publicAt: null, position: null };
const AT = '2026-03-01T18:00:00.000Z';
const coordinates = {
  validAt: AT,
  publicAt: AT,
  position: 7,
  basis: 'reconstruction',
  claims: 1,
  backfilled: 1,
  undated: 0,
};

const answer = (status: number, body: unknown): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json' },
  });

const fetchMock = jest.fn<typeof fetch>();
const realFetch = globalThis.fetch;
const signal = new AbortController().signal;
const asked = (): string[] =>
  fetchMock.mock.calls.map(([request]) => (request as Request).url.replace('http://localhost', ''));

beforeEach(() => {
  fetchMock.mockReset();
  globalThis.fetch = fetchMock;
});
afterEach(() => {
  globalThis.fetch = realFetch;
});

describe('a list', () => {
  it('is read whole, and its later pages at the coordinates of the first', async () => {
    fetchMock
      .mockResolvedValueOnce(answer(200, { data: [1], next: 'c2', coordinates }))
      .mockResolvedValueOnce(answer(200, { data: [2], next: null, coordinates }));
    expect((await readExposures(NOW, signal)).data).toEqual([1, 2]);
    expect(asked()).toEqual([
      '/api/v1/exposures?limit=500',
      '/api/v1/exposures?asOf=2026-03-01T18%3A00%3A00.000Z&position=7&limit=500&cursor=c2',
    ]);
  });

  it('that never ends is a failure, not a part shown as the whole', async () => {
    fetchMock.mockImplementation(() => Promise.resolve(answer(200, { data: [1], next: 'again', coordinates })));
    await expect(readExposures(NOW, signal)).rejects.toMatchObject({ kind: 'unreadable' });
  });

  it('of the timeline asks for its own span', async () => {
    fetchMock.mockResolvedValueOnce(answer(200, { data: [], next: null, coordinates }));
    await readTimeline({ from: 'a', to: 'b', stepHours: 1 }, 7, signal);
    expect(asked()).toEqual(['/api/v1/timeline?from=a&to=b&stepHours=1&position=7']);
  });
});

describe('a read', () => {
  it('keeps valid and public time apart where they differ, and encodes the id', async () => {
    fetchMock.mockResolvedValueOnce(answer(200, { data: {}, coordinates }));
    await readExposure('aws:me-central-1', { validAt: AT, publicAt: null, position: null }, signal);
    expect(asked()).toEqual(['/api/v1/exposures/aws%3Ame-central-1?validAt=2026-03-01T18%3A00%3A00.000Z']);
  });

  it.each([
    [answer(503, { title: 'database.unreachable', detail: 'no answer within 5 s' }), 'refused', /no answer within 5 s/],
    [answer(500, 'oops'), 'refused', /500/],
    [answer(200, '<html>'), 'unreadable', /shape/],
    [answer(200, { data: [] }), 'unreadable', /shape/],
  ])('says why it failed (%#)', async (response, kind, message) => {
    fetchMock.mockResolvedValueOnce(response);
    const failure: unknown = await readExposures(NOW, signal).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ReadFailure);
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(message) });
  });

  it('says when nobody answered', async () => {
    fetchMock.mockRejectedValueOnce(new TypeError('fetch failed'));
    await expect(readExposures(NOW, signal)).rejects.toMatchObject({ kind: 'network' });
  });
});
