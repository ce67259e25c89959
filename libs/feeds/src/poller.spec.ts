import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, msOf, type Poll } from '@faultline/evidence';
import { dueAt } from './poller.js';

const START_MS = Date.UTC(2026, 2, 1);
const pollsOf = (...outcomes: Poll['outcome'][]): Poll[] =>
  outcomes.map((outcome, index) => {
    const time = instantOf(START_MS - index * 60_000);
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
/** Seconds from the last poll to the next, newest outcome first. */
const pause = (cadenceSeconds: number, ...outcomes: Poll['outcome'][]) =>
  (msOf(dueAt({ cadenceSeconds }, pollsOf(...outcomes))) - START_MS) / 1000;

describe('when a feed is asked next', () => {
  it('is at once where it never was', () => {
    expect(dueAt({ cadenceSeconds: 60 }, []) < instantOf(0)).toBe(true);
  });

  it('is one cadence after the last time, through the first failures too', () => {
    expect(pause(60, 'changed')).toBe(60);
    expect(pause(60, 'unchanged', ...failures(9))).toBe(60);
    expect(pause(60, ...failures(4), 'changed')).toBe(60);
  });

  it('doubles from the fifth failure in a row, a document we cannot read being one, up to an hour', () => {
    expect([5, 6, 7, 8].map((count) => pause(60, ...failures(count), 'changed'))).toEqual([120, 240, 480, 960]);
    expect(pause(60, 'quarantined', ...failures(4))).toBe(120);
    expect(pause(60, ...failures(13))).toBe(3_600);
  });

  it('is never sooner than the cadence nor, for a quick feed, later than an hour', () => {
    const outcome = fc.constantFrom<Poll['outcome']>('changed', 'unchanged', 'failed', 'quarantined');
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 90_000 }), fc.array(outcome, { minLength: 1 }), (cadence, outcomes) => {
        const seconds = pause(cadence, ...outcomes);
        expect(seconds).toBeGreaterThanOrEqual(cadence);
        expect(seconds).toBeLessThanOrEqual(Math.max(cadence, 3_600));
      }),
    );
  });
});
