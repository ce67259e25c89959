import { describe, expect, it } from '@jest/globals';
import type { Claim, ClaimValue } from '@faultline/evidence';
import type { CloudRegion } from '@faultline/places';
import { by, country, UAE } from '../../../../test/support/claims.js';
import { disagreementOf, telemetryOf } from './telemetry.js';

const IODA: Claim['source'] = { id: 'ioda', name: 'IODA', class: 'sensor', grade: 'B' };
const region = { id: 'aws:me-central-1', country: 'AE' } as CloudRegion;
const measured = (state: 'normal' | 'reduced' | 'lost'): ClaimValue => ({
  predicate: 'telemetry',
  value: { signal: 'reachability', state, ratio: null, text: `Reachability ${state}.` },
});
const at = (begin: string, end: string | null, claim: Claim): Claim => ({
  ...claim,
  occurredAt: { begin, end },
  position: 0,
});
const BEGIN = '2026-03-01T10:00:00.000Z';
const lost = at(BEGIN, null, by(IODA).says(measured('lost'), country('AE')));
const coordinates = (instant: string) => ({ validAt: instant, publicAt: instant, position: 10 });
const heard = (claims: readonly Claim[], instant = '2026-03-01T12:00:00.000Z') =>
  telemetryOf(region, claims, coordinates(instant));

describe('what instruments measure', () => {
  it('holds until its end, or for a day where it has none', () => {
    const ended = at(BEGIN, '2026-03-01T11:00:00.000Z', lost);
    expect(heard([lost])).toHaveLength(1);
    expect(heard([ended])).toHaveLength(0);
    const told = { ...lost, publishedAt: { earliest: BEGIN, latest: BEGIN, basis: 'printed' as const } };
    expect(heard([told], '2026-03-02T09:59:00.000Z')).toHaveLength(1);
    expect(heard([told], '2026-03-02T10:01:00.000Z')).toHaveLength(0);
    expect(heard([told], '2026-03-01T09:00:00.000Z')).toHaveLength(0);
  });

  it('is of the country or the region, and credible', () => {
    expect(heard([at(BEGIN, null, by(IODA).says(measured('lost'), country('QA')))])).toEqual([]);
    expect(heard([{ ...lost, source: { ...IODA, grade: 'E' } }])).toEqual([]);
  });
});

describe('a disagreement', () => {
  it('is an operator that says nothing, or that all is well, while the country is lost', () => {
    for (const state of ['no-impairment-stated', 'restored', 'unmonitored'] as const)
      expect(disagreementOf(region, state, heard([lost]))).toMatchObject({ kind: 'measured-trouble-not-stated' });
    expect(disagreementOf(region, 'impaired', heard([lost]))).toBeNull();
    expect(disagreementOf(region, 'no-impairment-stated', [])).toBeNull();
  });

  it('is an operator that says it is down while the region itself is reached, not while the country is', () => {
    const reached = at(BEGIN, null, by(IODA).says(measured('normal'), UAE));
    const ofCountry = at(BEGIN, null, by(IODA).says(measured('normal'), country('AE')));
    expect(disagreementOf(region, 'unavailable', heard([reached]))).toMatchObject({
      kind: 'stated-trouble-not-measured',
    });
    expect(disagreementOf(region, 'unavailable', heard([ofCountry]))).toBeNull();
  });
});
