import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema } from '@faultline/evidence';
import type { ParseOutcome, QuarantineCode } from '../model/adapter.js';
import { radarFeed } from './index.js';

const NOW = '2026-03-12T02:00:00.000Z';
type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;
type Item = Record<string, unknown>;

const textOf = (name: string) => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8').trim();
const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const parse = (value: unknown) => radarFeed.parse({ bytes: bytesOf(value), retrievedAt: NOW });
function accepted(value: unknown): Accepted {
  const outcome = parse(value);
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}
const { annotations } = (JSON.parse(textOf('outages')) as { result: { annotations: Item[] } }).result;
const { trafficAnomalies } = (JSON.parse(textOf('anomalies')) as { result: { trafficAnomalies: Item[] } }).result;
const outagesOf = (items: unknown[]) => accepted({ success: true, result: { annotations: items } });
const anomaliesOf = (items: unknown[]) => accepted({ success: true, result: { trafficAnomalies: items } });

describe('outages', () => {
  const outcome = accepted(textOf('outages'));

  it('makes a claim of each country and region, and of a cause that fits', () => {
    expect(outcome).toMatchObject({
      items: 6,
      quarantined: [],
      passedOver: { 'not-a-country': 1, 'origin-not-known': 1 },
      newestContentAt: '2026-03-11T03:00:00.000Z',
    });
    expect(outcome.drafts.map(({ subject, predicate, value }) => [subject, predicate, value])).toMatchObject([
      ['country:IQ', 'telemetry', { signal: 'traffic', state: 'reduced', ratio: null }],
      ['country:IQ', 'cause', { cause: 'grid', peril: 'grid-failure' }],
      ['country:SY', 'telemetry', { signal: 'traffic' }],
      ['country:MX', 'telemetry', { signal: 'traffic' }],
      ['country:MX', 'cause', { cause: 'network', peril: 'cable-cut' }],
      ['country:US', 'telemetry', {}],
      ['country:US', 'cause', {}],
      ['aws:me-central-1', 'telemetry', { signal: 'origin', state: 'reduced' }],
    ]);
  });

  it('tells what is said and since when', () => {
    expect(outcome.drafts[0]).toMatchObject({
      item: { id: 'outage 550', part: 'telemetry IQ', revises: true },
      thread: 'radar outage 550 IQ',
      source: { id: 'radar', class: 'sensor', grade: 'B' },
      occurredAt: { begin: '2026-03-10T04:00:00.000Z', end: '2026-03-10T09:30:00.000Z' },
      publishedAt: {
        earliest: '2026-03-10T09:30:00.000Z',
        latest: '2026-03-11T09:30:00.000Z',
        basis: 'inferred',
      },
      url: 'https://example.com/iraq',
      value: {
        text: 'Iraq: Invented: a national grid failure takes most networks offline; type nationwide; cause as stated: power outage',
      },
    });
    expect(outcome.drafts.at(-1)).toMatchObject({
      place: { regionIds: ['aws:me-central-1'], countries: [] },
      publishedAt: { latest: '2026-03-02T13:00:00.000Z' },
    });
  });

  it('leaves a cause that names no damage in words', () => {
    const causes = outcome.drafts.filter(({ predicate }) => predicate === 'cause');
    expect(causes.map(({ subject }) => subject)).toEqual(['country:IQ', 'country:MX', 'country:US']);
    expect(outcome.drafts.at(-1)!.value).toMatchObject({ text: expect.stringContaining('military action') });
  });

  it('gives what has changed in an annotation another version, and the same the same', () => {
    const version = (change: object) => outagesOf([{ ...annotations[1], ...change }]).drafts[0]!.item;
    const open = version({});
    expect(version({ unknownField: 1, linkedUrl: 'https://example.com' })).toEqual(open);
    expect(version({ endDate: '2026-03-11T09:00:00Z' })).toMatchObject({ id: open.id });
    for (const change of [{ endDate: '2026-03-11T09:00:00Z' }, { description: 'other' }, { locations: ['SY', 'LB'] }])
      expect(version(change).version).not.toBe(open.version);
  });

  it.each<[string, object, QuarantineCode, string]>([
    ['no id', { id: undefined }, 'field.missing', '/result/annotations/0/id'],
    ['no start', { startDate: undefined }, 'time.missing', '/result/annotations/0/startDate'],
    ['a start without a zone', { startDate: '2026-03-10T04:00:00' }, 'time.no_zone', '/result/annotations/0/startDate'],
    ['a start to come', { startDate: '2026-03-13T04:00:00Z' }, 'time.future', '/result/annotations/0/startDate'],
    ['an end before', { endDate: '2026-03-01T04:00:00Z' }, 'field.range', '/result/annotations/0/endDate'],
    ['no country', { locations: ['IQ', 'XX'] }, 'field.enum', '/result/annotations/0/locations'],
    ['a place in words', { locations: 'Iraq' }, 'field.invalid', '/result/annotations/0/locations'],
    ['half a character', { description: 'a\ud800' }, 'field.invalid_text', '/result/annotations/0/description'],
    ['an endless text', { description: 'x'.repeat(20_001) }, 'field.too_long', '/result/annotations/0/description'],
    ['an origin that is none', { origins: [7] }, 'field.invalid', '/result/annotations/0/origins/0'],
  ])('sets aside one with %s and keeps the others', (_, change, code, locator) => {
    const text = JSON.stringify({
      success: true,
      result: { annotations: [{ ...annotations[0], ...change }, annotations[1]] },
    });
    // A lone surrogate is refused with the whole document unless it is escaped, as here.
    expect(accepted(text)).toMatchObject({
      items: 2,
      drafts: [{ subject: 'country:SY' }],
      quarantined: [{ code, locator }],
    });
  });

  it('passes over one without any place', () => {
    expect(outagesOf([{ ...annotations[0], locations: [] }])).toMatchObject({
      drafts: [],
      passedOver: { 'no-place': 1 },
    });
  });
});

