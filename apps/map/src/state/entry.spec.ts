import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimOf, draftKey, entryOf, fieldOf, FIELDS, sourceIdOf } from './entry.js';
import type { Entry } from './entry.js';

const REGIONS = [{ regionId: 'aws:me-central-1', country: 'AE' }];
const entry: Entry = {
  kind: 'attack',
  where: ' qa ',
  peril: 'drone-strike',
  mode: 'standoff',
  severity: '1',
  operators: '',
  text: ' A drone was shot down. ',
  occurred: '2026-11-20T10:00Z',
  published: '2026-11-20T12:00Z',
  source: 'Qatar News Agency',
  class: 'media',
  grade: 'B',
  url: 'https://www.qna.example/1',
};
const said = (change: Partial<Entry>) => {
  const result = claimOf({ ...entry, ...change }, REGIONS);
  return result.outcome === 'claim' ? result.claim : result.faults.map(fieldOf);
};

describe('a claim by hand', () => {
  it('says of an incident what, where, when, who says so and where', () => {
    expect(said({})).toEqual({
      subject: 'country:QA',
      place: { countries: ['QA'], regionIds: [] },
      predicate: 'attack',
      value: { peril: 'drone-strike', mode: 'standoff', severity: 1, text: 'A drone was shot down.' },
      source: { id: 'qatar-news-agency', name: 'Qatar News Agency', class: 'media', grade: 'B' },
      url: 'https://www.qna.example/1',
      publishedAt: '2026-11-20T12:00Z',
      occurredAt: { begin: '2026-11-20T10:00Z' },
    });
  });

  it('of a region says its country too', () => {
    expect(said({ where: 'aws:me-central-1' })).toMatchObject({
      subject: 'aws:me-central-1',
      place: { countries: ['AE'], regionIds: ['aws:me-central-1'] },
    });
  });

  it('of a threat names the operators it names and no others, and has no severity', () => {
    expect(said({ kind: 'declared-threat', operators: 'AWS, azure aws', severity: '' })).toMatchObject({
      predicate: 'declared-threat',
      value: { operators: ['aws', 'azure'], countries: ['QA'], text: 'A drone was shot down.' },
    });
    expect(said({ kind: 'declared-threat', where: 'aws:me-central-1' })).toMatchObject({ value: { operators: [] } });
  });

  it('says no time of what happened where none is given', () => {
    expect(said({ occurred: ' ' })).not.toHaveProperty('occurredAt');
  });

  it('severity 0 is one, nothing is none', () => {
    expect(said({ severity: '0' })).toMatchObject({ value: { severity: 0 } });
    expect(said({ severity: '' })).toEqual(['severity']);
  });

  it('is not made of a place or a source that names none', () => {
    expect(said({ where: 'aws:nowhere-1', source: ' … ' })).toEqual(['where', 'source']);
  });
});

describe('what the service finds wrong', () => {
  it.each([
    ['/claims/0/url', 'url'],
    ['/claims/0/source', 'source'],
    ['/claims/0/source/name', 'source'],
    ['/claims/0/source/grade', 'grade'],
    ['/claims/0/value/severity', 'severity'],
    ['/claims/0/occurredAt/begin', 'occurred'],
    ['/claims/0/place/countries/0', 'where'],
    ['/claims/0/urls', null],
    ['', null],
    [null, null],
  ])('%s stands at %s', (pointer, field) => expect(fieldOf({ pointer })).toBe(field));
});

describe('the id of a source', () => {
  it.each([
    ['The National', 'the-national'],
    ['  Süddeutsche Zeitung ', 'suddeutsche-zeitung'],
    ['وكالة', 'وكالة'],
    ['…', ''],
  ])('%s is %s', (name, id) => expect(sourceIdOf(name)).toBe(id));

  it('is the same however the name is spaced, and made again of itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), (name) => {
        expect(sourceIdOf(`  ${name} `)).toBe(sourceIdOf(name));
        expect(sourceIdOf(sourceIdOf(name))).toBe(sourceIdOf(name));
      }),
    );
  });
});

describe('the form', () => {
  it('is read from the drafts, an incident unless it says otherwise', () => {
    expect(entryOf({}).kind).toBe('attack');
    const drafts = Object.fromEntries(FIELDS.map((field) => [draftKey(field), entry[field]]));
    expect(entryOf(drafts)).toEqual(entry);
  });
});
