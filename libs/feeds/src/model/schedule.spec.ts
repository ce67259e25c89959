import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, type Poll } from '@faultline/evidence';
import { onceAgainSeconds, pauseSeconds } from './schedule.js';

const pollsOf = (...outcomes: Poll['outcome'][]): Poll[] =>
  outcomes.map((outcome, index) => {
    const time = instantOf(Date.UTC(2026, 2, 1) - index * 60_000);
    return {
      feedId: 'board',
      trigger: 'schedule',
      startedAt: time,
      finishedAt: time,
      outcome,
      reason: null,
      captureHash: null,
      items: 0,
      claimsNew: 0,
      claimsRepeated: 0,
      quarantined: {},
      newestContentAt: null,
      validators: { etag: null, lastModified: null },
    };
  });
const failures = (count: number) => Array.from({ length: count }, () => 'failed' as const);
const pause = (cadence: number, ...outcomes: Poll['outcome'][]) => pauseSeconds(cadence, pollsOf(...outcomes), null);

describe('the pause before a feed is asked again', () => {
  it('is its cadence, through the first failures too', () => {
    expect(pause(60, 'changed')).toBe(60);
    expect(pause(60, 'unchanged', ...failures(9))).toBe(60);
    expect(pause(60, ...failures(4), 'changed')).toBe(60);
  });

  it('doubles from the fifth failure in a row, a document we cannot read being one, up to an hour', () => {
    expect([5, 6, 7, 8].map((count) => pause(60, ...failures(count), 'changed'))).toEqual([120, 240, 480, 960]);
    expect(pause(60, 'quarantined', ...failures(4))).toBe(120);
    expect(pause(60, ...failures(13))).toBe(3_600);
  });

  it('is as long as the source asks for, up to a day, and never shorter for it', () => {
    expect(pauseSeconds(60, pollsOf('failed'), 900)).toBe(900);
    expect(pauseSeconds(60, pollsOf('changed'), 5)).toBe(60);
    expect(pauseSeconds(60, pollsOf('failed'), 10_000_000)).toBe(86_400);
  });

  it('is never shorter than the cadence nor, for a quick feed that asks for nothing, longer than an hour', () => {
    const outcome = fc.constantFrom<Poll['outcome']>('changed', 'unchanged', 'failed', 'quarantined');
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 90_000 }), fc.array(outcome, { minLength: 1 }), (cadence, outcomes) => {
        const seconds = pause(cadence, ...outcomes);
        expect(seconds).toBeGreaterThanOrEqual(cadence);
        expect(seconds).toBeLessThanOrEqual(Math.max(cadence, 3_600));
      }),
    );
  });

  it('grows for a document that another one named, which is given up after the fifth time', () => {
    const pauses = [1, 2, 3, 4].map(onceAgainSeconds);
    expect(pauses).toEqual([...pauses].sort((a, b) => a! - b!));
    expect(onceAgainSeconds(5)).toBeUndefined();
  });
});
