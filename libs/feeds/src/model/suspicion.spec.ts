import { describe, expect, it } from '@jest/globals';
import type { Poll } from '@faultline/evidence';
import { mostClaimsAnHour, suspicionOf } from './suspicion.js';

const poll = (items: number, more: Partial<Poll> = {}): Poll => ({
  feedId: 'board',
  trigger: 'schedule',
  startedAt: '2026-03-01T00:00:00.000Z',
  finishedAt: '2026-03-01T00:00:00.000Z',
  outcome: 'changed',
  reason: null,
  captureHash: 'f'.repeat(64),
  items,
  claimsNew: items,
  claimsRepeated: 0,
  quarantined: {},
  newestContentAt: null,
  validators: { etag: null, lastModified: null },
  ...more,
});

describe('a suspiciously short document', () => {
  const usual = [poll(100), poll(90), poll(110)];

  it.each([
    [100, null],
    [50, null],
    [49, 'feed.partial'],
    [0, 'feed.partial'],
    [5_000, null],
  ])('%s items, where 100 are usual: %s', (items, suspect) => {
    expect(suspicionOf(items, usual)).toBe(suspect);
  });

  it('is none where the usual is not known yet, or is a handful', () => {
    expect(suspicionOf(0, usual.slice(1))).toBeNull();
    expect(suspicionOf(0, [poll(2), poll(3), poll(3)])).toBeNull();
    expect(suspicionOf(0, [poll(0), poll(0), poll(0)])).toBeNull();
  });

  it('is judged by whole documents alone: not by 304s, failures or what was short itself', () => {
    const others = [
      poll(0, { captureHash: null, outcome: 'unchanged' }),
      poll(0, { outcome: 'failed', captureHash: null }),
      poll(3, { suspect: 'feed.partial' }),
    ];
    expect(suspicionOf(40, [...others, ...others, ...usual])).toBe('feed.partial');
    expect(suspicionOf(0, others)).toBeNull();
  });
});

describe('the most a feed may say in an hour', () => {
  it('is twenty times the usual, at least 2,000, and open for a young feed', () => {
    expect(mostClaimsAnHour([poll(10), poll(10)])).toBeUndefined();
    expect(mostClaimsAnHour([poll(10), poll(10), poll(10)])).toBe(2_000);
    expect(mostClaimsAnHour([poll(400), poll(500), poll(600)])).toBe(10_000);
  });
});
