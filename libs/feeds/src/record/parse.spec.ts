import { describe, expect, it } from '@jest/globals';
import { instantOf, msOf } from '@faultline/evidence';
import fc from 'fast-check';
import type { ParseOutcome } from '../model/adapter.js';
import { bundleRecord, parseRecord } from './parse.js';
import { recordFeed } from './record-feed.js';

const HOUR_MS = 3_600_000;

const source = (changes: object = {}) => ({
  id: 'aws',
  name: 'Amazon Web Services',
  class: 'provider',
  home: null,
  licence: 'facts cited',
  classBasis: 'the operator',
  ...changes,
});

const row = (changes: object = {}) => ({
  id: 'a-claim',
  predicate: 'means',
  subject: 'aws:me-central-1',
  stance: 'asserts',
  value: { means: 'drone', text: 'By drone.' },
  place: { regionIds: ['aws:me-central-1'], zoneIds: [], countries: ['AE'] },
  occurred: null,
  published: '2026-03-03T00:19:00Z',
  publishedBasis: 'quoted',
  retrieved: '2026-11-21',
  source: 'aws',
  origin: 'aws',
  grade: 'A',
  url: 'https://example.org/a',
  locator: null,
  thread: null,
  ...changes,
});

const parseRows = (claims: readonly unknown[], sources: readonly unknown[] = [source()]): ParseOutcome =>
  parseBytes(
    bundleRecord({ claims: { title: 't', notes: [], claims, leftOut: [] }, sources: { title: 't', sources } }),
  );
const parseBytes = (bytes: Uint8Array) => parseRecord({ bytes, retrievedAt: '2026-11-21T09:00:00.000Z' });
const accepted = (outcome: ParseOutcome) => {
  if (outcome.outcome !== 'accepted') throw new Error(`quarantined whole: ${outcome.reason.code}`);
  return outcome;
};
const faultOf = (changes: object) => {
  const { drafts, quarantined } = accepted(parseRows([row(changes)]));
  expect(drafts).toEqual([]);
  return { code: quarantined[0]?.code, locator: quarantined[0]?.locator };
};

