import type { ClaimKind, Grade, Mode, Parameters, Severity, Stance, Tier } from './document.js';
import type { Vector } from '@faultline/geo';

/** A document after validation: defaults filled in, instants in days since the Unix epoch, lists in id order. */
export interface ScoreInputs {
  readonly asOfText: string;
  readonly asOfDay: number;
  readonly seed: number;
  readonly simulatedYears: number;
  readonly parameters: Parameters;
  readonly theatres: readonly Theatre[];
  readonly regions: readonly Region[];
  readonly incidents: readonly Incident[];
  readonly claims: readonly Claim[];
  readonly workloads: readonly Workload[];
  readonly chokepoints: readonly Chokepoint[];
}

export interface Theatre {
  readonly id: string;
  readonly coverageStartDay: number;
  readonly coverageEndDay: number;
  readonly historyEvents: number;
  readonly historyYears: number;
}

export interface Zone {
  readonly id: string;
  readonly at: Vector;
  readonly precisionKm: number;
  readonly share: number;
  readonly sharedFate: string | undefined;
  readonly outUntilDay: number | undefined;
}

export interface Region {
  readonly id: string;
  readonly theatre: Theatre;
  readonly capacityMw: number;
  readonly quorum: number;
  readonly singleAzShare: number;
  readonly failoverShare: number;
  readonly baseValueUsdPerDay: number;
  readonly zones: readonly Zone[];
}

export interface Report {
  readonly id: string;
  readonly origin: string;
  readonly grade: Grade;
  readonly stance: Stance;
  readonly publishedDay: number;
  readonly retractedDay: number | undefined;
}

export type IncidentPlace =
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'point'; readonly at: Vector; readonly precisionKm: number }
  | { readonly kind: 'footprint'; readonly vertices: readonly Vector[] };

export interface Incident {
  readonly id: string;
  readonly occurredDay: number;
  readonly theatreId: string;
  readonly mode: Mode;
  readonly severity: Severity;
  readonly place: IncidentPlace;
  readonly targets: ReadonlySet<string>;
  readonly duplicateOf: string | undefined;
  readonly chokepointId: string | undefined;
  readonly reports: readonly Report[];
}

/** Half-open: valid from the first day on and before the second; undefined is open. */
export interface Validity {
  readonly fromDay: number | undefined;
  readonly toDay: number | undefined;
}

export interface Claim {
  readonly id: string;
  readonly regionId: string;
  readonly kind: ClaimKind;
  readonly validity: Validity;
  readonly reports: readonly Report[];
}

export interface Workload {
  readonly id: string;
  readonly regionId: string;
  readonly commitmentUsdPerYear: number;
  readonly tier: Tier;
  readonly failoverShare: number;
  readonly validity: Validity;
}

export interface Dependent {
  readonly regionId: string;
  readonly lossShare: number;
}

export interface Chokepoint {
  readonly id: string;
  readonly ratePerYear: number;
  readonly outageDays: number;
  readonly outageUntilDay: number | undefined;
  readonly dependents: readonly Dependent[];
}
