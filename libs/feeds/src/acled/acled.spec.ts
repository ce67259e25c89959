import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { blockOf, keptAtMetro } from '@faultline/evidence';
import type { ParseOutcome, QuarantineCode } from '../model/adapter.js';
import { acledFeed } from './index.js';
import { alpha2OfNumber } from '../countries/index.js';

const NOW = '2026-11-25T08:00:00.000Z';
type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const parse = (text: string) => acledFeed.parse({ bytes: new TextEncoder().encode(text), retrievedAt: NOW });
function accepted(text: string): Accepted {
  const outcome = parse(text);
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}

const page = fixture('page.json');
const csv = fixture('export.csv');
const [strike, battle] = (JSON.parse(page) as { data: Record<string, unknown>[] }).data as [
  Record<string, unknown>,
  Record<string, unknown>,
];
const pageOf = (...data: unknown[]) => JSON.stringify({ status: 200, success: true, data });

describe('a page of events', () => {
  const outcome = accepted(page);

  it('makes attacks of what is armed, and passes the rest over by name', () => {
    expect(outcome).toMatchObject({
      items: 4,
      quarantined: [],
      passedOver: { protest: 1, 'strategic-development': 1 },
      newestContentAt: '2026-11-11T00:00:00.000Z',
    });
    expect(outcome.drafts.map((draft) => [draft.item.id, draft.predicate, blockOf(draft)])).toEqual([
      ['YEM900001', 'attack', 'subject:acled:YEM900001'],
      ['YEM900002', 'attack', 'subject:acled:YEM900002'],
    ]);
    expect(accepted(pageOf({ ...strike, event_type: 'Riots' })).passedOver).toEqual({ riot: 1 });
  });

  it('tells a strike from afar without saying of what, keeps infrastructure at the metro, and passes nothing on', () => {
    expect(keptAtMetro(outcome.drafts[0]!)).toMatchObject({
      item: { version: '2026-11-17T00:00:00.000Z', part: 'attack', revises: true },
      locator: '/data/0 (time_precision 1; geo_precision 1)',
      source: { id: 'acled', class: 'research', grade: 'B' },
      tlp: 'TLP:AMBER+STRICT',
      publishedAt: { earliest: '2026-11-17T00:00:00.000Z', latest: '2026-11-17T00:00:00.000Z', basis: 'printed' },
      place: { countries: ['YE'], position: { lonLat: [44.2, 15.4], precisionKm: 13 } },
      value: {
        peril: 'armed-attack',
        mode: 'standoff',
        severity: 2,
        text: 'On 9 November 2026, Military Forces of X struck the power station of Town. Fatalities unknown.\nAir/drone strike; Military Forces of X; fatalities: 0',
      },
    });
    expect(acledFeed).toMatchObject({ redistributable: false, credentials: ['token'], tells: 'data' });
    expect(acledFeed.licence).toContain('commercial licence');
  });

  it('reads the precisions of time and place', () => {
    expect(outcome.drafts[1]).toMatchObject({
      occurredAt: { begin: '2026-11-07T00:00:00.000Z', end: '2026-11-14T00:00:00.000Z' },
      place: { position: { lonLat: [44.05, 15.1], precisionKm: 50 } },
      value: { mode: 'local', severity: 1 },
    });
    expect(accepted(csv).drafts[0]).toMatchObject({
      locator: 'line 2 (time_precision 3; geo_precision 3)',
      occurredAt: { begin: '2026-03-01T00:00:00.000Z', end: '2026-04-01T00:00:00.000Z' },
      place: { countries: ['XK'], position: { precisionKm: 150 } },
    });
    for (const date of ['1 March 2026', '01-Mar-2026', '2026-03-01'])
      expect(accepted(pageOf({ ...strike, event_date: date })).drafts[0]).toMatchObject({
        occurredAt: { begin: '2026-03-01T00:00:00.000Z', end: '2026-03-02T00:00:00.000Z' },
      });
  });

  it('keeps two versions of an event, and neither of two that claim to be one', () => {
    expect(accepted(pageOf(strike, { ...strike, timestamp: '1794873601', fatalities: '2' })).drafts).toHaveLength(2);
    expect(accepted(pageOf(strike, { ...strike, fatalities: '2' }))).toMatchObject({
      drafts: [],
      quarantined: [{ code: 'feed.id_conflict' }],
    });
  });

  it('retracts what ACLED deleted, in the block of the attack', () => {
    const [retraction] = accepted(fixture('deleted.json')).drafts;
    expect(retraction).toMatchObject({
      item: { id: 'YEM900001', version: '2026-11-24T00:00:00.000Z', part: 'retraction' },
      predicate: 'retraction',
      value: { itemId: 'YEM900001' },
      publishedAt: { latest: '2026-11-24T00:00:00.000Z' },
    });
    expect(blockOf(retraction!)).toBe(blockOf(outcome.drafts[0]!));
    expect(accepted('event_id_cnty,deleted_timestamp\nYEM900001,1795478400\n').drafts[0]).toMatchObject({
      item: retraction!.item,
    });
  });

  it.each<[string, object | null, QuarantineCode]>([
    ['no event', null, 'field.invalid'],
    ['no id', { event_id_cnty: '' }, 'field.missing'],
    ['an id with a path in it', { event_id_cnty: '../1' }, 'field.invalid'],
    ['an unknown type', { event_type: 'Other' }, 'field.enum'],
    ['no date', { event_date: '' }, 'time.missing'],
    ['a date in words', { event_date: 'yesterday' }, 'field.invalid'],
    ['the 31st of Foo', { event_date: '31 Foo 2026' }, 'field.invalid'],
    ['a date to come', { event_date: '2026-11-27' }, 'time.future'],
    ['1990', { event_date: '1990-01-01' }, 'time.out_of_range'],
    ['time_precision 4', { time_precision: 4 }, 'field.enum'],
    ['geo_precision 4', { geo_precision: 4 }, 'field.enum'],
    ['no timestamp', { timestamp: null }, 'time.missing'],
    ['a timestamp cut', { timestamp: '17948736' }, 'time.out_of_range'],
    ['a timestamp to come', { timestamp: 1795600000 }, 'time.future'],
    ['deaths below none', { fatalities: -1 }, 'field.range'],
    ['deaths in words', { fatalities: 'two' }, 'field.invalid'],
    ['longitude 181', { longitude: 181 }, 'geo.out_of_range'],
    ['0,0', { latitude: '0', longitude: '0' }, 'geo.null_island'],
    ['a list for notes', { notes: [] }, 'field.invalid'],
    ['half a character', { notes: '\udc00' }, 'field.invalid_text'],
    ['notes of 100 kB', { notes: 'x'.repeat(100_001) }, 'field.too_long'],
  ])('sets aside %s and keeps the others', (_, change, code) => {
    expect(accepted(pageOf(change === null ? null : { ...strike, ...change }, battle))).toMatchObject({
      items: 2,
      drafts: [{ item: { id: 'YEM900002' } }],
      quarantined: [{ code }],
    });
  });

  it.each<[string, string, QuarantineCode]>([
    ['nothing', '', 'feed.empty'],
    ['a page to sign in on', '<!doctype html>', 'feed.wrong_type'],
    ['an answer that says it failed', '{"success":false,"data":[],"error":"no"}', 'feed.wrong_type'],
    ['an answer without events', '{"message":"Access denied"}', 'feed.wrong_type'],
    ['other records', '{"data":[{"id":1}]}', 'feed.wrong_type'],
    ['another table', 'a,b\n1,2\n', 'feed.wrong_type'],
    ['an export cut in its last number', csv.trimEnd().slice(0, -3), 'feed.malformed'],
    ['a header line cut', csv.split('\n')[0]!, 'feed.malformed'],
    ['a cut page', page.trimEnd().slice(0, -1), 'feed.malformed'],
  ])('refuses %s', (_, document, code) => {
    expect(parse(document)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('is empty and sound beyond the last page', () => {
    expect(accepted(pageOf())).toMatchObject({ items: 0, drafts: [], quarantined: [], newestContentAt: null });
  });
});

describe('its pages', () => {
  it('asks for four weeks from Monday to Sunday with the token in a header alone', () => {
    const requests = acledFeed.requests!({ urls: [], credentials: { token: 'secret' } }, '2026-11-22T23:59:59.000Z');
    expect(requests).toHaveLength(8);
    expect(requests[0]!.url).toContain('event_date=2026-11-16%7C2026-11-22&');
    expect(requests.at(-1)!.url).toContain('event_date=2026-10-26%7C2026-11-01&');
    expect(
      acledFeed.requests!({ urls: [], credentials: { token: 'x' } }, '2026-11-23T00:00:00.000Z')[0]!.url,
    ).toContain('event_date=2026-11-23%7C2026-11-29&');
    expect(new Set(requests.map(({ channel }) => channel)).size).toBe(8);
    for (const { url, headers } of requests) {
      expect(url).not.toContain('secret');
      expect(headers).toEqual({ authorization: 'Bearer secret' });
    }
    expect(acledFeed.requests!({ urls: ['https://example.org/a'], credentials: { token: 'x' } }, NOW)).toMatchObject([
      { url: 'https://example.org/a', headers: { authorization: 'Bearer x' } },
    ]);
  });

  it.each([
    ['48', 'BH'],
    ['048', 'BH'],
    ['784', 'AE'],
    ['804', 'UA'],
    ['0', undefined],
    ['', undefined],
  ])('country %s is %s', (digits, code) => {
    expect(alpha2OfNumber(digits)).toBe(code);
  });
});
