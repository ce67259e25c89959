import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { QuarantineCode } from '../model/adapter.js';
import { readSyndication, type Syndication } from './syndication.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

function sound(text: string): Syndication {
  const reading = readSyndication(utf8(text));
  if (reading.outcome === 'refused') throw new Error(JSON.stringify(reading.fault));
  return reading.value;
}

const RSS = `<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:x="urn:x">
  <channel>
    <atom:link href="https://example.org/self"/><x:title>not this</x:title><title>Feed</title>
    <lastBuildDate>Sun, 01 Mar 2026 05:00:00 GMT</lastBuildDate>
    <item>
      <x:guid>not this</x:guid><x:title>not this</x:title><x:date>not this</x:date><x:category>not this</x:category>
      <guid isPermaLink="false"> one </guid><title>A &lt;b&gt;</title><link>https://example.org/1</link>
      <description><![CDATA[<p>Words</p>]]></description><content:encoded>more</content:encoded>
      <pubDate>Sun, 01 Mar 2026 04:51:00 GMT</pubDate><category>x</category><category domain="d"> y </category>
    </item>
    <item><title/><x:encoded>not this</x:encoded><content:encoded>only</content:encoded><dc:date>2026-03-01</dc:date></item>
  </channel>
</rss>`;

const ATOM = `<f:feed xmlns:f="http://www.w3.org/2005/Atom" xmlns="urn:other">
  <f:title>Feed</f:title><f:updated>2026-03-01T05:00:00Z</f:updated>
  <f:entry>
    <id>not this</id><f:id>urn:1</f:id><f:title type="html">A &lt;b&gt;</f:title>
    <f:link rel="self" href="https://example.org/self"/><f:link href="https://example.org/1"/>
    <f:published>2026-03-01T04:00:00Z</f:published><f:updated>2026-03-01T04:51:00Z</f:updated>
    <f:content>content</f:content><f:summary>summary</f:summary><f:category term="x"/><f:category/>
  </f:entry>
  <f:entry><f:link rel="alternate" href="https://example.org/2"/><f:content>only</f:content></f:entry>
  <entry><id>not an entry</id></entry>
</f:feed>`;

const RDF = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://example.org"><title>Feed</title><dc:date>2026-03-01T05:00:00Z</dc:date></channel>
  <item rdf:about="https://example.org/1"><title>A</title><link>https://example.org/1</link>
    <description>Words</description><dc:date>2026-03-01T04:51:00Z</dc:date><category>x</category></item>
</rdf:RDF>`;

const fieldsOf = ({ items }: Syndication) => items.map(({ element: _, ...fields }) => fields);

describe('readSyndication', () => {
  it('reads RSS 2.0, and not what an extension calls by the same names', () => {
    const rss = sound(RSS);
    expect(rss).toMatchObject({ kind: 'rss', title: 'Feed', updated: 'Sun, 01 Mar 2026 05:00:00 GMT' });
    expect(fieldsOf(rss)).toEqual([
      {
        ...{ locator: '/channel/item/0', id: 'one', title: 'A <b>', link: 'https://example.org/1' },
        ...{ body: '<p>Words</p>', published: 'Sun, 01 Mar 2026 04:51:00 GMT', updated: undefined },
        categories: ['x', 'y'],
      },
      {
        ...{ locator: '/channel/item/1', id: undefined, title: undefined, link: undefined },
        ...{ body: 'only', published: '2026-03-01', updated: undefined, categories: [] },
      },
    ]);
    expect(rss.items[0]!.element.children[0]!.text).toBe('not this');
  });

  it('reads Atom by its namespace, whatever its prefix', () => {
    const atom = sound(ATOM);
    expect(atom).toMatchObject({ kind: 'atom', title: 'Feed', updated: '2026-03-01T05:00:00Z' });
    expect(fieldsOf(atom)).toEqual([
      {
        ...{ locator: '/feed/entry/0', id: 'urn:1', title: 'A <b>', link: 'https://example.org/1', body: 'summary' },
        ...{ published: '2026-03-01T04:00:00Z', updated: '2026-03-01T04:51:00Z', categories: ['x', ''] },
      },
      {
        ...{ locator: '/feed/entry/1', id: undefined, title: undefined, link: 'https://example.org/2', body: 'only' },
        ...{ published: undefined, updated: undefined, categories: [] },
      },
    ]);
  });

  it('reads RSS 1.0', () => {
    const rdf = sound(RDF);
    expect(rdf).toMatchObject({ kind: 'rss', title: 'Feed', updated: '2026-03-01T05:00:00Z' });
    expect(fieldsOf(rdf)).toEqual([
      {
        ...{ locator: '/item/0', id: 'https://example.org/1', title: 'A', link: 'https://example.org/1' },
        ...{ body: 'Words', published: '2026-03-01T04:51:00Z', updated: undefined, categories: ['x'] },
      },
    ]);
  });

  it('is empty and sound without items', () => {
    expect(sound('<rss><channel/></rss>').items).toEqual([]);
    expect(sound('<feed xmlns="http://www.w3.org/2005/Atom"/>').items).toEqual([]);
  });

  it.each<[string, string, QuarantineCode]>([
    ['Atom without its namespace', '<feed><entry/></feed>', 'feed.wrong_type'],
    ['RSS without a channel', '<rss/>', 'feed.wrong_type'],
    ['another document', '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>', 'feed.wrong_type'],
    ['an error of the server', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'feed.wrong_type'],
    ['nothing', '', 'feed.empty'],
    ['RSS that is cut', RSS.slice(0, -10), 'feed.malformed'],
    ['a document type', `<!DOCTYPE rss>${ATOM}`, 'feed.doctype_forbidden'],
  ])('refuses %s', (_, text, code) => {
    expect(readSyndication(utf8(text))).toMatchObject({ outcome: 'refused', fault: { code } });
  });

  it('says the same of an item whatever the order of its elements and the blanks between them', () => {
    const parts = [
      '<guid>1</guid>',
      '<title>t</title>',
      '<link>l</link>',
      '<description>d</description>',
      '<pubDate>p</pubDate>',
    ];
    const shuffled = fc.shuffledSubarray(parts, { minLength: parts.length });
    const blanks = fc.constantFrom('', ' ', '\n', '\r\n\t', '<!-- c -->');
    const written = (order: string[], blank: string) =>
      `<rss>${blank}<channel>${blank}<item>${order.join(blank)}${blank}</item></channel>${blank}</rss>${blank}`;
    const expected = fieldsOf(sound(written(parts, '')));
    fc.assert(
      fc.property(shuffled, blanks, (order, blank) => expect(fieldsOf(sound(written(order, blank)))).toEqual(expected)),
    );
  });

  it('refuses every beginning of a document', () => {
    for (const text of [RSS, ATOM, RDF])
      for (let cut = 0; cut < text.length; cut += 1)
        expect(readSyndication(utf8(text.slice(0, cut))).outcome).toBe('refused');
  });

  it('answers any change of some characters', () => {
    const change = fc.tuple(fc.nat(), fc.constantFrom(...'<>&;"/=: !?-\u0000é'.split('')));
    fc.assert(
      fc.property(
        fc.constantFrom(RSS, ATOM, RDF),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (text, changes) => {
          const characters = [...text];
          for (const [at, character] of changes) characters[at % characters.length] = character;
          const reading = readSyndication(utf8(characters.join('')));
          if (reading.outcome === 'refused') expect(reading.fault.code).toMatch(/^(feed|field)\.[a-z_]+$/);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
