import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keptAtMetro, sentAtMetro } from './metro.js';
import type { ClaimDraft } from './claim.js';

const draft = (place: Partial<ClaimDraft['place']>, severity = 2): ClaimDraft =>
  ({
    predicate: 'attack',
    value: { peril: 'armed-attack', mode: 'standoff', severity, text: 'a strike' },
    place: { regionIds: [], zoneIds: [], countries: [], position: null, ...place },
  }) as unknown as ClaimDraft;
const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
const positions = fc
  .tuple(
    degrees(180),
    degrees(90),
    fc.double({ min: 0, max: 300, noNaN: true }),
    fc.string({ minLength: 1, maxLength: 200 }),
  )
  .map(([lon, lat, precisionKm, method]) => ({ lonLat: [lon, lat] as [number, number], precisionKm, method }));
const cell = (degree: number) => Math.round(degree * 10);

describe('the position of a claim on infrastructure of others', () => {
  it('is the same wherever in its cell the source put it, once or again', () => {
    fc.assert(
      fc.property(positions, fc.double({ min: -0.049, max: 0.049, noNaN: true }), (position, off) => {
        const kept = keptAtMetro(draft({ position })).place.position!;
        const [lon, lat] = position.lonLat;
        const moved: [number, number] = [cell(lon) / 10 + off, cell(lat) / 10 + off];
        fc.pre(Math.abs(moved[0]) <= 180 && Math.abs(moved[1]) <= 90);
        expect(keptAtMetro(draft({ position: { ...position, lonLat: moved } })).place.position).toEqual(kept);
        expect(keptAtMetro(draft({ position: kept })).place.position).toEqual(kept);
        expect(kept.precisionKm).toBeGreaterThanOrEqual(10);
        expect(kept.method.length).toBeLessThanOrEqual(200);
      }),
    );
  });

  it('is the same by whoever it is sent, read or not; what cannot be read is not touched', () => {
    const position = { lonLat: [55.1234, 25.1234] as [number, number], precisionKm: 0.1, method: 'given' };
    for (const given of [
      draft({ position }),
      draft({ position, zoneIds: ['aws:mec1-az2'] }, 0),
      draft({ position }, 1),
    ])
      expect(sentAtMetro(given)).toEqual(keptAtMetro(given));
    for (const odd of [{}, { place: 'here' }, { ...draft({ position }), place: { position: { lonLat: [200, 0] } } }])
      expect(sentAtMetro(odd)).toBe(odd);
  });

  it('is owed by whatever names a region or a zone, and by damage to infrastructure', () => {
    const position = { lonLat: [55.1234, 25.1234] as [number, number], precisionKm: 0.1, method: 'given' };
    const kept = { lonLat: [55.1, 25.1], precisionKm: 10 };
    expect(keptAtMetro(draft({ position }, 3)).place.position).toMatchObject(kept);
    expect(keptAtMetro(draft({ position, regionIds: ['aws:me-central-1'] }, 0)).place.position).toMatchObject(kept);
    expect(keptAtMetro(draft({ position, zoneIds: ['aws:mec1-az2'] }, 0)).place.position).toMatchObject(kept);
    expect(keptAtMetro(draft({ position }, 1)).place.position).toBe(position);
  });
});
