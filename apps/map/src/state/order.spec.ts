import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ExposureSummary, IncidentSummary } from '../api/types.js';
import { isLoud, markOf, NOW_ORDER } from './mark.js';
import { countMarks, filterOf, incidentOrder, matchesIncident, matchesRegion, NO_FILTER, worstFirst } from './order.js';

const summary = (change: {
  id?: string;
  now?: Partial<ExposureSummary['now']>;
  ahead?: Partial<ExposureSummary['ahead']>;
  coverage?: ExposureSummary['coverage'];
}): ExposureSummary => ({
  regionId: change.id ?? 'aws:me-central-1',
  name: 'Middle East (UAE)',
  operatorId: (change.id ?? 'aws:').split(':')[0] ?? '',
  partitionId: 'aws',
  metro: 'Dubai',
  country: 'AE',
  lonLat: [54.8, 24.8],
  precisionKm: 100,
  now: {
    state: 'no-impairment-stated',
    label: 'No impairment stated',
    since: null,
    statedBy: null,
    statedAt: null,
    ageHours: null,
    freshness: 'fresh',
    lapse: null,
    demoted: false,
    zonesTotal: 3,
    zonesDown: 0,
    zonesLost: 0,
    quorum: 'not-known',
    quorumText: '',
    ...change.now,
  },
  ahead: {
    outcome: 'scored',
    reason: '',
    likelihoodScore: 10,
    likelihoodBand: 'minimal',
    probability30: null,
    ...change.ahead,
  },
  coverage: change.coverage ?? 'watched',
  tlp: 'TLP:CLEAR',
});

const incident = (change: Partial<IncidentSummary>): IncidentSummary => ({
  id: 'i1',
  title: 'Objects struck a data center',
  peril: 'drone-strike',
  lifecycle: 'ongoing',
  status: 'confirmed',
  onset: null,
  lastStatementAt: '2026-03-01T17:41:00.000Z',
  regionIds: ['aws:me-central-1'],
  zoneIds: [],
  countries: ['AE'],
  position: null,
  joinedIds: [],
  severity: 3,
  claimCount: 1,
  originCount: 1,
  freshness: 'fresh',
  lapse: null,
  ...change,
});

describe('the order of regions', () => {
  it('is by Now before anything that lies ahead', () => {
    const list = [...NOW_ORDER]
      .reverse()
      .map((state, index) => summary({ id: `aws:${state}`, now: { state }, ahead: { likelihoodScore: index * 10 } }));
    expect(list.sort(worstFirst).map(({ now }) => now.state)).toEqual(NOW_ORDER);
  });

  it('is by likelihood among equals, no score last, then by id', () => {
    const list = [
      summary({ id: 'aws:none', ahead: { likelihoodScore: null } }),
      summary({ id: 'aws:b', ahead: { likelihoodScore: 20 } }),
      summary({ id: 'aws:a', ahead: { likelihoodScore: 20 } }),
      summary({ id: 'aws:top', ahead: { likelihoodScore: 70 } }),
    ];
    expect(list.sort(worstFirst).map(({ regionId }) => regionId)).toEqual(['aws:top', 'aws:a', 'aws:b', 'aws:none']);
  });
});

describe('how a region is drawn', () => {
  it('is never calm where nobody watches', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('no-impairment-stated' as const, 'unmonitored' as const),
        fc.constantFrom(null, 'minimal' as const, 'severe' as const),
        (state, likelihoodBand) => {
          const mark = markOf(summary({ now: { state }, ahead: { likelihoodBand }, coverage: 'unmonitored' }));
          expect(mark.key).toBe('unmonitored');
        },
      ),
    );
  });

  it('shows a stated condition even where nobody watches', () =>
    expect(markOf(summary({ now: { state: 'impaired' }, coverage: 'unmonitored' })).key).toBe('impaired'));

  it('marks old words and blind watches as stale', () => {
    expect(markOf(summary({ now: { state: 'impaired', demoted: true } })).stale).toBe(true);
    expect(markOf(summary({ coverage: 'failing' })).stale).toBe(true);
    expect(markOf(summary({ ahead: { outcome: 'frozen' }, coverage: 'unmonitored' })).stale).toBe(true);
    expect(markOf(summary({})).stale).toBe(false);
  });

  it('is large for every state that says something', () => {
    for (const state of NOW_ORDER) {
      const quiet = state === 'no-impairment-stated' || state === 'unmonitored';
      expect(isLoud(markOf(summary({ now: { state } })))).toBe(!quiet);
    }
  });

  it('is counted once', () => {
    const counts = countMarks([
      summary({}),
      summary({ now: { state: 'impaired' } }),
      summary({ coverage: 'unmonitored' }),
    ]);
    expect(Object.fromEntries(counts)).toEqual({ calm: 1, impaired: 1, unmonitored: 1 });
  });
});

describe('the filter', () => {
  it('finds every word in any field', () => {
    expect(matchesRegion(summary({}), { ...NO_FILTER, text: 'emirates AWS dubai' })).toBe(true);
    expect(matchesRegion(summary({}), { ...NO_FILTER, text: 'emirates azure' })).toBe(false);
  });
  it('narrows by operator and by state', () => {
    expect(matchesRegion(summary({}), { ...NO_FILTER, operators: ['oci'] })).toBe(false);
    expect(matchesRegion(summary({}), { ...NO_FILTER, marks: ['unmonitored'] })).toBe(false);
    expect(matchesRegion(summary({}), { ...NO_FILTER, marks: ['calm'], operators: ['aws'] })).toBe(true);
  });
  it('leaves regions on the map while incidents are searched, and the other way round', () => {
    const filter = { ...NO_FILTER, text: 'iran', operators: ['aws'] };
    expect(filterOf('regions', 'incidents', filter)).toEqual({ ...filter, text: '' });
    expect(filterOf('incidents', 'incidents', filter)).toEqual(filter);
    expect(filterOf('regions', 'regions', filter)).toEqual(filter);
    expect(filterOf('incidents', 'legend', filter).text).toBe('');
  });
  it('finds incidents by country and by the operator of a region', () => {
    expect(matchesIncident(incident({}), { ...NO_FILTER, text: 'arab emirates' })).toBe(true);
    expect(matchesIncident(incident({ regionIds: [] }), { ...NO_FILTER, operators: ['aws'] })).toBe(false);
  });
});

describe('the order of incidents', () => {
  it('puts natural hazards last and the latest word first', () => {
    const list = [
      incident({ id: 'quake', peril: 'earthquake', regionIds: [], lastStatementAt: '2026-11-20T00:00:00.000Z' }),
      incident({ id: 'old', lastStatementAt: '2026-03-01T00:00:00.000Z' }),
      incident({ id: 'nowhere', regionIds: [], lastStatementAt: '2026-11-20T00:00:00.000Z' }),
      incident({ id: 'new', lastStatementAt: '2026-03-03T00:00:00.000Z' }),
    ];
    expect(list.sort(incidentOrder).map(({ id }) => id)).toEqual(['new', 'old', 'nowhere', 'quake']);
  });
});
