import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ClaimDraft } from '@faultline/evidence';
import { bundleRecord, parseRecord } from '../record/index.js';
import { bundleWorkloads } from './bundle.js';
import { parseWorkloads } from './parse.js';

const read = (file: string): unknown => JSON.parse(readFileSync(path.join('data', file), 'utf8'));
const retrievedAt = '2026-11-21T12:00:00.000Z';
const outcome = parseWorkloads({
  bytes: bundleWorkloads({
    entities: read('entities.json'),
    workloads: read('workloads.json'),
    sources: read('sources.json'),
  }),
  retrievedAt,
});
if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
const { drafts } = outcome;
const record = parseRecord({
  bytes: bundleRecord({ claims: read('march-2026.json'), sources: read('sources.json') }),
  retrievedAt,
});
const recordIds = new Set(record.outcome === 'accepted' ? record.drafts.map(({ item }) => item.id) : []);

const idsOf = (pattern: RegExp): string[] => [
  ...new Set(drafts.map(({ item }) => item.id).filter((id) => pattern.test(id))),
];
const numbered = (letter: string, count: number, width: number): string[] =>
  Array.from({ length: count }, (_, index) => letter + String(index + 1).padStart(width, '0'));
const ofPredicate = <P extends ClaimDraft['predicate']>(predicate: P): Extract<ClaimDraft, { predicate: P }>[] =>
  drafts.filter((draft): draft is Extract<ClaimDraft, { predicate: P }> => draft.predicate === predicate);

describe('what the data of the stake side hold', () => {
  it('is taken without a row set aside', () => {
    expect(outcome.quarantined).toEqual([]);
  });

  it('is every one of the 136 claims and 18 disagreements, by number', () => {
    expect(idsOf(/^C/)).toEqual(numbered('C', 136, 3));
    expect(idsOf(/^X/)).toEqual(numbered('X', 18, 2));
    expect(ofPredicate('disagreement')).toHaveLength(18);
  });

  it('has as many claims of each document as were read in it', () => {
    const count = (source: string) =>
      new Set(drafts.filter((d) => d.source.id === source && d.item.id.startsWith('C')).map(({ item }) => item.id))
        .size;
    const sources = ['ai-tool-directory', 'encyclopedia-page', 'deal-analysis', 'news-brief', 'machine-made-analysis'];
    expect(sources.map(count)).toEqual([25, 48, 35, 9, 19]);
  });

  it('names in each disagreement only claims that are there', () => {
    const items = new Set([...drafts.map(({ item }) => item.id), ...recordIds]);
    const named = ofPredicate('disagreement').flatMap(({ value }) => value.sides.flatMap(({ itemIds }) => itemIds));
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((id) => !items.has(id))).toEqual([]);
  });

  it('searched where and when, for each gap, and says that nothing found is not none', () => {
    const gaps = ofPredicate('gap');
    expect(gaps).toHaveLength(24);
    for (const { value } of gaps) {
      expect(value.text).toContain('Not known: nothing found is not “none”');
      expect(value.searchedOn).toBe('2026-11-21');
    }
  });

  it('places nothing in a cloud region: none of its documents does', () => {
    expect(ofPredicate('hosting')).toEqual([]);
    expect(drafts.flatMap(({ place }) => [...place.regionIds, ...place.zoneIds, ...place.countries])).toEqual([]);
  });

  it('names no zone and no site as an entity', () => {
    expect(ofPredicate('entity').filter(({ value }) => /\baz\d|\bzone\b|campus|street/i.test(value.name))).toEqual([]);
    expect(drafts.filter(({ subject }) => /az\d/.test(subject))).toEqual([]);
  });

  it('authorises in GovCloud and says nothing of where it runs', () => {
    const authorised = ofPredicate('authorisation').map(({ item, value }) => [item.id, value.level, value.partitionId]);
    expect(authorised).toEqual([
      ['C083', 'High', null],
      ['C084', 'IL4', 'aws-us-gov'],
      ['C084', 'IL5', 'aws-us-gov'],
    ]);
  });

  it('keeps what is paid, promised, conditional and reported apart, with who owes whom', () => {
    const between = (to: string) =>
      ofPredicate('commitment')
        .filter(({ value }) => value.kind === 'equity' && value.to === to && value.from === 'org:amazon')
        .map(({ item, value }) => `${item.id} ${value.amount! / 1e9} ${value.bound} ${value.state}`);
    expect(between('org:anthropic')).toEqual([
      'C062 25 up-to announced',
      'C063 8 exact paid',
      'C064 5 exact committed',
      'C064 20 up-to conditional',
      'C065 8 at-least paid',
      'C066 8 exact paid',
      'C067 8 at-least paid',
    ]);
    expect(between('org:openai')).toEqual([
      'C069 50 exact committed',
      'C070 50 exact announced',
      'C071 15 exact paid',
      'C072 35 exact conditional',
      'C080 50 exact announced',
      'O003 50 exact paid',
    ]);
    const owed = ofPredicate('commitment').filter(({ value }) => value.amount === 100e9);
    expect(owed.map(({ item, value }) => [item.id, value.from, value.to, value.period?.years])).toEqual([
      ['C068', 'org:anthropic', 'org:aws', 10],
      ['C073', 'org:openai', 'org:aws', 8],
      ['C074', 'org:aws', 'org:openai', 8],
    ]);
  });

  it('has no claim visible before its document was certainly out', () => {
    const latest = (id: string) => drafts.find(({ item }) => item.id === id)!.publishedAt!.latest;
    expect(latest('C109')).toBe('2026-03-08T12:00:00.000Z');
    expect(latest('C023')).toBe('2026-04-01T12:00:00.000Z');
    expect(latest('C083')).toBe('2026-11-21T00:00:00.000Z');
  });

  it('takes nothing from the furniture of a page', () => {
    const furniture = drafts.filter(({ item }) => /^C13[1-6]$/.test(item.id));
    expect(furniture.map(({ predicate, source }) => [predicate, source.grade])).toEqual(Array(6).fill(['remark', 'F']));
  });

  it('corroborates nothing by two claims of one document: each has its document’s origin, or the one it names', () => {
    const origins = new Map(drafts.filter(({ item }) => /^[CO]/.test(item.id)).map((d) => [d.item.id, d.origin]));
    expect(origins.get('C063')).toBe('encyclopedia-page');
    expect(['C071', 'C072', 'C082'].map((id) => origins.get(id))).toEqual(['geekwire', 'geekwire', 'geekwire']);
    expect(origins.get('C030')).toBe('axios');
  });
});
