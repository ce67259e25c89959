import { describe, expect, it } from '@jest/globals';
import { distanceKm, PreparedFootprint, unitVector } from '@faultline/geo';
import fc from 'fast-check';
import type { DecayClass } from './decay-class.js';
import type { HazardIncident, HazardPlace, HazardRules } from './hazard-incident.js';
import { blurredKernel } from './proximity.js';
import { SiteHazard } from './site-hazard.js';
import { SUM_LIMIT } from './site-kernel.js';
import { Sites } from './sites.js';
import type { SiteColumns } from './sites.js';

const rules: HazardRules = { d0Km: 5, theatreShare: 0.05 };
const classes: readonly DecayClass[] = [
  { halfLifeDays: 30 * Math.LN2, clockDay: 20_000.25 },
  { halfLifeDays: 365, clockDay: 19_990 },
  { halfLifeDays: Infinity, clockDay: 20_000.25 },
];
const triangle = new PreparedFootprint([unitVector(179.7, 10), unitVector(-179.6, 10.2), unitVector(179.9, 10.9)]);

// A small part of the world across the antimeridian, and one at a pole, so that places meet.
const lonLat = fc.oneof(
  fc.tuple(fc.double({ min: 179, max: 181.5, noNaN: true }), fc.double({ min: 9, max: 11.5, noNaN: true })),
  fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: 88.5, max: 90, noNaN: true })),
  fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true })),
);
const precisionKm = fc.constantFrom(0, 0, 1, 10, 60, 400);
const place: fc.Arbitrary<HazardPlace> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(lonLat, precisionKm).map(([[lonDegrees, latDegrees], km]): HazardPlace => ({
      kind: 'point',
      lonDegrees,
      latDegrees,
      precisionKm: km,
    })),
  },
  { weight: 1, arbitrary: fc.constant<HazardPlace>({ kind: 'footprint', footprint: triangle }) },
  { weight: 1, arbitrary: fc.constant<HazardPlace>({ kind: 'nowhere' }) },
);
const someIncident = fc.record(
  {
    id: fc.constantFrom(...Array.from({ length: 40 }, (_, number) => `i${number}`)),
    place,
    severityWeight: fc.constantFrom(1, 0.31622776601683794, 0.1, 0.03162277660168379),
    confidence: fc.double({ min: 0, max: 0.99, noNaN: true }),
    occurredDay: fc.double({ min: 19_000, max: 20_003, noNaN: true }),
    decayClass: fc.constantFrom(0, 1, 2),
    standoffTheatre: fc.constantFrom(0, 1, 7),
  },
  { requiredKeys: ['id', 'place', 'severityWeight', 'confidence', 'occurredDay', 'decayClass'] },
) as fc.Arbitrary<HazardIncident>;
const incidents = fc.uniqueArray(someIncident, { selector: ({ id }) => id, maxLength: 25 });
const site = fc.record({ at: lonLat, precision: precisionKm, theatre: fc.constantFrom(0, 1, 2) });
const siteColumns = fc
  .tuple(fc.array(site, { minLength: 1, maxLength: 25 }), fc.boolean(), fc.boolean())
  .map(([list, isExact, isWithoutTheatre]): SiteColumns => ({
    lonDegrees: list.map(({ at }) => at[0]),
    latDegrees: list.map(({ at }) => at[1]),
    ...(isExact ? {} : { precisionKm: list.map(({ precision }) => precision) }),
    ...(isWithoutTheatre ? {} : { theatre: list.map(({ theatre }) => theatre) }),
  }));

/** The definition, without an index, quanta or frames. */
function bruteHazard(columns: SiteColumns, at: number, list: readonly HazardIncident[], own = classes): number {
  const here = unitVector(columns.lonDegrees[at] ?? NaN, columns.latDegrees[at] ?? NaN);
  const ownBlur = (columns.precisionKm?.[at] ?? 0) ** 2;
  return list.reduce((sum, incident) => {
    const { halfLifeDays, clockDay } = own[incident.decayClass] ?? { halfLifeDays: NaN, clockDay: NaN };
    const near = nearness(incident.place, here, ownBlur);
    const theatre = columns.theatre?.[at];
    const floor = theatre !== undefined && incident.standoffTheatre === theatre ? rules.theatreShare : 0;
    const age = Math.max(0, clockDay - incident.occurredDay);
    const weight = incident.severityWeight * incident.confidence * 2 ** (-age / halfLifeDays);
    return sum + weight * (floor + (1 - floor) * near);
  }, 0);
}

