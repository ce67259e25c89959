import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { QuarantineCode } from '../model/adapter.js';
import { accepted, NOW, parse, rss } from './fixtures/documents.js';
import { gdacsFeed } from './index.js';
import { ALPHA3, alpha2Of } from '../countries/index.js';

const events = readFileSync(new URL('./fixtures/events.json', import.meta.url), 'utf8');
const whole = rss();
const at = (id: string, outcome = accepted(whole)) => outcome.drafts.filter(({ item }) => item.id === id);

describe('the RSS', () => {
  it('makes one claim of each item, passes over what has no peril here, and sets a broken one aside', () => {
    const outcome = accepted(whole);
    expect(outcome).toMatchObject({
      items: 8,
      quarantined: [{ code: 'geo.out_of_range', locator: '/channel/item/6/Point' }],
      passedOver: { 'no-such-peril': 2 },
      newestContentAt: '2026-07-08T10:24:31.000Z',
    });
    expect(outcome.drafts.map(({ item }) => item)).toEqual([
      { id: 'FL1109001', version: '1/2026-07-05T06:10:00.000Z/current/rss', part: 'hazard', revises: true },
      { id: 'FL1109001', version: '2/2026-07-07T06:08:23.000Z/current/rss', part: 'hazard', revises: true },
      { id: 'EQ1559001', version: '1719001/2026-07-08T10:24:31.000Z/current/rss', part: 'hazard', revises: true },
      { id: 'TC1009001', version: '12/2026-07-04T08:00:00.000Z/over/rss', part: 'hazard', revises: true },
      { id: 'VO1049001', version: '1.4/2026-07-07T03:00:00.000Z/current/rss', part: 'hazard', revises: true },
    ]);
  });

  it('keeps onset, position and magnitude of an earthquake exactly, and when it was last changed', () => {
    expect(at('EQ1559001')).toMatchObject([
      {
        subject: 'gdacs:EQ1559001',
        thread: 'gdacs:EQ1559001',
        origin: 'gdacs',
        url: 'https://www.gdacs.org/report.aspx?eventtype=EQ&eventid=1559001',
        locator: '/channel/item/2',
        occurredAt: { begin: '2026-07-08T09:50:23.000Z', end: null },
        publishedAt: { earliest: '2026-07-08T10:24:31.000Z', latest: '2026-07-08T10:24:31.000Z', basis: 'printed' },
        place: { countries: ['IR'], position: { lonLat: [54.9012, 26.0123], precisionKm: 10 } },
        value: {
          peril: 'earthquake',
          level: 'minor',
          certainty: 'observed',
          magnitude: { value: 5.1, unit: 'M' },
          area: 'Iran',
          text: [
            'Green earthquake alert (Magnitude 5.1M, Depth:10km) in Iran 08/07/2026 09:50 UTC, 70 thousand in 100km.',
            'On 7/8/2026 9:50:23 AM, an earthquake occurred in Iran.',
            'GDACS alert level green, score 1; this episode green, score 0.',
            'Severity: Magnitude 5.1M, Depth:10km',
            'Population: 70 thousand in 100km',
          ].join('\n'),
        },
      },
    ]);
  });

  it('takes the countries it knows and the level of the event; a severity without a unit is no magnitude', () => {
    expect(at('FL1109001')).toMatchObject([
      { place: { countries: ['OM'] }, value: { level: 'minor', magnitude: null } },
      { place: { countries: ['AE', 'OM'] }, value: { level: 'moderate', magnitude: null, peril: 'flood' } },
    ]);
  });

  it('says when a thing was over, and nothing of an area that is not known', () => {
    const [storm] = at('TC1009001');
    expect(storm).toMatchObject({
      occurredAt: { begin: '2026-06-28T06:00:00.000Z', end: '2026-07-03T06:00:00.000Z' },
      place: { countries: [], position: { lonLat: [-179.9, 17.5], precisionKm: 150 } },
      value: { level: 'severe', area: null, peril: 'storm' },
    });
    expect(storm!.predicate === 'hazard' && storm!.value.text).toContain('GDACS no longer calls this current.');
  });

  it('of an item that does not say when it was changed, counts the time of the document', () => {
    expect(at('VO1049001')).toMatchObject([
      {
        publishedAt: { earliest: '2026-07-07T03:00:00.000Z', latest: '2026-07-08T11:00:00.000Z', basis: 'inferred' },
        value: { peril: 'volcano', magnitude: null },
      },
    ]);
    const undated = whole.replace('<pubDate>Wed, 08 Jul 2026 11:00:00 GMT</pubDate>', '');
    expect(at('VO1049001', accepted(undated))).toMatchObject([{ publishedAt: { latest: NOW } }]);
    const ahead = whole.replace('08 Jul 2026 11:00:00', '08 Jul 2026 11:32:00');
    expect(at('VO1049001', accepted(ahead))).toMatchObject([{ publishedAt: { latest: NOW } }]);
  });

  it('does not say that a thing was over before it was', () => {
    const flipped = whole.replace('Sat, 04 Jul 2026 08:00:00 GMT', 'Thu, 02 Jul 2026 08:00:00 GMT');
    expect(at('TC1009001', accepted(flipped))).toMatchObject([
      {
        publishedAt: { earliest: '2026-07-02T08:00:00.000Z', latest: '2026-07-03T06:00:00.000Z', basis: 'inferred' },
      },
    ]);
  });

  it('ends a thing without a later end when GDACS changed it, and leaves open what nobody says', () => {
    const endless = whole.replace('<gdacs:todate>Fri, 03 Jul 2026 06:00:00 GMT</gdacs:todate>', '');
    expect(at('TC1009001', accepted(endless))).toMatchObject([{ occurredAt: { end: '2026-07-04T08:00:00.000Z' } }]);
    const item = whole.split('<item>').at(-1)!.replace('true</gdacs:iscurrent>', 'false</gdacs:iscurrent>');
    const over = whole.slice(0, whole.lastIndexOf('<item>')) + `<item>${item}`;
    expect(at('VO1049001', accepted(over))).toMatchObject([{ occurredAt: { end: null } }]);
  });

  it('does not call observed what is yet to come', () => {
    const ahead = whole.replace('Sun, 28 Jun 2026 06:00:00 GMT', 'Fri, 10 Jul 2026 06:00:00 GMT');
    expect(at('TC1009001', accepted(ahead))).toMatchObject([
      {
        value: { certainty: 'unknown' },
        occurredAt: { begin: '2026-07-10T06:00:00.000Z', end: null },
      },
    ]);
  });

  it.each<[string, string, string, QuarantineCode]>([
    ['an unknown event type', '<gdacs:eventtype>EQ<', '<gdacs:eventtype>XX<', 'field.enum'],
    ['an unknown level', '<gdacs:alertlevel>Red<', '<gdacs:alertlevel>Purple<', 'field.enum'],
    ['no event id', '<gdacs:eventid>1559001</gdacs:eventid>', '', 'field.missing'],
    ['an event id in words', '>1559001</gdacs:eventid>', '>../EQ</gdacs:eventid>', 'field.invalid'],
    ['magnitude 11', 'value="5.1"', 'value="11"', 'field.range'],
    ['a magnitude in words', 'value="5.1"', 'value="strong"', 'field.invalid'],
    ['no onset', '<gdacs:fromdate>Wed, 08 Jul 2026 09:50:23 GMT</gdacs:fromdate>', '', 'time.missing'],
    ['a change to come', 'Wed, 08 Jul 2026 10:24:31 GMT', 'Wed, 08 Jul 2026 11:36:00 GMT', 'time.future'],
    ['a change without a zone', 'Wed, 08 Jul 2026 10:24:31 GMT', '2026-07-08T10:24:31', 'time.no_zone'],
    ['a change in 1970', 'Wed, 08 Jul 2026 10:24:31 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', 'time.out_of_range'],
    [
      'a position of 0, 0',
      '<geo:lat>26.0123</geo:lat>\n        <geo:long>54.9012<',
      '<geo:lat>0</geo:lat><geo:long>0<',
      'geo.null_island',
    ],
    ['no position', '<geo:long>54.9012</geo:long>', '', 'field.invalid'],
  ])('sets aside an item with %s, and keeps the others', (_, was, is, code) => {
    expect(whole).toContain(was);
    const outcome = accepted(whole.replace(was, is));
    expect(outcome.quarantined.map((held) => held.code)).toContain(code);
    expect(outcome.drafts).toHaveLength(4);
  });
});

