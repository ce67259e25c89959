import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema, type ClaimDraft, type Instant } from '@faultline/evidence';
import type { ParseOutcome, QuarantineCode } from '../model/adapter.js';
import { azureStatusFeed } from './index.js';
import { REGION_NAMES, regionOfCategory, regionsInTitle } from './region.js';

const NOW = '2026-11-21T00:00:00.000Z';
type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}.xml`, import.meta.url), 'utf8').trim();
const parse = (text: string, retrievedAt: Instant = NOW) =>
  azureStatusFeed.parse({ bytes: new TextEncoder().encode(text), retrievedAt });

function accepted(text: string, retrievedAt: Instant = NOW): Accepted {
  const outcome = parse(text, retrievedAt);
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}

const channel = (...items: string[]) =>
  `<rss version="2.0" xmlns:a10="http://www.w3.org/2005/Atom"><channel><title>Azure Status</title>${items.join('')}</channel></rss>`;
type Fields = Readonly<Record<string, string | readonly string[]>>;
const item = (fields: Fields) =>
  `<item>${Object.entries({
    guid: 'issues-in-west-us',
    title: 'Issues in West US',
    description: 'Some resources are slow.',
    pubDate: 'Thu, 23 Jul 2026 16:29:09 Z',
    category: ['Storage', 'West US'],
    ...fields,
  })
    .flatMap(([name, held]) => [held].flat().map((text) => `<${name}><![CDATA[${text}]]></${name}>`))
    .join('')}</item>`;
const first = (fields: Fields) => accepted(channel(item(fields))).drafts[0]!;
const stateOf = (draft: ClaimDraft) => (draft.value as { state: string }).state;

describe('a post', () => {
  it('is of the regions among its categories, and of the services that are left', () => {
    const outcome = accepted(fixture('west-us-2026'));
    expect(outcome).toMatchObject({ items: 1, quarantined: [], newestContentAt: '2026-07-23T16:29:09.000Z' });
    expect(outcome.drafts).toMatchObject([
      {
        subject: 'azure:westus',
        place: { regionIds: ['azure:westus'], zoneIds: [] },
        predicate: 'condition',
        value: {
          state: 'investigating',
          scope: 'subject',
          services: ['ExpressRoute Circuits', 'Network Infrastructure', 'VPN Gateway'],
          text: 'We are investigating a networking issue affecting connectivity to resources in West US.\nCustomers may see connectivity issues.',
        },
        thread: 'issues-connecting-to-resources-in-west-us 2026-07',
        source: { id: 'azure', class: 'provider', grade: 'A' },
        origin: 'azure',
        url: 'https://azure.status.microsoft/en-us/status',
        occurredAt: { begin: '2026-07-23T16:29:09.000Z', end: null },
        publishedAt: { latest: '2026-07-23T16:29:09.000Z', basis: 'printed' },
      },
      { predicate: 'nature', value: { nature: 'connectivity' } },
    ]);
  });

  it('is one claim of each of its regions, or of Azure as a whole where it names none', () => {
    const outcome = accepted(fixture('several-2026'));
    expect(
      outcome.drafts
        .filter(({ predicate }) => predicate === 'condition')
        .map((draft) => [draft.subject, stateOf(draft), draft.thread]),
    ).toEqual([
      ['azure:uaecentral', 'degraded', 'power-event-in-uae-north 2026-03'],
      ['azure:uaenorth', 'degraded', 'power-event-in-uae-north 2026-03'],
      ['azure', 'restored', 'azure-front-door-connectivity-issues 2026-03'],
      ['azure', 'restored', 'azure-front-door-connectivity-issues 2026-02'],
      ['azure:eastus2', 'degraded', 'storage-north-central-us 2026-03'],
      ['azure:northcentralus', 'degraded', 'storage-north-central-us 2026-03'],
    ]);
  });

  it.each([
    ['Resolved - Issues in West US', 'x', 'restored'],
    ['Issues in West US - Mitigated', 'x', 'restored'],
    ['[RESOLVED] Issues', 'x', 'restored'],
    ['Post Incident Review - Issues', 'x', 'restored'],
    ['Issues', 'The incident was mitigated, and all services work.', 'restored'],
    ['Resolved in North Europe. Impact continues in West Europe', 'x', 'degraded'],
    ['Unresolved issues', 'x', 'degraded'],
    ['Issues', 'The issue has not been mitigated.', 'degraded'],
    ['Issues', 'The issue is mitigated. Some customers still see errors.', 'degraded'],
    ['Issues', 'The issue has been mitigated for most customers.', 'degraded'],
    ['Issues', 'We are investigating an issue.', 'investigating'],
    ['Issues', 'We have identified the cause and are investigating how to mend it.', 'degraded'],
  ])('%s: %s is %s', (title, description, state) => {
    expect(stateOf(first({ title, description }))).toBe(state);
  });

  it('is another version when its words change, of the same item', () => {
    const [one, other] = [first({}), first({ description: 'All resources are slow.' })];
    expect(one.item.id).toBe(other.item.id);
    expect(one.item.version).not.toBe(other.item.version);
  });

  it('is known by its title where it has no guid, and of its change where it says when that was', () => {
    expect(first({ guid: [] })).toMatchObject({ item: { id: 'Issues in West US' } });
    expect(first({ 'a10:updated': '2026-07-23T18:00:00Z' }).publishedAt!.latest).toBe('2026-07-23T18:00:00.000Z');
  });

  it('links to Microsoft only', () => {
    expect(first({ link: 'https://status.azure.com/en-us/status/history/' }).url).toContain('status.azure.com');
    for (const link of ['https://azure.com.example.org/', 'javascript:alert(1)', 'https://evilazure.com.io/'])
      expect(first({ link }).url).toBe('https://azure.status.microsoft/en-us/status');
  });

  it('stays the text it is', () => {
    const description = '&lt;p&gt;A &amp;lt;script&amp;gt; \u202eera\u202c&lt;/p&gt;';
    const said = accepted(channel(item({}).replace('<![CDATA[Some resources are slow.]]>', description))).drafts[0]!;
    expect(said).toMatchObject({
      value: { text: 'A <script> era' },
      locator: '/channel/item/0 (2 hidden characters removed)',
    });
  });
});

describe('regions', () => {
  it('are those of our reference data, by the same ids and names', () => {
    const data = JSON.parse(readFileSync(`${process.cwd()}/data/regions/azure.json`, 'utf8')) as {
      regions: { id: string; code: string; name: string }[];
    };
    expect(REGION_NAMES).toEqual(Object.fromEntries(data.regions.map(({ code, name }) => [code, name])));
    for (const { id, name } of data.regions) {
      expect(regionOfCategory(name)).toBe(id);
      expect(regionsInTitle(`Storage - ${name} - Applying Mitigation`)).toEqual([id]);
    }
  });

  it.each(['Network Infrastructure', 'Global', 'toString', '__proto__', '', 'West'])('%s is none', (category) => {
    expect(regionOfCategory(category)).toBeNull();
  });

  it('in a title are whole names', () => {
    expect(regionsInTitle('North Central US, East US 2 and East US')).toEqual([
      'azure:eastus',
      'azure:eastus2',
      'azure:northcentralus',
    ]);
    expect(regionsInTitle('West USA, Mideast US')).toEqual([]);
  });
});

describe('what is set aside', () => {
  it.each<[string, Fields, QuarantineCode, string]>([
    ['no time', { pubDate: [] }, 'time.missing', 'pubDate'],
    ['a time without a zone', { pubDate: '2026-07-23T16:29:09' }, 'time.no_zone', 'pubDate'],
    ['a time to come', { pubDate: 'Thu, 23 Jul 2027 16:29:09 Z' }, 'time.future', 'pubDate'],
    ['1970', { pubDate: 'Thu, 01 Jan 1970 00:00:00 Z' }, 'time.out_of_range', 'pubDate'],
    ['nothing said', { title: '', description: '' }, 'field.missing', 'description'],
    ['no guid and no title', { title: '', guid: '' }, 'field.missing', 'guid'],
    ['an endless guid', { guid: 'x'.repeat(400) }, 'field.too_long', 'guid'],
    ['an endless text', { description: 'x'.repeat(100_001) }, 'field.too_long', 'description'],
    ['a change in words', { 'a10:updated': 'today' }, 'field.invalid', 'updated'],
  ])('%s', (_, fields, code, field) => {
    const outcome = accepted(channel(item({ guid: 'sound' }), item(fields)));
    expect(outcome).toMatchObject({ items: 2, quarantined: [{ code, locator: `/channel/item/1/${field}` }] });
    expect(new Set(outcome.drafts.map((draft) => draft.item.id))).toEqual(new Set(['sound']));
  });

  it.each<[string, string, QuarantineCode]>([
    ['nothing', '', 'feed.empty'],
    ['a page', '<html><body>Access denied</body></html>', 'feed.wrong_type'],
    ['an error document', '<Error><Code>AccessDenied</Code></Error>', 'feed.wrong_type'],
    ['a channel of others', '<rss><channel><title>AWS</title></channel></rss>', 'feed.wrong_type'],
    ['rss without a channel', '<rss version="2.0"/>', 'feed.wrong_type'],
    ['Atom', '<feed xmlns="http://www.w3.org/2005/Atom"><title>Azure Status</title></feed>', 'feed.wrong_type'],
    ['an entity of its own', `<!DOCTYPE r [<!ENTITY a "b">]>${channel()}`, 'feed.doctype_forbidden'],
  ])('%s is refused whole', (_, text, code) => {
    expect(parse(text)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('is nothing in an empty channel, whose own date is no news', () => {
    expect(accepted(fixture('empty'))).toEqual({
      madeAt: '2026-08-06T01:09:00.000Z',
      outcome: 'accepted',
      items: 0,
      drafts: [],
      quarantined: [],
      passedOver: {},
      newestContentAt: null,
    });
  });
});

describe('the channel, whatever comes', () => {
  const texts = ['west-us-2026', 'several-2026', 'empty'].map(fixture);
  const documents = texts.map((text) => new TextEncoder().encode(text));
  const parseBytes = (bytes: Uint8Array) => azureStatusFeed.parse({ bytes, retrievedAt: NOW });
  const anyDocument = fc.constantFrom(...documents);

  it('refuses every beginning of a document', () => {
    fc.assert(
      fc.property(anyDocument, fc.nat(), (bytes, cut) => {
        expect(parseBytes(bytes.slice(0, cut % bytes.length)).outcome).toBe('quarantined');
      }),
      { numRuns: 300 },
    );
  });

  it('answers any change of some bytes with claims that are sound', () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(anyDocument, fc.array(change, { minLength: 1, maxLength: 5 }), (bytes, changes) => {
        const changed = bytes.slice();
        for (const [at, byte] of changes) changed[at % changed.length] = byte;
        const outcome = parseBytes(changed);
        if (outcome.outcome === 'accepted')
          for (const draft of outcome.drafts) expect(claimDraftSchema.safeParse(draft).success).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('says the same whatever the order of the posts, and however they are parted among documents', () => {
    const items = texts.flatMap((text) => [...text.matchAll(/<item>.*?<\/item>/gs)].map(([whole]) => whole));
    const said = (held: readonly string[]) =>
      accepted(channel(...held)).drafts.map((draft) => JSON.stringify({ ...draft, locator: null }));
    const expected = said(items).sort();
    fc.assert(
      fc.property(fc.shuffledSubarray(items, { minLength: items.length }), fc.nat(items.length), (order, cut) => {
        expect([...said(order.slice(0, cut)), ...said(order.slice(cut))].sort()).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});
