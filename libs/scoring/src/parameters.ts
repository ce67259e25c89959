import type { Parameters } from './document.js';

/** Where a default comes from: a fit to data, a printed figure, our own judgement, or a scale chosen by convention. */
export type Basis = 'fitted' | 'published' | 'judgement' | 'convention';

export interface ParameterBasis {
  readonly basis: Basis;
  readonly reason: string;
}

/** The defaults of `faultline-score/1`. A document's `params` override them key by key. */
export const DEFAULT_PARAMETERS: Parameters = {
  incident_prior: 0.3,
  claim_prior: 0.1,
  evidence_cap: 0.99,
  llr: { A: 3.5, B: 2.5, C: 1.5, D: 0.5, E: 0, F: 0 },
  claim_half_life_days: 730,
  severity_step: 0.5,
  d0_km: 5,
  theatre_share: 0.05,
  alpha: 0.25,
  m0_per_year: 0.02,
  eta: 0.7,
  tau_days: 30,
  q0: 0.01,
  a_max: 20,
  omega: { mil_ai: 1, declared_target: 1, mil: 0.5, gov: 0.1, critical: 0.05 },
  rho: 0.25,
  single_az_share: 0.3,
  beta_theatre: 0.5,
  cost_per_mw_usd: 11.7e6,
  damage_ratio: 0.25,
  outage_days: 180,
  revenue_per_mw_year_usd: 10e6,
  tier_base: 1.5,
  sigma_loss: 0.8,
  model_error_factor: 5,
  l_zero_per_year: 1e-5,
  c_zero_usd: 1e7,
  e_zero_usd_per_year: 1e4,
  eal_floor_usd: 1,
  stale_days: 14,
  ref_mw: 100,
  ref_azs: 3,
  ref_quorum: 2,
};

/** What each default rests on, for the page that shows them. */
export const PARAMETER_BASIS: Readonly<Record<keyof Parameters, ParameterBasis>> = {
  incident_prior: { basis: 'judgement', reason: 'chosen: belief in an incident before any report is weighed' },
  claim_prior: { basis: 'judgement', reason: 'chosen: belief in a claim before any report is weighed' },
  evidence_cap: { basis: 'judgement', reason: 'chosen: no pile of reports makes anything certain' },
  llr: { basis: 'judgement', reason: 'one nat per letter of the Admiralty scale, none for E and F' },
  claim_half_life_days: { basis: 'judgement', reason: 'chosen: what is said of a region fades over two years' },
  severity_step: { basis: 'judgement', reason: 'chosen: a step of severity is half a decade of weight' },
  d0_km: { basis: 'fitted', reason: 'Syria 2017 conflict events select 3 km, rounded up because targets are campuses' },
  theatre_share: { basis: 'judgement', reason: 'about twenty comparable targets in a theatre' },
  alpha: { basis: 'fitted', reason: 'moments over 191 countries give 0.24; maximum likelihood 0.08' },
  m0_per_year: { basis: 'judgement', reason: 'one strike on infrastructure in fifty years near an ordinary site' },
  eta: { basis: 'fitted', reason: 'Syria 2017 conflict events select 0.7 to 0.8' },
  tau_days: { basis: 'fitted', reason: 'same events, grid of 15, 30 and 60 days' },
  q0: { basis: 'judgement', reason: 'the calibration constant: sets the level for an ordinary region' },
  a_max: { basis: 'fitted', reason: 'Gulf 2026: 4 of 6 zones of one operator hit, 0 of about 35 other sites' },
  omega: { basis: 'judgement', reason: 'chosen so that a certain claim alone gives 20, 20, 10, 3 and 2' },
  rho: { basis: 'fitted', reason: 'Gulf 2026: 1 of 4 other zones on the first day, 1 of 8 over all waves' },
  single_az_share: { basis: 'judgement', reason: 'chosen: no data on how much runs in one zone only' },
  beta_theatre: { basis: 'fitted', reason: 'Gulf 2026: 2 of 4 region hits came in a wave over several regions' },
  cost_per_mw_usd: { basis: 'published', reason: 'mean of 19 markets in a 2025 construction cost guide, without IT' },
  damage_ratio: { basis: 'judgement', reason: 'chosen: fire, water and structure, not a total loss' },
  outage_days: { basis: 'published', reason: 'both struck Gulf regions still down after 198 days or more; two cases' },
  revenue_per_mw_year_usd: { basis: 'judgement', reason: 'chosen: a round figure; a stated value per day is better' },
  tier_base: { basis: 'judgement', reason: 'chosen: each tier of authorisation weighs half as much again' },
  sigma_loss: { basis: 'judgement', reason: 'chosen: one standard deviation is a factor of about two' },
  model_error_factor: { basis: 'fitted', reason: 'spread of the posteriors of a_max and of the level, rounded up' },
  l_zero_per_year: { basis: 'convention', reason: 'likelihood 0: once in 100 000 years' },
  c_zero_usd: { basis: 'convention', reason: 'severity 0: ten million dollars in one campaign' },
  e_zero_usd_per_year: { basis: 'convention', reason: 'exposure 0: ten thousand dollars a year' },
  eal_floor_usd: { basis: 'convention', reason: 'smallest loss a logarithm is taken of' },
  stale_days: { basis: 'convention', reason: 'a feed silent for longer is marked stale' },
  ref_mw: { basis: 'convention', reason: 'capacity of the reference region' },
  ref_azs: { basis: 'convention', reason: 'zones of the reference region' },
  ref_quorum: { basis: 'convention', reason: 'zones the reference region needs' },
};