function nearness(at: HazardPlace, here: ReturnType<typeof unitVector>, ownBlur: number): number {
  if (at.kind === 'nowhere') return 0;
  if (at.kind === 'footprint') return blurredKernel(at.footprint.distanceKm(here), ownBlur, rules.d0Km);
  const km = distanceKm(unitVector(at.lonDegrees, at.latDegrees), here);
  return blurredKernel(km, ownBlur + at.precisionKm ** 2, rules.d0Km);
}

function bits(values: Iterable<number>): readonly bigint[] {
  return [...new BigUint64Array(Float64Array.from(values).buffer)];
}

describe('hazard at sites', () => {
  it('is the sum of what every incident is worth there', () => {
    fc.assert(
      fc.property(siteColumns, incidents, (columns, list) => {
        const hazards = new SiteHazard(new Sites(columns), rules, classes, list).hazards();
        hazards.forEach((hazard, at) => {
          expect(Math.abs(hazard - bruteHazard(columns, at, list))).toBeLessThan(1e-10);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('is the same bits in any order, split and history of edits', () => {
    fc.assert(
      fc.property(
        siteColumns,
        incidents,
        fc.array(someIncident, { maxLength: 20 }),
        fc.integer({ min: 0, max: 25 }),
        (columns, list, edits, cut) => {
          const sites = new Sites(columns);
          const build = (some: readonly HazardIncident[]): SiteHazard => new SiteHazard(sites, rules, classes, some);
          const edited = build(list);
          const last = new Map(list.map((incident) => [incident.id, incident]));
          edits.forEach((edit, number) => {
            if (number % 3 === 0) {
              expect(edited.remove(edit.id)).toBe(last.delete(edit.id));
            } else {
              edited.put(edit);
              last.set(edit.id, edit);
            }
          });
          const final = [...last.values()];
          const full = build(final);
          expect(bits(edited.hazards())).toEqual(bits(full.hazards()));
          expect(bits(build(final.toReversed()).hazards())).toEqual(bits(full.hazards()));
          const split = build(final.slice(0, cut));
          split.absorb(copied(build(final.slice(cut))));
          expect(bits(split.hazards())).toEqual(bits(full.hazards()));
          expect(split.incidentCount).toBe(final.length);
          for (const { id } of final) edited.remove(id);
          expect(bits(edited.hazards())).toEqual(bits(new Float64Array(columns.lonDegrees.length)));
        },
      ),
      { numRuns: 250 },
    );
  });

  it('is the same bits wherever the clock has been, and within 1e-9 of the definition', () => {
    const day = fc.double({ min: 19_800, max: 20_400, noNaN: true });
    fc.assert(
      fc.property(
        siteColumns,
        incidents,
        fc.array(fc.tuple(fc.constantFrom(0, 1, 2), day), { maxLength: 8 }),
        (columns, list, steps) => {
          const sites = new Sites(columns);
          const moved = new SiteHazard(sites, rules, classes, list);
          for (const [decayClass, clockDay] of steps) moved.advance(decayClass, clockDay);
          const now = classes.map((own, at) => ({ ...own, clockDay: moved.clockDays[at] ?? NaN }));
          const hazards = moved.hazards();
          expect(bits(hazards)).toEqual(bits(new SiteHazard(sites, rules, now, list).hazards()));
          hazards.forEach((hazard, at) => {
            expect(Math.abs(hazard - bruteHazard(columns, at, list, now))).toBeLessThan(1e-9);
          });
        },
      ),
      { numRuns: 250 },
    );
  });

  it('is explained by contributions that add up to it, bit for bit, the greatest first', () => {
    fc.assert(
      fc.property(siteColumns, incidents, (columns, list) => {
        const hazard = new SiteHazard(new Sites(columns), rules, classes, list);
        for (let at = 0; at < hazard.sites.count; at++) {
          const explained = hazard.explain(at).map(({ equivalents }) => equivalents);
          const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
          expect(bits([sum(explained)])).toEqual(bits([hazard.hazardAt(at)]));
          expect(bits([sum(explained.toReversed())])).toEqual(bits([hazard.hazardAt(at)]));
          expect(explained.toSorted((a, b) => b - a)).toEqual(explained);
          expect(Math.min(0, ...explained)).toBe(0);
          expect(hazard.hazardAt(at)).toBe(hazard.hazards()[at]);
        }
      }),
      { numRuns: 250 },
    );
  });

  it('explains each incident by what it is worth there', () => {
    const columns = { lonDegrees: [50, 50.03], latDegrees: [26, 26], theatre: [4, 4] };
    const point: HazardPlace = { kind: 'point', lonDegrees: 50, latDegrees: 26, precisionKm: 0 };
    const base = { place: point, confidence: 0.5, occurredDay: 20_000.25, decayClass: 0 };
    const hazard = new SiteHazard(new Sites(columns), rules, classes, [
      { ...base, id: 'here', severityWeight: 1 },
      { ...base, id: 'before', severityWeight: 1, occurredDay: 20_000.25 - 30 * Math.LN2 },
      { ...base, id: 'standoff', severityWeight: 1, place: { kind: 'nowhere' }, standoffTheatre: 4 },
      { ...base, id: 'elsewhere', severityWeight: 1, place: { ...point, lonDegrees: 60 } },
    ]);
    expect(hazard.explain(0)).toEqual([
      { incidentId: 'here', equivalents: expect.closeTo(0.5, 11) },
      { incidentId: 'before', equivalents: expect.closeTo(0.25, 11) },
      { incidentId: 'standoff', equivalents: expect.closeTo(0.025, 11) },
    ]);
    const km = distanceKm(unitVector(50, 26), unitVector(50.03, 26));
    expect(hazard.explain(1)[0]?.equivalents).toBeCloseTo(0.5 * Math.exp(-km / 5), 11);
    expect(hazard.explain(1).map(({ incidentId }) => incidentId)).toEqual(['here', 'before', 'standoff']);
  });

  it('cuts off at the reach it is given, and only there', () => {
    const lonDegrees = [0, 0.5, 1, 1.2];
    const sites = new Sites({ lonDegrees, latDegrees: [0, 0, 0, 0] });
    const incident: HazardIncident = {
      id: 'a',
      place: { kind: 'point', lonDegrees: 0, latDegrees: 0, precisionKm: 40 },
      severityWeight: 1,
      confidence: 1,
      occurredDay: 20_000.25,
      decayClass: 0,
    };
    const near = new SiteHazard(sites, { ...rules, reachKm: 112 }, classes, [incident]).hazards();
    const all = new SiteHazard(sites, rules, classes, [incident]).hazards();
    expect([...near]).toEqual([all[0], all[1], all[2], 0]);
    expect(all[3]).toBeGreaterThan(0);
  });

  it('refuses what it cannot sum exactly, and stands as it stood', () => {
    const heavy = (id: string): HazardIncident => ({
      id,
      place: { kind: 'point', lonDegrees: 7, latDegrees: 7, precisionKm: 0 },
      severityWeight: 900,
      confidence: 1,
      occurredDay: 20_000.25,
      decayClass: 2,
    });
    const hazard = new SiteHazard(new Sites({ lonDegrees: [7, 8], latDegrees: [7, 7] }), rules, classes);
    for (const id of ['a', 'b', 'c', 'd']) hazard.put(heavy(id));
    const before = bits(hazard.hazards());
    expect(() => hazard.put(heavy('e'))).toThrow(`more than ${SUM_LIMIT} severity-3 equivalents at one site`);
    expect(() => hazard.put({ ...heavy('a'), severityWeight: 1025 })).toThrow('wanted less than 1024');
    expect(bits(hazard.hazards())).toEqual(before);
    expect(hazard.incidentCount).toBe(4);
    const other = new SiteHazard(hazard.sites, rules, classes, [heavy('f')]);
    expect(() => hazard.absorb(other.part())).toThrow(`more than ${SUM_LIMIT}`);
    expect(() => hazard.absorb(hazard.part())).toThrow('got incident "a" twice');
    expect(bits(hazard.hazards())).toEqual(before);
  });

  it('refuses to move a clock to where sums would not be exact', () => {
    const fading = [{ halfLifeDays: 10, clockDay: 15 }];
    const heavy = ['a', 'b', 'c', 'd', 'e'].map((id): HazardIncident => ({
      id,
      place: { kind: 'point', lonDegrees: 7, latDegrees: 7, precisionKm: 0 },
      severityWeight: 500,
      confidence: 1,
      occurredDay: 10,
      decayClass: 0,
    }));
    const sites = new Sites({ lonDegrees: [7], latDegrees: [7] });
    const hazard = new SiteHazard(sites, rules, fading, heavy);
    const before = bits(hazard.hazards());
    hazard.advance(0, 25);
    expect(hazard.hazardAt(0)).toBeCloseTo(2500 * 2 ** -1.5, 9);
    hazard.advance(0, 15);
    expect(bits(hazard.hazards())).toEqual(before);
    const late = new SiteHazard(
      sites,
      rules,
      fading,
      heavy.map((one) => ({ ...one, occurredDay: 19 })),
    );
    const atFifteen = bits(late.hazards());
    expect(() => late.advance(0, 19)).toThrow(`more than ${SUM_LIMIT}`);
    expect(bits(late.hazards())).toEqual(atFifteen);
    expect(late.clockDays).toEqual([15]);
  });

  it('says what it cannot take', () => {
    const sites = new Sites({ lonDegrees: [7], latDegrees: [7] });
    const good: HazardIncident = {
      id: 'a',
      place: { kind: 'nowhere' },
      severityWeight: 1,
      confidence: 1,
      occurredDay: 1,
      decayClass: 0,
    };
    const hazard = new SiteHazard(sites, rules, classes, [good]);
    expect(() => hazard.put({ ...good, decayClass: 3 })).toThrow('decay class 3 for incident "a", wanted one of 3');
    expect(() => hazard.put({ ...good, confidence: 1.1 })).toThrow('confidence 1.1');
    expect(() => hazard.put({ ...good, occurredDay: NaN })).toThrow('day NaN');
    expect(() =>
      hazard.put({ ...good, place: { kind: 'point', lonDegrees: 0, latDegrees: 91, precisionKm: 0 } }),
    ).toThrow('[0, 91]');
    expect(() => new SiteHazard(sites, rules, classes, [good, good])).toThrow('got incident "a" twice');
    expect(() => new SiteHazard(sites, { ...rules, d0Km: 0 }, classes)).toThrow('got rules');
    expect(() => new SiteHazard(sites, rules, [{ halfLifeDays: 0, clockDay: 1 }])).toThrow('got half-life 0 days');
    expect(() => hazard.advance(3, 1)).toThrow('got decay class 3');
    expect(() => hazard.advance(0, NaN)).toThrow('at day NaN');
    expect(() => hazard.hazardAt(1)).toThrow('got site 1, wanted one of 1');
    expect(() => hazard.absorb({ incidents: [], nearSums: [], theatreSums: [] })).toThrow('other sites or classes');
    expect(hazard.remove('b')).toBe(false);
    expect(() => new Sites({ lonDegrees: [7], latDegrees: [7], precisionKm: [-1] })).toThrow('got precision -1 km');
    expect(() => new Sites({ lonDegrees: [7], latDegrees: [7], theatre: [0.5] })).toThrow('got theatre 0.5');
    expect(() => new Sites({ lonDegrees: [7], latDegrees: [7], theatre: [] })).toThrow('got 0 entries in theatre');
  });
});

function copied(hazard: SiteHazard): ReturnType<SiteHazard['part']> {
  const part = hazard.part();
  return {
    ...part,
    nearSums: part.nearSums.map((sums) => sums.slice()),
    theatreSums: part.theatreSums.map((sums) => sums.slice()),
  };
}
