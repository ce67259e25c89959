import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ClaimDraft } from '@faultline/evidence';
import { gdacsFeed } from './index.js';

/** Captures of the real feed, kept beside the project where there are any. */
const FOLDER = path.resolve(process.cwd(), '..', 'shared', 'data', 'feeds');
const describeIfThere = existsSync(path.join(FOLDER, 'gdacs_rss.xml')) ? describe : describe.skip;

const parse = (file: string, retrievedAt: string) => {
  const outcome = gdacsFeed.parse({ bytes: readFileSync(path.join(FOLDER, file)), retrievedAt });
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
};
const said = (drafts: readonly ClaimDraft[]) =>
  drafts.map((draft) => draft.predicate === 'hazard' && [draft.item.id, draft.value.peril, draft.value.level]);

describeIfThere('captures of 30 December 2019 and 8 July 2026', () => {
  const main = parse('gdacs_rss.xml', '2019-12-30T01:40:00.000Z');
  const day = parse('gdacs_rss_24h.xml', '2019-12-30T00:30:00.000Z');
  const list = parse('gdacs_eventlist.json', '2026-07-08T12:00:00.000Z');

  it('makes five claims of the sixteen items of the main RSS; eleven are droughts', () => {
    expect(main).toMatchObject({
      items: 16,
      quarantined: [],
      passedOver: { 'no-such-peril': 11 },
      newestContentAt: '2019-12-29T18:00:00.000Z',
    });
    expect(said(main.drafts)).toEqual([
      ['TC1000643', 'storm', 'minor'],
      ['EQ1199929', 'earthquake', 'minor'],
      ['TC1000642', 'storm', 'minor'],
      ['EQ1199647', 'earthquake', 'minor'],
      ['TC1000641', 'storm', 'moderate'],
    ]);
    expect(main.drafts[1]).toMatchObject({
      occurredAt: { begin: '2019-12-28T15:36:35.000Z', end: null },
      publishedAt: { earliest: '2019-12-28T15:36:35.000Z', latest: '2019-12-30T01:35:11.000Z', basis: 'inferred' },
      place: { countries: ['ZA'], position: { lonLat: [37.087, -44.5653], precisionKm: 10 } },
      value: { magnitude: { value: 5.5, unit: 'M' } },
    });
  });

  it('makes ten claims of the twenty-one items of the day', () => {
    expect(day).toMatchObject({
      items: 21,
      quarantined: [],
      passedOver: { 'no-such-peril': 11 },
      newestContentAt: '2019-12-29T18:24:41.000Z',
    });
    expect(day.drafts).toHaveLength(10);
    expect(day.drafts.filter(({ place }) => place.countries.length === 0).map(({ item }) => item.id)).toEqual([
      'EQ1200043',
      'EQ1199979',
    ]);
  });

  it('gives what both RSS hold the same identity and the same words', () => {
    const words = (drafts: readonly ClaimDraft[]) =>
      new Map(
        drafts.map(({ item, locator: _locator, publishedAt: _publishedAt, ...draft }) => [
          JSON.stringify(item),
          JSON.stringify(draft),
        ]),
      );
    const [first, second] = [words(main.drafts), words(day.drafts)];
    const both = [...first.keys()].filter((item) => second.has(item));
    expect(both).toHaveLength(2);
    for (const item of both) expect(second.get(item)).toBe(first.get(item));
  });

  it('makes a claim of each of the six features of the list', () => {
    expect(list).toMatchObject({
      items: 6,
      quarantined: [],
      passedOver: {},
      newestContentAt: '2026-07-08T10:24:31.000Z',
    });
    expect(said(list.drafts)).toEqual([
      ['TC1001279', 'storm', 'severe'],
      ['EQ1550772', 'earthquake', 'minor'],
      ['EQ1550763', 'earthquake', 'minor'],
      ['FL1104006', 'flood', 'minor'],
      ['WF1029380', 'wildfire', 'minor'],
      ['WF1029375', 'wildfire', 'minor'],
    ]);
    expect(list.drafts.map(({ origin }) => origin)).toEqual(['jtwc', 'usgs', 'usgs', 'glofas', 'gwis', 'gwis']);
    expect(list.drafts[0]!.place.countries).toEqual(['CN', 'GU', 'JP', 'TW']);
    expect(list.drafts[5]!.place.countries).toEqual(['RU']);
  });
});
