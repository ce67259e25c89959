import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coverageOf, feedsAt, type Watch } from './coverage.js';
import { feedHealth, type FeedDescriptor } from './feed.js';
import { instantOf, parseInstant } from './instant.js';
import type { Poll } from './poll.js';

const at = (text: string) => parseInstant(text)!;
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
const QUAKES: FeedDescriptor = {
  ...BOARD,
  id: 'quakes',
  title: 'Quakes',
  cadenceSeconds: 300,
  contentAgeBudgetSeconds: 172_800,
  covers: ['natural-hazard'],
  operatorIds: null,
};
const RECORD: Watch = {
  feedId: 'record',
  countries: ['AE'],
  classes: ['armed-conflict'],
  operatorIds: null,
  from: at('2026-02-28T00:00Z'),
  to: at('2026-09-21T00:00Z'),
  text: 'put together afterwards',
};
const poll = (feedId: string, time: string, outcome: Poll['outcome'], more: Partial<Poll> = {}): Poll => ({
  feedId,
  trigger: 'schedule',
  startedAt: at(time),
  finishedAt: at(time),
  outcome,
  reason: outcome === 'failed' ? 'http.503' : null,
  captureHash: null,
  items: 0,
  claimsNew: 0,
  claimsRepeated: 0,
  quarantined: {},
  newestContentAt: null,
  validators: { etag: null, lastModified: null },
  ...more,
});
const DUBAI = { operatorId: 'aws', country: 'AE' };
const cover = (polls: readonly Poll[], publicAt: string, place = DUBAI) =>
  Object.fromEntries(
    coverageOf(place, feedsAt([BOARD, QUAKES], polls, at(publicAt)), [RECORD], at(publicAt)).map((cell) => [
      cell.incidentClass,
      cell,
    ]),
  );

describe('the health of a feed', () => {
  const health = (feed: FeedDescriptor, polls: readonly Poll[], time: string) =>
    feedHealth(feed, polls, at(time)).state;

  it('is that of the documents it gave, not of its answering', () => {
    expect(health(BOARD, [], '2026-03-01T00:00Z')).toBe('never-polled');
    expect(health(BOARD, [poll('board', '2026-03-01T00:00Z', 'failed')], '2026-03-01T00:01Z')).toBe('failing');
    expect(health(BOARD, [poll('board', '2026-03-01T00:00Z', 'quarantined')], '2026-03-01T00:01Z')).toBe('failing');
    expect(health(BOARD, [poll('board', '2026-03-01T00:00Z', 'unchanged')], '2026-03-01T00:01Z')).toBe('healthy');
    expect(
      health({ ...BOARD, url: null }, [poll('board', '2026-03-01T00:00Z', 'unchanged')], '2026-03-01T00:01Z'),
    ).toBe('not-polled');
  });

  it('turns to failing once it has been silent for too long, whatever it said before', () => {
    const polls = [poll('board', '2026-03-01T00:00Z', 'changed')];
    expect(health(BOARD, polls, '2026-03-01T00:09Z')).toBe('healthy');
    expect(health(BOARD, polls, '2026-03-01T00:11Z')).toBe('failing');
  });

  it('is stale when its newest fact is older than its budget, however often it is asked', () => {
    const old = { newestContentAt: at('2026-02-20T00:00Z') };
    const polls = Array.from({ length: 50 }, (_, index) =>
      poll('quakes', instantOf(Date.UTC(2026, 2, 1, 0, index * 5)), 'unchanged', old),
    );
    expect(health(QUAKES, polls, '2026-03-01T04:06Z')).toBe('stale');
  });

  it('is not freshened by newer facts that were ingested by hand', () => {
    const old = { newestContentAt: at('2026-02-20T00:00Z') };
    const polls = [
      poll('quakes', '2026-03-01T00:00Z', 'unchanged', old),
      poll('quakes', '2026-03-01T00:00Z', 'changed', { trigger: 'ingest', newestContentAt: at('2026-03-01T00:00Z') }),
    ];
    expect(health(QUAKES, polls, '2026-03-01T00:01Z')).toBe('stale');
  });

  it('is degraded by what had to be quarantined', () => {
    expect(
      health(
        BOARD,
        [poll('board', '2026-03-01T00:00Z', 'changed', { quarantined: { 'time.future': 1 } })],
        '2026-03-01T00:01Z',
      ),
    ).toBe('degraded');
  });

  it('does not count a capture ingested by hand as being asked', () => {
    expect(
      health(BOARD, [poll('board', '2026-03-01T00:00Z', 'changed', { trigger: 'ingest' })], '2026-03-01T00:01Z'),
    ).toBe('never-polled');
  });
});

