import { describe, expect, it } from '@jest/globals';
import { parseScoreDocument, ScoreInputError, validateScoreDocument } from './index.js';
import type { ScoreErrorCode } from './index.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const report = { id: 'rep', origin: 'wire', grade: 'B', stance: 1, published_at: '2026-03-01' };

function smallest(): { [key: string]: Json } {
  return {
    as_of: '2026-04-02T00:00:00Z',
    theatres: [{ id: 'T', coverage_start: '2024-01-01' }],
    regions: [
      {
        id: 'R',
        theatre: 'T',
        capacity_mw: 60,
        azs: [
          { id: 'a', lat: 26, lon: 50, share: 0.5 },
          { id: 'b', lat: 26.1, lon: 50, share: 0.5 },
        ],
      },
    ],
    incidents: [
      {
        id: 'I',
        occurred_at: '2026-03-01',
        theatre: 'T',
        mode: 'standoff',
        severity: 3,
        reports: [{ ...report }],
      },
      { id: 'J', occurred_at: '2026-03-02', theatre: 'T', mode: 'local', severity: 0, reports: [] },
    ],
    claims: [{ id: 'K', region: 'R', kind: 'gov', reports: [{ ...report }] }],
    workloads: [{ id: 'W', region: 'R', commitment_usd_per_year: 1e6, tier: 1 }],
    chokepoints: [
      { id: 'C', theatre: 'T', base_rate_per_year: 1, outage_days: 3, dependents: [{ region: 'R', loss_share: 0.5 }] },
    ],
    params: {},
  };
}

/** Puts a value at a path like `regions.0.azs.1.share`; undefined takes the field away. */
function withValue(path: string, value: Json | undefined): unknown {
  const root = smallest();
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const parent = steps.reduce<Json>((node, step) => {
    const next = (node as { [key: string]: Json })[step];
    if (next === undefined) throw new Error(`the document has no ${step} of ${path}`);
    return next;
  }, root) as { [key: string]: Json };
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return root;
}

function refusalOf(run: () => unknown): ScoreInputError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof ScoreInputError) return error;
    throw error;
  }
}

const square: Json = [
  [50, 26],
  [51, 26],
  [51, 27],
];
const zone = (id: string, share: number): Json => ({ id, lat: 0, lon: 0, share });
const evenZones = (count: number): Json => Array.from({ length: count }, (_, at) => zone(`z${String(at)}`, 1 / count));

