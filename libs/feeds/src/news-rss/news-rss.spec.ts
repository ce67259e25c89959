import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema } from '@faultline/evidence';
import type { ParseOutcome, QuarantineCode } from '../model/adapter.js';
import { newsRssFeed } from './index.js';

const NOW = '2026-03-02T16:00:00.000Z';
type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;

const textOf = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8').trim();
const parse = (document: string | Uint8Array, retrievedAt = NOW) =>
  newsRssFeed.parse({
    bytes: typeof document === 'string' ? new TextEncoder().encode(document) : document,
    retrievedAt,
  });
function accepted(document: string | Uint8Array, retrievedAt = NOW): Accepted {
  const outcome = parse(document, retrievedAt);
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}
const changed = (from: string, to: string) => {
  const text = textOf('desk.rss');
  if (!text.includes(from)) throw new Error(`no ${from}`);
  return text.replace(from, to);
};

describe('a desk in RSS', () => {
  const outcome = accepted(textOf('desk.rss'));

  it('makes a lead of each headline', () => {
    expect(outcome).toMatchObject({
      items: 4,
      quarantined: [{ code: 'time.missing', locator: '/channel/item/3/pubDate' }],
      newestContentAt: '2026-03-02T15:00:00.000Z',
    });
    expect(outcome.drafts.map(({ subject, predicate, value }) => [subject, predicate, value])).toEqual([
      [
        'country:AE',
        'lead',
        {
          peril: 'drone-strike',
          mentions: null,
          text: 'Drone strikes damage data centers in the United Arab Emirates',
        },
      ],
      ['lead:news.example', 'lead', { peril: null, mentions: null, text: 'Stocks close higher & oil falls' }],
      ['country:BH', 'lead', { peril: 'missile-strike', mentions: null, text: 'Missiles hit oil refinery in Bahrain' }],
    ]);
  });

  it('tells which desk, how little it is trusted, and where the words are from', () => {
    expect(outcome.drafts[0]).toMatchObject({
      item: { id: 'news.example news-1', version: '2026-03-02T11:30:00.000Z', part: 'lead', revises: true },
      source: { id: 'media:news.example', name: 'Example News – World', class: 'media', grade: 'C' },
      origin: 'news.example',
      confidence: 0.2,
      place: { countries: ['AE'] },
      url: 'https://www.news.example/world/1?utm_source=rss',
      publishedAt: { earliest: '2026-03-02T11:30:00.000Z', latest: '2026-03-02T11:30:00.000Z', basis: 'printed' },
    });
    expect(outcome.drafts[2]).toMatchObject({
      item: { id: 'https://www.news.example/world/3' },
      source: { id: 'media:wire.example', name: 'wire.example', grade: 'D' },
      origin: 'wire.example',
    });
  });

  it('gives a headline that was changed later another version of the same item', () => {
    const later = accepted(
      changed('Drone strikes damage data centers', 'Objects strike data centers').replace('11:30:00', '12:30:00'),
    ).drafts[0]!;
    expect(later.item).toEqual({ ...outcome.drafts[0]!.item, version: '2026-03-02T12:30:00.000Z' });
    expect(later.value).toMatchObject({ peril: null });
  });

  it('takes neither of two that are one item at one time and say different things', () => {
    const [item] = /<item>[\s\S]*?<\/item>/.exec(textOf('desk.rss'))!;
    const twice = changed(item, item + item.replace('Drone', 'Missile'));
    expect(accepted(twice)).toMatchObject({
      drafts: { length: 2 },
      quarantined: [{ code: 'time.missing' }, { code: 'feed.id_conflict' }],
    });
    expect(accepted(changed(item, item + item)).drafts).toHaveLength(3);
  });

  it('keeps apart two desks that count alike', () => {
    const other = accepted(textOf('desk.rss').replaceAll('www.news.example', 'other.example')).drafts[0]!;
    expect(other.item.id).toBe('other.example news-1');
  });

  it.each<[string, string, string, QuarantineCode]>([
    ['no headline', 'Missiles hit oil refinery in Bahrain', ' <![CDATA[<br>]]>', 'field.missing'],
    ['a date to come', '2026-03-02T09:15:00Z', '2026-03-03T09:15:00Z', 'time.future'],
    ['a time without a zone', '2026-03-02T09:15:00Z', '2026-03-02 09:15:00', 'time.no_zone'],
    ['a date in words', '2026-03-02T09:15:00Z', 'yesterday', 'field.invalid'],
    ['no guid and no link', '<link>https://www.news.example/world/3</link>', '', 'field.missing'],
    ['a link that is not of the web', 'https://www.news.example/world/3', 'javascript:alert(1)', 'field.missing'],
    [
      'an endless id',
      '<link>https://www.news.example/world/3</link>',
      `<guid>${'x'.repeat(500)}</guid>`,
      'field.too_long',
    ],
  ])('sets aside one with %s and keeps the others', (_, from, to, code) => {
    const result = accepted(changed(from, to));
    expect(result.drafts).toHaveLength(2);
    expect(result.quarantined).toMatchObject([{ code, locator: expect.stringMatching(/^\/channel\/item\/2/) }, {}]);
  });

  it('keeps a headline as text without what hides in it, and no more of it than a line', () => {
    const hostile = changed(
      'Stocks close higher &amp;amp; oil falls',
      `<![CDATA[\u202e<img src=x onerror=alert(1)>a\n\nb${'c'.repeat(9000)}]]>`,
    );
    const { value } = accepted(hostile).drafts[1]!;
    const { text } = value as { text: string };
    expect(text.startsWith('a b')).toBe(true);
    expect(text).toHaveLength(499);
    expect(text).not.toMatch(/[<>\n\u202e]/);
  });
});

