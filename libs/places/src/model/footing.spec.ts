import { describe, expect, it } from '@jest/globals';
import type { Claim } from '@faultline/evidence';
import { AWS, BAHRAIN, by, PAPER, placeRegion, UAE, type Subject } from '../../../../test/support/claims.js';
import { footingOf, regionFooting, regionPairs, type Footing } from './footing.js';
import { placesOf } from './places.js';

const NOW = '2026-11-21T12:00:00.000Z';
const at = (validAt: string) => ({ validAt, publicAt: NOW, position: 1_000 });
const of = (id: string): Subject => ({ id, regionIds: [], zoneIds: [], countries: [] });
const FALCON = of('cable:falcon');
const landing = (name: string, country: string) => ({
  predicate: 'place.landing' as const,
  value: {
    ...{ name, country, geoPublic: [50.25, 26.25] as [number, number], precisionKm: 40 },
    ...{ precisionMethod: 'public cell', text: `Cables land in ${name}.` },
  },
});
const cable = (...landingIds: string[]) => ({
  predicate: 'place.cable' as const,
  value: {
    ...{ name: 'FALCON', aliases: [], landingIds, landingsStated: null, chokepointIds: [], lengthKm: null },
    ...{ designCapacityTbps: null, inServiceSince: null, text: 'A cable.' },
  },
});
const standing = (state: 'in-service' | 'damaged' | 'repaired') => ({
  predicate: 'place.standing' as const,
  value: { state, text: `It is ${state}.` },
});
const owned = (name: string, role: 'owner' | 'runs' = 'owner') => ({
  predicate: 'place.ownership' as const,
  value: { role, names: [name], complete: true, text: `Of ${name}.` },
});
const need = (on: string) => ({
  predicate: 'place.need' as const,
  value: { on, kind: 'power' as const, basis: 'area' as const, redundancy: null, text: 'It needs it.' },
});
const pair = (withId: string) => ({
  predicate: 'place.pair' as const,
  value: { with: withId, purpose: 'failover', text: 'A pair.' },
});
const gap = (topic: 'pair' | 'need') => ({
  predicate: 'place.gap' as const,
  value: { topic, question: 'What?', searchedIn: ['a list'], searchedOn: '2026-11-21', text: 'None found.' },
});
const region = (id: string, country: string) => ({
  says: placeRegion({ country, zoneIds: [], zoneCount: null }),
  of: of(id),
});
const placesWith = (...regions: { says: ReturnType<typeof placeRegion>; of: Subject }[]) =>
  placesOf(regions.map((each) => by(PAPER).says(each.says, { ...each.of, regionIds: [each.of.id] })));
const footing = (...claims: Claim[]): Footing => footingOf(claims, at(NOW));

describe('a history', () => {
  const cut = by(PAPER).at('2024-03-01T00:00Z').of('2024-02-24T00:00Z').says(standing('damaged'), FALCON);
  const mended = by(PAPER).at('2024-09-01T00:00Z').of('2024-07-17T00:00Z').says(standing('repaired'), FALCON);

  it('has in force what began last, whenever it was told', () => {
    const { past, current } = footing(mended, cut).standings.get(FALCON.id)!;
    expect([past.map(({ value }) => value.state), current.map(({ value }) => value.state)]).toEqual([
      ['damaged', 'repaired'],
      ['repaired'],
    ]);
    const before = footingOf([mended, cut], at('2024-05-01T00:00:00.000Z')).standings.get(FALCON.id)!;
    expect(before.past.map(({ value }) => value.state)).toEqual(['damaged']);
  });

  it('keeps who owns a thing apart from who runs it', () => {
    const first = by(PAPER).at('2020-02-24T00:00Z').says(owned('Creditors'), FALCON);
    const second = by(PAPER).at('2022-09-05T00:00Z').of('2022-09-02T00:00Z').says(owned('Fund'), FALCON);
    const runs = by(PAPER).says(owned('Carrier', 'runs'), FALCON);
    const { current, past } = footing(second, runs, first).ownerships.get(FALCON.id)!;
    expect(current.map(({ value }) => [value.role, value.names[0]]).sort()).toEqual([
      ['owner', 'Fund'],
      ['runs', 'Carrier'],
    ]);
    expect(past).toHaveLength(3);
  });

  it('is not there where nobody has said anything: not known, not in service', () => {
    expect(footing(by(PAPER).says(cable(), FALCON)).standings.get(FALCON.id)).toBeUndefined();
  });
});

