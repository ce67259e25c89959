import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema, speaksAsOperator, type ClaimDraft, type Instant } from '@faultline/evidence';
import type { ParseOutcome, QuarantineCode } from '../model/adapter.js';
import { statuspageFeed } from './index.js';

const NOW = '2026-11-21T00:00:00.000Z';
type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;
type Fields = Record<string, unknown>;
interface Summary extends Fields {
  page: Fields;
  components: Fields[];
  incidents: (Fields & { incident_updates: Fields[] })[];
  scheduled_maintenances: Fields[];
}

const text = readFileSync(new URL('./fixtures/summary-2026.json', import.meta.url), 'utf8').trim();
const fixture = JSON.parse(text) as Summary;
const [dubai, slow] = fixture.incidents as [Summary['incidents'][0], Summary['incidents'][0]];
const [, , , website] = fixture.components as [Fields, Fields, Fields, Fields];
const parse = (document: string, retrievedAt: Instant = NOW) =>
  statuspageFeed.parse({ bytes: new TextEncoder().encode(document), retrievedAt });

function accepted(summary: unknown): Accepted {
  const outcome = parse(JSON.stringify(summary));
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}
const ofIncident = (incident: unknown) => accepted({ page: fixture.page, incidents: [incident] });
const conditions = (drafts: readonly ClaimDraft[]) =>
  drafts
    .filter(({ predicate }) => predicate === 'condition')
    .map((draft) => [
      draft.publishedAt!.latest.slice(11, 19),
      draft.publishedAt!.basis,
      (draft.value as { state: string }).state,
      draft.occurredAt!.begin!.slice(11, 19),
      draft.item.part,
    ]);

describe('requests', () => {
  const requests = (urls: readonly string[]) => statuspageFeed.requests!({ urls, credentials: {} }, NOW);

  it('are one for each page that was set, and none by itself', () => {
    const [one, other] = ['https://a.example/api/v2/summary.json', 'https://b.example/api/v2/summary.json'];
    expect(requests([one, other, one])).toEqual([
      { channel: one, url: one },
      { channel: other, url: other },
    ]);
    expect(requests([])).toEqual([]);
    expect(statuspageFeed).toMatchObject({ url: null, operatorIds: [] });
  });
});

describe('a summary', () => {
  const outcome = accepted(fixture);

  it('is told item by item, and its maintenances and groups are passed over by name', () => {
    expect(outcome).toMatchObject({
      items: 8,
      quarantined: [],
      passedOver: { maintenance: 2, 'component group': 1 },
      newestContentAt: '2026-11-20T21:00:00.000Z',
    });
  });

  it('is the word of its vendor, of the vendor’s own', () => {
    for (const draft of outcome.drafts) {
      expect(draft).toMatchObject({
        source: { id: 'statuspage:fix9vrtdwd01', name: 'Example Edge', class: 'provider', grade: 'A' },
        origin: 'statuspage:fix9vrtdwd01',
        place: { regionIds: [], zoneIds: [], countries: [], position: null },
        captureClass: 'captured-primary',
      });
      expect(speaksAsOperator(draft)).toBe(true);
    }
  });

  it('says of each component how it is, in the page’s own word', () => {
    const components = outcome.drafts.filter(({ item }) => item.id.includes('/component/'));
    expect(components.map(({ subject, value }) => [subject, value])).toMatchObject([
      ['statuspage:fix9vrtdwd01:fixcompapi01', { state: 'impaired', services: ['API'], text: 'API: partial outage' }],
      ['statuspage:fix9vrtdwd01:fixcompdubai', { state: 'unavailable', text: 'Dubai (DXB): major outage' }],
      ['statuspage:fix9vrtdwd01:fixcompweb01', { state: 'operational' }],
    ]);
    expect(components[2]!.publishedAt!.latest).toBe('2024-05-02T08:00:00.000Z');
  });
});

