import { describe, expect, it } from '@jest/globals';
import type { Claim, CoverageStatement } from '@faultline/evidence';
import { placesOf } from '@faultline/places';
import {
  ADVERSARY,
  AWS,
  AZ1,
  AZ2,
  AZ3,
  BAHRAIN,
  BLOG,
  by,
  condition,
  GAZETTE,
  instant,
  PAPER,
  placeRegion,
  retraction,
  UAE,
  zone,
} from '../../../../test/support/claims.js';
import { nowOf, zoneLabel } from './now.js';

type Place = NonNullable<Parameters<typeof placeRegion>[0]>;
const WATCHED: CoverageStatement = {
  incidentClass: 'provider-outage',
  state: 'watched',
  feedIds: ['board'],
  from: null,
  to: null,
  text: '',
};

function nowAt(time: string, claims: readonly Claim[], place: Place = {}) {
  const region = placesOf([by(PAPER).says(placeRegion(place), UAE)]).regions.get(UAE.id)!;
  return nowOf(region, claims, [WATCHED], { validAt: instant(time), publicAt: instant(time), position: 99 });
}
const told = (time: string, state: Parameters<typeof condition>[0], subject = UAE, source = AWS) =>
  by(source).at(`2026-03-01T${time}Z`).says(condition(state), subject);
const states = (now: ReturnType<typeof nowAt>) => now.zones.map(({ state }) => state);
const NOON = '2026-03-01T12:00Z';

describe('the zones of a region', () => {
  it('are its own: not those of another region that a statement of both names', () => {
    const both = { regionIds: [...UAE.regionIds, ...BAHRAIN.regionIds], countries: ['AE', 'BH'] };
    const foreign = { ...both, id: 'aws:mes1-az2', zoneIds: ['aws:mes1-az2'] };
    const now = nowAt(NOON, [told('10:00', 'impaired', foreign)]);
    expect(now.zones.map(({ id }) => id)).toEqual([AZ1.id, AZ2.id, AZ3.id]);
    expect(now).toMatchObject({ zonesTotal: 3, zonesDown: 0, state: 'no-impairment-stated' });
    // A zone of ours in a statement of both is still ours.
    const ours = { ...both, id: AZ2.id, zoneIds: [AZ2.id] };
    expect(nowAt(NOON, [told('10:00', 'impaired', ours)]).zonesDown).toBe(1);
  });

  it('are joined by one its operator speaks of that no list has, and by nobody else’s word', () => {
    const fourth = zone(UAE, 'aws:mec1-az4');
    expect(nowAt(NOON, [told('10:00', 'impaired', fourth)])).toMatchObject({ zonesTotal: 4, zonesDown: 1 });
    for (const source of [PAPER, BLOG, ADVERSARY]) {
      expect(nowAt(NOON, [told('10:00', 'impaired', fourth, source)])).toMatchObject({ zonesTotal: 3, zonesDown: 0 });
    }
  });

  it('are as their operator published, whatever others say of them', () => {
    const now = nowAt(NOON, [
      told('10:00', 'operational', AZ1),
      told('11:00', 'unavailable', AZ1, PAPER),
      told('11:00', 'unavailable', AZ2, PAPER),
    ]);
    expect(states(now)).toEqual(['no-impairment-stated', 'no-statement', 'no-statement']);
    expect(now.zones.map(zoneLabel)).toEqual(['Reported working', 'No statement', 'No statement']);
  });

  it('that work, by a statement of all others, do so until the region as a whole does not', () => {
    const others = by(AWS).at('2026-03-01T10:00Z').says(condition('operational', 'other-zones'), UAE);
    const impaired = told('09:00', 'impaired', AZ2);
    expect(states(nowAt(NOON, [impaired, others]))).toEqual([
      'no-impairment-stated',
      'impaired',
      'no-impairment-stated',
    ]);
    const region = told('11:00', 'unavailable');
    expect(states(nowAt(NOON, [impaired, others, region]))).toEqual(['no-statement', 'impaired', 'no-statement']);
    expect(states(nowAt(NOON, [impaired, others, told('11:00', 'impaired')]))[0]).toBe('no-impairment-stated');
    expect(states(nowAt(NOON, [impaired, others, told('11:00', 'unavailable', UAE, PAPER)]))[0]).toBe(
      'no-impairment-stated',
    );
  });

  it('that do not, by a statement of all others, are trouble of the region', () => {
    const others = by(AWS).at('2026-03-01T10:00Z').says(condition('impaired', 'other-zones'), UAE);
    expect(nowAt(NOON, [told('09:00', 'operational', AZ2), others])).toMatchObject({
      state: 'impaired',
      zonesDown: 2,
      quorum: 'lost',
    });
  });
});