describe('anomalies', () => {
  const outcome = accepted(textOf('anomalies'));

  it('makes a claim of each country and region', () => {
    expect(outcome).toMatchObject({ items: 4, quarantined: [], passedOver: { 'not-a-country': 1 } });
    expect(outcome.drafts.map(({ subject, confidence, item }) => [subject, confidence, item.version])).toEqual([
      ['country:BH', 0.5, '2026-03-12T00:15:00.000Z UNVERIFIED'],
      ['country:TL', 0.85, 'open VERIFIED'],
      ['aws:me-south-1', 0.5, 'open UNVERIFIED'],
    ]);
    expect(outcome.drafts[0]).toMatchObject({
      thread: 'radar anomaly 55a57f33-8bc0-4984-b4df-fdaff72df39d',
      value: {
        signal: 'traffic',
        state: 'reduced',
        text: 'Bahrain: an anomaly of traffic, not verified by Cloudflare',
      },
    });
    expect(outcome.drafts[2]).toMatchObject({ value: { signal: 'origin' }, place: { regionIds: ['aws:me-south-1'] } });
  });

  it('takes the code of a country in either field', () => {
    const { locationDetails: _, ...bare } = trafficAnomalies[0]!;
    expect(anomaliesOf([{ ...bare, locationCode: 'IR', asnNumber: null }]).drafts).toMatchObject([
      { subject: 'country:IR' },
    ]);
  });

  it.each<[string, object, QuarantineCode]>([
    ['a status unknown', { status: 'MAYBE' }, 'field.enum'],
    ['no status', { status: undefined }, 'field.missing'],
    ['no place', { locationDetails: null }, 'field.missing'],
    ['a place that is no country', { locationDetails: { code: 'T1' } }, 'field.enum'],
    ['no id', { uuid: '' }, 'field.missing'],
  ])('sets aside one with %s', (_, change, code) => {
    expect(anomaliesOf([{ ...trafficAnomalies[0], ...change }])).toMatchObject({ drafts: [], quarantined: [{ code }] });
  });
});