describe('the event list', () => {
  it('is told apart by content, and read into claims of the same events', () => {
    const outcome = accepted(events);
    expect(outcome).toMatchObject({
      items: 4,
      quarantined: [],
      passedOver: { outline: 1, 'no-such-peril': 1 },
      newestContentAt: '2026-07-08T10:24:31.000Z',
    });
    const [fromList] = at('EQ1559001', outcome);
    const [fromRss] = at('EQ1559001');
    for (const field of ['subject', 'thread', 'place', 'occurredAt', 'publishedAt'] as const)
      expect(fromList![field]).toEqual(fromRss![field]);
    expect(fromList).toMatchObject({
      item: { id: 'EQ1559001', version: '1719001/2026-07-08T10:24:31.000Z/current/list' },
      origin: 'usgs',
      locator: '/features/0',
      value: { magnitude: { value: 5.1, unit: 'M' } },
    });
    expect(fromList!.predicate === 'hazard' && fromList!.value.text).toMatch(/^Green M 5\.1 Earthquake in Iran at:/);
  });

  it('takes every affected country, and trusts what GDACS calls temporary less', () => {
    expect(at('TC1009002', accepted(events))).toMatchObject([
      { place: { countries: ['CN', 'GU', 'JP'] }, confidence: 0.7, origin: 'jtwc', value: { level: 'severe' } },
    ]);
  });
});

