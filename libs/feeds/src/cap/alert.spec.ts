import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { ParseOutcome, QuarantineCode } from '../model/adapter.js';
import { indexOf, infoOf, message, type Fields } from '../../../../test/support/cap-messages.js';
import { capFeed } from './index.js';

type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;
const NOW = '2026-06-01T18:00:00.000Z';
const parse = (text: string | Uint8Array): ParseOutcome =>
  capFeed.parse({ bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text, retrievedAt: NOW });

function accepted(text: string | Uint8Array): Accepted {
  const outcome = parse(text);
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}

const triple = (identifier: string, sent: string) => `warnings@example.org,${identifier},${sent}`;

describe('an alert message', () => {
  it('is one claim, in English, with its times, words and area', () => {
    const outcome = accepted(readFileSync(new URL('./fixtures/flood.xml', import.meta.url)));
    expect(outcome).toMatchObject({
      items: 1,
      quarantined: [],
      passedOver: {},
      newestContentAt: '2026-06-01T06:00:00.000Z',
    });
    expect(outcome.drafts).toHaveLength(2);
    expect(outcome.drafts[0]).toEqual({
      item: {
        id: 'warnings@example.org,flood-2',
        version: '2026-06-01T06:00:00.000Z',
        part: 'hazard',
        revises: true,
      },
      subject: 'cap:warnings@example.org,flood-1',
      thread: 'warnings@example.org,flood-1',
      stance: 'asserts',
      source: { id: 'cap:warnings@example.org', name: 'warnings@example.org', class: 'government', grade: 'B' },
      origin: 'cap:warnings@example.org',
      publishedAt: { earliest: '2026-06-01T06:00:00.000Z', latest: '2026-06-01T06:00:00.000Z', basis: 'printed' },
      occurredAt: { begin: '2026-06-01T05:30:00.000Z', end: '2026-06-01T18:00:00.000Z' },
      expiresAt: '2026-06-01T18:00:00.000Z',
      place: {
        regionIds: [],
        zoneIds: [],
        countries: [],
        position: {
          lonLat: [56.31, 25.09],
          precisionKm: 16.5,
          method: 'middle of 2 areas of the alert, out to the farthest corner',
        },
      },
      url: 'https://example.org/flood-2',
      locator: '/alert',
      confidence: 0.9,
      tlp: 'TLP:CLEAR',
      captureClass: 'captured-primary',
      predicate: 'hazard',
      value: {
        peril: 'flood',
        level: 'severe',
        certainty: 'observed',
        magnitude: null,
        area: 'Fujairah; Kalba',
        text: 'Flash flood in Fujairah\nWadis are in flood.\nKeep away.',
      },
    });
  });

  it('ends what an Update refers to, as a later version of it', () => {
    const { drafts } = accepted(readFileSync(new URL('./fixtures/flood.xml', import.meta.url)));
    expect(drafts[1]).toMatchObject({
      item: { id: 'warnings@example.org,flood-1', part: 'hazard', revises: true },
      subject: drafts[0]!.subject,
      thread: drafts[0]!.thread,
      source: drafts[0]!.source,
      publishedAt: drafts[0]!.publishedAt,
      occurredAt: { begin: '2026-06-01T05:30:00.000Z', end: '2026-06-01T06:00:00.000Z' },
      locator: '/alert/references',
      predicate: 'hazard',
      value: {
        peril: 'flood',
        level: 'unknown',
        text: 'Flash Flood\nReplaced by the update sent at 2026-06-01T06:00:00.000Z.',
      },
    });
  });

  it('leaves nothing of what was yet to begin', () => {
    const { drafts } = accepted(
      message({
        msgType: 'Update',
        references: triple('a-0', '2026-06-01T07:00:00Z'),
        info: { onset: '2026-06-01T20:00:00Z' },
      }),
    );
    expect(drafts).toMatchObject([
      { occurredAt: { begin: '2026-06-01T20:00:00.000Z', end: '2026-06-02T08:00:00.000Z' } },
      { occurredAt: { begin: '2026-06-01T20:00:00.000Z', end: '2026-06-01T20:00:00.000Z' } },
    ]);
  });

  it('takes back what a Cancel refers to, though it was never seen', () => {
    const outcome = accepted(
      message({
        identifier: 'a-3',
        sent: '2026-06-01T09:00:00Z',
        msgType: 'Cancel',
        references: `${triple('a-2', '2026-06-01T08:30:00Z')} ${triple('a-1', '2026-06-01T08:00:00Z')}`,
        info: { headline: 'Storm warning cancelled' },
      }),
    );
    expect(outcome.drafts).toMatchObject(
      ['a-1', 'a-2'].map((identifier) => ({
        item: { id: 'warnings@example.org,a-3', version: '2026-06-01T09:00:00.000Z' },
        subject: 'cap:warnings@example.org,a-1',
        thread: 'warnings@example.org,a-1',
        predicate: 'retraction',
        value: { itemId: `warnings@example.org,${identifier}`, text: 'Storm warning cancelled' },
      })),
    );
    expect(
      accepted(message({ msgType: 'Cancel', infos: '', references: triple('a-0', '2026-06-01T07:00:00Z') })).drafts,
    ).toHaveLength(1);
  });

  it('is over with "all clear"', () => {
    const { drafts } = accepted(message({ info: { responseType: 'AllClear', onset: '2026-06-01T07:00:00Z' } }));
    expect(drafts).toMatchObject([
      { occurredAt: { begin: '2026-06-01T07:00:00.000Z', end: '2026-06-01T08:00:00.000Z' } },
    ]);
  });

  it.each<[string, Record<string, string | null>, object | null]>([
    ['no time', { expires: null }, null],
    [
      'an effective time',
      { effective: '2026-06-01T08:10:00Z' },
      { begin: '2026-06-01T08:10:00.000Z', end: '2026-06-02T08:00:00.000Z' },
    ],
    ['an onset after it lapses', { onset: '2026-06-03T08:00:00Z' }, { begin: '2026-06-03T08:00:00.000Z', end: null }],
    ['only its expiry', {}, { begin: null, end: '2026-06-02T08:00:00.000Z' }],
  ])('holds, with %s, for as long as it says', (_, info, occurredAt) => {
    expect(accepted(message({ info })).drafts[0]!.occurredAt).toEqual(occurredAt);
  });

  it('is several claims of one item where blocks of one language differ, and one where only their areas do', () => {
    const block = (event: string, area: string) =>
      `<info>${infoOf({ event })}<area><areaDesc>${area}</areaDesc></area></info>`;
    const { drafts } = accepted(message({ infos: block('Storm', 'A') + block('Flood', 'B') + block('Storm', 'C') }));
    expect(drafts).toMatchObject([
      { item: { id: 'warnings@example.org,a-1', part: 'hazard' }, value: { peril: 'storm', area: 'A; C' } },
      { item: { id: 'warnings@example.org,a-1', part: 'hazard 2' }, value: { peril: 'flood', area: 'B' } },
    ]);
  });

  it('is told in its first language where it has no English', () => {
    const block = (language: string) =>
      `<info><language>${language}</language>${infoOf({ headline: language })}</info>`;
    expect(
      accepted(message({ infos: block('fr-CA') + block('ar') + block('fr-FR') })).drafts.map(({ value }) => value),
    ).toMatchObject([{ text: 'fr-CA' }, { text: 'fr-FR' }]);
  });

  it.each([
    'urn:oasis:names:tc:emergency:cap:1.1',
    'urn:oasis:names:tc:emergency:cap:1.3',
    'http://www.incident.com/cap/1.0',
  ])('is read in the version %s', (namespace) => {
    expect(accepted(message({ namespace, scope: null })).drafts).toHaveLength(1);
  });

  it.each<[Fields, string]>([
    [{ status: 'Test', sent: 'no time' }, 'status-test'],
    [{ status: 'exercise' }, 'status-exercise'],
    [{ status: 'System' }, 'status-system'],
    [{ status: 'Draft' }, 'status-draft'],
    [{ msgType: 'Ack' }, 'message-ack'],
    [{ msgType: 'Error' }, 'message-error'],
    [{ scope: 'Restricted' }, 'scope-restricted'],
    [{ scope: 'Private' }, 'scope-private'],
    [{ info: { event: 'Rip Current Statement' } }, 'no-such-peril'],
  ])('is passed over when it is %j', (fields, reason) => {
    expect(accepted(message(fields))).toMatchObject({
      items: 1,
      drafts: [],
      quarantined: [],
      passedOver: { [reason]: 1 },
    });
  });

  const ring = (count: number) => {
    const corner = (index: number) => {
      const turn = (2 * Math.PI * index) / count;
      return `${(40 + Math.sin(turn)).toFixed(6)},${(20 + Math.cos(turn)).toFixed(6)}`;
    };
    return [...Array.from({ length: count }, (_, index) => corner(index)), corner(0)].join(' ');
  };
  it.each<[string, Fields, QuarantineCode, string]>([
    ['no identifier', { identifier: null }, 'field.missing', '/alert/identifier'],
    ['a hidden character in its name', { identifier: 'a\u202e1' }, 'field.invalid_text', '/alert/identifier'],
    ['a name that is too long', { identifier: 'a'.repeat(251) }, 'field.too_long', '/alert/identifier'],
    ['no sender', { sender: null }, 'field.missing', '/alert/sender'],
    ['no status', { status: null }, 'field.missing', '/alert/status'],
    ['another status', { status: 'Real' }, 'field.enum', '/alert/status'],
    ['another kind', { msgType: 'Notice' }, 'field.enum', '/alert/msgType'],
    ['another scope', { scope: 'World' }, 'field.enum', '/alert/scope'],
    ['no block', { infos: '' }, 'field.missing', '/alert/info'],
    ['no time', { sent: null }, 'time.missing', '/alert/sent'],
    ['a time without zone', { sent: '2026-06-01T08:00:00' }, 'time.no_zone', '/alert/sent'],
    ['a time that is none', { sent: 'date:now -1 hour' }, 'field.invalid', '/alert/sent'],
    ['a time to come', { sent: '2026-06-01T18:06:00Z' }, 'time.future', '/alert/sent'],
    ['1970', { sent: '1970-01-01T00:00:00Z' }, 'time.out_of_range', '/alert/sent'],
    [
      'an expiry before it was sent',
      { info: { expires: '2026-06-01T07:59:59Z' } },
      'time.out_of_range',
      '/alert/info/0/expires',
    ],
    ['an onset that is no time', { info: { onset: 'soon' } }, 'field.invalid', '/alert/info/0/onset'],
    ['another severity', { info: { severity: 'Bad' } }, 'field.enum', '/alert/info/0/severity'],
    ['no certainty', { info: { certainty: null } }, 'field.missing', '/alert/info/0/certainty'],
    ['a long text', { info: { description: 'x'.repeat(50_001) } }, 'field.too_long', '/alert/info/0/description'],
    ['an Update of nothing', { msgType: 'Update' }, 'cap.references_missing', '/alert/references'],
    ['a Cancel of nothing', { msgType: 'Cancel' }, 'cap.references_missing', '/alert/references'],
    [
      'a Cancel of itself',
      { msgType: 'Cancel', references: triple('a-1', '2026-06-01T07:00:00Z') },
      'cap.references_missing',
      '/alert/references',
    ],
    [
      'a reference that is no triple',
      { msgType: 'Update', references: 'a-0' },
      'cap.references_missing',
      '/alert/references',
    ],
    [
      'three corners',
      { area: '<polygon>1,1 1,2 1,1</polygon>' },
      'geo.invalid_polygon',
      '/alert/info/0/area/0/polygon/0',
    ],
    ['an empty polygon', { area: '<polygon/>' }, 'geo.invalid_polygon', '/alert/info/0/area/0/polygon/0'],
    [
      'an open polygon',
      { area: '<polygon>1,1 1,2 2,2 2,1</polygon>' },
      'geo.invalid_polygon',
      '/alert/info/0/area/0/polygon/0',
    ],
    [
      'a bow tie',
      { area: '<polygon>1,1 2,2 2,1 1,2 1,1</polygon>' },
      'geo.invalid_polygon',
      '/alert/info/0/area/0/polygon/0',
    ],
    [
      'words for corners',
      { area: '<polygon>1,1 NaN,2 2,2 1,1</polygon>' },
      'geo.invalid_polygon',
      '/alert/info/0/area/0/polygon/0',
    ],
    [
      'latitude and longitude swapped',
      { area: '<polygon>121,14 121,15 122,15 121,14</polygon>' },
      'geo.out_of_range',
      '/alert/info/0/area/0/polygon/0',
    ],
    [
      'more corners than can be',
      { area: `<polygon>${ring(10_000)}</polygon>` },
      'geo.too_complex',
      '/alert/info/0/area/0/polygon/0',
    ],
    ['a circle around 0,0', { area: '<circle>0,0 5</circle>' }, 'geo.null_island', '/alert/info/0/area/0/circle/0'],
    [
      'a circle without radius',
      { area: '<circle>1,2</circle>' },
      'geo.invalid_polygon',
      '/alert/info/0/area/0/circle/0',
    ],
    [
      'a circle off the globe',
      { area: '<circle>91,2 5</circle>' },
      'geo.out_of_range',
      '/alert/info/0/area/0/circle/0',
    ],
  ])('is set aside with %s, and harms no other', (_, fields, code, locator) => {
    const prefix = '/feed/entry/1/content';
    expect(accepted(indexOf([message({ identifier: 'b-1' }), message(fields)]))).toMatchObject({
      items: 2,
      drafts: [{ item: { id: 'warnings@example.org,b-1' } }],
      quarantined: [{ code, locator: `${prefix}${locator}` }],
    });
  });

  it('is read with as many corners as can be', () => {
    expect(accepted(message({ area: `<polygon>${ring(9_999)}</polygon>` })).drafts[0]!.place.position).toMatchObject({
      lonLat: [20, expect.closeTo(40, 1)],
    });
  });

  it.each<[string, string, object]>([
    [
      'over the antimeridian',
      '<polygon>-18,179 -18,-179 -16,-179 -16,179 -18,179</polygon>',
      { lonLat: [-180, -17.0024], precisionKm: 154.3 },
    ],
    [
      'a point',
      '<circle>-16.053,-173.274 0.0</circle>',
      {
        lonLat: [-173.274, -16.053],
        precisionKm: 10,
        method: 'point of the alert, a circle without radius: error assumed',
      },
    ],
    ['blanks after commas', '<polygon>1, 1 1, 2 2, 2 2, 1 1, 1</polygon>', { lonLat: [1.5, 1.5001] }],
    ['a corner told twice', '<polygon>1,1 1,2 1,2 2,2 2,1 1,1</polygon>', { lonLat: [1.5, 1.5001] }],
  ])('has a place: %s', (_, area, position) => {
    expect(accepted(message({ area })).drafts[0]!.place.position).toMatchObject(position);
  });

  it('says of an update that refers to itself or to what came later what it says, and ends nothing by it', () => {
    const references = `${triple('a-1', '2026-06-01T07:00:00Z')} ${triple('a-2', '2026-06-01T09:00:00Z')}`;
    expect(accepted(message({ msgType: 'Update', references })).drafts).toMatchObject([
      {
        item: { id: 'warnings@example.org,a-1' },
        thread: 'warnings@example.org,a-1',
        locator: '/alert (2 references to itself or to what was sent later)',
      },
    ]);
  });

  it('replaces and cancels nothing of another sender', () => {
    const references = 'other@example.org,a-0,2026-06-01T07:00:00Z';
    for (const msgType of ['Update', 'Cancel']) {
      const ids = accepted(message({ msgType, references })).drafts.flatMap(({ item, value }) => [
        item.id,
        'itemId' in value ? value.itemId : item.id,
      ]);
      expect(ids.every((id) => id.startsWith('warnings@example.org,'))).toBe(true);
    }
  });

  it('is found in an envelope', () => {
    const envelope = `<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><contentObject><xmlContent>${message()}</xmlContent></contentObject></EDXLDistribution>`;
    expect(accepted(envelope).drafts).toMatchObject([{ locator: '/EDXLDistribution/contentObject/xmlContent/alert' }]);
  });

  it('says neither of two messages with one name and one time that differ', () => {
    const outcome = accepted(
      indexOf([message(), message({ info: { severity: 'Minor' } }), message({ identifier: 'b-1' })]),
    );
    expect(outcome).toMatchObject({
      drafts: [{ item: { id: 'warnings@example.org,b-1' } }],
      quarantined: [{ code: 'feed.id_conflict' }],
    });
  });

  it.each<[string, string, QuarantineCode]>([
    ['nothing', ' ', 'feed.empty'],
    ['a page', '<!DOCTYPE html><html></html>', 'feed.wrong_type'],
    ['an alert of nobody', '<alert><identifier>1</identifier></alert>', 'feed.wrong_type'],
    ['another document', '<quakes/>', 'feed.wrong_type'],
    ['a document type', `<!DOCTYPE alert [<!ENTITY a "b">]>${message()}`, 'feed.doctype_forbidden'],
    ['half an alert', message().slice(0, 200), 'feed.malformed'],
    ['words', 'Service unavailable', 'feed.malformed'],
  ])('is no alert: %s', (_, text, code) => {
    expect(parse(text)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });
});
