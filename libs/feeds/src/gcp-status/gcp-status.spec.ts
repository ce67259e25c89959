import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { ClaimDraft, Instant } from '@faultline/evidence';
import type { ParseOutcome, QuarantineCode } from '../model/adapter.js';
import { gcpStatusFeed } from './index.js';
import { subjectsOf } from './location.js';

const NOW = '2026-11-21T00:00:00.000Z';
type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;
type Fields = Record<string, unknown>;

const text = readFileSync(new URL('./fixtures/incidents-2026.json', import.meta.url), 'utf8');
const fixture = JSON.parse(text) as (Fields & { id: string; updates: Fields[] })[];
const parse = (document: string, retrievedAt: Instant = NOW) =>
  gcpStatusFeed.parse({ bytes: new TextEncoder().encode(document), retrievedAt });

function accepted(incidents: unknown, retrievedAt: Instant = NOW): Accepted {
  const outcome = parse(JSON.stringify(incidents), retrievedAt);
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}

const [zone, open, past, global, old] = fixture as [
  (typeof fixture)[0],
  (typeof fixture)[0],
  (typeof fixture)[0],
  (typeof fixture)[0],
  (typeof fixture)[0],
];
const conditions = (drafts: readonly ClaimDraft[]) =>
  drafts
    .filter(({ predicate }) => predicate === 'condition')
    .map((draft) => [
      draft.publishedAt!.latest.slice(5, 19),
      draft.subject,
      (draft.value as { state: string }).state,
      draft.occurredAt?.begin?.slice(5, 19) ?? null,
      draft.item.part.split('@')[0],
    ]);

describe('the fixture as a whole', () => {
  it('takes every incident, as the word of the operator of its own', () => {
    const outcome = accepted(fixture);
    expect(outcome).toMatchObject({ items: 5, quarantined: [], newestContentAt: '2026-11-20T09:02:03.000Z' });
    for (const draft of outcome.drafts)
      expect(draft).toMatchObject({
        thread: draft.item.id,
        source: { id: 'gcp', class: 'provider', grade: 'A' },
        origin: 'gcp',
        captureClass: 'captured-primary',
      });
  });
});

describe('an outage of a zone', () => {
  const { drafts } = accepted([zone]);

  it('is of the zone, update by update, and over at the end the incident states', () => {
    expect(conditions(drafts)).toEqual([
      ['03-29T20:18:41', 'gcp:us-east5-c', 'investigating', '03-29T19:54:00', 'condition'],
      ['03-29T21:05:11', 'gcp:us-east5', 'degraded', '03-29T21:05:10', 'condition'],
      ['03-29T21:05:11', 'gcp:us-east5-c', 'impaired', '03-29T21:05:10', 'condition'],
      ['03-30T03:10:22', 'gcp:us-east5-c', 'restored', '03-30T03:10:20', 'condition'],
      ['03-30T03:10:22', 'gcp:us-east5', 'restored', '03-30T03:10:20', 'condition'],
      ['03-30T03:10:22', 'gcp:us-east5', 'restored', '03-30T02:30:00', 'end'],
      ['03-30T03:10:22', 'gcp:us-east5-c', 'restored', '03-30T02:30:00', 'end'],
    ]);
  });

  it('carries services, place, link and interval of publication', () => {
    expect(drafts[0]).toMatchObject({
      subject: 'gcp:us-east5-c',
      place: { regionIds: ['gcp:us-east5'], zoneIds: ['gcp:us-east5-c'] },
      publishedAt: { earliest: '2026-03-29T20:18:40.000Z', latest: '2026-03-29T20:18:41.000Z', basis: 'printed' },
      url: 'https://status.cloud.google.com/incidents/fIxZoneUsEast5Aa1bb2',
      locator: '/0/updates/2',
      value: { services: ['Google Compute Engine', 'Persistent Disk'] },
    });
  });

  it('names the nature Google names, and no cause', () => {
    expect(drafts.filter(({ predicate }) => predicate === 'nature')).toMatchObject([
      { subject: 'gcp:us-east5', value: { nature: 'power' }, occurredAt: { begin: '2026-03-29T19:54:00.000Z' } },
      { subject: 'gcp:us-east5-c', value: { nature: 'power' } },
    ]);
    expect(drafts.filter(({ predicate }) => predicate === 'cause')).toEqual([]);
  });

  it('is no outage of the zone where only another service is out in it', () => {
    const other = { ...zone, affected_products: [{ title: 'Filestore', id: 'x' }] };
    const states = new Set(accepted([other]).drafts.map(({ value }) => (value as { state?: string }).state));
    expect(states).not.toContain('impaired');
  });

  it('of a region alone is of its services, and never makes the region unavailable', () => {
    const [, outage] = zone.updates;
    const alone = { ...zone, end: null, updates: [{ ...outage, affected_locations: [{ id: 'us-east5' }] }] };
    expect(conditions(accepted([{ ...alone, most_recent_update: null }]).drafts)).toEqual([
      ['03-29T21:05:11', 'gcp:us-east5', 'impaired', '03-29T19:54:00', 'condition'],
    ]);
  });
});

