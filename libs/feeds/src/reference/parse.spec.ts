import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { claimDraftSchema, type ClaimDraft } from '@faultline/evidence';
import fc from 'fast-check';
import type { ParseOutcome, Quarantine } from '../model/adapter.js';
import { bundleReference, type ReferenceFiles } from './bundle.js';
import { referenceFeed } from './reference-feed.js';

const RETRIEVED_AT = '2026-11-21T00:00:00.000Z';
const parse = (bytes: Uint8Array): ParseOutcome => referenceFeed.parse({ bytes, retrievedAt: RETRIEVED_AT });
const parseText = (text: string): ParseOutcome => parse(new TextEncoder().encode(text));

function accepted(outcome: ParseOutcome): Extract<ParseOutcome, { outcome: 'accepted' }> {
  if (outcome.outcome === 'quarantined') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}

const source = { title: 'A list', url: 'https://example.org/list', licence: 'CC0' };
const operator = {
  id: 'gcp',
  name: 'Google Cloud',
  kind: 'cloud-operator',
  url: null,
  source: 'list',
  retrieved: '2026-11-21',
};
const partition = {
  id: 'gcp',
  operator: 'gcp',
  name: 'Google Cloud',
  positionPolicy: 'metro',
  source: 'list',
  retrieved: '2026-11-21',
};
const region = {
  id: 'gcp:me-central1',
  code: 'me-central1',
  name: 'Doha',
  partition: 'gcp',
  metro: 'Doha',
  country: 'QA',
  lonLat: [51.53, 25.29],
  precisionKm: 40,
  precisionMethod: 'centre of the metro',
  zoneIds: ['gcp:me-central1-a', 'gcp:me-central1-b'],
  zoneCount: 2,
  zoneSource: 'list',
  listed: 'available',
  condition: { state: 'listed', text: 'In the list.', statedAt: null, source: 'list' },
  source: 'list',
  retrieved: '2026-11-21',
};

/** Files with one row each; `change` replaces rows. */
function files(change: { operators?: unknown[]; partitions?: unknown[]; regions?: unknown[] } = {}): ReferenceFiles {
  const sources = { list: source };
  return {
    operators: { sources, operators: change.operators ?? [operator] },
    partitions: { sources, partitions: change.partitions ?? [partition] },
    regions: [{ operator: 'gcp', sources, regions: change.regions ?? [region] }],
  };
}
const faultsOf = (change: Parameters<typeof files>[0]): readonly Quarantine[] =>
  accepted(parse(bundleReference(files(change)))).quarantined;

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(process.cwd(), 'data', file), 'utf8'));
const own: ReferenceFiles = {
  operators: read('operators.json'),
  partitions: read('partitions.json'),
  regions: ['aws', 'azure', 'gcp', 'oci'].map((id) => read(`regions/${id}.json`)),
};