describe('answers', () => {
  it('passes over the list of origins', () => {
    expect(accepted(textOf('origins'))).toMatchObject({ items: 2, drafts: [], passedOver: { 'origin-listed': 2 } });
  });

  it('is empty and sound in a quiet week', () => {
    expect(outagesOf([])).toMatchObject({ items: 0, drafts: [], quarantined: [], newestContentAt: null });
  });

  it.each<[string, string, QuarantineCode]>([
    [
      'a refusal',
      '{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"result":{"annotations":[]}}',
      'feed.wrong_type',
    ],
    [
      'series of origins',
      '{"success":true,"result":{"meta":{},"serie_0":{"timestamps":[],"values":[]}}}',
      'feed.wrong_type',
    ],
    ['no result', '{"success":true,"result":null}', 'feed.wrong_type'],
    ['a page', '<html>', 'feed.wrong_type'],
    ['nothing', ' ', 'feed.empty'],
  ])('refuses %s', (_, document, code) => {
    expect(parse(document)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });
});

describe('requests', () => {
  const requests = (credentials: Record<string, string>, urls: string[] = []) =>
    radarFeed.requests!({ urls, credentials }, NOW);

  it('carries the operator’s token', () => {
    expect(radarFeed.credentials).toEqual(['token']);
    expect(requests({ token: 'abcdefgh1234' })).toEqual([
      {
        channel: 'outages',
        url: 'https://api.cloudflare.com/client/v4/radar/annotations/outages?dateRange=28d&limit=50',
        headers: { authorization: 'Bearer abcdefgh1234' },
      },
      {
        channel: 'anomalies',
        url: 'https://api.cloudflare.com/client/v4/radar/traffic_anomalies?dateRange=7d&limit=100',
        headers: { authorization: 'Bearer abcdefgh1234' },
      },
      {
        channel: 'origins',
        url: 'https://api.cloudflare.com/client/v4/radar/origins?limit=100',
        headers: { authorization: 'Bearer abcdefgh1234' },
      },
    ]);
  });

  it.each([[{}], [{ token: '' }], [{ token: 'abc\r\nx-evil: 1' }], [{ token: 'with a blank' }]])(
    'asks nothing with %j',
    (credentials: Record<string, string>) => {
      expect(requests(credentials)).toEqual([]);
    },
  );

  it('asks the operator’s address in place of its own', () => {
    expect(requests({ token: 'abcdefgh' }, ['http://127.0.0.1:9/radar/'])[1]!.url).toBe(
      'http://127.0.0.1:9/radar/traffic_anomalies?dateRange=7d&limit=100',
    );
  });
});

describe('answers, whatever comes', () => {
  const documents = ['outages', 'anomalies', 'origins'].map((name) => bytesOf(textOf(name)));
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
        const outcome = radarFeed.parse({ bytes: bytes.slice(0, cut % bytes.length), retrievedAt: NOW });
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
        expectSound(radarFeed.parse({ bytes: changed, retrievedAt: NOW }));
      }),
      { numRuns: 400 },
    );
  });

  it('answers any values', () => {
    const any = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>(
        ['IQ'],
        'VERIFIED',
        '2026-03-10T04:00:00Z',
        { origin: 'amazon-x-1' },
        { toString: '' },
        '\u0000',
      ),
    );
    const names = [...new Set([...annotations, ...trafficAnomalies].flatMap(Object.keys))];
    fc.assert(
      fc.property(
        fc.constantFrom(...annotations, ...trafficAnomalies),
        fc.dictionary(fc.constantFrom(...names), any),
        (item, change) => {
          expectSound(parse({ result: { annotations: [{ ...item, ...change }] } }));
          expectSound(parse({ result: { trafficAnomalies: [{ ...item, ...change }] } }));
        },
      ),
      { numRuns: 500 },
    );
  });
});
