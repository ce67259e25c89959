import type { Band } from './band.js';
import type { MODEL_VERSION } from './document.js';

/** The answer to a document, in the form it is written in. Money is USD, rates are per year, shares are 0 to 1. */
export interface ScoreResult {
  readonly schema: typeof MODEL_VERSION;
  readonly as_of: string;
  /** The incidents that counted, without duplicates, by id. */
  readonly incidents: readonly IncidentResult[];
  readonly regions: readonly RegionResult[];
  readonly pairs: readonly PairResult[];
  readonly portfolio: PortfolioResult;
}

export interface IncidentResult {
  readonly id: string;
  readonly confidence: number;
  readonly severity_weight: number;
}

export interface PairResult {
  readonly a: string;
  readonly b: string;
  /** Probability that a's expected annual loss exceeds b's. */
  readonly p_a_greater: number;
}

export interface PortfolioResult {
  readonly eal_usd: number;
  /** Absent where no years were asked for. */
  readonly simulation?: SimulationResult;
}

export interface SimulationResult {
  readonly n_sims: number;
  readonly seed: number;
  readonly mean_annual_loss_usd: number;
  readonly mean_uncapped_usd: number;
  readonly standard_error_usd: number;
  readonly p_any_loss: number;
  /** Share of years in which a limit to the value at risk applied. */
  readonly capped_share: number;
  readonly region_mean_usd: Readonly<Record<string, number>>;
  readonly ep_curve: readonly ExceedanceResult[];
}

export interface ExceedanceResult {
  readonly return_period_years: number;
  readonly aep_usd: number;
  readonly oep_usd: number;
  readonly tvar_usd: number;
}

export interface RegionResult {
  readonly id: string;
  readonly exposure: ExposureResult;
  readonly likelihood: LikelihoodResult;
  readonly severity: SeverityResult;
  /** Campaigns per year that damage at least one zone. */
  readonly annual_rate: number;
  readonly p_outage_given_event: number;
  readonly expected_share_hit: number;
  readonly expected_share_failed: number;
  /** Points that chokepoints, and outages going on, add to the exposure. */
  readonly chokepoint_loading: number;
  readonly ongoing_loading: number;
  readonly probabilities: Readonly<Record<'30' | '90' | '365', ProbabilityResult>>;
  readonly loss: LossResult;
  readonly attractiveness: AttractivenessResult;
  readonly azs: readonly AzResult[];
  readonly uncertainty: UncertaintyResult;
  readonly data_quality: { readonly coverage_years: number; readonly stale: boolean };
}

export interface ExposureResult {
  readonly score: number;
  readonly raw: number;
  readonly band: Band;
  readonly interval: { readonly p05: number; readonly p50: number; readonly p95: number };
  readonly reference: number;
  readonly contributions: FactorPoints & { readonly chokepoints: number; readonly ongoing: number };
  readonly recent_detail: { readonly quiet: number; readonly incidents: Readonly<Record<string, number>> };
  readonly attractiveness_detail: Readonly<Record<string, number>>;
}

export interface LikelihoodResult {
  readonly score: number;
  readonly raw: number;
  readonly band: Band;
  readonly reference: number;
  readonly contributions: FactorPoints;
}

export interface SeverityResult {
  readonly score: number;
  readonly raw: number;
  readonly band: Band;
}

/** Points each factor adds to the reference region's score; `clamp` is what keeping within 0 to 100 takes or gives. */
export type FactorPoints = {
  readonly baseline: number;
  readonly recent: number;
  readonly attractiveness: number;
  readonly vulnerability: number;
  readonly consequence: number;
  readonly clamp: number;
};

export interface ProbabilityResult {
  readonly expected_events: number;
  readonly p_damage: number;
  readonly p05: number;
  readonly p50: number;
  readonly p95: number;
  readonly p_outage: number;
}

export interface LossResult {
  readonly value_per_day_usd: number;
  readonly property_per_event_usd: number;
  readonly bi_per_event_usd: number;
  readonly chokepoints: readonly { readonly id: string; readonly rate: number; readonly eal_usd: number }[];
  readonly chokepoint_eal_usd: number;
  readonly ongoing_usd: number;
  readonly eal_usd: number;
}

export interface AttractivenessResult {
  readonly A: number;
  readonly M: number;
  readonly claims: readonly { readonly id: string; readonly p: number }[];
}

export interface AzResult {
  readonly id: string;
  readonly n: number;
  readonly long_run_rate: number;
  readonly credibility: number;
  readonly trigger: number;
  readonly expected_equivalents_365: number;
}

export interface UncertaintyResult {
  readonly cv_n2: number;
  readonly cv_a2: number;
  readonly sigma: number;
  readonly sigma_local: number;
  readonly sigma_model: number;
}
