import { describe, expect, it } from '@jest/globals';
import { isNews } from './news.js';

const published = '2026-03-01T12:00:00.000Z';
const claim = (retrievedAt: string) => ({
  publishedAt: { earliest: published, latest: published, basis: 'printed' as const },
  retrievedAt,
});

describe('news and backfill', () => {
  it.each([
    ['read at once', '2026-03-01T12:01:00.000Z', 60, '2026-03-01T12:01:00.000Z', true],
    [
      'read within the hour, after a pause of the service',
      '2026-03-01T12:59:00.000Z',
      60,
      '2026-03-01T12:59:00.000Z',
      true,
    ],
    ['read half a year later', '2026-11-21T00:00:00.000Z', 60, '2026-11-21T00:00:00.000Z', false],
    [
      'read two hours later, of a feed asked every minute',
      '2026-03-01T14:00:00.000Z',
      60,
      '2026-03-01T14:00:00.000Z',
      false,
    ],
    [
      'read two hours later, of a feed asked daily',
      '2026-03-01T14:00:00.000Z',
      86_400,
      '2026-03-01T14:00:00.000Z',
      true,
    ],
    ['captured in time, recorded half a year later', '2026-03-01T12:01:00.000Z', 60, '2026-11-21T00:00:00.000Z', false],
  ])('%s', (_name, retrievedAt, cadenceSeconds, now, news) => {
    expect(isNews(claim(retrievedAt), cadenceSeconds, now)).toBe(news);
  });

  it('is no news where all that is known is that it was there when we read it', () => {
    const known = { earliest: '2026-02-01T00:00:00.000Z', latest: published, basis: 'inferred' as const };
    expect(isNews({ publishedAt: known, retrievedAt: published }, 60, published)).toBe(false);
    const onADay = { ...known, earliest: '2026-02-27T10:00:00.000Z' };
    expect(isNews({ publishedAt: onADay, retrievedAt: published }, 60, published)).toBe(true);
  });

  it('is never news without a date', () => {
    expect(isNews({ publishedAt: null, retrievedAt: published }, 60, published)).toBe(false);
  });
});
