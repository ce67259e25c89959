import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blockOf, claimDraftSchema } from '@faultline/evidence';
import type { ParseOutcome, QuarantineCode } from '../model/adapter.js';
import { iodaFeed } from './index.js';

const NOW = '2026-03-02T01:00:05.000Z';
type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;
interface Answer {
  data: Record<string, unknown>[];
}

const textOf = (name: string) => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8').trim();
const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const parse = (value: unknown, retrievedAt = NOW) => iodaFeed.parse({ bytes: bytesOf(value), retrievedAt });
function accepted(value: unknown, retrievedAt = NOW): Accepted {
  const outcome = parse(value, retrievedAt);
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}
const alerts = JSON.parse(textOf('alerts')) as Answer;
const events = JSON.parse(textOf('events')) as Answer;
const one = (item: unknown, answer: object = alerts) => accepted({ ...answer, data: [item] });

describe('alerts', () => {
  const outcome = accepted(textOf('alerts'));

  it('makes one claim of each alert of a country and passes over the rest', () => {
    expect(outcome).toMatchObject({
      items: 7,
      passedOver: { 'not-a-country': 2 },
      quarantined: [{ code: 'field.enum', locator: '/data/6/entity', wanted: 'an ISO 3166-1 code' }],
      newestContentAt: '2026-03-02T00:10:00.000Z',
    });
    expect(outcome.drafts.map(({ subject, value }) => [subject, value])).toMatchObject([
      ['country:IR', { signal: 'routing', state: 'reduced', ratio: 0.984258 }],
      ['country:IR', { signal: 'routing', state: 'normal', ratio: 0.990279 }],
      ['country:TO', { signal: 'reachability', state: 'lost', ratio: 0.0254237 }],
      ['country:BH', { signal: 'traffic', state: 'reduced', ratio: null }],
    ]);
  });

  it('tells who, when, and how it is known', () => {
    expect(outcome.drafts[2]).toMatchObject({
      item: {
        id: 'alert country/TO ping-slash24 1772400000',
        version: '2026-03-01T21:20:00.000Z',
        part: 'telemetry',
      },
      thread: 'ioda country/TO ping-slash24 1772400000',
      place: { countries: ['TO'], regionIds: [] },
      source: { id: 'ioda', class: 'sensor', grade: 'A' },
      occurredAt: { begin: '2026-03-01T21:20:00.000Z', end: null },
      publishedAt: {
        earliest: '2026-03-01T21:20:00.000Z',
        latest: '2026-03-01T22:20:00.000Z',
        basis: 'inferred',
      },
      url: 'https://ioda.inetintel.cc.gatech.edu/country/TO',
      locator: '/data/2',
      value: { text: 'Tonga: blocks that answer probes at 2.5 % of the expected, level critical' },
    });
    // An hour after the last alert we had not asked yet.
    expect(outcome.drafts[1]!.publishedAt).toEqual({
      earliest: '2026-03-02T00:10:00.000Z',
      latest: NOW,
      basis: 'inferred',
    });
  });

  it('counts a signal as lost at a tenth of the expected and not above', () => {
    const state = (value: number) => one({ ...alerts.data[2], value, historyValue: 1000 }).drafts[0]!.value;
    expect(state(100)).toMatchObject({ state: 'lost', ratio: 0.1 });
    expect(state(101)).toMatchObject({ state: 'reduced', ratio: 0.101 });
    expect(state(0)).toMatchObject({ state: 'lost', ratio: 0 });
  });

  it('puts an alert and the event it begins in one block', () => {
    const [alert] = outcome.drafts;
    const event = one({ location: 'country/IR', datasource: 'bgp', start: 1772409300, duration: 900 }, events)
      .drafts[0]!;
    expect(blockOf(alert!)).toBe('thread:ioda country/IR bgp 1772409300');
    expect(blockOf(event)).toBe(blockOf(alert!));
  });

  it.each<[string, object, QuarantineCode, string]>([
    ['an unknown level', { level: 'severe' }, 'field.enum', '/data/0/level'],
    ['no level', { level: undefined }, 'field.missing', '/data/0/level'],
    ['an unknown datasource', { datasource: 'crystal-ball' }, 'field.enum', '/data/0/datasource'],
    ['no entity', { entity: undefined }, 'field.missing', '/data/0/entity'],
    ['an entity of an unknown type', { entity: { type: 'planet', code: 'IR' } }, 'field.enum', '/data/0/entity'],
    ['no time', { time: null }, 'time.missing', '/data/0/time'],
    ['the epoch', { time: 0 }, 'time.out_of_range', '/data/0/time'],
    ['a time to come', { time: 1772500000 }, 'time.future', '/data/0/time'],
    ['a value below nothing', { value: -1 }, 'field.range', '/data/0/value'],
    ['a value in words', { value: '40704' }, 'field.invalid', '/data/0/value'],
    ['more than expected at a critical level', { value: 50_000 }, 'field.range', '/data/0/value'],
  ])('sets aside %s and keeps the others', (_, change, code, locator) => {
    expect(accepted({ ...alerts, data: [{ ...alerts.data[0], ...change }, alerts.data[2]] })).toMatchObject({
      items: 2,
      drafts: [{ subject: 'country:TO' }],
      quarantined: [{ code, locator }],
    });
  });

  it('divides nothing by zero', () => {
    expect(one({ ...alerts.data[0], value: 0, historyValue: 0 }).drafts).toMatchObject([
      { value: { state: 'reduced', ratio: null } },
    ]);
  });
});