describe('a region that is over it', () => {
  const trouble = [told('08:00', 'impaired', AZ1), told('09:00', 'unavailable', AZ2)];

  it('on its operator’s word takes its zones along, as far as they were spoken of before', () => {
    const now = nowAt(NOON, [...trouble, told('10:00', 'restored')]);
    expect(now).toMatchObject({ state: 'restored', zonesDown: 0, label: 'Restored, per operator' });
    expect(states(now)).toEqual(['restored', 'restored', 'no-statement']);
    const again = nowAt(NOON, [...trouble, told('10:00', 'restored'), told('11:00', 'degraded', AZ3)]);
    expect(again.state).toBe('degraded');
    expect(states(again)).toEqual(['restored', 'restored', 'degraded']);
  });

  it('in the same breath as a zone that is not, is not', () => {
    const now = nowAt(NOON, [told('10:00', 'restored'), told('10:00', 'impaired', AZ2)]);
    expect(now).toMatchObject({ state: 'impaired', zonesDown: 1 });
  });

  it('on another’s word clears nothing its operator said', () => {
    const now = nowAt(NOON, [...trouble, told('10:00', 'restored', UAE, PAPER)]);
    expect(now).toMatchObject({ state: 'unavailable', zonesDown: 2, quorum: 'lost' });
  });

  it('does not bring back what is lost for good', () => {
    const now = nowAt(NOON, [told('08:00', 'permanently-lost', AZ2), told('10:00', 'restored')]);
    expect(now).toMatchObject({ zonesLost: 1, zonesDown: 1 });
    expect(now.zones[1]).toMatchObject({ id: AZ2.id, alreadyLost: true });
  });
});

describe('a region lost for good', () => {
  it('takes every zone with it on its operator’s word, and none on a paper’s', () => {
    const lost = nowAt(NOON, [told('08:00', 'operational', AZ1), told('10:00', 'permanently-lost')]);
    expect(lost).toMatchObject({ state: 'permanently-lost', zonesLost: 3, quorum: 'lost' });
    const reported = nowAt(NOON, [told('10:00', 'permanently-lost', UAE, PAPER)]);
    expect(reported).toMatchObject({ state: 'permanently-lost', zonesLost: 0 });
  });
});

describe('a contested state', () => {
  it('is another’s word that a credible source denies or contradicts, and any adversary’s', () => {
    const paper = told('10:00', 'unavailable', UAE, PAPER);
    expect(nowAt(NOON, [paper]).state).toBe('unavailable');
    const denial = by(GAZETTE).at('2026-03-01T11:00Z').denies(condition('unavailable'), UAE);
    expect(nowAt(NOON, [paper, denial])).toMatchObject({ state: 'contested', quorum: 'not-known' });
    expect(nowAt(NOON, [paper, told('11:00', 'restored', UAE, BLOG)]).state).toBe('unavailable');
    expect(nowAt(NOON, [told('10:00', 'permanently-lost', UAE, ADVERSARY)])).toMatchObject({
      state: 'contested',
      quorum: 'not-known',
    });
  });

  it('does not stand before trouble that the operator itself states', () => {
    const now = nowAt(NOON, [told('09:00', 'degraded', AZ2), told('10:00', 'permanently-lost', UAE, ADVERSARY)]);
    expect(now).toMatchObject({ state: 'degraded', since: instant('2026-03-01T09:00Z') });
    expect(now.stated!.claim.source.id).toBe(AWS.id);
  });
});

describe('what its source took back', () => {
  it('is in force no more', () => {
    const post = by(AWS).inItem('post').at('2026-03-01T10:00Z').says(condition('unavailable'), UAE);
    const back = by(AWS).at('2026-03-01T11:00Z').says(retraction('post'), UAE);
    expect(nowAt(NOON, [post]).state).toBe('unavailable');
    expect(nowAt(NOON, [post, back]).state).toBe('no-impairment-stated');
  });
});

describe('quorum', () => {
  it('is in words that can be checked', () => {
    const text = (...claims: Claim[]) => nowAt(NOON, claims).quorumText;
    expect(text()).toBe('No zone is stated down, 3 without a statement; 2 of 3 zones needed (a majority, assumed).');
    expect(text(told('10:00', 'impaired', AZ1))).toBe(
      '1 of 3 zones down, 2 without a statement; 2 of 3 zones needed (a majority, assumed).',
    );
    expect(text(told('10:00', 'impaired', AZ1), told('10:00', 'unavailable', AZ2))).toBe(
      '2 of 3 zones down: quorum lost; 2 of 3 zones needed (a majority, assumed).',
    );
    expect(text(told('10:00', 'unavailable'))).toBe('The operator states that the region cannot serve.');
    expect(text(told('10:00', 'unavailable', UAE, PAPER))).toBe('Gulf Paper states that the region cannot serve.');
  });

  it('is not known of zones nobody counted, and not held while any is silent', () => {
    const none = { zoneIds: [], zoneCount: null };
    expect(nowAt(NOON, [told('10:00', 'operational', AZ1)], none)).toMatchObject({
      zonesTotal: null,
      quorum: 'not-known',
      quorumText: 'The number of zones is not published.',
    });
    const counted = { zoneIds: [], zoneCount: 3 };
    const fine = [AZ1, AZ2].map((subject) => told('10:00', 'operational', subject));
    expect(nowAt(NOON, fine, counted)).toMatchObject({ zonesTotal: 3, quorum: 'not-known' });
    expect(nowAt(NOON, [...fine, told('10:00', 'operational', AZ3)], counted).quorum).toBe('held');
  });

  it('is of as many zones as the operator speaks of, where that is more than the list says', () => {
    const down = ['4', '5', '6'].map((n) => told('10:00', 'impaired', zone(UAE, `aws:mec1-az${n}`)));
    expect(nowAt(NOON, down, { zoneIds: [], zoneCount: 2 })).toMatchObject({ zonesTotal: 3, quorum: 'lost' });
  });

  it('counts a degraded or investigated zone as serving', () => {
    const now = nowAt(NOON, [
      told('10:00', 'degraded', AZ1),
      told('10:00', 'investigating', AZ2),
      told('10:00', 'operational', AZ3),
    ]);
    expect(now).toMatchObject({ state: 'degraded', zonesDown: 0, quorum: 'held' });
  });
});
