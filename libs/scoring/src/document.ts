/** The version every document and every result carries. */
export const MODEL_VERSION = 'faultline-score/1';

/** A field that may be left out or be null; both mean the same. */
type Optional<T> = T | null | undefined;

/** `YYYY-MM-DD` (midnight UTC) or an ISO 8601 date-time with `Z` or an offset. */
type Instant = string;

export const GRADES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
/** Admiralty reliability letter of a source. */
export type Grade = (typeof GRADES)[number];

export const MODES = ['standoff', 'local'] as const;
/** `standoff`: missile, drone, air, naval. `local`: ground attack, IED, sabotage, arson. */
export type Mode = (typeof MODES)[number];

export const CLAIM_KINDS = ['mil_ai', 'declared_target', 'mil', 'gov', 'critical'] as const;
/** What an adversary may believe a region to be. */
export type ClaimKind = (typeof CLAIM_KINDS)[number];

export const SEVERITIES = [0, 1, 2, 3] as const;
export type Severity = (typeof SEVERITIES)[number];

export const TIERS = [0, 1, 2, 3, 4] as const;
export type Tier = (typeof TIERS)[number];

export const STANCES = [1, -1] as const;
/** +1 confirms, −1 denies. */
export type Stance = (typeof STANCES)[number];

/** [longitude, latitude] in degrees, the order of GeoJSON. */
export type LonLat = readonly [number, number];

export interface TheatreRecord {
  readonly id: string;
  readonly coverage_start: Instant;
  readonly coverage_end?: Optional<Instant>;
  readonly history_events?: Optional<number>;
  readonly history_years?: Optional<number>;
}

export interface AzRecord {
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
  readonly share: number;
  readonly precision_km?: Optional<number>;
  readonly shared_fate?: Optional<string>;
  readonly out_until?: Optional<Instant>;
}

export interface RegionRecord {
  readonly id: string;
  readonly theatre: string;
  readonly capacity_mw: number;
  readonly azs: readonly AzRecord[];
  readonly quorum?: Optional<number>;
  readonly single_az_share?: Optional<number>;
  readonly failover_share?: Optional<number>;
  readonly base_value_usd_per_day?: Optional<number>;
}

export interface ReportRecord {
  readonly id: string;
  readonly origin: string;
  readonly grade: Grade;
  readonly stance: Stance;
  readonly published_at: Instant;
  readonly retracted_at?: Optional<Instant>;
}

export interface IncidentRecord {
  readonly id: string;
  readonly occurred_at: Instant;
  readonly theatre: string;
  readonly mode: Mode;
  readonly severity: Severity;
  readonly reports: readonly ReportRecord[];
  readonly lat?: Optional<number>;
  readonly lon?: Optional<number>;
  readonly precision_km?: Optional<number>;
  readonly footprint?: Optional<readonly LonLat[]>;
  readonly targets?: Optional<readonly string[]>;
  readonly duplicate_of?: Optional<string>;
  readonly chokepoint?: Optional<string>;
}

export interface ClaimRecord {
  readonly id: string;
  readonly region: string;
  readonly kind: ClaimKind;
  readonly reports: readonly ReportRecord[];
  readonly valid_from?: Optional<Instant>;
  readonly valid_to?: Optional<Instant>;
}

export interface WorkloadRecord {
  readonly id: string;
  readonly region: string;
  readonly commitment_usd_per_year: number;
  readonly tier: Tier;
  readonly failover_share?: Optional<number>;
  readonly valid_from?: Optional<Instant>;
  readonly valid_to?: Optional<Instant>;
}

export interface DependentRecord {
  readonly region: string;
  readonly loss_share: number;
}

export interface ChokepointRecord {
  readonly id: string;
  readonly theatre: string;
  readonly base_rate_per_year: number;
  readonly outage_days: number;
  readonly dependents: readonly DependentRecord[];
  readonly outage_until?: Optional<Instant>;
}

/** Overrides of the defaults, key by key; the two ladders are merged letter by letter and kind by kind. */
export type ParameterOverrides = {
  readonly [Key in Exclude<keyof Parameters, 'llr' | 'omega'>]?: Optional<number>;
} & {
  readonly llr?: Optional<Readonly<Partial<Record<Grade, number | null>>>>;
  readonly omega?: Optional<Readonly<Partial<Record<ClaimKind, number | null>>>>;
};

/** A scoring question, as the JSON document states it. Fields not named here are ignored, except in `params`. */
export interface ScoreDocument {
  readonly schema?: Optional<typeof MODEL_VERSION>;
  readonly as_of: Instant;
  readonly seed?: Optional<number>;
  readonly n_sims?: Optional<number>;
  readonly theatres?: Optional<readonly TheatreRecord[]>;
  readonly regions?: Optional<readonly RegionRecord[]>;
  readonly incidents?: Optional<readonly IncidentRecord[]>;
  readonly claims?: Optional<readonly ClaimRecord[]>;
  readonly workloads?: Optional<readonly WorkloadRecord[]>;
  readonly chokepoints?: Optional<readonly ChokepointRecord[]>;
  readonly params?: Optional<ParameterOverrides>;
}

/** The model's constants, under the names the documents use. */
export interface Parameters {
  /** Prior probability that a reported incident happened. */
  readonly incident_prior: number;
  /** Prior probability that a claim about a region is believed. */
  readonly claim_prior: number;
  /** No evidence makes a probability higher than this. */
  readonly evidence_cap: number;
  /** Log-likelihood ratio of one report, nats, by grade. */
  readonly llr: Readonly<Record<Grade, number>>;
  readonly claim_half_life_days: number;
  /** Decades of weight per step of severity. */
  readonly severity_step: number;
  /** Length over which an incident's relevance falls by e, km. */
  readonly d0_km: number;
  /** Relevance of a standoff strike for every site in its theatre. */
  readonly theatre_share: number;
  /** Shape of the gamma prior of a zone's long-run rate. */
  readonly alpha: number;
  /** Mean of that prior, severity-3 equivalents per zone and year. */
  readonly m0_per_year: number;
  /** Branching ratio: further strikes that one strike breeds. */
  readonly eta: number;
  readonly tau_days: number;
  /** Probability that one nearby equivalent damages an ordinary zone. */
  readonly q0: number;
  /** Targeting multiplier of a maximally attractive region. */
  readonly a_max: number;
  /** Weight of each kind of claim, 0 to 1. */
  readonly omega: Readonly<Record<ClaimKind, number>>;
  /** Probability that a campaign on one zone also hits another of the region. */
  readonly rho: number;
  /** Share of a zone's value that cannot run in another zone. */
  readonly single_az_share: number;
  /** Share of a region's campaigns that arrive as theatre-wide shocks. */
  readonly beta_theatre: number;
  readonly cost_per_mw_usd: number;
  /** Share of a hit zone's replacement cost that is lost. */
  readonly damage_ratio: number;
  readonly outage_days: number;
  readonly revenue_per_mw_year_usd: number;
  /** Value multiplier per workload tier. */
  readonly tier_base: number;
  /** Standard deviation of the log of one strike's loss. */
  readonly sigma_loss: number;
  /** 95th percentile over median of the model's own error in the rate. */
  readonly model_error_factor: number;
  readonly l_zero_per_year: number;
  readonly c_zero_usd: number;
  readonly e_zero_usd_per_year: number;
  readonly eal_floor_usd: number;
  readonly stale_days: number;
  /** The reference region the explanation starts from. */
  readonly ref_mw: number;
  readonly ref_azs: number;
  readonly ref_quorum: number;
}