describe('what a region rests on', () => {
  const places = placesWith(region(UAE.id, 'AE'), region(BAHRAIN.id, 'BH'));
  const claims = [
    by(PAPER).says(cable('landing:manama', 'landing:nowhere'), FALCON),
    by(PAPER).says(landing('Manama', 'BH'), of('landing:manama')),
    by(PAPER).says(need('supply:grid'), of('country:BH')),
    by(PAPER).says(need('chokepoint:red-sea'), of('aws')),
    by(PAPER).says(need('supply:own'), of(BAHRAIN.id)),
    by(PAPER).says(gap('need'), of('aws')),
    by(PAPER).says(gap('pair'), of('aws')),
  ];

  it('is told with of whom it was said, and cables by the country they land in', () => {
    const bahrain = regionFooting(footing(...claims), places.regions.get(BAHRAIN.id)!, places);
    expect(bahrain.needs.map(({ of: whose, claim }) => [whose, claim.value.on])).toEqual([
      ['region', 'supply:own'],
      ['area', 'supply:grid'],
      ['operator', 'chokepoint:red-sea'],
    ]);
    expect(bahrain.cables.map(({ cable: { id }, landings }) => [id, landings.map(({ name }) => name)])).toEqual([
      ['cable:falcon', ['Manama']],
    ]);
    expect(bahrain.gaps.map(({ value }) => value.topic)).toEqual(['need', 'pair']);
    expect(regionFooting(footing(...claims), places.regions.get(UAE.id)!, places).cables).toEqual([]);
  });

  it('does not say that no pair is published where there is one', () => {
    const paired = footing(...claims, by(AWS).says(pair(UAE.id), of(BAHRAIN.id)));
    const bahrain = regionFooting(paired, places.regions.get(BAHRAIN.id)!, places);
    expect(bahrain.pairs).toHaveLength(1);
    expect(bahrain.gaps.map(({ value }) => value.topic)).toEqual(['need']);
  });
});

describe('a pair of regions', () => {
  const [NORTH, CENTRAL, FAR] = ['azure:uaenorth', 'azure:uaecentral', 'azure:westeurope'];
  const places = placesWith(region(NORTH, 'AE'), region(CENTRAL, 'AE'), region(FAR, 'NL'));
  const says = (a: string, b: string) => by(PAPER).says(pair(b), of(a));

  it('in one theatre is not independent, and says so', () => {
    const grid = by(PAPER).says(need('supply:grid'), of('country:AE'));
    const [one, ...more] = regionPairs(footing(says(NORTH, CENTRAL), says(CENTRAL, NORTH), grid), places);
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      direction: 'mutual',
      theatres: ['AE', 'AE'],
      independence: 'same-theatre',
      finding:
        'azure:uaecentral and azure:uaenorth stand in one theatre, AE: not independent. Both are said to need supply:grid.',
      shared: ['supply:grid'],
    });
  });

  it('in two theatres is not called independent', () => {
    const [one] = regionPairs(footing(says(NORTH, FAR)), places);
    expect(one).toMatchObject({ direction: 'one-way', independence: 'different-theatres', theatres: ['AE', 'NL'] });
    expect(one!.finding).toMatch(/does not make them independent/);
    const gulf = regionPairs(footing(says(NORTH, FAR)), places, () => 'all');
    expect(gulf[0]!.independence).toBe('same-theatre');
  });

  it('with a region we do not know is not known', () => {
    const [one] = regionPairs(footing(says(NORTH, 'azure:atlantis')), places);
    expect(one).toMatchObject({ independence: 'not-known', theatres: ['AE', null] });
  });
});
