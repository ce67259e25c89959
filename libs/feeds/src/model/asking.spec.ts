import { describe, expect, it } from '@jest/globals';
import type { FeedAdapter } from './adapter.js';
import { AS_SHIPPED, askingOf, describedBy } from './asking.js';

const feed = (more: Partial<FeedAdapter>): FeedAdapter => ({
  id: 'board',
  title: 'Board',
  licence: 'x',
  attribution: 'x',
  redistributable: true,
  url: 'https://board.example/feed',
  cadenceSeconds: 60,
  contentAgeBudgetSeconds: null,
  covers: [],
  operatorIds: null,
  parse: () => ({ outcome: 'accepted', items: 0, drafts: [], quarantined: [], newestContentAt: null }),
  ...more,
});
const NOW = '2026-03-01T00:00:00.000Z';
const asked = (given: FeedAdapter, configuration = AS_SHIPPED) => {
  const asking = askingOf(given, configuration);
  return asking.outcome === 'asked' ? asking.requests(NOW) : asking;
};

describe('how a feed is asked', () => {
  it('is at its own address, or at those the operator sets instead', () => {
    expect(asked(feed({}))).toEqual([{ channel: '', url: 'https://board.example/feed' }]);
    const urls = { board: ['https://a.example/', 'https://b.example/'] };
    expect(asked(feed({}), { ...AS_SHIPPED, urls })).toEqual([
      { channel: '', url: 'https://a.example/' },
      { channel: 'https://b.example/', url: 'https://b.example/' },
    ]);
  });

  it('is not at all where it has no address, and says so', () => {
    expect(asked(feed({ url: null }))).toMatchObject({ outcome: 'not-asked', state: 'not-polled' });
    expect(asked(feed({ url: null, requests: () => [] }))).toMatchObject({
      outcome: 'not-asked',
      state: 'not-configured',
      reason: 'no address is set for it',
    });
  });

  it('waits for its credentials, naming those that are missing and showing none', () => {
    const keyed = feed({
      credentials: ['user', 'token'],
      requests: ({ credentials }) => [
        { channel: '', url: 'https://board.example/', headers: { authorization: `Bearer ${credentials['token']}` } },
      ],
    });
    const given = (credentials: Record<string, string>) => ({ ...AS_SHIPPED, credentials: { board: credentials } });
    expect(asked(keyed, given({ user: 'u' }))).toMatchObject({
      state: 'not-configured',
      reason: 'needs credentials that are not set: token',
    });
    expect(asked(keyed, given({ user: 'u', token: 's3cret' }))).toMatchObject([
      { headers: { authorization: 'Bearer s3cret' } },
    ]);
    expect(JSON.stringify(describedBy(given({ user: 'u', token: 's3cret' }), [keyed]))).not.toContain('s3cret');
  });

  it('is not where the operator left it out', () => {
    expect(asked(feed({}), { ...AS_SHIPPED, only: new Set(['other']) })).toMatchObject({
      state: 'not-configured',
      reason: 'left out by FAULTLINE_FEEDS',
    });
    expect(asked(feed({}), { ...AS_SHIPPED, only: new Set(['board']) })).toHaveLength(1);
  });

  it('is part of what coverage is told', () => {
    const [open, keyed] = describedBy(AS_SHIPPED, [feed({}), feed({ credentials: ['token'] })]);
    expect(open!.notAsked).toBeNull();
    expect(keyed!.notAsked).toMatchObject({ state: 'not-configured' });
  });
});