describe('parseRecord', () => {
  it('makes a claim of a row and its source', () => {
    const { drafts, items, newestContentAt, quarantined } = accepted(parseRows([row()]));
    expect({ items, quarantined, newestContentAt }).toEqual({
      items: 1,
      quarantined: [],
      newestContentAt: '2026-03-03T00:19:00.000Z',
    });
    expect(drafts[0]).toEqual({
      item: { id: 'a-claim', version: '2026-11-21', part: 'claim', revises: true },
      retrievedAt: '2026-11-21T00:00:00.000Z',
      subject: 'aws:me-central-1',
      stance: 'asserts',
      predicate: 'means',
      value: { means: 'drone', text: 'By drone.' },
      place: { regionIds: ['aws:me-central-1'], zoneIds: [], countries: ['AE'], position: null },
      thread: null,
      source: { id: 'aws', name: 'Amazon Web Services', class: 'provider', grade: 'A' },
      origin: 'aws',
      url: 'https://example.org/a',
      locator: null,
      occurredAt: null,
      publishedAt: { earliest: '2026-03-03T00:19:00.000Z', latest: '2026-03-03T00:19:00.000Z', basis: 'quoted' },
      expiresAt: null,
      confidence: 0.95,
      tlp: 'TLP:CLEAR',
      captureClass: 'transcribed',
    });
  });

  it('takes confidence and version from the row where it has them, confidence from the grade where not', () => {
    const drafts = accepted(
      parseRows([row({ confidence: 0.3, version: '2' }), row({ id: 'b', grade: 'C' }), row({ id: 'c', grade: 'D' })]),
    ).drafts;
    expect(drafts.map(({ confidence }) => confidence)).toEqual([0.3, 0.5, 0.2]);
    expect(drafts[0]?.item.version).toBe('2');
  });

  it('keeps a row without a time of publication as undated', () => {
    const { drafts } = accepted(parseRows([row({ published: null, publishedBasis: null })]));
    expect(drafts[0]?.publishedAt).toBeNull();
  });

  it('widens from and to outwards, so that nothing is visible before it can have been said', () => {
    const { drafts } = accepted(
      parseRows([
        row({ published: { from: '2026-03-05', to: '2026-03-06' } }),
        row({ id: 'b', published: { from: '2026-03-01T05:19-08:00', to: '2026-03-01' } }),
      ]),
    );
    expect(drafts.map(({ publishedAt }) => publishedAt)).toEqual([
      { earliest: '2026-03-04T10:00:00.000Z', latest: '2026-03-07T12:00:00.000Z', basis: 'quoted' },
      { earliest: '2026-03-01T13:19:00.000Z', latest: '2026-03-02T12:00:00.000Z', basis: 'quoted' },
    ]);
  });

  it('makes a day visible only once it is over everywhere', () => {
    const day = fc.integer({ min: 0, max: 324 }).map((days) => Date.UTC(2026, 0, 1) + days * 24 * HOUR_MS);
    fc.assert(
      fc.property(day, (ms) => {
        const { drafts } = accepted(parseRows([row({ published: instantOf(ms).slice(0, 10) })]));
        const { earliest, latest } = drafts[0]!.publishedAt!;
        expect([msOf(earliest), msOf(latest)]).toEqual([ms - 14 * HOUR_MS, ms + 36 * HOUR_MS]);
      }),
    );
  });

  it.each([
    ['a missing field', { origin: undefined }, 'field.missing', '/claims/claims/0/origin'],
    ['an unknown field', { position: [54, 24] }, 'field.invalid', '/claims/claims/0'],
    [
      'a position in the place',
      { place: { regionIds: [], zoneIds: [], countries: [], position: null } },
      'field.invalid',
      '/claims/claims/0/place',
    ],
    ['an unknown predicate', { predicate: 'rumour' }, 'field.invalid', '/claims/claims/0/predicate'],
    ['a value of another shape', { value: { means: 'ray', text: 'x' } }, 'field.enum', '/claims/claims/0/value/means'],
    [
      'a key the predicate does not have',
      { value: { means: 'drone', text: 'x', lat: 24 } },
      'field.invalid',
      '/claims/claims/0/value/lat',
    ],
    ['a grade that does not exist', { grade: 'G' }, 'field.enum', '/claims/claims/0/grade'],
    ['a confidence above one', { confidence: 2 }, 'field.range', '/claims/claims/0/confidence'],
    ['a subject that is a site', { subject: 'site:harbour road 4' }, 'field.invalid', '/claims/claims/0/subject'],
    ['an address that is not https', { url: 'http://example.org' }, 'field.invalid', '/claims/claims/0/url'],
    ['nowhere to check it', { url: null, locator: 'a page' }, 'field.missing', '/claims/claims/0/url'],
    ['a source nobody described', { source: 'somebody' }, 'field.invalid', '/claims/claims/0/source'],
    ['a NUL in a text', { value: { means: 'drone', text: 'a\u0000b' } }, 'field.invalid_text', '/claims/claims/0'],
    [
      'a time of publication without a basis',
      { publishedBasis: null },
      'time.missing',
      '/claims/claims/0/publishedBasis',
    ],
    ['a publication without a zone', { published: '2026-03-03T00:19' }, 'time.no_zone', '/claims/claims/0/published'],
    ['a day that does not exist', { published: '2026-02-30' }, 'time.out_of_range', '/claims/claims/0/published'],
    [
      'an end before its begin',
      { published: { from: '2026-03-06', to: '2026-03-02' } },
      'time.out_of_range',
      '/claims/claims/0/published',
    ],
    ['a publication after its retrieval', { published: '2026-11-24' }, 'time.future', '/claims/claims/0/published'],
    [
      'a day of retrieval that does not exist',
      { retrieved: '2026-11-31' },
      'time.out_of_range',
      '/claims/claims/0/retrieved',
    ],
    [
      'a day as an occurrence',
      { occurred: { begin: '2026-03-01', end: null } },
      'time.out_of_range',
      '/claims/claims/0/occurred/begin',
    ],
    [
      'an occurrence without a zone',
      { occurred: { begin: null, end: '2026-03-01T10:00' } },
      'time.no_zone',
      '/claims/claims/0/occurred/end',
    ],
    [
      'an occurrence that ends as it begins',
      { occurred: { begin: '2026-03-01T10:00Z', end: '2026-03-01T10:00Z' } },
      'time.out_of_range',
      '/claims/claims/0/occurred',
    ],
    [
      'an occurrence after its publication',
      { occurred: { begin: '2026-03-04T00:00Z', end: null } },
      'time.out_of_range',
      '/claims/claims/0/occurred/begin',
    ],
  ])('sets aside %s', (_what, changes, code, locator) => {
    expect(faultOf(changes)).toEqual({ code, locator });
  });

  it('takes the condition of a zone from its operator alone', () => {
    const condition = {
      predicate: 'condition',
      subject: 'aws:mec1-az1',
      value: { state: 'impaired', scope: 'subject', services: [], text: 'x' },
      place: { regionIds: ['aws:me-central-1'], zoneIds: ['aws:mec1-az1'], countries: ['AE'] },
    };
    const outcome = accepted(
      parseRows(
        [row(condition), row({ ...condition, id: 'b', source: 'a-paper' })],
        [source(), source({ id: 'a-paper', class: 'media' })],
      ),
    );
    expect(outcome.drafts.map(({ item }) => item.id)).toEqual(['a-claim']);
    expect(outcome.quarantined).toMatchObject([{ code: 'field.invalid', locator: '/claims/claims/1/subject' }]);
  });

  it('keeps the first of two rows or sources with one id and names the second', () => {
    const outcome = accepted(parseRows([row(), row({ grade: 'D' })], [source(), source({ name: 'Another' })]));
    expect(outcome.drafts.map((draft) => [draft.source.name, draft.source.grade])).toEqual([
      ['Amazon Web Services', 'A'],
    ]);
    expect(outcome.quarantined.map(({ code, locator }) => [code, locator])).toEqual([
      ['feed.id_conflict', '/sources/sources/1/id'],
      ['feed.id_conflict', '/claims/claims/1/id'],
    ]);
  });

  it('loses only the claims of a source that was not taken', () => {
    const outcome = accepted(
      parseRows([row(), row({ id: 'b', source: 'bad' })], [source(), source({ id: 'bad', class: 'friend' })]),
    );
    expect(outcome.drafts.map(({ item }) => item.id)).toEqual(['a-claim']);
    expect(outcome.quarantined.map(({ locator }) => locator)).toEqual([
      '/sources/sources/1/class',
      '/claims/claims/1/source',
    ]);
  });

  it.each([
    ['nothing', '', 'feed.empty'],
    ['a page of markup', '<html></html>', 'feed.wrong_type'],
    ['cut JSON', '{"claims":', 'feed.malformed'],
    ['a key given twice', '{"claims":1,"claims":2}', 'feed.duplicate_key'],
    ['another document', '{"features":[]}', 'feed.wrong_type'],
  ])('quarantines %s whole', (_what, text, code) => {
    const outcome = parseBytes(new TextEncoder().encode(text));
    expect(outcome).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('accounts for every row, whatever stands in its place, and reads the same bytes alike', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.jsonValue(),
            fc.dictionary(fc.constantFrom('id', 'grade', 'value', 'published'), fc.jsonValue()).map(row),
          ),
        ),
        (rows) => {
          const outcome = accepted(parseRows(rows));
          expect(outcome.drafts.length + outcome.quarantined.length).toBe(rows.length);
          expect(parseRows(rows)).toEqual(outcome);
        },
      ),
    );
  });
});

describe('recordFeed', () => {
  it('is never polled and reads with parseRecord', () => {
    expect(recordFeed).toMatchObject({ id: 'record', url: null, cadenceSeconds: 86_400, operatorIds: null });
    expect([...recordFeed.covers].sort()).toEqual(['armed-conflict', 'declared-threat', 'provider-outage']);
    expect(recordFeed.parse).toBe(parseRecord);
  });
});
