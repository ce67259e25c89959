import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { ParseOutcome } from '../model/adapter.js';
import { message } from '../../../../test/support/cap-messages.js';
import { capFeed } from './index.js';

type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;
const NOW = '2026-06-01T18:05:00.000Z';
const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const further = (bytes: Uint8Array) => capFeed.further!({ bytes, retrievedAt: NOW });

function accepted(bytes: Uint8Array): Accepted {
  const outcome = capFeed.parse({ bytes, retrievedAt: NOW });
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}

describe('an Atom index', () => {
  const outcome = accepted(fixture('index.atom'));

  it('gives the alerts it holds, whole or as fields of an entry', () => {
    expect(outcome.items).toBe(6);
    expect(outcome.drafts).toMatchObject([
      {
        item: { id: 'warnings@example.org,whole-1' },
        locator: '/feed/entry/0/content/alert',
        url: 'https://example.org/alerts/whole.xml',
        value: { peril: 'storm', level: 'moderate', certainty: 'likely', text: 'Thunderstorm', area: null },
      },
      {
        item: { id: 'warnings@example.org,fields-1' },
        locator: '/feed/entry/1',
        url: 'https://example.org/alerts/fields.xml',
        expiresAt: '2026-06-02T06:00:00.000Z',
        place: { position: { lonLat: [35.75, 32.33], precisionKm: 12 } },
        value: { peril: 'wildfire', level: 'extreme', area: 'Ajloun' },
      },
    ]);
  });

  it('names the files of the others, the gravest first, and passes over what is a test', () => {
    expect(outcome.passedOver).toEqual({ 'alert-elsewhere': 2, 'status-test': 1 });
    expect(further(fixture('index.atom')).map(({ url }) => url)).toEqual([
      'https://example.org/alerts/severe.xml',
      'https://example.org/alerts/minor.xml',
    ]);
    expect(outcome.newestContentAt).toBe('2026-06-01T06:40:00.000Z');
  });

  it('sets an entry aside that neither holds an alert nor links to one', () => {
    expect(outcome.quarantined).toMatchObject([{ code: 'field.missing', locator: '/feed/entry/5/link' }]);
  });

  it('is sound and empty on a quiet day', () => {
    expect(accepted(bytesOf('<feed xmlns="http://www.w3.org/2005/Atom"><title>None</title></feed>'))).toEqual({
      outcome: 'accepted',
      items: 0,
      drafts: [],
      quarantined: [],
      passedOver: {},
      newestContentAt: null,
    });
  });
});

describe('an RSS index', () => {
  const rss = (items: readonly string[]) => bytesOf(`<rss version="2.0"><channel>${items.join('')}</channel></rss>`);

  it('names at most fifty files, the newest first, each once', () => {
    const items = Array.from(
      { length: 60 },
      (_, index) =>
        `<item><link>https://example.org/${index}.xml</link><pubDate>Mon, 01 Jun 2026 10:${String(index).padStart(2, '0')}:00 GMT</pubDate></item>`,
    );
    const urls = further(rss([...items, ...items])).map(({ url }) => url);
    expect(urls).toHaveLength(50);
    expect(urls.slice(0, 2)).toEqual(['https://example.org/59.xml', 'https://example.org/58.xml']);
    expect(new Set(urls).size).toBe(50);
  });

  it('follows no link that is not of the web', () => {
    const document = rss(['<item><link>javascript:alert(1)</link></item>', '<item><link>/a.xml</link></item>']);
    expect(further(document)).toEqual([]);
    expect(accepted(document).quarantined).toMatchObject([{ code: 'field.missing' }, { code: 'field.missing' }]);
  });

  it('gives nothing further where nothing can be read, or nothing is linked', () => {
    expect(further(bytesOf('<html></html>'))).toEqual([]);
    expect(further(bytesOf(message()))).toEqual([]);
  });
});

