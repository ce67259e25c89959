import { describe, expect, it } from '@jest/globals';
import { AZ1, AZ2, BAHRAIN, by, PAPER, placeRegion, UAE } from '../../../../test/support/claims.js';
import { placesOf } from './places.js';

const metro = (name: string) => placeRegion({ metro: name });
const metroOf = (...claims: Parameters<typeof placesOf>[0]) => placesOf(claims).regions.get(UAE.id)?.metro;

describe('places', () => {
  it('are what the last published fact says, however early or late we recorded it', () => {
    const undated = by(PAPER).recorded(9).says(metro('undated'), UAE);
    const early = by(PAPER).at('2026-01-01T00:00Z').recorded(8).says(metro('early'), UAE);
    const late = by(PAPER).at('2026-06-01T00:00Z').recorded(2).says(metro('late'), UAE);
    expect(metroOf(late, early, undated)).toBe('late');
    expect(metroOf(undated, early)).toBe('early');
  });

  it('are what we recorded last where two facts are of one time, in whatever order they come', () => {
    const [first, second] = [1, 2].map((position) =>
      by(PAPER)
        .recorded(position)
        .says(metro(`recorded ${position}`), UAE),
    );
    expect(metroOf(second!, first!)).toBe('recorded 2');
    expect(metroOf(first!, second!)).toBe('recorded 2');
  });

  it('are not made by a denial', () => {
    expect(placesOf([by(PAPER).denies(metro('nowhere'), UAE)]).regions.size).toBe(0);
  });

  it('hold the zones of each region, in the order of their ids', () => {
    const places = placesOf([
      by(PAPER).says(placeRegion(), UAE),
      by(PAPER).says(placeRegion({ zoneIds: ['aws:mes1-az1'], zoneCount: 1, country: 'BH' }), BAHRAIN),
    ]);
    expect([...places.zones.keys()]).toEqual([AZ1.id, AZ2.id, 'aws:mec1-az3', 'aws:mes1-az1']);
    expect(places.zones.get('aws:mes1-az1')!.region.id).toBe(BAHRAIN.id);
    expect([...places.regions.keys()]).toEqual([UAE.id, BAHRAIN.id]);
  });
});