describe('coverage', () => {
  it('is watched only by a feed that answers, of that class, for that operator', () => {
    const polls = [poll('board', '2026-03-01T00:00Z', 'unchanged')];
    expect(cover(polls, '2026-03-01T00:01Z')['provider-outage']).toMatchObject({
      state: 'watched',
      feedIds: ['board'],
    });
    expect(cover(polls, '2026-03-01T00:01Z', { operatorId: 'azure', country: 'AE' })['provider-outage']!.state).toBe(
      'unmonitored',
    );
    expect(cover(polls, '2026-03-01T00:01Z')['natural-hazard']!.state).toBe('failing');
  });

  it('says until when it was complete once the feed has gone silent', () => {
    const polls = [poll('board', '2026-03-01T00:00Z', 'unchanged'), poll('board', '2026-03-02T00:00Z', 'failed')];
    expect(cover(polls, '2026-03-02T00:01Z')['provider-outage']).toMatchObject({
      state: 'failing',
      to: at('2026-03-01T00:00Z'),
    });
  });

  it('of a record is never called watching, begins where it begins and ends where it ends', () => {
    expect(cover([], '2026-02-01T00:00Z')['armed-conflict']!.state).toBe('unmonitored');
    expect(cover([], '2026-03-01T00:00Z')['armed-conflict']).toMatchObject({
      state: 'record-only',
      to: at('2026-03-01T00:00Z'),
    });
    expect(cover([], '2026-11-01T00:00Z')['armed-conflict']).toMatchObject({ state: 'record-only', to: RECORD.to });
    expect(cover([], '2026-03-01T00:00Z', { operatorId: 'aws', country: 'ZA' })['armed-conflict']!.state).toBe(
      'unmonitored',
    );
  });

  it('is no better for what was ingested by hand: that is neither watching nor a date until when it was watched', () => {
    const byHand = poll('board', '2026-03-01T00:00Z', 'changed', { trigger: 'ingest' });
    expect(cover([byHand], '2026-03-01T00:01Z')['provider-outage']).toMatchObject({ state: 'failing', to: null });
    const asked = poll('board', '2026-02-27T00:00Z', 'unchanged');
    expect(cover([asked, byHand], '2026-03-01T00:01Z')['provider-outage']).toMatchObject({
      state: 'failing',
      to: asked.finishedAt,
    });
    const record = { ...RECORD, classes: ['provider-outage' as const] };
    const [outage] = coverageOf(
      DUBAI,
      feedsAt([BOARD], [byHand], at('2026-03-01T00:01Z')),
      [record],
      at('2026-03-01T00:01Z'),
    );
    expect(outage).toMatchObject({ incidentClass: 'provider-outage', state: 'record-only' });
  });

  it('of a record of one operator’s regions is of no other’s', () => {
    const record = { ...RECORD, operatorIds: ['aws'] };
    const stateFor = (operatorId: string) =>
      coverageOf({ operatorId, country: 'AE' }, [], [record], at('2026-03-01T00:00Z')).find(
        ({ incidentClass }) => incidentClass === 'armed-conflict',
      )!.state;
    expect([stateFor('aws'), stateFor('azure')]).toEqual(['record-only', 'unmonitored']);
  });

  it('knows nothing of what was asked later', () => {
    const polls = [poll('board', '2026-03-01T00:00Z', 'unchanged'), poll('board', '2026-03-01T00:05Z', 'unchanged')];
    expect(cover(polls, '2026-03-01T00:01Z')['provider-outage']).toMatchObject({ to: at('2026-03-01T00:00Z') });
    expect(cover(polls, '2026-02-28T23:59Z')['provider-outage']).toMatchObject({ state: 'failing', to: null });
  });

  it('is never watched without a poll that succeeded before the instant asked about', () => {
    const polls = fc.array(
      fc.record({
        hour: fc.integer({ min: 0, max: 200 }),
        outcome: fc.constantFrom<Poll['outcome']>('changed', 'unchanged', 'failed', 'quarantined'),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(polls, fc.integer({ min: 0, max: 200 }), (history, hour) => {
        const time = (h: number) => instantOf(Date.UTC(2026, 2, 1, h));
        const told = history.map(({ hour: h, outcome }) => poll('board', time(h), outcome));
        const { state } = cover(told, time(hour))['provider-outage']!;
        const good = history.some(
          ({ hour: h, outcome }) => h <= hour && (outcome === 'changed' || outcome === 'unchanged'),
        );
        if (!good) expect(state).not.toBe('watched');
        if (state === 'watched') expect(history.some(({ hour: h }) => h === hour)).toBe(true);
      }),
    );
  });
});