describe('the reference feed on our own files', () => {
  const outcome = accepted(parse(bundleReference(own)));
  const draftOf = (id: string, predicate: string): ClaimDraft =>
    outcome.drafts.find((draft) => draft.subject === id && draft.predicate === predicate)!;

  it('takes every row', () => {
    expect(outcome.quarantined).toEqual([]);
    expect(outcome.items).toBe(4 + 18 + 210);
    expect(outcome.drafts).toHaveLength(outcome.items);
    expect(outcome.newestContentAt).toBe('2026-11-21T00:00:00.000Z');
  });

  it('makes undated claims of ours that no reading of a region’s condition is among', () => {
    for (const draft of outcome.drafts) {
      expect(claimDraftSchema.safeParse(draft).error).toBeUndefined();
      expect(draft).toMatchObject({ publishedAt: null, captureClass: 'transcribed', tlp: 'TLP:CLEAR', confidence: 1 });
      expect(draft.source).toMatchObject({ class: 'analyst', grade: 'B' });
      expect(['place.operator', 'place.partition', 'place.region']).toContain(draft.predicate);
      expect(JSON.stringify(draft)).not.toMatch(/operational|cannot support|restor/i);
    }
  });

  it('tells of a region where it is, how far off that may be, and which row said so', () => {
    expect(draftOf('aws:me-south-1', 'place.region')).toMatchObject({
      item: { id: 'aws:me-south-1', version: '2026-11-21', part: 'place.region' },
      place: {
        regionIds: ['aws:me-south-1'],
        zoneIds: ['aws:mes1-az1', 'aws:mes1-az2', 'aws:mes1-az3'],
        countries: ['BH'],
        position: { lonLat: [50.58, 26.22], precisionKm: 45 },
      },
      source: { id: 'reference:aws', name: 'Reference data on Amazon Web Services' },
      url: 'https://github.com/aws/aws-sdk-js-v3',
      locator: expect.stringMatching(/^regions\/aws\.json#\/regions\/\d+$/),
      retrievedAt: '2026-11-21T00:00:00.000Z',
      value: { operatorId: 'aws', partitionId: 'aws', country: 'BH', metro: 'Manama', zoneCount: 3 },
    });
  });

  it('tells apart an operator and a partition of one name', () => {
    expect(draftOf('aws', 'place.operator').value).toMatchObject({ name: 'Amazon Web Services' });
    expect(draftOf('aws', 'place.partition').value).toMatchObject({ name: 'AWS commercial', positionPolicy: 'metro' });
    expect(draftOf('aws-iso', 'place.partition')).toMatchObject({
      value: { positionPolicy: 'none' },
      place: { position: null },
    });
  });
});

describe('the bundled document', () => {
  it('is the same bytes however the files are laid out', () => {
    const reversed = (value: unknown): unknown =>
      typeof value !== 'object' || value === null
        ? value
        : Array.isArray(value)
          ? value.map(reversed)
          : Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, held]) => [key, reversed(held)]),
            );
    expect(bundleReference(reversed(files()) as ReferenceFiles)).toEqual(bundleReference(files()));
    expect(bundleReference(files({ operators: [] }))).not.toEqual(bundleReference(files()));
  });

  it.each([
    ['', 'feed.empty', 'offset 0'],
    ['<html>', 'feed.wrong_type', 'offset 0'],
    ['{"operators":', 'feed.malformed', 'offset 13'],
    ['{"operators":1,"operators":2}', 'feed.duplicate_key', expect.any(String)],
    ['[]', 'field.invalid', ''],
    [
      '{"operators":{"sources":{},"operators":[]},"partitions":{"sources":{},"partitions":[]}}',
      'field.missing',
      '/regions',
    ],
  ])('is quarantined whole when it is no bundle: %s', (text, code, locator) => {
    expect(parseText(text)).toMatchObject({ outcome: 'quarantined', reason: { code, locator } });
  });

  it('answers any bytes without throwing', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => parse(bytes).outcome === 'quarantined'));
    fc.assert(fc.property(fc.json(), (text) => parseText(text).outcome === 'quarantined'));
  });
});

