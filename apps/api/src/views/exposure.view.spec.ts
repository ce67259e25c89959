import { describe, expect, it } from '@jest/globals';
import { attack, AWS, by, earthquake, placeRegion, UAE, USGS } from '../../../../test/support/claims.js';
import { exposureIn, STRIKE, worldOf } from '../../../../test/support/reports.js';
import { exposureView } from './exposure.view.js';
import { MOST_SHOWN } from './shown.js';

const AS_OF = '2026-09-01T00:00Z';
/** A minute apart, so that each stands beside every other; INCIDENTS=10000 is the whole run. */
const MANY = Number(process.env['INCIDENTS'] ?? 600);

function viewOf(claims: Parameters<typeof worldOf>[0]) {
  const world = worldOf(
    claims.map((claim, position) => ({ ...claim, position })),
    AS_OF,
  );
  const exposure = exposureIn(world);
  const context = {
    coordinates: world.coordinates,
    peers: world.view.visible,
    cadenceOf: () => 60,
    challenges: new Map(),
  };
  return { exposure, view: exposureView(exposure, world.view.incidents, new Map(), context) };
}

const minute = (index: number) => new Date(Date.UTC(2026, 7, 1) + index * 60_000).toISOString();
const quakes = Array.from({ length: MANY }, (_, index) =>
  by(USGS)
    .inThread(`quake ${index}`)
    .inItem(`quake ${index}`)
    .at(minute(index))
    .of(minute(index))
    .says(earthquake(4), UAE),
);

describe('the answer for a region', () => {
  it('says of each list how much of it is shown, and cuts none that is short', () => {
    const { exposure, view } = viewOf(STRIKE);
    expect(view.now.incidents).toHaveLength(exposure.incidents.length);
    expect(view.claims.map(({ id }) => id)).toEqual(exposure.claims.map(({ id }) => id));
    for (const { shown, total, text } of Object.values(view.shown)) expect([shown, text]).toEqual([total, '']);
  });

  it('stays within bounds with very many own incidents, and no score moves by it', () => {
    const strike = by(AWS).at('2026-08-20T00:00Z').of('2026-08-19T00:00Z').says(attack('drone-strike'), UAE);
    const place = by(AWS).says(placeRegion(), UAE);
    const { exposure, view } = viewOf([place, ...quakes, strike]);
    expect(exposure.incidents).toHaveLength(MANY + 1);
    expect(view.now.incidents).toHaveLength(MOST_SHOWN.incidents);
    expect(view.shown.incidents).toEqual({
      shown: MOST_SHOWN.incidents,
      total: MANY + 1,
      text: `${MOST_SHOWN.incidents} of ${MANY + 1} shown. All: /api/v1/incidents?region=aws%3Ame-central-1`,
    });
    expect(view.shown.claims).toMatchObject({ shown: MOST_SHOWN.claims, total: MANY + 2 });
    expect(view.claims).toHaveLength(MOST_SHOWN.claims);
    expect(view.leftOut).toHaveLength(MOST_SHOWN.leftOut);
    // Those going on and told of last, with what is linked to them.
    const ids = new Set(view.claims.map(({ id }) => id));
    for (const { links } of view.now.incidents) for (const { claimId } of links) expect(ids).toContain(claimId);
    for (const incident of view.now.incidents.filter(({ peril }) => peril === 'earthquake')) {
      expect(incident.coincident.length).toBeLessThanOrEqual(MOST_SHOWN.coincidentOfIncident);
      expect(incident.shown.coincident.total).toBeGreaterThan(MOST_SHOWN.coincidentOfIncident);
    }
    expect(JSON.stringify(view).length).toBeLessThan(2_000_000);
    const alone = viewOf([place, strike]).view.ahead;
    expect(view.ahead).toEqual(alone);
    if (process.env['INCIDENTS']) process.stderr.write(`${JSON.stringify(view).length} bytes of ${MANY} incidents\n`);
  });

  it('shows the weightiest parts of a score and the sum of the rest, which still add up', () => {
    const strikes = Array.from({ length: 60 }, (_, index) => {
      const at = new Date(Date.UTC(2026, 1, 3) + index * 3 * 86_400_000).toISOString();
      return by(AWS).inThread(`s${index}`).inItem(`s${index}`).at(at).of(at).says(attack('drone-strike'), UAE);
    });
    const { exposure, view } = viewOf([by(AWS).says(placeRegion(), UAE), ...strikes]);
    const recent = view.ahead.exposureAtReferenceSize!.contributions.find(({ factor }) => factor === 'recent')!;
    const whole = exposure.ahead.exposureAtReferenceSize!.contributions.find(({ factor }) => factor === 'recent')!;
    expect(whole.parts.length).toBeGreaterThan(MOST_SHOWN.parts);
    expect(recent.parts).toHaveLength(MOST_SHOWN.parts + 1);
    expect(recent.parts.at(-1)!.id).toBe('rest');
    const sum = recent.parts.reduce((total, { points }) => total + points, 0);
    expect(sum).toBeCloseTo(whole.points, 9);
    expect(recent.claimCount).toBe(whole.claimIds.length);
  });
});
