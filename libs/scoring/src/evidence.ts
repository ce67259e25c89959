import type { Parameters } from './document.js';
import { compareIds } from './identity.js';
import type { Claim, Incident, Report, Validity } from './inputs.js';

/** Whether a report can be seen at an instant, and if not, why. */
export type ReportStanding = 'visible' | 'not yet published' | 'retracted';

export function reportStanding(report: Report, asOfDay: number): ReportStanding {
  if (report.publishedDay > asOfDay) return 'not yet published';
  return report.retractedDay !== undefined && report.retractedDay <= asOfDay ? 'retracted' : 'visible';
}

export function visibleReports(reports: readonly Report[], asOfDay: number): readonly Report[] {
  return reports.filter((report) => reportStanding(report, asOfDay) === 'visible');
}

/** Whether an instant falls in a validity, and if not, on which side. */
export type ValidityStanding = 'valid' | 'not yet valid' | 'no longer valid';

export function validityStanding(validity: Validity, asOfDay: number): ValidityStanding {
  if (validity.fromDay !== undefined && asOfDay < validity.fromDay) return 'not yet valid';
  return validity.toDay !== undefined && asOfDay >= validity.toDay ? 'no longer valid' : 'valid';
}

interface WeighedReport {
  readonly report: Report;
  readonly weight: number;
}

/**
 * Probability from independent testimony: the prior's log-odds plus, per origin, the log-likelihood ratio of that
 * origin's weightiest report, with the sign of its stance (weights of evidence, I. J. Good).
 *
 * @param weightOf log-likelihood ratio of one report, nats
 */
export function probabilityFrom(
  reports: readonly Report[],
  prior: number,
  cap: number,
  weightOf: (report: Report) => number,
): number {
  const weightiest = new Map<string, WeighedReport>();
  for (const report of reports) {
    const candidate = { report, weight: weightOf(report) };
    const best = weightiest.get(report.origin);
    if (best === undefined || compareWeighed(candidate, best) > 0) weightiest.set(report.origin, candidate);
  }
  const inOrder = [...weightiest.values()].sort((a, b) => compareIds(a.report.origin, b.report.origin));
  const priorLogOdds = Math.log(prior / (1 - prior));
  const logOdds = inOrder.reduce((sum, { report, weight }) => sum + report.stance * weight, priorLogOdds);
  return Math.min(cap, 1 / (1 + Math.exp(-logOdds)));
}

/** By weight, then age, then id; two reports alike in all three count as the confirming one. */
function compareWeighed(a: WeighedReport, b: WeighedReport): number {
  return (
    a.weight - b.weight ||
    a.report.publishedDay - b.report.publishedDay ||
    compareIds(a.report.id, b.report.id) ||
    a.report.stance - b.report.stance
  );
}

/** An incident of the record as the model uses it. */
export interface CountedIncident {
  readonly incident: Incident;
  /** Probability that it happened. */
  readonly confidence: number;
  /** Severity-3 equivalents, 0 to 1. */
  readonly severityWeight: number;
}

/**
 * The incidents that count at an instant, in id order: the root of each group of duplicates, if it has occurred and
 * one report of the group's members that have occurred can be seen.
 */
export function countIncidents(
  incidents: readonly Incident[],
  asOfDay: number,
  parameters: Parameters,
): readonly CountedIncident[] {
  const reportsByRoot = poolReports(incidents, asOfDay);
  return incidents.flatMap((incident) => {
    const reports = reportsByRoot.get(incident.id);
    if (incident.occurredDay > asOfDay || reports === undefined || reports.length === 0) return [];
    const { incident_prior: prior, evidence_cap: cap, llr } = parameters;
    const confidence = probabilityFrom(reports, prior, cap, (report) => llr[report.grade]);
    return [{ incident, confidence, severityWeight: 10 ** (-parameters.severity_step * (3 - incident.severity)) }];
  });
}

function poolReports(incidents: readonly Incident[], asOfDay: number): ReadonlyMap<string, readonly Report[]> {
  const byId = new Map(incidents.map((incident) => [incident.id, incident]));
  const rootIds = new Map<string, string>();
  const rootOf = (id: string): string => {
    const path: string[] = [];
    let root = id;
    for (;;) {
      const known = rootIds.get(root);
      const next = known ?? byId.get(root)?.duplicateOf;
      if (next === undefined) break;
      path.push(root);
      root = next;
    }
    for (const step of path) rootIds.set(step, root);
    return root;
  };

  const pooled = new Map<string, Report[]>();
  for (const member of incidents) {
    if (member.occurredDay > asOfDay) continue;
    const root = rootOf(member.id);
    const pool = pooled.get(root) ?? [];
    for (const report of visibleReports(member.reports, asOfDay)) pool.push(report);
    pooled.set(root, pool);
  }
  return pooled;
}

/** A claim about a region as the model uses it. */
export interface CountedClaim {
  readonly id: string;
  readonly regionId: string;
  /** Probability that it is believed. */
  readonly probability: number;
  /** How much of a certain target this kind of claim makes, 0 to 1. */
  readonly kindWeight: number;
}

/** The claims that hold at an instant and have a visible report, in id order. Their evidence decays with its age. */
export function countClaims(
  claims: readonly Claim[],
  asOfDay: number,
  parameters: Parameters,
): readonly CountedClaim[] {
  return claims.flatMap((claim) => {
    const reports = visibleReports(claim.reports, asOfDay);
    if (validityStanding(claim.validity, asOfDay) !== 'valid' || reports.length === 0) return [];
    const { claim_prior: prior, evidence_cap: cap, llr, claim_half_life_days: halfLife } = parameters;
    const probability = probabilityFrom(
      reports,
      prior,
      cap,
      (report) => llr[report.grade] * 2 ** (-(asOfDay - report.publishedDay) / halfLife),
    );
    return [{ id: claim.id, regionId: claim.regionId, probability, kindWeight: parameters.omega[claim.kind] }];
  });
}