describe('a bad row', () => {
  it('is not there in files without fault', () => {
    expect(faultsOf({})).toEqual([]);
  });

  const AT = '/regions/0/regions/0';
  it.each<[string, Record<string, unknown>, string, string]>([
    ['without a country', { country: undefined }, 'field.missing', `${AT}/country`],
    ['with a country in words', { country: 'Qatar' }, 'field.invalid', `${AT}/country`],
    ['with a latitude that cannot be', { lonLat: [51.53, 95] }, 'geo.out_of_range', `${AT}/lonLat`],
    ['where the axes cross', { lonLat: [0, 0] }, 'geo.null_island', `${AT}/lonLat`],
    ['as exact as a site', { precisionKm: 9 }, 'field.range', `${AT}/precisionKm`],
    ['with a listing of its own', { listed: 'operational' }, 'field.enum', `${AT}/listed`],
    [
      'that says operational',
      { condition: { ...region.condition, state: 'operational' } },
      'field.enum',
      `${AT}/condition/state`,
    ],
    ['of a source the file lacks', { source: 'hearsay' }, 'field.invalid', `${AT}/source`],
    ['with zones of a source the file lacks', { zoneSource: 'hearsay' }, 'field.invalid', `${AT}/zoneSource`],
    [
      'with a condition of no source',
      { condition: { ...region.condition, source: 'hearsay' } },
      'field.invalid',
      `${AT}/condition/source`,
    ],
    ['with a source by the name of a method', { source: 'constructor' }, 'field.invalid', `${AT}/source`],
    ['read on a day that is none', { retrieved: '2026-02-30' }, 'time.out_of_range', `${AT}/retrieved`],
    ['of a partition that is not there', { partition: 'gcp-moon' }, 'field.invalid', `${AT}/partition`],
    ['with an id that is not operator and code', { id: 'aws:me-central1' }, 'field.invalid', `${AT}/id`],
    [
      'with a zone of another operator',
      { zoneIds: ['gcp:me-central1-a', 'aws:mec1-az1'] },
      'field.invalid',
      `${AT}/zoneIds/1`,
    ],
    ['with a zone twice', { zoneIds: ['gcp:me-central1-a', 'gcp:me-central1-a'] }, 'field.invalid', `${AT}/zoneIds`],
    ['with a count beside its zones', { zoneCount: 3 }, 'field.invalid', `${AT}/zoneCount`],
    ['with zones and no source of them', { zoneSource: null }, 'field.invalid', `${AT}/zoneSource`],
    ['with a field nobody knows', { address: '1 Street' }, 'field.invalid', AT],
  ])('%s is set aside at its place', (_, change, code, locator) => {
    const outcome = accepted(parse(bundleReference(files({ regions: [{ ...region, ...change }] }))));
    expect(outcome.quarantined).toMatchObject([{ code, locator }]);
    expect(outcome.drafts.map(({ predicate }) => predicate)).toEqual(['place.operator', 'place.partition']);
  });

  it('costs itself and what needs it, no more', () => {
    const other = { ...region, id: 'gcp:me-west1', code: 'me-west1', zoneIds: [], zoneCount: null, zoneSource: null };
    const outcome = accepted(parse(bundleReference(files({ regions: [{ ...region, metro: 7 }, other] }))));
    expect(outcome.quarantined).toHaveLength(1);
    expect(outcome.drafts.map(({ subject }) => subject)).toEqual(['gcp', 'gcp', 'gcp:me-west1']);
    expect(faultsOf({ operators: [] }).map(({ locator }) => locator)).toEqual([
      '/partitions/partitions/0/operator',
      '/regions/0/operator',
    ]);
    expect(faultsOf({ partitions: [] }).map(({ locator }) => locator)).toEqual([`${AT}/partition`]);
  });

  it('with the id of another is set aside, the first holds', () => {
    expect(faultsOf({ regions: [region, { ...region, name: 'Doha again' }] })).toMatchObject([
      { code: 'feed.id_conflict', locator: '/regions/0/regions/1/id' },
    ]);
  });

  it('in a partition that is a name only is set aside', () => {
    expect(faultsOf({ partitions: [{ ...partition, positionPolicy: 'none' }] })).toMatchObject([
      { code: 'field.invalid', locator: `${AT}/partition` },
    ]);
  });

  it('never becomes a claim that is not one, whatever a field holds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(region)), fc.jsonValue(), (field, value) => {
        const { drafts, quarantined, items } = accepted(
          parse(bundleReference(files({ regions: [{ ...region, [field]: value }] }))),
        );
        for (const draft of drafts) expect(claimDraftSchema.safeParse(draft).error).toBeUndefined();
        expect(drafts.length + quarantined.length).toBe(items);
      }),
    );
  });
});