describe('an incident', () => {
  it('is told update by update, each from its own time', () => {
    const { drafts } = ofIncident(dubai);
    expect(conditions(drafts)).toEqual([
      ['10:02:00', 'printed', 'investigating', '09:50:00', 'condition'],
      ['10:41:00', 'printed', 'impaired', '10:40:00', 'condition'],
      ['13:30:00', 'printed', 'recovering', '13:30:00', 'condition'],
    ]);
    expect(drafts[0]).toMatchObject({
      item: { id: 'fix9vrtdwd01/fixinc000001' },
      thread: 'fix9vrtdwd01/fixinc000001',
      subject: 'statuspage:fix9vrtdwd01',
      url: 'https://stspg.io/fixinc000001',
      value: { services: ['API', 'Dubai (DXB)'] },
    });
    expect(drafts.filter(({ predicate }) => predicate === 'nature').map(({ value }) => value)).toMatchObject([
      { nature: 'connectivity' },
      { nature: 'power' },
    ]);
  });

  it('is as bad as its impact now, which is no word about the updates before', () => {
    expect(conditions(ofIncident({ ...slow, impact: 'critical' }).drafts)).toEqual([
      ['21:00:00', 'printed', 'investigating', '21:00:00', 'condition'],
      ['21:10:00', 'inferred', 'impaired', '21:00:00', 'impact'],
    ]);
    expect(conditions(ofIncident({ ...slow, impact: 'none' }).drafts)).toHaveLength(1);
    expect(conditions(ofIncident({ ...dubai, impact: 'critical' }).drafts)).toHaveLength(3);
  });

  it('is over when an update says so, or at the time it gives', () => {
    const resolved = {
      ...slow.incident_updates[0],
      id: 'r',
      status: 'resolved',
      body: 'Over.',
      created_at: '2026-11-20T22:00:00Z',
      updated_at: null,
    };
    expect(
      conditions(
        ofIncident({ ...slow, impact: 'none', incident_updates: [resolved, ...slow.incident_updates] }).drafts,
      ).at(-1),
    ).toEqual(['22:00:00', 'printed', 'restored', '22:00:00', 'condition']);
    expect(conditions(ofIncident({ ...slow, resolved_at: '2026-11-20T21:05:00Z' }).drafts).at(-1)).toEqual([
      '21:10:00',
      'inferred',
      'restored',
      '21:05:00',
      'end',
    ]);
  });

  it('told again in a post mortem is no condition, only what it says', () => {
    const body = '<p>The site lost power: a power failure at 09:50.</p>';
    const told = { ...slow.incident_updates[0], status: 'postmortem', body };
    expect(ofIncident({ ...slow, impact: 'none', incident_updates: [told] }).drafts).toMatchObject([
      { predicate: 'nature', value: { nature: 'power', text: 'The site lost power: a power failure at 09:50.' } },
    ]);
  });

  it('without updates is its own name', () => {
    expect(ofIncident({ ...slow, impact: null, incident_updates: [] }).drafts).toMatchObject([
      {
        value: { state: 'investigating', text: 'Slow dashboard' },
        publishedAt: { latest: '2026-11-20T21:10:00.000Z' },
      },
    ]);
  });

  it('of maintenance is passed over', () => {
    for (const fields of [{ impact: 'maintenance' }, { status: 'in_progress' }])
      expect(ofIncident({ ...slow, ...fields })).toMatchObject({ drafts: [], passedOver: { maintenance: 1 } });
  });
});

describe('whose page it is', () => {
  const sourceOf = (page: unknown) => accepted({ page, components: [website] }).drafts[0]!.source;

  it('is known by its id, or by its host', () => {
    expect(sourceOf({ url: 'https://status.example.com/' })).toMatchObject({
      id: 'statuspage:status.example.com',
      name: 'status.example.com',
    });
    expect(sourceOf({ id: 'abc', name: 'A\u202e B' })).toMatchObject({ id: 'statuspage:abc', name: 'A B' });
  });

  it('must be known', () => {
    const coded = (page: unknown) => parse(JSON.stringify({ page, components: [] }));
    expect(coded({ name: 'x' })).toMatchObject({ outcome: 'quarantined', reason: { code: 'field.missing' } });
    expect(coded({ id: 'a:b' })).toMatchObject({ outcome: 'quarantined', reason: { code: 'field.invalid' } });
  });

  it('keeps what two pages tell under one id apart', () => {
    const [one, other] = ['abc', 'xyz'].map((id) => accepted({ page: { id }, incidents: [slow] }).drafts[0]!.item.id);
    expect(one).not.toBe(other);
  });
});