describe('events', () => {
  const outcome = accepted(textOf('events'));

  it('makes one claim of each event of a country', () => {
    expect(outcome).toMatchObject({ items: 6, quarantined: [], passedOver: { 'not-a-country': 2 } });
    expect(
      outcome.drafts.map(({ subject, item, occurredAt, expiresAt }) => [subject, item.version, occurredAt, expiresAt]),
    ).toEqual([
      [
        'country:TO',
        '2026-02-28T20:03:20.000Z',
        { begin: '2026-02-28T17:33:20.000Z', end: '2026-02-28T20:03:20.000Z' },
        null,
      ],
      ['country:IR', 'running', { begin: '2026-02-28T12:00:00.000Z', end: null }, '2026-03-14T12:00:00.000Z'],
      ['country:SD', 'running', { begin: '2026-02-16T00:10:00.000Z', end: null }, '2026-03-02T00:10:00.000Z'],
      [
        'country:BR',
        '2026-02-28T15:46:40.000Z',
        { begin: '2026-02-28T14:46:40.000Z', end: '2026-02-28T15:46:40.000Z' },
        null,
      ],
    ]);
    expect(outcome.drafts[0]).toMatchObject({
      item: { id: 'event country/TO ping-slash24 1772300000', revises: true },
      publishedAt: { earliest: '2026-02-28T20:03:20.000Z', latest: '2026-02-28T21:03:20.000Z' },
      value: { state: 'reduced', ratio: null, text: 'Tonga: an outage by blocks that answer probes of 150 minutes' },
    });
  });

  it('says of a running event the same at every poll, and revises it once it ended', () => {
    const at = (until: number, duration: number) =>
      accepted({ ...events, requestParameters: { until: String(until) }, data: [{ ...events.data[1], duration }] })
        .drafts[0]!;
    const [first, second, ended] = [at(1772410000, 130000), at(1772413200, 133200), at(1772413200, 130000)];
    expect(second).toEqual(first);
    expect(ended.item).toMatchObject({ id: first.item.id, version: '2026-03-02T00:06:40.000Z', revises: true });
    expect(ended.publishedAt!.latest > first.publishedAt!.latest).toBe(true);
  });

  it.each<[string, object]>([
    ['no length', { duration: undefined }],
    ['no length yet', { duration: 0 }],
    ['a length up to our asking, in an answer that repeats no parameters', { duration: 113200 }],
    ['a word that it goes on', { overlaps_window: true }],
  ])('takes as running one with %s', (_, change) => {
    const { drafts } = one({ ...events.data[0], ...change }, { ...events, requestParameters: undefined });
    expect(drafts).toMatchObject([{ item: { version: 'running' }, occurredAt: { end: null } }]);
  });

  it.each<[string, object, QuarantineCode, string]>([
    ['a length below nothing', { duration: -5 }, 'field.range', '/data/0/duration'],
    ['a length in words', { duration: 'long' }, 'field.invalid', '/data/0/duration'],
    ['an end to come', { duration: 10_000_000 }, 'time.future', '/data/0/duration'],
    ['an end before its beginning', { until: 1772200000 }, 'field.range', '/data/0/until'],
    ['no beginning', { start: undefined }, 'time.missing', '/data/0/from'],
    ['a location that is none', { location: 'Tonga' }, 'field.invalid', '/data/0/location'],
    ['a location of two countries', { location: 'country/TO,FJ' }, 'field.enum', '/data/0/location'],
  ])('sets aside %s', (_, change, code, locator) => {
    expect(one({ ...events.data[0], ...change }, events)).toMatchObject({
      drafts: [],
      quarantined: [{ code, locator }],
    });
  });
});

