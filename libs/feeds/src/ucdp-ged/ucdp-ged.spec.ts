import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { blockOf, keptAtMetro } from '@faultline/evidence';
import type { ParseOutcome, QuarantineCode } from '../model/adapter.js';
import { actIn } from './act-words.js';
import { countryOf } from './country.js';
import { ucdpGedFeed } from './index.js';

const NOW = '2026-11-21T08:00:00.000Z';
type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;

const bytesOf = (text: string) => new TextEncoder().encode(text);
const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const parse = (text: string, retrievedAt = NOW) => ucdpGedFeed.parse({ bytes: bytesOf(text), retrievedAt });
function accepted(text: string): Accepted {
  const outcome = parse(text);
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}

const annual = fixture('ged-annual.csv');
const page = fixture('candidate-page.json');
const [first] = (JSON.parse(page) as { Result: Record<string, unknown>[] }).Result as [Record<string, unknown>];
const pageOf = (...results: unknown[]) => JSON.stringify({ TotalPages: 1, Result: results });

describe('a file of the annual dataset', () => {
  const outcome = accepted(annual);

  it('makes one attack of each row, in a block of its own', () => {
    expect(outcome).toMatchObject({ items: 3, quarantined: [], newestContentAt: '2024-06-30T00:00:00.000Z' });
    expect(outcome.drafts.map((draft) => [draft.item.id, draft.predicate, blockOf(draft)])).toEqual([
      ['900001', 'attack', 'subject:ucdp:900001'],
      ['900002', 'attack', 'subject:ucdp:900002'],
      ['900003', 'attack', 'subject:ucdp:900003'],
    ]);
  });

  it('tells what, when, where, how well known, and by when it was out', () => {
    expect(outcome.drafts[0]).toMatchObject({
      item: { part: 'attack', revises: true },
      thread: 'ucdp:900001',
      locator: 'line 2 (date_prec 1; where_prec 1)',
      source: { id: 'ucdp', class: 'research', grade: 'A' },
      place: { countries: ['YE'], position: { lonLat: [44.2, 15.35], precisionKm: 5 } },
      occurredAt: { begin: '2024-03-01T00:00:00.000Z', end: '2024-03-02T00:00:00.000Z' },
      publishedAt: { earliest: '2024-03-01T00:00:00.000Z', latest: '2025-08-02T12:00:00.000Z', basis: 'inferred' },
      value: {
        peril: 'armed-attack',
        mode: 'standoff',
        severity: 1,
        text: 'Missile strike kills four; Officials: "four dead"\nState-based violence; Government of X - Group Y; deaths: 4 (4 to 6)',
      },
    });
  });

  it('keeps an attack on infrastructure at the metro, and no place where only the country is known', () => {
    expect(keptAtMetro(outcome.drafts[1]!)).toMatchObject({
      source: { grade: 'B' },
      place: { position: { lonLat: [44.2, 15.4], precisionKm: 13 } },
      occurredAt: { begin: '2024-03-05T00:00:00.000Z', end: '2024-03-09T00:00:00.000Z' },
      value: { mode: 'standoff', severity: 2 },
    });
    expect(outcome.drafts[2]).toMatchObject({
      place: { countries: ['ML'], position: null },
      occurredAt: { begin: '2024-04-01T00:00:00.000Z', end: '2024-07-01T00:00:00.000Z' },
      value: { mode: 'local', text: 'One-sided violence; Group Z - Civilians; deaths: 9 (3 to 12)' },
    });
  });
});

