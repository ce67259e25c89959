import { describe, expect, it } from '@jest/globals';
import { verdictOf } from './verdict.js';

const NOW_MS = Date.UTC(2026, 2, 1, 12);

describe('what an answer of a webhook means', () => {
  it.each([
    [200, 'accepted'],
    [204, 'accepted'],
    [299, 'accepted'],
    [301, 'failed'],
    [302, 'failed'],
    [400, 'failed'],
    [404, 'failed'],
    [410, 'gone'],
    [500, 'failed'],
  ])('%d: %s', (status, outcome) => {
    expect(verdictOf(status, undefined, null, NOW_MS)).toMatchObject({ outcome, reason: `http.${status}`, status });
  });

  it.each([429, 502, 504])('%d slows everything for that place down', (status) => {
    expect(verdictOf(status, undefined, null, NOW_MS)).toMatchObject({ outcome: 'failed', throttle: true });
  });

  it('500 and 503 are of one message', () => {
    for (const status of [500, 503])
      expect(verdictOf(status, undefined, null, NOW_MS)).toMatchObject({ throttle: false });
  });

  it.each([
    ['120', 120],
    ['Sun, 01 Mar 2026 12:10:00 GMT', 600],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['Sun, 31 Feb 2026 12:10:00 GMT', null],
  ])('Retry-After %s: %p s', (retryAfter, askedPauseSeconds) => {
    expect(verdictOf(503, retryAfter, null, NOW_MS)).toMatchObject({ askedPauseSeconds });
  });
});