describe('answers', () => {
  it('passes over sums', () => {
    expect(accepted(textOf('summary'))).toMatchObject({
      items: 2,
      drafts: [],
      quarantined: [],
      passedOver: { 'sum-of-events': 2 },
      newestContentAt: null,
    });
  });

  it('is empty and sound in a quiet hour', () => {
    expect(accepted({ ...alerts, data: [] })).toMatchObject({ items: 0, drafts: [], quarantined: [] });
  });

  it('says that more is left where a page is full', () => {
    const data = Array.from({ length: 2000 }, (_, index) => ({ ...alerts.data[0], time: 1772400000 - index * 300 }));
    expect(accepted({ ...alerts, data })).toMatchObject({
      items: 2000,
      drafts: { length: 2000 },
      quarantined: [{ code: 'feed.partial', locator: '/data' }],
    });
  });

  it('takes neither of two that are one alert and say different things, and one of two that say the same', () => {
    const [alert] = alerts.data;
    expect(accepted({ ...alerts, data: [alert, { ...alert, value: 1 }] })).toMatchObject({
      drafts: [],
      quarantined: [{ code: 'feed.id_conflict' }],
    });
    expect(accepted({ ...alerts, data: [alert, alert] }).drafts).toHaveLength(1);
  });

  it.each<[string, string, QuarantineCode]>([
    ['a refusal', '{"type":"outages.alerts","error":"missing from","data":null}', 'feed.wrong_type'],
    ['another list', '{"data":[{"id":1}]}', 'feed.wrong_type'],
    ['signals', '{"type":"signals","data":[[]]}', 'feed.wrong_type'],
    ['an array', '[]', 'feed.wrong_type'],
    ['a page', '<!doctype html><p>502', 'feed.wrong_type'],
    ['nothing', '', 'feed.empty'],
    ['a value beyond a double', textOf('alerts').replace('40704', '1e999'), 'field.not_finite'],
    ['a key twice', textOf('alerts').replace('"perf"', '"error": null, "perf"'), 'feed.duplicate_key'],
  ])('refuses %s', (_, document, code) => {
    expect(parse(document)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });
});

describe('requests', () => {
  it('asks for three documents whose time is made from now', () => {
    const settings = { urls: [], credentials: {} };
    expect(iodaFeed.requests!(settings, '2026-03-02T01:00:05.000Z')).toEqual([
      {
        channel: 'alerts',
        url: 'https://api.ioda.inetintel.cc.gatech.edu/v2/outages/alerts?from=1772323200&until=1772413205&entityType=country&limit=2000',
      },
      {
        channel: 'events',
        url: 'https://api.ioda.inetintel.cc.gatech.edu/v2/outages/events?from=1771200000&until=1772413205&entityType=country&limit=2000',
      },
      {
        channel: 'summary',
        url: 'https://api.ioda.inetintel.cc.gatech.edu/v2/outages/summary?from=1772323200&until=1772413205&entityType=country&limit=2000',
      },
    ]);
    const later = iodaFeed.requests!(settings, '2026-03-02T23:59:59.000Z');
    expect(later.map(({ url }) => /from=(\d+)/.exec(url)![1])).toEqual(['1772323200', '1771200000', '1772323200']);
  });

  it('asks the operator’s address in place of its own', () => {
    const [first] = iodaFeed.requests!({ urls: ['http://127.0.0.1:9/ioda/'], credentials: {} }, NOW);
    expect(first!.url).toMatch(/^http:\/\/127\.0\.0\.1:9\/ioda\/alerts\?from=/);
  });
});

describe('answers, whatever comes', () => {
  const documents = ['alerts', 'events', 'summary'].map((name) => bytesOf(textOf(name)));
  const anyDocument = fc.constantFrom(...documents);
  const expectSound = (outcome: ParseOutcome) => {
    if (outcome.outcome === 'quarantined') return;
    for (const draft of outcome.drafts) {
      expect(claimDraftSchema.safeParse(draft).success).toBe(true);
      expect(draft.publishedAt!.earliest <= draft.publishedAt!.latest).toBe(true);
    }
  };

  it('refuses every beginning of a document', () => {
    fc.assert(
      fc.property(anyDocument, fc.nat(), (bytes, cut) => {
        const outcome = iodaFeed.parse({ bytes: bytes.slice(0, cut % bytes.length), retrievedAt: NOW });
        expect(outcome.outcome).toBe('quarantined');
      }),
      { numRuns: 300 },
    );
  });

  it('answers any change of some bytes with claims that are sound', () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(anyDocument, fc.array(change, { minLength: 1, maxLength: 6 }), (bytes, changes) => {
        const changed = bytes.slice();
        for (const [at, byte] of changes) changed[at % changed.length] = byte;
        expectSound(iodaFeed.parse({ bytes: changed, retrievedAt: NOW }));
      }),
      { numRuns: 400 },
    );
  });

  it('answers any values', () => {
    const any = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>('country/IR', 'bgp', 1772400000, 'critical', 1e308, -0, '__proto__', {
        type: 'country',
        code: 'ZZ',
      }),
    );
    const names = [...new Set([...alerts.data, ...events.data].flatMap(Object.keys))];
    fc.assert(
      fc.property(
        fc.constantFrom(...alerts.data, ...events.data),
        fc.dictionary(fc.constantFrom(...names), any),
        (item, change) => expectSound(parse({ type: 'outages.alerts', data: [{ ...item, ...change }] })),
      ),
      { numRuns: 500 },
    );
  });

  it('says the same whatever the order and in pieces', () => {
    const said = (drafts: Accepted['drafts']) =>
      drafts.map((draft) => JSON.stringify({ ...draft, locator: null })).sort();
    const whole = said(accepted(events).drafts);
    fc.assert(
      fc.property(fc.shuffledSubarray(events.data, { minLength: 6 }), fc.nat(6), (order, cut) => {
        const pieces = [order.slice(0, cut), order.slice(cut)].map((data) => accepted({ ...events, data }).drafts);
        expect(said(pieces.flat())).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });
});