/** Code, place of the fault, value put there, path the error names. */
const faults: readonly (readonly [ScoreErrorCode, string, Json | undefined, string])[] = [
  ['E2', 'schema', 'faultline-score/2', 'schema'],
  ['E2', 'schema', 1, 'schema'],
  ['E3', 'as_of', undefined, 'as_of'],
  ['E3', 'as_of', null, 'as_of'],
  ['E3', 'as_of', '2026-04-02T00:00:00', 'as_of'],
  ['E3', 'as_of', 1_775_088_000, 'as_of'],
  ['E3', 'as_of', '2026-02-29', 'as_of'],
  ['E3', 'as_of', '2026-04-02T24:00:00Z', 'as_of'],
  ['E3', 'as_of', '2026-12-31T23:59:60Z', 'as_of'],
  ['E3', 'theatres.0.coverage_end', 'yesterday', 'theatres[0].coverage_end'],
  ['E3', 'regions.0.azs.0.out_until', '02/04/2026', 'regions[0].azs[0].out_until'],
  ['E3', 'incidents.0.occurred_at', '2026-13-01', 'incidents[0].occurred_at'],
  ['E3', 'claims.0.reports.0.retracted_at', '', 'claims[0].reports[0].retracted_at'],
  ['E3', 'workloads.0.valid_to', true, 'workloads[0].valid_to'],
  ['E3', 'chokepoints.0.outage_until', '2026-04-02 00:00:00Z', 'chokepoints[0].outage_until'],
  ['E4', 'theatres.0.coverage_start', undefined, 'theatres[0].coverage_start'],
  ['E4', 'theatres.0.id', null, 'theatres[0].id'],
  ['E4', 'regions.0.theatre', undefined, 'regions[0].theatre'],
  ['E4', 'regions.0.capacity_mw', null, 'regions[0].capacity_mw'],
  ['E4', 'regions.0.azs', null, 'regions[0].azs'],
  ['E4', 'regions.0.azs.1.lat', undefined, 'regions[0].azs[1].lat'],
  ['E4', 'incidents.0.mode', undefined, 'incidents[0].mode'],
  ['E4', 'incidents.0.reports', undefined, 'incidents[0].reports'],
  ['E4', 'incidents.0.reports.0.origin', null, 'incidents[0].reports[0].origin'],
  ['E4', 'claims.0.kind', undefined, 'claims[0].kind'],
  ['E4', 'workloads.0.tier', undefined, 'workloads[0].tier'],
  ['E4', 'chokepoints.0.dependents', undefined, 'chokepoints[0].dependents'],
  ['E4', 'chokepoints.0.dependents.0.loss_share', undefined, 'chokepoints[0].dependents[0].loss_share'],
  ['E5', 'seed', -1, 'seed'],
  ['E5', 'seed', 2 ** 53, 'seed'],
  ['E5', 'seed', 0.5, 'seed'],
  ['E5', 'n_sims', '10', 'n_sims'],
  ['E5', 'n_sims', 1e12, 'n_sims'],
  ['E5', 'regions', {}, 'regions'],
  ['E5', 'regions.0', 'R', 'regions[0]'],
  ['E5', 'regions.0.id', '', 'regions[0].id'],
  ['E5', 'regions.0.id', 7, 'regions[0].id'],
  ['E5', 'regions.0.id', 'half a pair \ud83d', 'regions[0].id'],
  ['E5', 'regions.0.capacity_mw', -1, 'regions[0].capacity_mw'],
  ['E5', 'regions.0.capacity_mw', '60', 'regions[0].capacity_mw'],
  ['E5', 'regions.0.capacity_mw', true, 'regions[0].capacity_mw'],
  ['E5', 'regions.0.failover_share', 1.01, 'regions[0].failover_share'],
  ['E5', 'regions.0.azs.0.lat', 90.1, 'regions[0].azs[0].lat'],
  ['E5', 'regions.0.azs.0.share', 0, 'regions[0].azs[0].share'],
  ['E5', 'regions.0.azs.0.precision_km', -1, 'regions[0].azs[0].precision_km'],
  ['E5', 'incidents.0.precision_km', -1, 'incidents[0].precision_km'],
  ['E5', 'incidents.0.footprint', 'everywhere', 'incidents[0].footprint'],
  ['E5', 'incidents.0.footprint', [[50, 26, 0]], 'incidents[0].footprint[0]'],
  ['E5', 'incidents.0.footprint', [[50, 91]], 'incidents[0].footprint[0].lat'],
  ['E5', 'incidents.0.footprint', [[50, null]], 'incidents[0].footprint[0]'],
  ['E5', 'workloads.0.commitment_usd_per_year', -1, 'workloads[0].commitment_usd_per_year'],
  ['E5', 'chokepoints.0.dependents.0.loss_share', 1.5, 'chokepoints[0].dependents[0].loss_share'],
  ['E6', 'incidents.1.id', 'I', 'incidents[1].id'],
  ['E6', 'regions.0.azs.1.id', 'a', 'regions[0].azs[1].id'],
  ['E6', 'regions.0.id', 'T', 'regions[0].id'],
  ['E6', 'chokepoints.0.id', 'R', 'chokepoints[0].id'],
  ['E7', 'regions.0.azs.0.share', 0.4, 'regions[0].azs'],
  ['E7', 'regions.0.azs.0.share', 0.500_000_002, 'regions[0].azs'],
  ['E8', 'regions.0.azs', [], 'regions[0].azs'],
  ['E8', 'regions.0.azs', evenZones(13), 'regions[0].azs'],
  ['E9', 'regions.0.quorum', 0, 'regions[0].quorum'],
  ['E9', 'regions.0.quorum', 3, 'regions[0].quorum'],
  ['E9', 'regions.0.quorum', 1.5, 'regions[0].quorum'],
  ['E9', 'regions.0.quorum', '1', 'regions[0].quorum'],
  ['E10', 'regions.0.theatre', 'U', 'regions[0].theatre'],
  ['E10', 'incidents.0.theatre', 'U', 'incidents[0].theatre'],
  ['E10', 'incidents.0.theatre', 5, 'incidents[0].theatre'],
  ['E10', 'incidents.0.chokepoint', 'R', 'incidents[0].chokepoint'],
  ['E10', 'claims.0.region', 'T', 'claims[0].region'],
  ['E10', 'workloads.0.region', 'r', 'workloads[0].region'],
  ['E10', 'chokepoints.0.theatre', 'U', 'chokepoints[0].theatre'],
  ['E10', 'chokepoints.0.dependents.0.region', 'U', 'chokepoints[0].dependents[0].region'],
  ['E11', 'incidents.0.duplicate_of', 'X', 'incidents[0].duplicate_of'],
  ['E11', 'incidents.0.duplicate_of', 'I', 'incidents[0].duplicate_of'],
  ['E11', 'incidents.0.duplicate_of', 5, 'incidents[0].duplicate_of'],
  ['E12', 'incidents.0.reports.0.grade', 'a', 'incidents[0].reports[0].grade'],
  ['E12', 'incidents.0.reports.0.stance', 0, 'incidents[0].reports[0].stance'],
  ['E12', 'incidents.0.mode', 'air', 'incidents[0].mode'],
  ['E12', 'incidents.0.severity', 4, 'incidents[0].severity'],
  ['E12', 'incidents.0.severity', 2.5, 'incidents[0].severity'],
  ['E12', 'incidents.0.severity', '3', 'incidents[0].severity'],
  ['E12', 'claims.0.kind', 'military', 'claims[0].kind'],
  ['E12', 'workloads.0.tier', 5, 'workloads[0].tier'],
  ['E13', 'incidents.0.footprint', [], 'incidents[0].footprint'],
  [
    'E13',
    'incidents.0.footprint',
    [
      [50, 26],
      [51, 26],
      [50, 26],
    ],
    'incidents[0].footprint',
  ],
  [
    'E13',
    'incidents.0.footprint',
    [
      [10, 90],
      [20, 90],
      [30, 90],
    ],
    'incidents[0].footprint',
  ],
  [
    'E13',
    'incidents.0.footprint',
    [
      [180, 0],
      [-180, 0],
      [0, 10],
    ],
    'incidents[0].footprint',
  ],
  [
    'E13',
    'incidents.0.footprint',
    [
      [0, 0],
      [120, 0],
      [-120, 0],
    ],
    'incidents[0].footprint',
  ],
  [
    'E13',
    'incidents.0.footprint',
    [
      [0, 0],
      [90, 0],
      [180, 0],
    ],
    'incidents[0].footprint',
  ],
  ['E14', 'params.horizon', 30, 'params'],
  ['E14', 'params.llr', { G: 1 }, 'params.llr'],
  ['E14', 'params.omega', { military: 1 }, 'params.omega'],
  ['E14', 'params.ref_zones', null, 'params'],
  ['E15', 'params', [], 'params'],
  ['E15', 'params.eta', 1, 'params.eta'],
  ['E15', 'params.eta', '0.7', 'params.eta'],
  ['E15', 'params.rho', 1.1, 'params.rho'],
  ['E15', 'params.beta_theatre', -0.1, 'params.beta_theatre'],
  ['E15', 'params.a_max', 0.9, 'params.a_max'],
  ['E15', 'params.q0', 0.06, 'params'],
  ['E15', 'params.q0', 0, 'params.q0'],
  ['E15', 'params.alpha', 0, 'params.alpha'],
  ['E15', 'params.m0_per_year', -1, 'params.m0_per_year'],
  ['E15', 'params.d0_km', 0, 'params.d0_km'],
  ['E15', 'params.tau_days', 0, 'params.tau_days'],
  ['E15', 'params.model_error_factor', 0.99, 'params.model_error_factor'],
  ['E15', 'params.llr', { A: 'much' }, 'params.llr.A'],
  ['E15', 'params.omega', { gov: 2 }, 'params.omega.gov'],
  ['E15', 'params.incident_prior', 1, 'params.incident_prior'],
  ['E15', 'params.ref_azs', 1, 'params'],
  ['E16', 'incidents.0.targets', ['R/c'], 'incidents[0].targets'],
  ['E16', 'incidents.0.targets', ['a'], 'incidents[0].targets'],
  ['E16', 'incidents.0.targets', [null], 'incidents[0].targets[0]'],
];