describe('an agency in Atom', () => {
  it('has the version of its last update, and no peril where it is denied', () => {
    expect(accepted(textOf('agency.atom')).drafts).toMatchObject([
      {
        item: { id: 'tag:agency.example,2026:7', version: '2026-03-02T08:40:00.000Z' },
        // Two countries: none of them.
        subject: 'lead:agency.example',
        place: { countries: [] },
        value: { peril: null, text: 'Iran denies missile strike on power plant in Kuwait' },
      },
    ]);
  });
});

describe('documents', () => {
  it.each<[string, string, QuarantineCode]>([
    ['a page', '<html><body>Please sign in</body></html>', 'feed.wrong_type'],
    ['another XML', '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>', 'feed.wrong_type'],
    ['JSON', '{"items":[]}', 'feed.wrong_type'],
    ['nothing', '', 'feed.empty'],
    ['entities', '<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel/></rss>', 'feed.doctype_forbidden'],
    ['a cut document', textOf('desk.rss').slice(0, 900), 'feed.malformed'],
  ])('refuses %s', (_, document, code) => {
    expect(parse(document)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('takes an empty channel', () => {
    expect(accepted('<rss version="2.0"><channel><title>x</title></channel></rss>')).toMatchObject({
      items: 0,
      drafts: [],
    });
  });

  it('asks for each of the operator’s addresses under a name of its own, and nothing without', () => {
    const requests = (urls: string[]) => newsRssFeed.requests!({ urls, credentials: {} }, NOW);
    expect(newsRssFeed.url).toBeNull();
    expect(requests([])).toEqual([]);
    const two = requests(['https://a.example/rss', 'https://a.example/world/rss', 'file:///etc/passwd']);
    expect(two.map(({ url }) => url)).toEqual(['https://a.example/rss', 'https://a.example/world/rss']);
    expect(two[0]!.channel).toMatch(/^a\.example [0-9a-f]{12}$/);
    expect(two[0]!.channel).not.toBe(two[1]!.channel);
  });
});

describe('documents, whatever comes', () => {
  const documents = ['desk.rss', 'agency.atom'].map((name) => new TextEncoder().encode(textOf(name)));
  const anyDocument = fc.constantFrom(...documents);
  const expectSound = (outcome: ParseOutcome) => {
    if (outcome.outcome === 'quarantined') return;
    for (const draft of outcome.drafts) expect(claimDraftSchema.safeParse(draft).success).toBe(true);
  };

  it('refuses every beginning of a document', () => {
    fc.assert(
      fc.property(anyDocument, fc.nat(), (bytes, cut) =>
        expect(parse(bytes.slice(0, cut % bytes.length)).outcome).toBe('quarantined'),
      ),
      { numRuns: 300 },
    );
  });

  it('answers any change of some bytes with claims that are sound', () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(anyDocument, fc.array(change, { minLength: 1, maxLength: 6 }), (bytes, changes) => {
        const bent = bytes.slice();
        for (const [at, byte] of changes) bent[at % bent.length] = byte;
        expectSound(parse(bent));
      }),
      { numRuns: 400 },
    );
  });

  it('answers any headline, id and date', () => {
    const any = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom('https://a.example/1', 'Mon, 02 Mar 2026 11:30:00 GMT'),
    );
    fc.assert(
      fc.property(any, any, any, (title, guid, date) => {
        const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', '')}]]>`;
        expectSound(
          parse(
            `<rss version="2.0"><channel><item><title>${cdata(title)}</title><guid>${cdata(guid)}</guid><pubDate>${cdata(date)}</pubDate><link>https://a.example/1</link></item></channel></rss>`,
          ),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('reads an endless headline in no more than it keeps', () => {
    const title = `<![CDATA[${'drone data center <script '.repeat(400_000)}]]>`;
    expect(accepted(changed('Stocks close higher &amp;amp; oil falls', title)).items).toBe(4);
  });
});

/** Captures of real RSS documents of others, kept beside the project where there are any. */
const FOLDER = path.resolve(process.cwd(), '..', 'shared', 'data', 'feeds');
(existsSync(FOLDER) ? describe : describe.skip)('captures of other desks', () => {
  it.each([
    ['reliefweb_disasters_rss.xml', '2026-07-08T00:00:00.000Z', 7],
    ['gdacs_rss.xml', '2019-12-31T00:00:00.000Z', 16],
    ['cap/ny_index.rss', '2011-02-05T00:00:00.000Z', 2],
  ])('gives leads without a peril of %s', (name, retrievedAt, items) => {
    const outcome = accepted(readFileSync(path.join(FOLDER, name)), retrievedAt);
    expect(outcome).toMatchObject({ items, quarantined: [] });
    expect(outcome.drafts).toHaveLength(items);
    expect(outcome.drafts.every((draft) => draft.predicate === 'lead' && draft.value.peril === null)).toBe(true);
  });
});
