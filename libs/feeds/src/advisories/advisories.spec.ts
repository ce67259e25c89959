import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema } from '@faultline/evidence';
import type { ParseOutcome, QuarantineCode } from '../model/adapter.js';
import { advisoriesFeed } from './index.js';

const NOW = '2026-03-06T12:00:00.000Z';
type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;

const FIXTURES = [
  'us-state.xml',
  'us-state.json',
  'us-state-rows.json',
  'uk-fcdo.atom',
  'au-smartraveller.rss',
  'us-embassy-ae.rss',
];
const textOf = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8').trim();
const parse = (document: string, retrievedAt = NOW) =>
  advisoriesFeed.parse({ bytes: new TextEncoder().encode(document), retrievedAt });
function accepted(document: string, retrievedAt = NOW): Accepted {
  const outcome = parse(document, retrievedAt);
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}
const levels = ({ drafts }: Accepted) =>
  drafts.map((draft) => [draft.subject, draft.predicate === 'travel-advice' ? draft.value.level : draft.predicate]);
const changed = (name: string, from: string, to: string) => {
  const text = textOf(name);
  if (!text.includes(from)) throw new Error(`no ${from} in ${name}`);
  return text.replace(from, to);
};

describe('the Department of State', () => {
  it('gives the level of each country its headings name', () => {
    const outcome = accepted(textOf('us-state.xml'));
    expect(outcome).toMatchObject({
      items: 6,
      passedOver: { 'no-level': 1, 'no-country': 1 },
      quarantined: [{ code: 'field.enum', locator: '/channel/item/5/title', got: '"Ruritania"' }],
      newestContentAt: '2026-03-02T19:00:00.000Z',
    });
    expect(levels(outcome)).toEqual([
      ['country:BH', 4],
      ['country:MX', 2],
      ['country:IL', 3],
      ['country:PS', 3],
    ]);
    expect(outcome.drafts[0]).toMatchObject({
      item: { id: 'us-state:BH', version: '2026-03-04T12:00:00.000Z rss', part: 'travel-advice', revises: true },
      source: { id: 'gov:us', class: 'government' },
      origin: 'gov:us',
      place: { countries: ['BH'] },
      publishedAt: {
        earliest: '2026-03-02T10:00:00.000Z',
        latest: '2026-03-04T12:00:00.000Z',
        basis: 'printed',
      },
      url: 'https://travel.state.gov/content/travel/en/traveladvisories/traveladvisories/bahrain-travel-advisory.html',
      locator: '/channel/item/0',
      value: { text: 'Bahrain - Level 4: Do Not Travel\nDo not travel to Bahrain due to armed conflict.' },
    });
  });

  it('lets a country’s own page stand over one it shares', () => {
    const document = changed('us-state.xml', 'Mexico Travel Advisory - Level 2', 'Israel - Level 4');
    expect(levels(accepted(document))).toEqual([
      ['country:BH', 4],
      ['country:IL', 4],
      ['country:PS', 3],
    ]);
  });

  it('reads both shapes of the data service', () => {
    const pages = accepted(textOf('us-state.json'));
    expect(levels(pages)).toEqual([
      ['country:SA', 3],
      ['country:CI', 2],
    ]);
    expect(pages).toMatchObject({ items: 3, quarantined: [], passedOver: { 'no-level': 1 } });
    expect(pages.drafts[0]!.item).toEqual({
      id: 'us-state:SA',
      version: '2026-03-03T00:00:00.000Z json',
      part: 'travel-advice',
      revises: true,
    });
    const rows = accepted(textOf('us-state-rows.json'));
    expect(levels(rows)).toEqual([
      ['country:AE', 3],
      ['country:TR', 2],
    ]);
    expect(rows.quarantined).toMatchObject([
      { code: 'field.enum', locator: '/2/geopoliticalarea' },
      { code: 'field.enum', locator: '/3/advisory_level' },
    ]);
  });

  it('has the country from its name, never from a tag in codes of another table', () => {
    // BA is the Department's tag of Bahrain and the ISO code of Bosnia and Herzegovina.
    expect(textOf('us-state.xml')).toContain('<category domain="Country-Tag">BA</category>');
    expect(accepted(textOf('us-state.xml')).drafts.map(({ subject }) => subject)).not.toContain('country:BA');
  });

  it('is empty and sound where the service has nothing', () => {
    expect(accepted('[]')).toMatchObject({ items: 0, drafts: [], newestContentAt: null });
  });

  it.each<[string, string, string, QuarantineCode]>([
    ['a level beyond four', 'Level 4: Do', 'Level 7: Do', 'field.range'],
    ['no level', 'Bahrain - Level 4: Do Not Travel<', 'Bahrain<', 'field.invalid'],
    ['no heading', 'Bahrain - Level 4: Do Not Travel<', '<', 'field.missing'],
    ['no date', '<pubDate>Tue, 03 Mar 2026</pubDate>', '', 'time.missing'],
    ['a date that is none', 'Tue, 03 Mar 2026', 'Tue, 31 Feb 2026', 'field.invalid'],
    ['a date to come', 'Tue, 03 Mar 2026', 'Tue, 10 Mar 2026', 'time.future'],
    ['a time without a zone', 'Tue, 03 Mar 2026', '2026-03-03T10:00:00', 'time.no_zone'],
  ])('sets aside a page with %s and keeps the others', (_, from, to, code) => {
    const outcome = accepted(changed('us-state.xml', from, to));
    expect(outcome.drafts).toHaveLength(3);
    expect(outcome.quarantined[0]).toMatchObject({ code });
  });
});

