import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ageHours, freshness, type Freshness } from './freshness.js';
import { instantOf } from './instant.js';

const MAXIMUM = { freshHours: 24, staleHours: 168 };
const HOUR = 3_600_000;
const PUBLISHED_MS = Date.UTC(2026, 2, 1, 12);
const after = (hours: number) => instantOf(PUBLISHED_MS + hours * HOUR);
const PUBLISHED = after(0);

describe('freshness', () => {
  it.each<[number, Freshness]>([
    [-0.001, 'future'],
    [0, 'fresh'],
    [23.999, 'fresh'],
    [24, 'aging'],
    [167.999, 'aging'],
    [168, 'stale'],
    [10_000, 'stale'],
  ])('%d hours after publication: %s', (hours, expected) => {
    expect(freshness(PUBLISHED, null, MAXIMUM, after(hours))).toBe(expected);
  });

  it('is unknown without a time of publication, whatever the expiry says', () => {
    expect(freshness(null, null, MAXIMUM, PUBLISHED)).toBe('unknown');
    expect(freshness(null, after(1), MAXIMUM, PUBLISHED)).toBe('unknown');
  });

  it('ends at the expiry the source gave, and is not lengthened by it', () => {
    expect(freshness(PUBLISHED, after(2), MAXIMUM, after(1.999))).toBe('fresh');
    expect(freshness(PUBLISHED, after(2), MAXIMUM, after(2))).toBe('stale');
    expect(freshness(PUBLISHED, after(1000), MAXIMUM, after(168))).toBe('stale');
  });

  it('only ever goes from future over fresh and aging to stale, and nothing but what the source said moves it', () => {
    const order: Freshness[] = ['future', 'fresh', 'aging', 'stale'];
    const hours = fc.double({ min: -300, max: 600, noNaN: true });
    fc.assert(
      fc.property(hours, hours, fc.option(hours), (first, second, expiry) => {
        const [earlier, later] = [first, second].sort((a, b) => a - b);
        const rank = (hour: number) =>
          order.indexOf(freshness(PUBLISHED, expiry === null ? null : after(expiry), MAXIMUM, after(hour)));
        expect(rank(earlier!)).toBeLessThanOrEqual(rank(later!));
      }),
    );
  });

  it('tells an age to a tenth of an hour, and none of what is undated', () => {
    expect(ageHours(PUBLISHED, after(1.26))).toBe(1.3);
    expect(ageHours(PUBLISHED, after(-2))).toBe(-2);
    expect(ageHours(null, after(5))).toBeNull();
  });
});