describe('other documents of it', () => {
  it('passes the tags of HDX by, and calls what is near an airport no hit on it', () => {
    const { items, drafts } = accepted(fixture('ged-hdx.csv'));
    expect(items).toBe(1);
    expect(drafts[0]).toMatchObject({
      item: { id: '900010' },
      place: { countries: ['UA'], position: { precisionKm: 25 } },
      value: { mode: 'local', severity: 1 },
    });
  });

  it('reads the columns of early versions, by the name of the country', () => {
    expect(accepted(fixture('ged-5.csv')).drafts[0]).toMatchObject({
      place: { countries: ['SO'], position: { precisionKm: 150 } },
      occurredAt: { begin: '2011-02-06T00:00:00.000Z', end: '2011-02-13T00:00:00.000Z' },
      value: { text: 'Non-state violence; Clan A - Clan B; deaths: 25 (20 to 30)' },
    });
  });

  it('reads a page of the API; what is still to be checked is a candidate, out by the end of the month after next', () => {
    const { drafts, newestContentAt } = accepted(page);
    expect(newestContentAt).toBe('2026-09-29T00:00:00.000Z');
    expect(drafts[0]).toMatchObject({ publishedAt: { latest: '2027-08-02T12:00:00.000Z' }, source: { grade: 'A' } });
    expect(drafts[1]).toMatchObject({
      locator: '/Result/1 (date_prec 1; where_prec 7; code_status Check deaths)',
      publishedAt: { latest: '2026-12-01T12:00:00.000Z', basis: 'inferred' },
      source: { grade: 'B' },
      place: { position: { precisionKm: 200 } },
      value: { text: 'Roadside bomb\nState-based violence; Government of X - Group Y; deaths: 0 (0 to 3)' },
    });
    expect(
      accepted(pageOf({ ...first, version: '26.0.9', date_start: '2025-11-30', date_end: '2025-12-31' })).drafts[0],
    ).toMatchObject({ publishedAt: { latest: '2026-03-01T12:00:00.000Z' } });
  });

  it('gives a row the same version wherever it stands, and another once it says something else', () => {
    const versionOf = (row: object) => accepted(pageOf(row)).drafts[0]!.item.version;
    const version = versionOf(first);
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(versionOf({ ...first, latitude: '15.350000', iso3: 'YEM', date_start: '2026-09-11 00:00:00.000' })).toBe(
      version,
    );
    for (const change of [
      { best: 3, high: 3 },
      { where_prec: 1 },
      { date_end: '2026-09-12' },
      { code_status: 'Check' },
    ])
      expect(versionOf({ ...first, ...change })).not.toBe(version);
    expect(accepted(pageOf(first, first)).drafts).toHaveLength(1);
    expect(accepted(pageOf(first, { ...first, best: 1, low: 1 })).drafts).toHaveLength(2);
  });

  it('is empty and sound where a page is', () => {
    expect(accepted(pageOf())).toEqual({
      outcome: 'accepted',
      items: 0,
      drafts: [],
      quarantined: [],
      passedOver: {},
      newestContentAt: null,
    });
  });

  it.each<[string, object | null, QuarantineCode]>([
    ['no event', null, 'field.invalid'],
    ['no id', { id: null }, 'field.missing'],
    ['an id with a path in it', { id: '../1' }, 'field.invalid'],
    ['an unknown kind of violence', { type_of_violence: 4 }, 'field.enum'],
    ['no kind of violence', { type_of_violence: '' }, 'field.missing'],
    ['where_prec 8', { where_prec: 8 }, 'field.enum'],
    ['date_prec 0', { date_prec: 0 }, 'field.enum'],
    ['an event_clarity in words', { event_clarity: 'clear' }, 'field.enum'],
    ['no day', { date_start: null }, 'time.missing'],
    ['30 February', { date_start: '2026-02-30' }, 'field.invalid'],
    ['a day to come', { date_start: '2026-11-23', date_end: '2026-11-23' }, 'time.future'],
    ['1900', { date_start: '1900-01-01' }, 'time.out_of_range'],
    ['an end before its beginning', { date_end: '2026-09-10' }, 'field.range'],
    ['deaths below none', { best: -1, low: -1 }, 'field.range'],
    ['low above high', { low: 3, high: 1 }, 'field.range'],
    ['best above high', { best: 5, high: 4 }, 'field.range'],
    ['deaths in words', { best: 'two' }, 'field.invalid'],
    ['no deaths', { best: null }, 'field.missing'],
    ['latitude 91', { latitude: 91 }, 'geo.out_of_range'],
    ['0,0', { latitude: 0, longitude: 0 }, 'geo.null_island'],
    ['a list for a headline', { source_headline: ['a'] }, 'field.invalid'],
    ['half a character', { source_headline: '\ud800' }, 'field.invalid_text'],
    ['a headline of 100 kB', { source_headline: 'x'.repeat(100_001) }, 'field.too_long'],
  ])('sets aside %s and keeps the others', (_, change, code) => {
    const bad = change === null ? null : { ...first, ...change };
    expect(accepted(pageOf(bad, { ...first, id: 910003 }))).toMatchObject({
      items: 2,
      drafts: [{ item: { id: '910003' } }],
      quarantined: [{ code }],
    });
  });

  it('takes an event whose precision is not given without a place', () => {
    expect(accepted(pageOf({ ...first, where_prec: null, event_clarity: 'NA' })).drafts[0]).toMatchObject({
      place: { position: null },
      source: { grade: 'A' },
      locator: '/Result/0 (date_prec 1; where_prec not given)',
    });
  });

  it.each<[string, string, QuarantineCode]>([
    ['nothing', '', 'feed.empty'],
    ['a page to sign in on', '<!doctype html><title>Sign in</title>', 'feed.wrong_type'],
    ['an answer of the API without events', '{"message":"Unauthorized"}', 'feed.wrong_type'],
    ['events of something else', '{"Result":[{"id":1,"name":"x"}]}', 'feed.wrong_type'],
    ['another table', 'a,b\n1,2\n', 'feed.wrong_type'],
    ['a table cut in a row', annual.slice(0, annual.indexOf('900003') + 40), 'feed.malformed'],
    ['a header line cut', annual.split('\n')[0]!, 'feed.malformed'],
    ['a cut page', page.slice(0, -10), 'feed.malformed'],
  ])('refuses %s', (_, document, code) => {
    expect(parse(document)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });
});

describe('the words of a row', () => {
  it.each<[string, 'standoff' | 'local', number]>([
    ['Gunmen kill six in ambush', 'local', 1],
    ['Suicide bomber kills six', 'local', 1],
    ['Air strike kills six', 'standoff', 1],
    ['Drones hit refinery', 'standoff', 2],
    ['Fighters with rocket-propelled grenades', 'local', 1],
    ['Soldier of the 15th Artillery Regiment dies', 'local', 1],
    ['Rockets struck the power plant', 'standoff', 2],
    ['Soldiers killed near the old terminal of the airport', 'local', 1],
    ['Donetsk airport (near)', 'local', 1],
    ['Clash in port city of Mariupol', 'local', 1],
    ['Shelling hits Odesa port', 'standoff', 2],
    ['Missile strikes data centre', 'standoff', 3],
    ['Fighting near the data center', 'local', 1],
    ['Report on support for the airborne troops', 'local', 1],
  ])('%s: %s, %i', (words, mode, severity) => {
    expect(actIn(words)).toEqual({ mode, severity });
  });
});

describe('its tables', () => {
  it.each([
    [{ iso3: 'BHR', countryId: '', country: '' }, 'BH'],
    [{ iso3: '', countryId: '696', country: '' }, 'AE'],
    [{ iso3: '', countryId: '816', country: 'Vietnam' }, 'VN'],
    [{ iso3: '', countryId: '', country: 'Myanmar (Burma)' }, 'MM'],
    [{ iso3: '', countryId: '', country: 'DR Congo (Zaire)' }, 'CD'],
    [{ iso3: '', countryId: '565', country: '' }, 'NA'],
    [{ iso3: '', countryId: '9999', country: 'Atlantis' }, undefined],
    [{ iso3: '__PROTO__', countryId: 'constructor', country: '' }, undefined],
  ])('%j is %s', (row, code) => {
    expect(countryOf(row)).toBe(code);
  });
});

describe('its pages', () => {
  it('asks with the token for the two months that are out by the rule, every page, and for the operator’s addresses instead', () => {
    const requests = ucdpGedFeed.requests!({ urls: [], credentials: { token: 'secret' } }, '2026-01-05T00:00:00.000Z');
    expect(new Set(requests.map(({ url }) => url.split('?')[0]!.split('/').at(-1)))).toEqual(
      new Set(['25.0.11', '25.0.10']),
    );
    expect(requests).toHaveLength(10);
    expect(new Set(requests.map(({ channel }) => channel)).size).toBe(10);
    expect(
      requests.every(({ url, headers }) => !url.includes('secret') && headers?.['x-ucdp-access-token'] === 'secret'),
    ).toBe(true);
    const own = ucdpGedFeed.requests!({ urls: ['https://example.org/ged?page=2'], credentials: { token: 't' } }, NOW);
    expect(own.map(({ url }) => url)).toEqual(['https://example.org/ged?page=2']);
  });
});
