export * from './backtest/index.js';
export { accumulationIn, concentrationBy } from './accumulation.js';
export type { Accumulation, Area, Concentration, GroupShare } from './accumulation.js';
export { bandOf, clampScore } from './band.js';
export type { Band } from './band.js';
export { displayContributions } from './display.js';
export type { Explained } from './display.js';
export { CLAIM_KINDS, GRADES, MODEL_VERSION, MODES, SEVERITIES, STANCES, TIERS } from './document.js';
export type {
  AzRecord,
  ChokepointRecord,
  ClaimKind,
  ClaimRecord,
  DependentRecord,
  Grade,
  IncidentRecord,
  LonLat,
  Mode,
  ParameterOverrides,
  Parameters,
  RegionRecord,
  ReportRecord,
  ScoreDocument,
  Severity,
  Stance,
  TheatreRecord,
  Tier,
  WorkloadRecord,
} from './document.js';
export { formatScoreResult } from './format.js';
export { dateOfDay, parseInstantDays } from './instants.js';
export { MODEL_LIMITS } from './limits.js';
export { lossShareOf } from './loss.js';
export { DEFAULT_PARAMETERS, MAX_ZONES, PARAMETER_BASIS, PARAMETER_RANGES } from './parameters.js';
export type { Basis, ParameterBasis, Range } from './parameters.js';
export { decayFrame, weightAtEpoch } from './decay-class.js';
export type { DecayClass, DecayFrame } from './decay-class.js';
export type { HazardIncident, HazardPlace, HazardRules } from './hazard-incident.js';
export { blurredKernel } from './proximity.js';
export { SiteHazard } from './site-hazard.js';
export type { HazardContribution, HazardPart } from './site-hazard.js';
export { QUANTUM, SUM_LIMIT } from './site-kernel.js';
export { Sites } from './sites.js';
export type { SiteColumns } from './sites.js';
export { expectedEquivalents, fitPrior, longRunRate } from './rates.js';
export type { FittedPrior } from './rates.js';
export type {
  AttractivenessResult,
  AzResult,
  ExceedanceResult,
  ExposureResult,
  FactorPoints,
  IncidentResult,
  LikelihoodResult,
  LossResult,
  PairResult,
  PortfolioResult,
  ProbabilityResult,
  RegionResult,
  ScoreResult,
  SeverityResult,
  SimulationResult,
  UncertaintyResult,
} from './result.js';
export { conditionalLoss, score } from './score.js';
export { sensitivityOf } from './sensitivity.js';
export type { Swing } from './sensitivity.js';
export { scoreTogether } from './together.js';
export type { Together } from './together.js';
export { eventProbability } from './uncertainty.js';
export type { EventProbability } from './uncertainty.js';
export type { ConditionalLoss } from './score.js';
export { ScoreInputError } from './score-input-error.js';
export type { ScoreErrorCode } from './score-input-error.js';
export { MAX_SIMULATED_YEARS, parseScoreDocument, validateScoreDocument } from './validate.js';
