import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { feedsAt } from './coverage.js';
import type { FeedDescriptor } from './feed.js';
import type { Freshness } from './freshness.js';
import { instantOf, type Instant } from './instant.js';
import { lapsed, lapsesAt } from './lapse.js';
import type { Poll } from './poll.js';

const BOARD: FeedDescriptor = {
  id: 'board',
  title: 'The board',
  licence: '',
  attribution: '',
  redistributable: true,
  url: 'https://board.example/',
  cadenceSeconds: 60,
  contentAgeBudgetSeconds: null,
  covers: ['provider-outage'],
  operatorIds: ['aws'],
};
const QUAKES: FeedDescriptor = { ...BOARD, id: 'quakes', title: 'Quakes', contentAgeBudgetSeconds: 7_200 };
const HAND: FeedDescriptor = { ...BOARD, id: 'hand', title: 'By hand', url: null };
const START = Date.UTC(2026, 2, 1);
const at = (minutes: number): Instant => instantOf(START + minutes * 60_000);
const poll = (feedId: string, minutes: number, more: Partial<Poll> = {}): Poll => ({
  feedId,
  trigger: 'schedule',
  startedAt: at(minutes),
  finishedAt: at(minutes),
  outcome: 'changed',
  reason: null,
  captureHash: 'f'.repeat(64),
  items: 1,
  claimsNew: 1,
  claimsRepeated: 0,
  quarantined: {},
  newestContentAt: at(minutes),
  validators: { etag: null, lastModified: null },
  ...more,
});
const told = (feedId: string, minutes = 0) => ({ feedId, retrievedAt: at(minutes) });
const lapse = (polls: readonly Poll[], minutes: number, ...facts: { feedId: string; retrievedAt: Instant }[]) =>
  lapsesAt(feedsAt([BOARD, QUAKES, HAND], polls, at(minutes)), at(minutes))(facts);

describe('the lapse of a fact', () => {
  const once = [poll('board', 0)];

  it.each([
    [0, null],
    [5, null],
    [6, 'aging'],
    [10, 'aging'],
    [11, 'stale'],
    [100_000, 'stale'],
  ])('is, %s minutes after its feed was last heard: %s', (minutes, freshness) => {
    expect(lapse(once, minutes, told('board'))?.freshness ?? null).toBe(freshness);
  });

  it('comes with the content-age budget too, however well the feed answers', () => {
    const answering = [0, 60, 119, 120, 121].map((minutes) => poll('quakes', minutes, { newestContentAt: at(0) }));
    expect(lapse(answering, 120, told('quakes'))).toBeNull();
    expect(lapse(answering, 121, told('quakes'))).toEqual({
      freshness: 'stale',
      reason: `Quakes: its newest fact is of ${at(0)}, older than its budget`,
    });
  });

  it('says why, in the words of the feed’s health', () => {
    const polls = [...once, poll('board', 20, { outcome: 'failed', reason: 'http.503' })];
    expect(lapse(polls, 20, told('board'))!.reason).toBe(`The board: last answered at ${at(0)}: http.503`);
  });

  it('is none while another feed that told it is kept up, nor of what came by hand', () => {
    const polls = [...once, poll('quakes', 30)];
    expect(lapse(polls, 30, told('board'), told('quakes', 30))).toBeNull();
    expect(lapse(polls, 30, told('board'), told('hand'))).toBeNull();
    expect(lapse([], 30, told('board'))).toBeNull();
    expect(lapse(polls, 30, told('board', 25))).toBeNull();
  });

  it('ends when the feed is heard again', () => {
    expect(lapse([...once, poll('board', 30, { outcome: 'unchanged' })], 30, told('board'))).toBeNull();
  });

  it('of what two feeds told is that of the one that lasts longer', () => {
    const polls = [...once, poll('quakes', 4)];
    expect(lapse(polls, 11, told('board'), told('quakes', 4))).toMatchObject({ freshness: 'aging' });
  });

  it('never makes anything fresher, nor ends by time alone', () => {
    const order: Freshness[] = ['fresh', 'aging', 'stale'];
    fc.assert(
      fc.property(fc.constantFrom(...order), fc.nat(200), fc.nat(200), (own, minutes, more) => {
        const [first, later] = [minutes, minutes + more].map((m) => lapsed(own, lapse(once, m, told('board'))));
        expect(order.indexOf(first!)).toBeGreaterThanOrEqual(order.indexOf(own));
        expect(order.indexOf(later!)).toBeGreaterThanOrEqual(order.indexOf(first!));
      }),
    );
    expect(lapsed('unknown', { freshness: 'stale', reason: '' })).toBe('unknown');
  });
});