describe('the Foreign Office', () => {
  it('says of each country what is new, and no level, for it has none', () => {
    const outcome = accepted(textOf('uk-fcdo.atom'));
    expect(levels(outcome)).toEqual([
      ['country:BH', null],
      ['country:PS', null],
    ]);
    expect(outcome.drafts[0]).toMatchObject({
      item: { id: 'uk-fcdo:BH', version: '2026-03-05T18:20:00.000Z atom' },
      source: { id: 'gov:gb' },
      url: 'https://www.gov.uk/foreign-travel-advice/bahrain',
      locator: '/feed/entry/0',
      value: { text: 'Bahrain\nFCDO advises against all travel to Bahrain.\nInvented.' },
    });
  });
});

describe('Smartraveller', () => {
  it('has the level from its words, or from a number on four, never from a number on five', () => {
    const outcome = accepted(textOf('au-smartraveller.rss'));
    expect(levels(outcome)).toEqual([
      ['country:AE', 4],
      ['country:KR', 1],
      ['country:UA', 4],
      ['country:OM', null],
    ]);
    expect(outcome.drafts[0]).toMatchObject({
      item: { id: 'au-smartraveller:AE', version: '2026-03-03T12:00:00.000Z rss' },
      source: { id: 'gov:au' },
      publishedAt: { earliest: '2026-03-03T12:00:00.000Z', latest: '2026-03-03T12:00:00.000Z' },
      value: { text: 'United Arab Emirates\nDo not travel\nWe now advise do not travel. Invented.' },
    });
  });

  it('takes no element of another vocabulary for the level', () => {
    const document = changed(
      'au-smartraveller.rss',
      'http://www.smartraveller.gov.au/schema',
      'http://example.com/schema',
    );
    expect(levels(accepted(document)).map(([, level]) => level)).toEqual([null, null, null, null]);
  });

  it('sets aside a level that is none', () => {
    expect(accepted(changed('au-smartraveller.rss', '<ta:level>4<', '<ta:level>high<'))).toMatchObject({
      drafts: { length: 3 },
      quarantined: [{ code: 'field.enum', locator: '/channel/item/2/warnings/level' }],
    });
  });
});

describe('a mission of the United States', () => {
  it('gives advice for its host country', () => {
    const outcome = accepted(textOf('us-embassy-ae.rss'));
    expect(outcome).toMatchObject({ items: 1, quarantined: [], newestContentAt: '2026-03-01T05:40:12.000Z' });
    expect(outcome.drafts).toMatchObject([
      {
        predicate: 'advice',
        subject: 'country:AE',
        place: { countries: ['AE'] },
        item: { id: 'https://ae.usembassy.gov/?p=41001', version: '2026-03-01T05:40:12.000Z rss', part: 'alert' },
        source: { id: 'gov:us', name: 'U.S. Mission, United Arab Emirates', class: 'government' },
        url: 'https://ae.usembassy.gov/security-alert-shelter-in-place/',
        value: {
          text: 'Security Alert: Shelter in Place – U.S. Mission to the UAE\nInvented: citizens should shelter in place.\n\n& stay away from windows',
        },
      },
    ]);
  });

  it.each([
    ['uk', ['country:GB'], {}],
    ['usun', [], { 'no-country': 1 }],
  ])('knows the host of %s', (host, subjects, passedOver) => {
    const outcome = accepted(textOf('us-embassy-ae.rss').replaceAll('ae.usembassy', `${host}.usembassy`));
    expect(outcome.drafts.map(({ subject }) => subject)).toEqual(subjects);
    expect(outcome.passedOver).toEqual(passedOver);
  });

  it('sets aside letters that are no country', () => {
    expect(accepted(textOf('us-embassy-ae.rss').replaceAll('ae.usembassy', 'qq.usembassy'))).toMatchObject({
      drafts: [],
      quarantined: [{ code: 'field.enum' }],
    });
  });
});

