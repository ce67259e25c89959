import type { AheadSummary, Claim, CoverageCell, ExposureSummary, NowSummary } from './types.js';

export type NowState = NowSummary['state'];
export type Band = NonNullable<AheadSummary['likelihoodBand']>;
export type ClaimStatus = Claim['status'];
export type Freshness = Claim['freshness'];
export type CoverageState = CoverageCell['state'] | ExposureSummary['coverage'];