describe('an open incident', () => {
  it('says of each update its own places, and of those no longer affected that it is over there', () => {
    expect(conditions(accepted([open]).drafts)).toEqual([
      ['11-20T06:31:01', 'gcp:me-central1', 'degraded', '11-20T06:00:00', 'condition'],
      ['11-20T06:31:01', 'gcp:me-central2', 'degraded', '11-20T06:00:00', 'condition'],
      ['11-20T09:02:03', 'gcp:me-central1', 'degraded', '11-20T09:02:00', 'condition'],
      ['11-20T09:02:03', 'gcp:me-central2', 'restored', null, 'no-longer'],
    ]);
  });

  it('is read by its newest update and its own places where a document has no more', () => {
    expect(conditions(accepted([global]).drafts)).toEqual([
      ['09-02T10:12:02', 'gcp', 'investigating', '09-02T10:00:00', 'condition'],
    ]);
  });

  it('is one claim of one update, whether it is told once or twice', () => {
    const once = accepted([{ ...open, most_recent_update: undefined }]).drafts;
    expect(accepted([open]).drafts).toEqual(once);
    const newer = { ...open.updates[0], when: '2026-11-20T10:00:00Z', modified: '2026-11-20T10:00:00Z' };
    expect(accepted([{ ...open, most_recent_update: newer }]).drafts.length).toBeGreaterThan(once.length);
  });

  it('without any update is its own description', () => {
    const bare = { ...global, most_recent_update: null, updates: [] };
    expect(accepted([bare]).drafts).toMatchObject([
      { value: { state: 'degraded', text: 'Google Cloud Console is slow for some users' } },
    ]);
  });
});

describe('what was told only when it was over', () => {
  it('tells how bad it was from its begin to its end', () => {
    const { drafts } = accepted([past]);
    expect(conditions(drafts)).toEqual([
      ['07-20T13:44:36', 'gcp:europe-west2', 'restored', '07-20T13:44:35', 'condition'],
      ['07-20T13:44:36', 'gcp:europe-west2', 'degraded', '07-19T14:17:00', 'past'],
      ['07-20T13:46:32', 'gcp:europe-west2', 'restored', '07-19T15:47:00', 'end'],
    ]);
    expect(drafts[1]!.occurredAt!.end).toBe('2026-07-19T15:47:00.000Z');
  });

  it('in the older shape is of Google Cloud, and over by its end', () => {
    expect(conditions(accepted([old]).drafts)).toEqual([
      ['08-11T20:30:00', 'gcp', 'degraded', '08-11T20:00:00', 'condition'],
      ['08-11T22:05:00', 'gcp', 'restored', '08-11T22:05:00', 'condition'],
      ['08-11T22:05:00', 'gcp', 'restored', '08-11T22:00:00', 'end'],
    ]);
  });
});

describe('places', () => {
  it.each([
    [['us-east1-b'], ['gcp:us-east1-b']],
    [
      ['me-central1', 'northamerica-northeast1-a'],
      ['gcp:me-central1', 'gcp:northamerica-northeast1-a'],
    ],
    [['global', 'us', 'eur4', 'nam-eur-asia1'], ['gcp']],
    [['US-EAST1'], ['gcp:us-east1']],
    [[], []],
  ])('%j', (ids, subjects) => {
    expect(subjectsOf(ids).map(({ id }) => id)).toEqual(subjects);
  });

  it('has every region and zone of our reference data', () => {
    const data = JSON.parse(readFileSync(`${process.cwd()}/data/regions/gcp.json`, 'utf8')) as {
      regions: { id: string; zoneIds: string[] }[];
    };
    for (const { id, zoneIds } of data.regions) {
      expect(subjectsOf([id.slice(4)])).toEqual([{ id, kind: 'region', regionId: id }]);
      for (const zoneId of zoneIds)
        expect(subjectsOf([zoneId.slice(4)])).toEqual([{ id: zoneId, kind: 'zone', regionId: id }]);
    }
  });
});

