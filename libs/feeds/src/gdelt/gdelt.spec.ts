import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import type { ParseOutcome, QuarantineCode } from '../model/adapter.js';
import { alpha2OfFips } from '../countries/index.js';
import { gdeltFeed } from './index.js';

const NOW = '2026-03-01T13:16:00.000Z';
type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const parse = (document: string | Uint8Array, retrievedAt = NOW) =>
  gdeltFeed.parse({ bytes: typeof document === 'string' ? strToU8(document) : document, retrievedAt });
function accepted(document: string | Uint8Array): Accepted {
  const outcome = parse(document);
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}

const table = fixture('export-2026.tsv');
const rows = table.trimEnd().split('\n');
/** The first row with another cell, by the number of its column. */
const changed = (changes: Readonly<Record<number, string>>, base = rows[0]!) =>
  `${base
    .split('\t')
    .map((cell, index) => changes[index] ?? cell)
    .join('\t')}\n`;

describe('a quarter of an hour of events', () => {
  const outcome = accepted(table);

  it('makes a lead of violence with a source, and nothing of the rest', () => {
    expect(outcome).toMatchObject({
      items: 7,
      quarantined: [],
      passedOver: { 'not-violent': 2, 'no-source': 1 },
      newestContentAt: '2026-03-01T13:15:00.000Z',
    });
    expect(
      outcome.drafts.map(({ subject, predicate, source, origin }) => [subject, predicate, source.grade, origin]),
    ).toEqual(
      ['1300000001', '1300000003', '1300000005', '1300000007'].map((id) => [`gdelt:${id}`, 'lead', 'E', 'gdelt']),
    );
    expect(Math.max(...outcome.drafts.map(({ confidence }) => confidence))).toBeLessThanOrEqual(0.2);
  });

  it('tells what was coded, where, and the quarter of an hour it came in', () => {
    expect(outcome.drafts[0]).toMatchObject({
      item: { id: '1300000001', version: '2026-03-01T13:15:00.000Z', part: 'lead' },
      locator: 'line 1',
      url: 'https://example.org/news/1',
      source: { class: 'media' },
      place: { countries: ['AE'], position: { lonLat: [55.28, 25.2522], precisionKm: 25 } },
      occurredAt: { begin: '2026-03-01T00:00:00.000Z', end: '2026-03-02T00:00:00.000Z' },
      publishedAt: { earliest: '2026-03-01T13:15:00.000Z', latest: '2026-03-01T13:30:00.000Z', basis: 'printed' },
      value: {
        peril: 'armed-attack',
        mentions: 12,
        text: 'Aerial weapons (CAMEO 195); by IRAN; against UNITED ARAB EMIRATES; at Dubai, Dubai, United Arab Emirates; coded by machine from news, read by nobody',
      },
    });
  });

  it('has no place for a country, none where none is coded, and no link that is none', () => {
    expect(outcome.drafts[1]).toMatchObject({ place: { countries: ['BH'], position: null }, confidence: 0.1 });
    expect(outcome.drafts[2]).toMatchObject({
      url: null,
      place: { countries: ['US'], position: { precisionKm: 150 } },
      value: { peril: null },
    });
    expect(outcome.drafts[3]).toMatchObject({
      place: { countries: [], position: null },
      value: { peril: 'armed-attack' },
    });
  });

  it('is read alike packed, with carriage returns, and with names in commas or tabs', () => {
    const { drafts } = outcome;
    expect(accepted(zipSync({ '20260301131500.export.CSV': strToU8(table) })).drafts).toEqual(drafts);
    expect(accepted(zipSync({ 'x.CSV': strToU8(table) }, { level: 0 })).drafts).toEqual(drafts);
    expect(accepted(table.replaceAll('\n', '\r\n')).drafts).toEqual(drafts);
    const named = fixture('named.csv');
    for (const text of [
      named,
      named.replaceAll(/"?Dubai, Dubai, United Arab Emirates"?/g, 'Dubai').replaceAll(',', '\t'),
    ])
      expect(accepted(text).drafts[0]).toMatchObject({
        item: drafts[0]!.item,
        place: drafts[0]!.place,
        publishedAt: drafts[0]!.publishedAt,
      });
  });

  it('reads both widths of GDELT 1.0, which gives a day for a time', () => {
    expect(accepted2014(fixture('events-1.tsv'))).toMatchObject({
      place: { countries: ['UA'], position: { lonLat: [33.5333, 44.6] } },
      publishedAt: { earliest: '2014-03-01T10:00:00.000Z', latest: '2014-03-03T12:00:00.000Z' },
      url: 'https://example.org/news/1',
    });
    expect(accepted2014(fixture('events-1-back.tsv'))).toMatchObject({
      place: { countries: ['IQ'] },
      occurredAt: { begin: '1991-01-17T00:00:00.000Z' },
      url: null,
    });
    function accepted2014(text: string) {
      return accepted(text).drafts[0];
    }
  });

  it.each<[string, Readonly<Record<number, string>>, QuarantineCode]>([
    ['no id', { 0: '' }, 'field.missing'],
    ['an id in words', { 0: 'x' }, 'field.invalid'],
    ['no time', { 59: '' }, 'time.missing'],
    ['a time in words', { 59: 'now' }, 'field.invalid'],
    ['the 31st of April', { 59: '20260431000000' }, 'field.invalid'],
    ['a time to come', { 59: '20260301140000' }, 'time.future'],
    ['a day to come', { 1: '20260303' }, 'time.future'],
    ['1812', { 1: '18120618' }, 'time.out_of_range'],
    ['root 21', { 28: '21' }, 'field.enum'],
    ['a code of another root', { 26: '042' }, 'field.enum'],
    ['sources below none', { 32: '-1' }, 'field.range'],
    ['mentions in words', { 31: 'many' }, 'field.invalid'],
    ['no mentions', { 31: '' }, 'field.missing'],
    ['a place of type 9', { 51: '9' }, 'field.enum'],
    ['latitude 91', { 56: '91' }, 'geo.out_of_range'],
    ['0,0', { 56: '0', 57: '0' }, 'geo.null_island'],
    ['a latitude in words', { 56: 'north' }, 'field.invalid'],
    ['a name of 20 kB', { 52: 'x'.repeat(20_001) }, 'field.too_long'],
    ['a cell too many', { 60: 'a\tb' }, 'feed.malformed'],
  ])('sets aside %s and keeps the others', (_, changes, code) => {
    expect(accepted(rows[2]! + '\n' + changed(changes))).toMatchObject({
      items: 2,
      drafts: [{ item: { id: '1300000003' } }],
      quarantined: [{ code }],
    });
  });

  it('keeps one of two alike, and neither of two that claim to be one', () => {
    expect(accepted(changed({}) + changed({})).drafts).toHaveLength(1);
    expect(accepted(changed({}) + changed({ 31: '13' }))).toMatchObject({
      drafts: [],
      quarantined: [{ code: 'feed.id_conflict' }],
    });
  });

  it.each<[string, string | Uint8Array, QuarantineCode]>([
    ['nothing', '', 'feed.empty'],
    ['a page', '<html>404</html>', 'feed.wrong_type'],
    ['the description of its columns', 'name,type,description\nGLOBALEVENTID,INTEGER,"unique"\n', 'feed.wrong_type'],
    ['a table of something else', 'a\tb\n', 'feed.wrong_type'],
    ['named columns that are not all', 'GLOBALEVENTID,SQLDATE\n1,20260301\n', 'feed.wrong_type'],
    ['a table cut in its last address', table.trimEnd().slice(0, -3), 'feed.malformed'],
    ['an archive cut', zipSync({ a: strToU8(table) }).slice(0, -1), 'feed.malformed'],
    ['an archive of two', zipSync({ a: strToU8(table), b: strToU8(table) }), 'feed.malformed'],
    ['a bomb', zipSync({ a: new Uint8Array(5_000_000) }), 'feed.too_large'],
  ])('refuses %s', (_, document, code) => {
    expect(parse(document)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('stops unpacking at what an archive announces, whatever is in it', () => {
    const zip = zipSync({ a: strToU8(table) });
    const view = new DataView(zip.buffer);
    const entry = view.getUint32(zip.length - 6, true);
    view.setUint32(entry + 24, 100, true);
    expect(parse(zip)).toMatchObject({ outcome: 'quarantined', reason: { code: 'feed.malformed' } });
  });
});

describe('the list of the newest files', () => {
  const list = fixture('lastupdate.txt');

  it('claims nothing and names the events among them', () => {
    expect(accepted(list)).toEqual({
      outcome: 'accepted',
      items: 3,
      drafts: [],
      quarantined: [],
      passedOver: { 'file-list': 3 },
      newestContentAt: null,
    });
    expect(gdeltFeed.further!({ bytes: strToU8(list), retrievedAt: NOW })).toEqual([
      {
        channel: '20260301131500.export.CSV.zip',
        url: 'https://storage.googleapis.com/data.gdeltproject.org/gdeltv2/20260301131500.export.CSV.zip',
      },
    ]);
  });

  it.each([
    ['another host', list.replaceAll('data.gdeltproject.org', 'evil.example')],
    ['a path that climbs', list.replaceAll('gdeltv2/', 'gdeltv2/../../')],
  ])('asks GDELT and nobody else, with %s', (_, text) => {
    for (const { url } of gdeltFeed.further!({ bytes: strToU8(text), retrievedAt: NOW }))
      expect(url).toBe('https://storage.googleapis.com/data.gdeltproject.org/gdeltv2/20260301131500.export.CSV.zip');
  });

  it('names nothing in a table, a page or a cut line', () => {
    for (const text of [table, '<html>', list.slice(0, 60), ''])
      expect(gdeltFeed.further!({ bytes: strToU8(text), retrievedAt: NOW })).toEqual([]);
  });
});

describe('FIPS 10-4', () => {
  it.each([
    ['BA', 'BH'],
    ['IS', 'IL'],
    ['IZ', 'IQ'],
    ['CH', 'CN'],
    ['SZ', 'CH'],
    ['AU', 'AT'],
    ['AS', 'AU'],
    ['GZ', 'PS'],
    ['WE', 'PS'],
    ['MU', 'OM'],
    ['SF', 'ZA'],
    ['OC', undefined],
    ['', undefined],
  ])('%s is %s', (fips, iso) => {
    expect(alpha2OfFips(fips)).toBe(iso);
  });
});
