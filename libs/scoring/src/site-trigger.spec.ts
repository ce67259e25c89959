import { describe, expect, it } from '@jest/globals';
import { PreparedFootprint, unitVector } from '@faultline/geo';
import fc from 'fast-check';
import type { HazardIncident, HazardPlace, IncidentRecord, ScoreDocument } from './index.js';
import { DEFAULT_PARAMETERS, parseInstantDays, score, SiteHazard, Sites } from './index.js';

const asOf = '2026-04-02T00:00:00Z';
const asOfDay = parseInstantDays(asOf) ?? NaN;
const near = fc.double({ min: -0.6, max: 0.6, noNaN: true });
const report = { id: 'r', origin: 'o', grade: 'B', stance: 1, published_at: '2026-01-01' } as const;

const record = fc
  .tuple(near, near, fc.constantFrom(0, 2, 25), fc.integer({ min: 0, max: 90 }), fc.nat(3), fc.boolean(), fc.nat(2))
  .map(([east, north, precision, age, severity, isStandoff, kind]): Omit<IncidentRecord, 'id'> => ({
    occurred_at: new Date((asOfDay - age) * 86_400_000).toISOString(),
    theatre: 'gulf',
    mode: isStandoff ? 'standoff' : 'local',
    severity: severity as 0 | 1 | 2 | 3,
    reports: [report],
    ...(kind === 0 ? { lon: 180 + east, lat: 26 + north, precision_km: precision } : {}),
    ...(kind === 1 ? { footprint: triangle(east, north) } : {}),
  }));

function triangle(east: number, north: number): [number, number][] {
  return [
    [180 + east, 26 + north],
    [180.3 + east, 26 + north],
    [180.1 + east, 26.3 + north],
  ];
}

function placeOf({ lon, lat, precision_km, footprint }: Omit<IncidentRecord, 'id'>): HazardPlace {
  if (footprint != null) {
    return { kind: 'footprint', footprint: new PreparedFootprint(footprint.map(([x, y]) => unitVector(x, y))) };
  }
  if (lon == null || lat == null) return { kind: 'nowhere' };
  return { kind: 'point', lonDegrees: lon, latDegrees: lat, precisionKm: precision_km ?? 0 };
}

describe('hazard at a site', () => {
  it('is the trigger that the model gives a zone there, which nobody named as a target', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 8 }), fc.constantFrom(0, 3, 40), (records, precision) => {
        const zone = { id: 'a', lon: -179.9, lat: 26.1, precision_km: precision, share: 1 };
        const document: ScoreDocument = {
          schema: 'faultline-score/1',
          as_of: asOf,
          theatres: [{ id: 'gulf', coverage_start: '2020-01-01' }],
          regions: [{ id: 'own', theatre: 'gulf', capacity_mw: 1, azs: [zone] }],
          incidents: records.map((one, at) => ({ ...one, id: `i${at}` })),
        };
        const result = score(document);
        const { d0_km: d0Km, theatre_share: theatreShare, tau_days: tauDays } = DEFAULT_PARAMETERS;
        const incidents = records.map((one, at): HazardIncident => {
          const counted = result.incidents.find(({ id }) => id === `i${at}`);
          return {
            id: `i${at}`,
            place: placeOf(one),
            severityWeight: counted?.severity_weight ?? 0,
            confidence: counted?.confidence ?? 0,
            occurredDay: parseInstantDays(one.occurred_at) ?? NaN,
            decayClass: 0,
            ...(one.mode === 'standoff' ? { standoffTheatre: 0 } : {}),
          };
        });
        const sites = new Sites({
          lonDegrees: [zone.lon],
          latDegrees: [zone.lat],
          precisionKm: [precision],
          theatre: [0],
        });
        const classes = [{ halfLifeDays: tauDays * Math.LN2, clockDay: asOfDay }];
        const hazard = new SiteHazard(sites, { d0Km, theatreShare }, classes, incidents).hazardAt(0);
        expect(Math.abs(hazard - (result.regions[0]?.azs[0]?.trigger ?? NaN))).toBeLessThan(1e-10);
      }),
      { numRuns: 300 },
    );
  });
});
