import type { Parameters } from './document.js';
import { isObject, numberOr, optional, pathTo, refuse } from './fields.js';
import type { Fields } from './fields.js';
import { DEFAULT_PARAMETERS, PARAMETER_RANGES } from './parameters.js';
import type { Range } from './parameters.js';
import { quote, ScoreInputError } from './score-input-error.js';

/** The defaults with a document's `params` laid over them. Refuses unknown names (E14) and impossible values (E15). */
export function readParameters(root: Fields): Parameters {
  const given = parameterObject(root, 'params');
  refuseUnknown(given, DEFAULT_PARAMETERS);
  const scalar = (name: Exclude<keyof Parameters, 'llr' | 'omega'>): number =>
    numberOr(given, name, PARAMETER_RANGES[name], DEFAULT_PARAMETERS[name], 'E15');
  const parameters: Parameters = {
    incident_prior: scalar('incident_prior'),
    claim_prior: scalar('claim_prior'),
    evidence_cap: scalar('evidence_cap'),
    llr: readLadder(given, 'llr', PARAMETER_RANGES.llr, DEFAULT_PARAMETERS.llr),
    claim_half_life_days: scalar('claim_half_life_days'),
    severity_step: scalar('severity_step'),
    d0_km: scalar('d0_km'),
    theatre_share: scalar('theatre_share'),
    alpha: scalar('alpha'),
    m0_per_year: scalar('m0_per_year'),
    eta: scalar('eta'),
    tau_days: scalar('tau_days'),
    q0: scalar('q0'),
    a_max: scalar('a_max'),
    omega: readLadder(given, 'omega', PARAMETER_RANGES.omega, DEFAULT_PARAMETERS.omega),
    rho: scalar('rho'),
    single_az_share: scalar('single_az_share'),
    beta_theatre: scalar('beta_theatre'),
    cost_per_mw_usd: scalar('cost_per_mw_usd'),
    damage_ratio: scalar('damage_ratio'),
    outage_days: scalar('outage_days'),
    revenue_per_mw_year_usd: scalar('revenue_per_mw_year_usd'),
    tier_base: scalar('tier_base'),
    sigma_loss: scalar('sigma_loss'),
    model_error_factor: scalar('model_error_factor'),
    l_zero_per_year: scalar('l_zero_per_year'),
    c_zero_usd: scalar('c_zero_usd'),
    e_zero_usd_per_year: scalar('e_zero_usd_per_year'),
    eal_floor_usd: scalar('eal_floor_usd'),
    stale_days: scalar('stale_days'),
    ref_mw: scalar('ref_mw'),
    ref_azs: scalar('ref_azs'),
    ref_quorum: scalar('ref_quorum'),
  };
  refuseContradictions(given, parameters);
  return parameters;
}

function parameterObject(parent: Fields, name: string): Fields {
  const values = optional(parent, name) ?? {};
  const path = pathTo(parent, name);
  return isObject(values) ? { path, values } : refuse('E15', path, values, 'an object');
}

function refuseUnknown(given: Fields, known: object): void {
  for (const name of Object.keys(given.values)) {
    if (Object.hasOwn(known, name)) continue;
    throw new ScoreInputError(
      'E14',
      given.path,
      `an unknown parameter ${quote(name)}`,
      `only ${Object.keys(known).join(', ')}`,
    );
  }
}

function readLadder<Rung extends string>(
  parent: Fields,
  name: string,
  range: Range,
  defaults: Readonly<Record<Rung, number>>,
): Readonly<Record<Rung, number>> {
  const given = parameterObject(parent, name);
  refuseUnknown(given, defaults);
  const ladder: Record<Rung, number> = { ...defaults };
  for (const rung in defaults) ladder[rung] = numberOr(given, rung, range, defaults[rung], 'E15');
  return ladder;
}

function refuseContradictions(given: Fields, parameters: Parameters): void {
  const likeliest = parameters.q0 * parameters.a_max;
  if (likeliest > 1) {
    throw new ScoreInputError('E15', given.path, `q0 × a_max = ${String(likeliest)}`, 'q0 × a_max ≤ 1');
  }
  if (parameters.ref_quorum > parameters.ref_azs) {
    const got = `ref_quorum ${String(parameters.ref_quorum)} of ref_azs ${String(parameters.ref_azs)}`;
    throw new ScoreInputError('E15', given.path, got, 'ref_quorum ≤ ref_azs');
  }
}