describe('what is set aside', () => {
  const alone = (fields: Fields) => ({ ...open, id: 'other', most_recent_update: null, ...fields });
  const update = (fields: Fields) => alone({ updates: [{ ...open.updates[0], ...fields }] });
  it.each<[string, unknown, QuarantineCode, string]>([
    ['no object', 3, 'field.invalid', '/1'],
    ['no id', alone({ id: undefined }), 'field.missing', '/1/id'],
    ['an id with a path in it', alone({ id: '../x' }), 'field.invalid', '/1/id'],
    ['an unknown impact', alone({ status_impact: 'BAD' }), 'field.enum', '/1/status_impact'],
    [
      'an impact named as a property of every object',
      alone({ status_impact: 'toString' }),
      'field.enum',
      '/1/status_impact',
    ],
    ['an unknown status', update({ status: 'BAD' }), 'field.enum', '/1/updates/0/status'],
    ['a status that cannot become text', update({ status: { toString: '' } }), 'field.invalid', '/1/updates/0/status'],
    [
      'no status at all',
      alone({ status_impact: null, updates: [{ ...open.updates[0], status: null }] }),
      'field.missing',
      '/1/updates/0/status',
    ],
    ['no time', update({ when: null, created: null, modified: null }), 'time.missing', '/1/updates/0/when'],
    ['a time to come', update({ when: '2026-11-22T00:00:00Z' }), 'time.future', '/1/updates/0/when'],
    ['a time without a zone', update({ when: '2026-11-20T09:02:00' }), 'time.no_zone', '/1/updates/0/when'],
    ['year 1', update({ created: '0001-01-01T00:00:00Z' }), 'field.invalid', '/1/updates/0/created'],
    ['a text that is none', update({ text: 5 }), 'field.invalid', '/1/updates/0/text'],
    ['half a character', update({ text: 'a\ud800' }), 'field.invalid_text', '/1/updates/0/text'],
    ['nothing said', alone({ updates: [], external_desc: '' }), 'field.missing', '/1/updates'],
    [
      'places that are no list',
      update({ affected_locations: 'us' }),
      'field.invalid',
      '/1/updates/0/affected_locations',
    ],
  ])('%s', (_, incident, code, locator) => {
    const outcome = accepted([past, incident]);
    expect(outcome).toMatchObject({ items: 2, quarantined: [{ code, locator }] });
    expect(new Set(outcome.drafts.map(({ item }) => item.id))).toEqual(new Set([past.id]));
  });

  it('is a begin or an end by itself', () => {
    const outcome = accepted([{ ...open, begin: 'yesterday', end: '2026-12-01T00:00:00Z' }]);
    expect(outcome.quarantined.map(({ code, locator }) => [code, locator])).toEqual([
      ['field.invalid', '/0/begin'],
      ['time.future', '/0/end'],
    ]);
    expect(conditions(outcome.drafts)[0]).toEqual([
      '11-20T06:31:01',
      'gcp:me-central1',
      'degraded',
      '11-20T06:31:00',
      'condition',
    ]);
  });

  it('is an update by itself', () => {
    const outcome = accepted([{ ...open, updates: [open.updates[0], { ...open.updates[1], status: 7 }] }]);
    expect(outcome.quarantined).toMatchObject([{ code: 'field.invalid', locator: '/0/updates/1/status' }]);
    expect(outcome.drafts.length).toBeGreaterThan(0);
  });

  it.each<[string, string, QuarantineCode]>([
    ['nothing', '', 'feed.empty'],
    ['a page', '<!doctype html>', 'feed.wrong_type'],
    ['another document', '{"error":"quota"}', 'feed.wrong_type'],
    ['a list of another board', '[{"arn":"arn:aws:health:::event/A/B/C","date":"1772369485"}]', 'feed.wrong_type'],
    ['a cut document', text.slice(0, 900), 'feed.malformed'],
  ])('%s is refused whole', (_, document, code) => {
    expect(parse(document)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('is nothing in an empty list', () => {
    expect(accepted([])).toEqual({
      outcome: 'accepted',
      items: 0,
      drafts: [],
      quarantined: [],
      passedOver: {},
      newestContentAt: null,
    });
  });
});
