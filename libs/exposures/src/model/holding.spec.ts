import { describe, expect, it } from '@jest/globals';
import { placesOf } from '@faultline/places';
import { score, type ScoreDocument } from '@faultline/scoring';
import type { Asset } from '@faultline/workloads';
import { BAHRAIN, by, PAPER, placeRegion, UAE } from '../../../../test/support/claims.js';
import { holdingsOf, ownDocument } from './holding.js';
import { notesOf } from './notes.js';

const SAME_COUNTRY = { ...UAE, id: 'azure:uaenorth', regionIds: ['azure:uaenorth'] };
const places = placesOf([
  by(PAPER).says(placeRegion(), UAE),
  by(PAPER).says(placeRegion({ country: 'BH' }), BAHRAIN),
  by(PAPER).says(placeRegion({ operatorId: 'azure' }), SAME_COUNTRY),
]);
const asset = (more: Partial<Asset>): Asset => ({
  id: 'a',
  name: 'a',
  regionId: UAE.id,
  zoneLetter: null,
  zoneId: null,
  site: null,
  valuePerDay: 100,
  currency: 'USD',
  residency: null,
  tags: [],
  standby: null,
  backups: null,
  keys: null,
  dns: null,
  identity: null,
  onlyCopy: null,
  rtoMinutes: null,
  ...more,
});
const held = (...assets: Asset[]) => holdingsOf(assets, places);

describe('what a portfolio has in a region', () => {
  it('adds up by region, with the zones it names', () => {
    const { holdings, notCounted } = held(
      asset({ zoneId: 'aws:mec1-az2' }),
      asset({ valuePerDay: 50, zoneId: 'aws:mec1-az1' }),
      asset({ regionId: BAHRAIN.id, valuePerDay: 7 }),
    );
    expect(holdings).toEqual([
      { regionId: UAE.id, assets: 2, valuePerDayUsd: 150, failoverShare: 0, zoneIds: ['aws:mec1-az1', 'aws:mec1-az2'] },
      { regionId: BAHRAIN.id, assets: 1, valuePerDayUsd: 7, failoverShare: 0, zoneIds: [] },
    ]);
    expect(notCounted).toEqual([]);
  });

  it('counts a standby by its value where it is in another country, and not in the same', () => {
    const shareOf = (standby: readonly string[] | null) =>
      held(asset({ standby }), asset({ valuePerDay: 300 })).holdings[0]!.failoverShare;
    expect(shareOf([BAHRAIN.id])).toBe(0.25);
    expect(shareOf([SAME_COUNTRY.id])).toBe(0);
    expect(shareOf(['none'])).toBe(0);
    expect(shareOf(null)).toBe(0);
  });

  it('names what it does not count, and converts nothing', () => {
    const { holdings, notCounted } = held(
      asset({ regionId: null }),
      asset({ regionId: 'aws:atlantis-1' }),
      asset({ currency: 'EUR' }),
      asset({ valuePerDay: null, currency: null }),
    );
    expect(holdings).toMatchObject([{ regionId: UAE.id, assets: 2, valuePerDayUsd: 0, failoverShare: 0 }]);
    expect(notCounted.map(({ reason, assets }) => [reason, assets])).toEqual([
      ['no-region', 1],
      ['region-not-known', 1],
      ['other-currency', 1],
      ['no-value', 1],
    ]);
    expect(notCounted[2]!.text).toMatch(/^1 asset of 4: .*nothing here converts it/);
  });

  it('leaves the building to its operator, and the likelihood as it is', () => {
    const document: ScoreDocument = {
      as_of: '2026-04-01',
      theatres: [{ id: 'AE', coverage_start: '2026-01-01' }],
      regions: [
        {
          id: UAE.id,
          theatre: 'AE',
          capacity_mw: 100,
          azs: [{ id: 'one', lat: 25, lon: 55, precision_km: 50, share: 1 }],
        },
      ],
    };
    const [whole, own] = [document, ownDocument(document, { ...held(asset({})).holdings[0]!, failoverShare: 0.5 })].map(
      (each) => score(each).regions[0]!,
    );
    expect(own!.likelihood).toEqual(whole!.likelihood);
    expect(own!.loss).toMatchObject({ property_per_event_usd: 0, value_per_day_usd: 50 });
    const nothing = ownDocument(document, { ...held(asset({})).holdings[0]!, valuePerDayUsd: 0 });
    const result = score(nothing).regions[0]!;
    expect(result.exposure.score).toBe(0);
    expect(notesOf(nothing, result).map((note) => note.slice(0, 24))).toEqual([
      'There is one zone: whate',
      'No value at risk is know',
    ]);
  });
});
