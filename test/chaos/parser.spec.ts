import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FEEDS, ThreadParser, type ParseOutcome } from '@faultline/feeds';
import { quakeDocument } from '../support/quakes.js';

const RETRIEVED_AT = '2026-11-21T00:00:00.000Z';
const THREADS = 2;
let parser: ThreadParser;

beforeAll(async () => {
  parser = new ThreadParser({
    maxHeapMb: 64,
    patienceMs: 8_000,
    threads: THREADS,
    reader: new URL('../support/hostile-reader.mjs', import.meta.url),
  });
});
afterAll(async () => parser?.close());

const read = (feedId: string, bytes: Uint8Array | string) =>
  parser.parse(FEEDS.get(feedId)!, {
    bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes,
    retrievedAt: RETRIEVED_AT,
  });
const wordOf = (outcome: ParseOutcome) =>
  outcome.outcome === 'accepted' ? `${outcome.items} items` : `${outcome.reason.code}: ${outcome.reason.got}`;
const good = quakeDocument('p', 50, 1);

describe('a parser in threads', () => {
  it('reads what the feeds read', async () => {
    const here = FEEDS.get('usgs')!.parse({ bytes: good, retrievedAt: RETRIEVED_AT });
    expect(await read('usgs', good)).toEqual(here);
  }, 60_000);

  it.each([
    ['never ends', 'endless', 'feed.too_costly: more than 8 s of reading'],
    ['eats memory', 'hungry', 'feed.too_costly: more than 64 MB of memory'],
    ['our reader fails on', 'failing', 'feed.reader_failed: cannot read what is not there'],
  ])(
    'refuses a document that %s, and goes on',
    async (_, text, expected) => {
      expect(wordOf(await read('gdacs', text))).toBe(expected);
      expect(wordOf(await read('usgs', good))).toBe('50 items');
    },
    60_000,
  );

  it('survives a thread that ends under it', async () => {
    expect(wordOf(await read('gdacs', 'exiting'))).toMatch(/^feed\.reader_failed: /);
    expect(wordOf(await read('usgs', good))).toBe('50 items');
  }, 60_000);

  it('lets no feed pay for another: what waits behind documents that never end is read after them', async () => {
    const bad = Array.from({ length: THREADS }, () => read('gdacs', 'endless'));
    const others = Array.from({ length: 4 }, () => read('usgs', good));
    expect((await Promise.all(bad)).map(wordOf)).toEqual(bad.map(() => 'feed.too_costly: more than 8 s of reading'));
    expect((await Promise.all(others)).map(wordOf)).toEqual(others.map(() => '50 items'));
  }, 120_000);
});
