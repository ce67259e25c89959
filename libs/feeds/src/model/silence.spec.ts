import { describe, expect, it } from '@jest/globals';
import { coverageOf, feedHealth, feedsAt, instantOf, msOf, type Instant, type Poll } from '@faultline/evidence';
import { FEEDS } from '../registry.js';
import { suspicionOf } from './suspicion.js';

const ASKED: Instant = '2026-07-23T18:00:00.000Z';
const channel = (title: string, head = '') =>
  `<rss version="2.0"><channel><title>${title}</title>${head}</channel></rss>`;
const made = (text: string) => `<lastBuildDate>${text}</lastBuildDate>`;

/** The poll that recorded `text` as the answer of a feed, asked at `at`. */
function pollOf(feedId: string, text: string, at: Instant = ASKED): Poll {
  const feed = FEEDS.get(feedId)!;
  const parsed = feed.parse({ bytes: new TextEncoder().encode(text), retrievedAt: at });
  if (parsed.outcome !== 'accepted') throw new Error(JSON.stringify(parsed.reason));
  const { items, newestContentAt, madeAt = null } = parsed;
  const suspect = suspicionOf(items, [], feed.whenEmpty);
  return {
    feedId,
    trigger: 'schedule',
    startedAt: at,
    finishedAt: at,
    outcome: 'unchanged',
    reason: suspect,
    captureHash: 'f'.repeat(64),
    items,
    claimsNew: 0,
    claimsRepeated: 0,
    quarantined: {},
    ...(suspect === null ? {} : { suspect }),
    ...(items === 0 && feed.whenEmpty === 'silence' ? { silence: { madeAt } } : {}),
    newestContentAt,
    validators: { etag: null, lastModified: null },
  };
}

function told(feedId: string, polls: readonly Poll[], at: Instant = ASKED) {
  const { operatorIds, ...feed } = FEEDS.get(feedId)!;
  const watching = { ...feed, operatorIds: ['azure'], notAsked: null };
  const [outage] = coverageOf({ operatorId: 'azure', country: 'AE' }, feedsAt([watching], polls, at), [], at);
  return { health: feedHealth(watching, polls, at), outage: outage! };
}

describe('an empty document', () => {
  it.each([
    ['azure-status', channel('Azure Status', made('Thu, 23 Jul 2026 17:59:30 Z')), 'is alive and states nothing'],
    ['azure-status', channel('Azure Status', made('Wed, 22 Jul 2026 17:59:30 Z')), 'an old copy'],
    ['azure-status', channel('Azure Status'), 'does not say when it was made'],
    ['azure-status', channel('Azure Status', made('yesterday')), 'does not say when it was made'],
    ['azure-status', channel('Azure Status', made('Thu, 23 Jul 2099 17:59:30 Z')), 'does not say when it was made'],
    ['aws-rss', channel('Amazon Web Services', made('Thu, 23 Jul 2026 17:59:30 Z')), 'is alive and states nothing'],
    ['aws-rss', channel('Amazon Web Services'), 'does not say when it was made'],
    ['aws-health', '[]', 'does not say when it was made'],
    ['aws-health', '{"archive":[],"current":[]}', 'does not say when it was made'],
  ])('of %s is silence: degraded, and no watch (%s)', (feedId, text, words) => {
    const { health, outage } = told(feedId, [pollOf(feedId, text)]);
    expect(health).toMatchObject({ state: 'degraded', silent: true });
    expect(health.reason).toContain(words);
    expect(health.reason).toContain(`asked at ${ASKED}`);
    expect(health.reason).toContain('silence is not health');
    expect(outage).toMatchObject({ state: 'silent', from: null, to: null, feedIds: [feedId] });
    expect(outage.text).toContain('silence is not health');
  });

  it.each([
    ['gcp-status', '[]'],
    ['statuspage', '{"page":{"id":"p","name":"P","url":"https://status.example.com"},"components":[],"incidents":[]}'],
  ])('of %s, which always holds something, is not whole', (feedId, text) => {
    expect(pollOf(feedId, text).suspect).toBe('feed.partial');
    const { health, outage } = told(feedId, [pollOf(feedId, text)]);
    expect(health).toMatchObject({ state: 'failing', silent: false });
    expect(outage.state).toBe('failing');
  });

  it('ends a watch where it stands, for as long as nothing else comes', () => {
    const full = `${channel('Azure Status').replace('</channel></rss>', '')}<item><guid>g</guid><title>Issues</title><description>x</description><pubDate>Thu, 23 Jul 2026 16:29:09 Z</pubDate></item></channel></rss>`;
    const later = (minutes: number) => instantOf(msOf(ASKED) + minutes * 60_000);
    const [first, empty, again] = [
      pollOf('azure-status', full),
      pollOf('azure-status', channel('Azure Status'), later(2)),
      pollOf('azure-status', full, later(4)),
    ];
    expect(told('azure-status', [first], ASKED).outage).toMatchObject({ state: 'watched', to: ASKED });
    expect(told('azure-status', [first, empty], later(2)).outage).toMatchObject({ state: 'silent', to: ASKED });
    expect(told('azure-status', [first, empty, again], later(4)).outage).toMatchObject({
      state: 'watched',
      to: later(4),
    });
    expect(told('azure-status', [first, empty], later(60)).health.state).toBe('failing');
  });

  it('is one of several: the feed is silent only where all of them are', () => {
    const empty = pollOf('aws-health', '[]');
    const full = { ...empty, channel: 'other', items: 1 };
    delete (full as { silence?: unknown }).silence;
    expect(told('aws-health', [full, empty]).health).toMatchObject({ state: 'healthy', silent: false });
    expect(told('aws-health', [{ ...empty, channel: 'other' }, empty]).health.silent).toBe(true);
  });

  it('is judged of every feed that tells of outages as they happen and can be asked', () => {
    const boards = [...FEEDS.values()].filter(
      ({ covers, url, requests }) => covers.includes('provider-outage') && (url !== null || requests !== undefined),
    );
    expect(boards.length).toBeGreaterThanOrEqual(5);
    expect(boards.filter(({ whenEmpty }) => whenEmpty === undefined).map(({ id }) => id)).toEqual([]);
  });
});