describe('documents of others', () => {
  it.each<[string, string, QuarantineCode]>([
    [
      'news',
      '<rss version="2.0"><channel><title>News</title><item><title>Iraq</title><link>https://example.com/1</link></item></channel></rss>',
      'feed.wrong_type',
    ],
    [
      'a host that only ends alike',
      textOf('us-embassy-ae.rss').replaceAll('ae.usembassy.gov', 'ae.usembassy.gov.example.com'),
      'feed.wrong_type',
    ],
    ['other rows', '[{"id":1}]', 'feed.wrong_type'],
    ['an object', '{"message":"Forbidden"}', 'feed.wrong_type'],
    ['a challenge page', '<!DOCTYPE html><html><title>Just a moment...</title></html>', 'feed.wrong_type'],
    ['a document type', '<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', 'feed.doctype_forbidden'],
    ['nothing', '', 'feed.empty'],
    ['words', 'Too many requests', 'feed.wrong_type'],
    ['a cut document', textOf('us-state.json').slice(0, 300), 'feed.malformed'],
  ])('refuses %s', (_, document, code) => {
    expect(parse(document)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('takes an empty channel', () => {
    expect(accepted('<rss version="2.0"><channel><title>Alerts</title></channel></rss>')).toMatchObject({
      items: 0,
      drafts: [],
    });
  });
});

describe('requests', () => {
  it('asks every desk under a name that stays', () => {
    const requests = advisoriesFeed.requests!({ urls: [], credentials: {} }, NOW);
    expect(requests.map(({ channel }) => channel)).toEqual([
      'us-state-rss',
      'us-state-json',
      'uk-fcdo',
      'au-smartraveller',
      ...['ae', 'bh', 'il', 'iq', 'jo', 'kw', 'om', 'qa', 'sa', 'ua'].map((host) => `us-embassy-${host}`),
    ]);
    expect(requests[4]!.url).toBe('https://ae.usembassy.gov/category/alert/feed/');
  });

  it('asks the operator’s addresses in their place, each under a name of its own', () => {
    const urls = ['https://a.example/1', 'https://a.example/2', 'ftp://a.example', 'https://a.example/1'];
    const requests = advisoriesFeed.requests!({ urls, credentials: {} }, NOW);
    expect(requests.map(({ url }) => url)).toEqual(['https://a.example/1', 'https://a.example/2']);
    expect(new Set(requests.map(({ channel }) => channel)).size).toBe(2);
    const turned = advisoriesFeed.requests!({ urls: [...urls].reverse(), credentials: {} }, NOW);
    expect(new Map(turned.map(({ url, channel }) => [url, channel]))).toEqual(
      new Map(requests.map(({ url, channel }) => [url, channel])),
    );
  });
});

describe('documents, whatever comes', () => {
  const documents = FIXTURES.map((name) => new TextEncoder().encode(textOf(name)));
  const anyDocument = fc.constantFrom(...documents);
  const expectSound = (outcome: ParseOutcome) => {
    if (outcome.outcome === 'quarantined') return;
    for (const draft of outcome.drafts) expect(claimDraftSchema.safeParse(draft).success).toBe(true);
  };

  it('refuses every beginning of a document', () => {
    fc.assert(
      fc.property(anyDocument, fc.nat(), (bytes, cut) => {
        const outcome = advisoriesFeed.parse({ bytes: bytes.slice(0, cut % bytes.length), retrievedAt: NOW });
        expect(outcome.outcome).toBe('quarantined');
      }),
      { numRuns: 300 },
    );
  });

  it('answers any change of some bytes with claims that are sound', () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(anyDocument, fc.array(change, { minLength: 1, maxLength: 6 }), (bytes, changes) => {
        const bent = bytes.slice();
        for (const [at, byte] of changes) bent[at % bent.length] = byte;
        expectSound(advisoriesFeed.parse({ bytes: bent, retrievedAt: NOW }));
      }),
      { numRuns: 400 },
    );
  });

  it('answers any row with any values', () => {
    const any = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>('Oman - Level 3: x', '2026-03-01', 'Oman', '3', { toString: '' }),
    );
    const names = [
      'Title',
      'Link',
      'Summary',
      'Updated',
      'Published',
      'geopoliticalarea',
      'advisory_level',
      'last_update_date',
      '__proto__',
    ];
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.constantFrom(...names), any), { maxLength: 4 }), (rows) =>
        expectSound(parse(JSON.stringify(rows))),
      ),
      { numRuns: 500 },
    );
  });

  it('answers any heading with no more than the country it names', () => {
    const word = fc.constantFrom(
      ...'Oman Iraq Level 4 : - Travel Advisory the Congo and , & ( ) See Summaries <b> </b> ‮'.split(' '),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const Title = words.join(' ');
        const outcome = accepted(JSON.stringify([{ Title, Updated: '2026-03-01' }]));
        expectSound(outcome);
        for (const { subject } of outcome.drafts)
          expect(Title).toContain({ 'country:OM': 'Oman', 'country:IQ': 'Iraq', 'country:CG': 'Congo' }[subject]);
      }),
      { numRuns: 500 },
    );
  });

  it('reads no more of an endless text than it keeps', () => {
    const document = changed(
      'us-embassy-ae.rss',
      'Invented: citizens',
      `${'<script '.repeat(300_000)}${'x'.repeat(5_000_000)}`,
    );
    expect(accepted(document).drafts[0]!.value).toMatchObject({ text: expect.stringMatching(/^Security Alert/) });
  });
});
