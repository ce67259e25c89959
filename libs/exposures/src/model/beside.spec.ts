import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byOnset, coincidentWith, type Coincidence, type IncidentAccount } from '@faultline/incidents';
import { coincidencesOf } from './beside.js';
import { placedAmong } from './told.js';

const region = { id: 'aws:here', country: 'AE' };
const account = (id: string, day: number | null, regionIds: readonly string[], countries: readonly string[]) =>
  ({
    id,
    onset: day === null ? null : new Date(Date.UTC(2026, 2, 1) + day * 86_400_000).toISOString(),
    regionIds,
    countries,
    lifecycle: 'ongoing',
  }) as unknown as IncidentAccount;

/** As it is told: each own incident beside every other, each other once, the last one’s reason. */
function plainly(own: readonly IncidentAccount[], all: readonly IncidentAccount[]): Coincidence[] {
  const found = new Map<string, Coincidence>();
  for (const incident of own) {
    const here = { ...incident, countries: [...new Set([...incident.countries, region.country])] };
    const others = all
      .filter(({ regionIds }) => !regionIds.includes(region.id))
      .filter(
        (other) =>
          other.regionIds.some((id) => here.regionIds.includes(id)) ||
          other.countries.some((country) => here.countries.includes(country)),
      )
      .sort(byOnset);
    for (const coincidence of coincidentWith(here, others)) found.set(coincidence.incident.id, coincidence);
  }
  return [...found.values()];
}

const incidents = fc
  .array(
    fc.record({
      day: fc.option(fc.integer({ min: 0, max: 20 }), { freq: 9 }),
      regionIds: fc.subarray(['aws:here', 'aws:there']),
      countries: fc.subarray(['AE', 'BH']),
    }),
    { maxLength: 30 },
  )
  .map((made) => made.map(({ day, regionIds, countries }, index) => account(`i${index}`, day, regionIds, countries)));

describe('what stands beside a region’s own incidents', () => {
  it('is what looking at every pair finds, in the same order and for the same reason', () => {
    fc.assert(
      fc.property(incidents, (all) => {
        const placed = placedAmong([...all]);
        const own = placed.inRegion(region.id);
        expect(coincidencesOf(region, own, placed)).toEqual(plainly(own, all));
      }),
    );
  });
});