describe('refused documents', () => {
  it('accepts the document the faults are put into', () => {
    expect(refusalOf(() => validateScoreDocument(smallest()))).toBeUndefined();
  });

  it.each(faults)('%s %s = %j', (code, path, value, errorPath) => {
    const refusal = refusalOf(() => validateScoreDocument(withValue(path, value)));
    expect({ code: refusal?.code, path: refusal?.path }).toEqual({ code, path: errorPath });
    expect(refusal?.message).toMatch(/^E\d+ \S+: got .+, wanted .+$/);
  });

  it('has a case for every code', () => {
    const codes = new Set(['E1', ...faults.map(([code]) => code)]);
    expect(codes.size).toBe(16);
  });

  it.each(['', '{', '{"as_of": NaN}', "{'as_of': 1}", '\ufeff{}', 'undefined', '[]', '5', '"2026"', 'null'])(
    'E1 text %j',
    (text) => {
      expect(refusalOf(() => parseScoreDocument(text))?.code).toBe('E1');
    },
  );

  it('E5 a number that overflows', () => {
    const text = JSON.stringify(smallest()).replace('"capacity_mw":60', '"capacity_mw":1e999');
    expect(refusalOf(() => parseScoreDocument(text))).toMatchObject({ code: 'E5', got: 'Infinity' });
  });

  it('E6 ids with one FNV-1a hash', () => {
    const document = smallest();
    document['theatres'] = ['T', 'costarring', 'liquid'].map((id) => ({ id, coverage_start: '2024-01-01' }));
    const refusal = refusalOf(() => validateScoreDocument(document));
    expect(refusal).toMatchObject({ code: 'E6', path: 'theatres[2].id' });
  });

  it('E11 circles of any length, named where they are first met', () => {
    const document = smallest();
    document['incidents'] = ['A', 'B', 'C', 'D'].map((id, at, all) => ({
      ...((smallest()['incidents'] as Json[])[0] as object),
      id,
      duplicate_of: all[at === 3 ? 1 : at + 1] ?? null,
    }));
    expect(refusalOf(() => validateScoreDocument(document))).toMatchObject({
      code: 'E11',
      path: 'incidents[0].duplicate_of',
    });
  });

  it('names the first fault where there are several', () => {
    const document = smallest();
    document['seed'] = -1;
    document['as_of'] = 'now';
    expect(refusalOf(() => validateScoreDocument(document))?.code).toBe('E3');
  });

  it('stays one printable line whatever the document says', () => {
    const document = smallest();
    document['schema'] = 'a\nb\u2028c\u202ed\u009be'.repeat(50);
    const message = refusalOf(() => validateScoreDocument(document))?.message ?? '';
    expect(message).toMatch(/^E2 schema: got "a\\nb\\u2028c\\u202ed\\u009be/);
    expect(message.length).toBeLessThan(400);
    expect(message).not.toMatch(/[\n\u2028\u202e\u009b]/);
  });
});

describe('accepted documents', () => {
  it.each([
    ['seed', 2 ** 53 - 1],
    ['theatres.0.history_years', null],
    ['regions.0.azs.0.lon', -1e6],
    ['regions.0.azs', evenZones(12)],
    ['regions.0.quorum', 2],
    ['regions.0.note', { any: 'thing' }],
    ['incidents.0.footprint', square],
    ['incidents.0.footprint', [...square, [50, 26]]],
    [
      'incidents.0.footprint',
      [
        [0, 60],
        [120, 60],
        [-120, 60],
      ],
    ],
    [
      'incidents.0.footprint',
      [
        [0, 0.001],
        [120, 0.001],
        [-120, 0.001],
      ],
    ],
    [
      'incidents.0.footprint',
      [
        [-89, 0],
        [89, 0],
        [0, 89],
        [0, 88],
        [1, 89],
        [2, 89],
      ],
    ],
    ['incidents.0.targets', ['R', 'R/b']],
    ['incidents.0.duplicate_of', 'J'],
    ['params', null],
    ['params.eta', null],
    ['params.llr', { A: null, F: 1 }],
    ['params.q0', 0.05],
    ['claims', null],
  ] as const)('%s = %j', (path, value) => {
    expect(refusalOf(() => validateScoreDocument(withValue(path, value as Json)))).toBeUndefined();
  });
});