describe('the GeoJSON of the NWS', () => {
  const outcome = accepted(fixture('active.json'));

  it('is read like any alert', () => {
    expect(outcome).toMatchObject({
      items: 3,
      quarantined: [],
      passedOver: { 'status-test': 1 },
      newestContentAt: '2026-06-01T17:30:00.000Z',
    });
    expect(outcome.drafts.map(({ item, value }) => [item.id.split(',')[1], 'level' in value && value.level])).toEqual([
      ['urn:oid:fix.1', 'unknown'],
      ['urn:oid:fix.0a', 'unknown'],
      ['urn:oid:fix.0b', 'unknown'],
      ['urn:oid:fix.2', 'severe'],
    ]);
  });

  it('ends with the event rather than with the message, and is in the United States where it has no shape', () => {
    expect(outcome.drafts[0]).toMatchObject({
      thread: 'w-nws.webmaster@noaa.gov,urn:oid:fix.0a',
      source: { id: 'gov:us-nws', grade: 'A' },
      url: 'https://api.weather.gov/alerts/urn:oid:fix.1',
      locator: '/features/0/properties',
      occurredAt: { begin: '2026-06-02T18:00:00.000Z', end: '2026-06-04T03:00:00.000Z' },
      expiresAt: '2026-06-02T06:00:00.000Z',
      place: { countries: ['US'], position: null },
      value: { peril: 'wildfire', level: 'unknown', certainty: 'likely', area: 'Kern; Tulare' },
    });
  });

  it('has its longitudes first', () => {
    expect(outcome.drafts[3]).toMatchObject({
      occurredAt: { begin: null, end: '2026-06-01T18:15:00.000Z' },
      place: {
        countries: ['US'],
        position: {
          lonLat: [-91.25, 30.2521],
          precisionKm: 77.4,
          method: 'middle of the alert polygon, out to its farthest corner',
        },
      },
      value: { text: 'Severe Thunderstorm Warning\nLarge hail.' },
    });
  });

  const { features } = JSON.parse(fixture('active.json').toString()) as {
    features: { properties: Record<string, unknown>; geometry: unknown }[];
  };
  const [sound] = features as [(typeof features)[number], ...typeof features];
  const changed = (properties: object, geometry: unknown = null) => ({
    ...sound,
    properties: { ...sound.properties, ...properties },
    geometry,
  });
  const square = (x: number) => [
    [
      [x, 1],
      [x + 1, 1],
      [x + 1, 2],
      [x, 2],
      [x, 1],
    ],
  ];

  it.each<[string, object, string, string]>([
    ['a token for a time', changed({ expires: 'date:now +1 hour' }), 'field.invalid', '/properties/expires'],
    [
      'an end before its onset',
      changed({ ends: '2026-06-02T10:00:00-07:00' }),
      'time.out_of_range',
      '/properties/ends',
    ],
    ['no references', changed({ references: [] }), 'cap.references_missing', '/properties/references'],
    ['references of another shape', changed({ references: [{ id: 1 }] }), 'field.invalid', '/properties/references'],
    ['a number for an event', changed({ event: 7 }), 'field.invalid', '/properties/event'],
    ['half a character', changed({ description: '\ud800' }), 'field.invalid_text', '/properties/description'],
    [
      'a line',
      changed(
        {},
        {
          type: 'LineString',
          coordinates: [
            [1, 1],
            [2, 2],
          ],
        },
      ),
      'field.invalid',
      '/geometry',
    ],
    [
      'an empty polygon',
      changed({}, { type: 'Polygon', coordinates: [] }),
      'geo.invalid_polygon',
      '/geometry/coordinates',
    ],
    [
      'a polygon of words',
      changed({}, { type: 'Polygon', coordinates: [[['a', 1]]] }),
      'geo.invalid_polygon',
      '/geometry/coordinates/0',
    ],
    [
      'latitude first',
      changed(
        {},
        {
          type: 'Polygon',
          coordinates: [
            [
              [1, 91],
              [2, 92],
              [2, 91],
              [1, 91],
            ],
          ],
        },
      ),
      'geo.out_of_range',
      '/geometry/coordinates/0',
    ],
    ['no feature', [], 'field.invalid', ''],
  ])('is set aside with %s', (_, feature, code, locator) => {
    const { drafts, quarantined } = accepted(bytesOf({ type: 'FeatureCollection', features: [feature, features[1]] }));
    expect(drafts).toHaveLength(1);
    expect(quarantined).toMatchObject([{ code, locator: expect.stringContaining(`/features/0${locator}`) }]);
  });

  it('is one feature, or one of several polygons, as well', () => {
    const several = changed({ messageType: 'Alert' }, { type: 'MultiPolygon', coordinates: [square(1), square(3)] });
    expect(accepted(bytesOf({ ...several, type: 'Feature' })).drafts).toMatchObject([
      { place: { position: { lonLat: [2.5, 1.5003], method: expect.stringContaining('2 areas') } } },
    ]);
  });
});

describe('the summary of the WMO', () => {
  const outcome = accepted(fixture('wmo-all.json'));

  it('makes no claim, says where the alerts in force are, and trusts no path', () => {
    expect(outcome).toMatchObject({
      items: 5,
      drafts: [],
      passedOver: { 'alert-elsewhere': 2, lapsed: 1 },
      quarantined: [
        { code: 'field.invalid', locator: '/items/3/url' },
        { code: 'field.missing', locator: '/items/4/capURL' },
      ],
      newestContentAt: '2026-06-01T15:00:00.000Z',
    });
    expect(further(fixture('wmo-all.json')).map(({ url }) => url)).toEqual([
      'https://severeweather.wmo.int/v2/cap-alerts/in-cwc-en/2026/06/01/14/00/2.xml',
      'https://severeweather.wmo.int/v2/cap-alerts/ae-ncm-en/2026/06/01/15/00/1.xml',
    ]);
  });

  it.each([{}, [], { items: {} }, { type: 'FeatureCollection' }, 'words', null])('is not %j', (value) => {
    expect(capFeed.parse({ bytes: bytesOf(JSON.stringify(value)), retrievedAt: NOW })).toMatchObject({
      outcome: 'quarantined',
      reason: { code: 'feed.wrong_type' },
    });
  });
});

describe('what is asked for', () => {
  it('is the NWS, or what the operator names instead', () => {
    expect(capFeed.requests!({ urls: [], credentials: {} }, NOW)).toEqual([
      {
        channel: 'nws-active',
        url: 'https://api.weather.gov/alerts/active',
        headers: { accept: 'application/geo+json' },
      },
    ]);
    const urls = ['https://example.org/a.atom', 'https://example.org/b.xml'];
    expect(capFeed.requests!({ urls, credentials: {} }, NOW).map(({ channel, url }) => [channel, url])).toEqual(
      urls.map((url) => [url, url]),
    );
  });
});