describe('a document of another kind', () => {
  it.each<[string, string, QuarantineCode]>([
    ['nothing', '', 'feed.empty'],
    ['a page', '<!doctype html><html></html>', 'feed.wrong_type'],
    ['words', 'Service unavailable', 'feed.wrong_type'],
    ['an answer about an error', '{"status":400,"title":"Bad Request"}', 'feed.wrong_type'],
    [
      'features of somebody else',
      '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"mag":5}}]}',
      'feed.wrong_type',
    ],
    ['RSS of somebody else', '<rss><channel><item><title>News</title></item></channel></rss>', 'feed.wrong_type'],
    ['Atom', '<feed xmlns="http://www.w3.org/2005/Atom"/>', 'feed.wrong_type'],
    [
      'RSS with a document type',
      `<!DOCTYPE rss [<!ENTITY a "b">]>${whole.slice(whole.indexOf('<rss'))}`,
      'feed.doctype_forbidden',
    ],
    ['a list cut', events.slice(0, -20), 'feed.malformed'],
  ])('refuses %s', (_, document, code) => {
    expect(parse(document)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('sets aside an item of somebody else among those of GDACS', () => {
    const mixed = whole.replace('<item>', '<item><title>News</title></item>\n    <item>');
    expect(accepted(mixed)).toMatchObject({
      items: 9,
      quarantined: [{ code: 'field.missing', locator: '/channel/item/0' }, { code: 'geo.out_of_range' }],
    });
  });

  it('accepts a document without events', () => {
    const none = { outcome: 'accepted', items: 0, drafts: [], quarantined: [], passedOver: {}, newestContentAt: null };
    expect(parse('{"type":"FeatureCollection","features":[]}')).toEqual(none);
    expect(parse('<rss version="2.0"><channel><title>GDACS RSS information</title></channel></rss>')).toEqual(none);
  });
});

describe('countries', () => {
  it('are those of ISO 3166-1', () => {
    expect(ALPHA3).toHaveLength(249);
    expect(new Set(ALPHA3.map(alpha2Of)).size).toBe(249);
    expect(['ARE', 'BHR', 'AE', 'GBR', 'XKX', 'UK', '', 'toString'].map(alpha2Of)).toEqual([
      'AE',
      'BH',
      'AE',
      'GB',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

it('covers natural hazards of the whole world without a key', () => {
  expect(gdacsFeed).toMatchObject({ id: 'gdacs', covers: ['natural-hazard'], operatorIds: null });
  expect(gdacsFeed.credentials).toBeUndefined();
});
