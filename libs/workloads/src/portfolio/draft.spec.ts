import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KNOWN_REGIONS } from '../../../../test/support/regions.js';
import type { Asset } from './asset.js';
import { readDraft, type AssetDraft } from './draft.js';
import { holdingsOf } from './holdings.js';

const read = (draft: AssetDraft) => readDraft(draft, KNOWN_REGIONS);
const faultsOf = (draft: AssetDraft) => {
  const reading = read(draft);
  return reading.outcome === 'faulty' ? reading.faults.map(({ member, code }) => [member, code]) : [];
};
const assetOf = (draft: AssetDraft): Asset => {
  const reading = read(draft);
  if (reading.outcome === 'faulty') throw new Error(JSON.stringify(reading.faults));
  return reading.asset;
};

describe('a draft', () => {
  it('is read as a row of a file is: names of regions, letters and ids of zones, words', () => {
    expect(
      assetOf({
        id: 'pay',
        regionId: 'Middle East (UAE)',
        zoneLetter: 'A',
        standby: ['UAE North', 'own site'],
        keys: ['None'],
      }),
    ).toMatchObject({
      name: 'pay',
      regionId: 'aws:me-central-1',
      zoneLetter: 'a',
      zoneId: null,
      standby: ['azure:uaenorth', 'own-site'],
      keys: ['none'],
      backups: null,
    });
    expect(assetOf({ id: 'x', zoneId: 'mec1-az2' })).toMatchObject({
      regionId: 'aws:me-central-1',
      zoneId: 'aws:mec1-az2',
    });
  });

  it.each<[string, AssetDraft, [string, string][]]>([
    ['a doubtful region', { id: 'x', regionId: 'UAE Central' }, [['regionId', 'region.doubtful']]],
    ['no place', { id: 'x' }, [['regionId', 'field.missing']]],
    ['no id', { id: ' ', regionId: 'me-central-1' }, [['name', 'field.missing']]],
    [
      'a value without its currency',
      { id: 'x', regionId: 'me-central-1', valuePerDay: 5 },
      [['currency', 'field.missing']],
    ],
    [
      'an unknown standby',
      { id: 'x', regionId: 'me-central-1', standby: ['atlantis'] },
      [['standby', 'region.unknown']],
    ],
    ['a site on null island', { id: 'x', site: [0, 0] }, [['site', 'geo.null_island']]],
    ['a negative time', { id: 'x', regionId: 'me-central-1', rtoMinutes: -1 }, [['rtoMinutes', 'field.range']]],
    ['another zone', { id: 'x', regionId: 'eu-west-1', zoneId: 'mec1-az2' }, [['zoneId', 'field.conflict']]],
  ])('with %s is faulty at its member', (_what, draft, faults) => {
    expect(faultsOf(draft)).toEqual(faults);
  });

  it('says what a doubtful region may be', () => {
    const reading = read({ id: 'x', regionId: 'UAE Central' });
    expect(reading.outcome === 'faulty' && reading.reviews[0]?.candidates[0]?.regionId).toBe('azure:uaecentral');
  });

  it('that is an asset already stays what it is', () => {
    const places = fc.constantFrom(null, ['none'], ['aws:eu-west-1', 'global'], ['own-site']);
    const drafts = fc.record({
      id: fc.stringMatching(/^[a-zA-Z=+][\w.=-]{0,20}$/),
      regionId: fc.constantFrom('aws:me-central-1', 'azure:uaenorth'),
      valuePerDay: fc.double({ min: 0, max: 1e12, noNaN: true }),
      currency: fc.constantFrom('USD', 'EUR'),
      residency: fc.constantFrom(null, [], ['NO'], ['EU', 'AE']),
      standby: places,
      onlyCopy: fc.constantFrom(null, true, false),
      rtoMinutes: fc.constantFrom(null, 0, 1.5, 1440),
      site: fc.constantFrom(null, [55.123456, 25.2] as const),
    });
    fc.assert(
      fc.property(drafts, (draft) => {
        const asset = assetOf(draft);
        expect(asset).toMatchObject(draft);
        expect(assetOf(asset)).toEqual(asset);
      }),
    );
  });
});

describe('holdings', () => {
  it('count what stands where, and add up no two currencies', () => {
    const assets = [
      { id: 'a', zoneId: 'mec1-az2', valuePerDay: 5, currency: 'USD', standby: ['UAE North'] },
      { id: 'b', regionId: 'me-central-1', valuePerDay: 6, currency: 'EUR', standby: ['me-central-1'] },
      { id: 'c', regionId: 'me-central-1' },
      { id: 'd', site: [55, 25] as const },
    ].map(assetOf);
    expect(holdingsOf(assets)).toEqual([
      {
        regionId: 'aws:me-central-1',
        assetCount: 3,
        zoneIds: ['aws:mec1-az2'],
        valuesPerDay: [
          { currency: 'EUR', amount: 6 },
          { currency: 'USD', amount: 5 },
        ],
        withoutValue: 1,
        standbyFor: 0,
      },
      { regionId: 'azure:uaenorth', assetCount: 0, zoneIds: [], valuesPerDay: [], withoutValue: 0, standbyFor: 1 },
    ]);
  });
});
