import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ownDocuments, readWatches } from '@faultline/feeds';
import { replayMarch2026, REPLAY_CAVEATS, type ReplayedDay } from './replay.js';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const days = replayMarch2026(ownDocuments(ROOT), readWatches(ROOT), '2026-11-21T12:00:00.000Z');
const on = (regionId: string, date: string): ReplayedDay => {
  const found = days.find((day) => day.regionId === regionId && day.date === date);
  if (!found) throw new Error(`${regionId} was not replayed on ${date}`);
  return found;
};

describe('March 2026 replayed', () => {
  it.each(['aws:me-south-1', 'aws:me-central-1'])('%s: no warning before the first strike, more after it', (region) => {
    const p30 = (date: string) => on(region, date).p30!;
    expect(on(region, '2026-02-27').outcome).toBe('prior-only');
    expect(p30('2026-03-01')).toBeLessThan(1e-3);
    expect(p30('2026-03-03')).toBeGreaterThan(100 * p30('2026-03-01'));
    expect(p30('2026-03-13')).toBeGreaterThan(p30('2026-03-03'));
  });

  it('sees on each day what was public by then, and no more', () => {
    const claims = days.filter(({ regionId }) => regionId === 'aws:me-south-1').map((day) => day.claims);
    expect(claims).toEqual([...claims].sort((a, b) => a - b));
    expect(claims.at(0)).toBeLessThan(5);
    expect(claims.at(-1)).toBeGreaterThan(100);
  });

  it('has an interval around every number', () => {
    for (const { p30, low, high } of days) {
      expect(low!).toBeLessThan(p30!);
      expect(p30!).toBeLessThan(high!);
    }
  });

  it('carries its caveats', () => {
    expect(REPLAY_CAVEATS).toEqual([
      'It would not have warned of the first strike.',
      'In-sample: parameters were chosen after these strikes.',
    ]);
  });

  it('is refused where a document of its own is not readable', () => {
    const [reference] = ownDocuments(ROOT);
    const broken = [{ ...reference!, bytes: new TextEncoder().encode('{') }];
    expect(() => replayMarch2026(broken, [], '2026-11-21T12:00:00.000Z')).toThrow(
      /our own data for reference is refused/,
    );
  });
});