/** A set of allowed values, in words and as a test. */
export interface Range {
  readonly wanted: string;
  readonly holds: (value: number) => boolean;
}

/** More zones than this would make the hit sets too many to enumerate. */
export const MAX_ZONES = 12;

export const anyNumber: Range = { wanted: 'a finite number', holds: () => true };
export const notNegative: Range = { wanted: 'a number ≥ 0', holds: (value) => value >= 0 };
export const positive: Range = { wanted: 'a number > 0', holds: (value) => value > 0 };
export const share: Range = { wanted: 'a number from 0 to 1', holds: (value) => value >= 0 && value <= 1 };
const belowOne: Range = { wanted: 'a number ≥ 0 and < 1', holds: (value) => value >= 0 && value < 1 };
const atLeastOne: Range = { wanted: 'a number ≥ 1', holds: (value) => value >= 1 };
const betweenZeroAndOne: Range = { wanted: 'a number > 0 and < 1', holds: (value) => value > 0 && value < 1 };
const zoneCount: Range = {
  wanted: `a whole number from 1 to ${String(MAX_ZONES)}`,
  holds: (value) => Number.isInteger(value) && value >= 1 && value <= MAX_ZONES,
};

/**
 * What each parameter may be. The published rules bound eta, rho, beta_theatre, a_max, q0, alpha, m0_per_year, d0_km,
 * tau_days and model_error_factor; the others are bounded where the model's equations lose their meaning.
 */
export const PARAMETER_RANGES: Readonly<Record<keyof Parameters, Range>> = {
  incident_prior: betweenZeroAndOne,
  claim_prior: betweenZeroAndOne,
  evidence_cap: share,
  llr: anyNumber,
  claim_half_life_days: positive,
  severity_step: notNegative,
  d0_km: positive,
  theatre_share: share,
  alpha: positive,
  m0_per_year: positive,
  eta: belowOne,
  tau_days: positive,
  q0: positive,
  a_max: atLeastOne,
  omega: share,
  rho: share,
  single_az_share: share,
  beta_theatre: share,
  cost_per_mw_usd: notNegative,
  damage_ratio: notNegative,
  outage_days: notNegative,
  revenue_per_mw_year_usd: notNegative,
  tier_base: notNegative,
  sigma_loss: notNegative,
  model_error_factor: atLeastOne,
  l_zero_per_year: positive,
  c_zero_usd: positive,
  e_zero_usd_per_year: positive,
  eal_floor_usd: positive,
  stale_days: notNegative,
  ref_mw: notNegative,
  ref_azs: zoneCount,
  ref_quorum: zoneCount,
};