describe('what is set aside', () => {
  const update = (fields: Fields) => ({ ...slow, incident_updates: [{ ...slow.incident_updates[0], ...fields }] });
  it.each<[string, unknown, QuarantineCode, string]>([
    ['no object', 'x', 'field.invalid', '/incidents/1'],
    ['no id', { ...slow, id: null }, 'field.invalid', '/incidents/1/id'],
    ['an unknown impact', { ...slow, impact: 'huge' }, 'field.enum', '/incidents/1/impact'],
    ['an unknown status', update({ status: 'odd' }), 'field.enum', '/incidents/1/incident_updates/0/status'],
    ['no status', update({ status: null }), 'field.missing', '/incidents/1/incident_updates/0/status'],
    [
      'no time',
      update({ created_at: null, updated_at: null }),
      'time.missing',
      '/incidents/1/incident_updates/0/created_at',
    ],
    [
      'a time to come',
      update({ created_at: '2026-12-01T00:00:00Z' }),
      'time.future',
      '/incidents/1/incident_updates/0/created_at',
    ],
    [
      'a time without a zone',
      update({ created_at: '2026-11-20T00:00:00' }),
      'time.no_zone',
      '/incidents/1/incident_updates/0/created_at',
    ],
    ['half a character', update({ body: '\udc00' }), 'field.invalid_text', '/incidents/1/incident_updates/0/body'],
    [
      'an endless text',
      update({ body: 'x'.repeat(100_001) }),
      'field.too_long',
      '/incidents/1/incident_updates/0/body',
    ],
    ['nothing said', { ...update({ body: '' }), name: '' }, 'field.missing', '/incidents/1/incident_updates/0/body'],
  ])('%s', (_, incident, code, locator) => {
    const outcome = accepted({ page: fixture.page, incidents: [dubai, incident] });
    expect(outcome).toMatchObject({ items: 2, quarantined: [{ code, locator }] });
    expect(new Set(outcome.drafts.map(({ thread }) => thread))).toEqual(new Set(['fix9vrtdwd01/fixinc000001']));
  });

  it.each<[string, Fields, QuarantineCode]>([
    ['an unknown status', { status: 'burning' }, 'field.enum'],
    ['no time', { updated_at: undefined }, 'time.missing'],
    ['an id with a path in it', { id: '../a' }, 'field.invalid'],
    ['a name that is none', { name: 7 }, 'field.invalid'],
  ])('a component with %s', (_, fields, code) => {
    const outcome = accepted({ page: fixture.page, components: [website, { ...website, ...fields }] });
    expect(outcome).toMatchObject({ items: 2, drafts: [{}], quarantined: [{ code }] });
  });

  it.each<[string, string, QuarantineCode]>([
    ['nothing', '', 'feed.empty'],
    ['a page', '<!doctype html>', 'feed.wrong_type'],
    ['another document', '{"error":"not found"}', 'feed.wrong_type'],
    ['a status alone', JSON.stringify({ page: fixture.page, status: fixture['status'] }), 'feed.wrong_type'],
    ['a list', '[]', 'feed.wrong_type'],
    ['a cut document', text.slice(0, 900), 'feed.malformed'],
  ])('%s is refused whole', (_, document, code) => {
    expect(parse(document)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('is nothing on a page with nothing on it', () => {
    expect(accepted({ page: fixture.page, components: [], incidents: [], scheduled_maintenances: [] })).toEqual({
      outcome: 'accepted',
      items: 0,
      drafts: [],
      quarantined: [],
      passedOver: {},
      newestContentAt: null,
    });
  });
});

describe('the summary, whatever comes', () => {
  const whole = new TextEncoder().encode(text);
  const parseBytes = (bytes: Uint8Array) => statuspageFeed.parse({ bytes, retrievedAt: NOW });
  const expectSound = (outcome: ParseOutcome) => {
    if (outcome.outcome === 'quarantined') return;
    for (const draft of outcome.drafts) expect(claimDraftSchema.safeParse(draft).success).toBe(true);
  };

  it('refuses every beginning of a document', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (cut) =>
        expect(parseBytes(whole.slice(0, cut)).outcome).toBe('quarantined'),
      ),
      { numRuns: 300 },
    );
  });

  it('answers any change of some bytes with claims that are sound', () => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 32, max: 126 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        expectSound(parseBytes(bytes));
      }),
      { numRuns: 400 },
    );
  });

  it('answers any fields', () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>(
        'resolved',
        'major_outage',
        { toString: '' },
        '2026-11-20T10:00:00Z',
        ...Object.values(dubai),
      ),
    );
    const fieldsOf = (sample: object) =>
      fc.record(Object.fromEntries(Object.keys(sample).map((key) => [key, value])), { requiredKeys: [] });
    fc.assert(
      fc.property(
        fieldsOf(dubai),
        fieldsOf(dubai.incident_updates[0]!),
        fieldsOf(website),
        fieldsOf(fixture.page),
        (incident, update, component, page) => {
          const incidents = [incident, { ...slow, ...incident }, { ...slow, incident_updates: [update] }];
          const summary = {
            page: { ...page, id: 'a' },
            incidents,
            components: [component, { ...website, ...component }],
          };
          expectSound(parse(JSON.stringify(summary)));
          expectSound(parse(JSON.stringify({ ...summary, page })));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('says the same whatever the order, and however incidents and components are parted among documents', () => {
    const said = (summary: unknown) =>
      accepted(summary).drafts.map((draft) => JSON.stringify({ ...draft, locator: null }));
    const expected = said(fixture).sort();
    const { page } = fixture;
    fc.assert(
      fc.property(
        fc.shuffledSubarray(fixture.components, { minLength: 5 }),
        fc.shuffledSubarray(fixture.incidents, { minLength: 2 }),
        fc.nat(5),
        fc.nat(2),
        (components, incidents, c, i) => {
          const turned = incidents.map((held) => ({ ...held, incident_updates: [...held.incident_updates].reverse() }));
          const parts = [
            { page, components: components.slice(0, c), incidents: turned.slice(0, i) },
            { page, components: components.slice(c), incidents: turned.slice(i) },
          ];
          expect(parts.flatMap(said).sort()).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });
});
