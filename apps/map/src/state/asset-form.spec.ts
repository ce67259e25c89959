import { describe, expect, it } from '@jest/globals';
import type { Asset } from '../api/types.js';
import { assetEntryOf, assetFieldOf, assetOf, draftsOf, rtoWords } from './asset-form.js';
import type { AssetField } from './asset-form.js';

const ASSET: Asset = {
  id: 'pay; core',
  name: 'Payments',
  regionId: 'aws:me-central-1',
  zoneLetter: 'a',
  zoneId: 'aws:mec1-az2',
  site: [55.123456, -25.2],
  valuePerDay: 1000.5,
  currency: 'USD',
  residency: [],
  tags: ['a, b', 'c'],
  standby: ['azure:uaenorth', 'own-site'],
  backups: ['none'],
  keys: null,
  dns: ['global'],
  identity: null,
  onlyCopy: false,
  rtoMinutes: 90,
};
const said = (typed: Partial<Record<AssetField, string>>) => assetOf({ ...assetEntryOf({}), ...typed });

describe('the form for an asset', () => {
  it('says of an asset nobody touched what it is', () => {
    const form = assetOf(assetEntryOf(draftsOf(ASSET)));
    // The word for a lock that there is none of is read by the service.
    expect(form).toEqual({ outcome: 'asset', asset: { ...ASSET, residency: ['none'] } });
  });

  it('takes what is left empty for not said', () => {
    expect(said({ id: ' x ', regionId: 'eu-west-1' })).toMatchObject({
      outcome: 'asset',
      asset: { id: 'x', standby: null, onlyCopy: null, valuePerDay: null, site: null, residency: null, tags: [] },
    });
  });

  it.each<[AssetField, string]>([
    ['valuePerDay', '1,000'],
    ['valuePerDay', '1e3'],
    ['rtoMinutes', '4'],
    ['rtoMinutes', '4 weeks'],
    ['longitude', '55°'],
  ])('guesses no number: %s %s', (field, text) => {
    const form = said({ [field]: text, ...(field === 'longitude' ? { latitude: '1' } : {}) });
    expect(form.outcome === 'unsaid' && form.faults.map(assetFieldOf)).toEqual([field]);
  });

  it('wants both halves of a position', () => {
    const form = said({ longitude: '55' });
    expect(form.outcome === 'unsaid' && form.faults.map(assetFieldOf)).toEqual(['latitude']);
  });

  it.each([
    ['4 h', 240],
    ['30 min', 30],
    ['2 days', 2880],
    ['1.5h', 90],
  ])('reads %s', (text, minutes) => {
    expect(said({ rtoMinutes: text })).toMatchObject({ asset: { rtoMinutes: minutes } });
  });

  it.each([
    [0, '0 min'],
    [90, '90 min'],
    [240, '4 h'],
    [1440, '1 day'],
    [2880, '2 days'],
  ])('says %i minutes so that it can be read again', (minutes, words) => {
    expect(rtoWords(minutes)).toBe(words);
    expect(said({ rtoMinutes: words })).toMatchObject({ asset: { rtoMinutes: minutes } });
  });

  it.each([
    ['/asset/regionId', 'regionId'],
    ['/asset/site', 'longitude'],
    ['/asset/standby/0', 'standby'],
    ['/asset/constructor', null],
    ['/revision', null],
    [null, null],
  ])('puts a fault at %s to its field', (pointer, field) => {
    expect(assetFieldOf({ pointer })).toBe(field);
  });
});
