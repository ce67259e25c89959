import type { Parameters } from './document.js';
import type { CountedIncident } from './evidence.js';
import type { Region, Theatre } from './inputs.js';
import { relevance } from './proximity.js';

export const DAYS_PER_YEAR = 365;

/** The latest instant up to which a theatre's feed is known to be complete: a dead feed freezes time, it calms nothing. */
export function effectiveDay(theatre: Theatre, asOfDay: number): number {
  return Math.min(asOfDay, theatre.coverageEndDay);
}

/** Years of observation behind a theatre's counts. */
export function coverageYears(theatre: Theatre, effective: number): number {
  return Math.max(0, effective - theatre.coverageStartDay) / DAYS_PER_YEAR + theatre.historyYears;
}

/** Years of observation at which data and prior weigh the same (Bühlmann's K). */
function priorYears(parameters: Parameters): number {
  return parameters.alpha / parameters.m0_per_year;
}

/** Posterior mean of a gamma–Poisson rate, severity-3 equivalents per year. */
export function longRunRate(equivalents: number, years: number, parameters: Parameters): number {
  return (parameters.alpha + equivalents) / (priorYears(parameters) + years);
}

/** Share of the long-run rate that is data and not prior (Bühlmann's Z), 0 to 1. */
export function credibility(years: number, parameters: Parameters): number {
  return years / (years + priorYears(parameters));
}

/**
 * Expected severity-3 equivalents in the next days of a self-exciting process: background (1 − η)·R, each strike
 * breeding η others after an exponential delay of mean τ (Hawkes, in closed form).
 *
 * @param ratePerYear long-run rate R
 * @param trigger sum of past strikes' weights, each decayed to now
 */
export function expectedEquivalents(
  ratePerYear: number,
  trigger: number,
  horizonDays: number,
  parameters: Parameters,
): number {
  const { eta, tau_days: tau } = parameters;
  const ratePerDay = ratePerYear / DAYS_PER_YEAR;
  const intensity = (1 - eta) * ratePerDay + (eta / tau) * trigger;
  const persistence = tau / (1 - eta);
  return ratePerDay * horizonDays + (intensity - ratePerDay) * persistence * -Math.expm1(-horizonDays / persistence);
}

/** Gamma–Poisson prior refitted by the method of moments over zones. */
export interface FittedPrior {
  readonly m0PerYear: number;
  /** Infinite where the counts show no over-dispersion: pool completely. */
  readonly alpha: number;
}

/** Fits the prior's mean and shape to counts `equivalents[i]` seen in `years[i]`. Needs at least one year in all. */
export function fitPrior(equivalents: readonly number[], years: readonly number[]): FittedPrior {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const totalYears = sum(years);
  if (equivalents.length !== years.length || !(totalYears > 0)) {
    throw new RangeError(
      `fitPrior: got ${String(equivalents.length)} counts over ${String(totalYears)} years in ` +
        `${String(years.length)} spans, wanted one span for each count and more than 0 years`,
    );
  }
  const m0PerYear = sum(equivalents) / totalYears;
  const squaredError = sum(equivalents.map((count, index) => (count - m0PerYear * (years[index] ?? 0)) ** 2));
  const excess = squaredError - m0PerYear * totalYears;
  const alpha = excess > 0 ? (m0PerYear ** 2 * sum(years.map((span) => span ** 2))) / excess : Number.POSITIVE_INFINITY;
  return { m0PerYear, alpha };
}

/** What the record says about one zone. */
export interface ZoneActivity {
  readonly id: string;
  /** Severity-3 equivalents since the start of coverage, with the aggregated history. */
  readonly equivalents: number;
  /** Variance of that count from not knowing which incidents happened. */
  readonly evidenceVariance: number;
  /** Decayed weight of all incidents. */
  readonly trigger: number;
  readonly longRunRatePerYear: number;
}

export interface RegionActivity {
  readonly coverageYears: number;
  readonly isStale: boolean;
  readonly zones: readonly ZoneActivity[];
  /** Decayed weight over all zones, by incident id, in id order. */
  readonly triggerByIncident: ReadonlyMap<string, number>;
}

/** Reads the record for every zone of a region. `incidents` must be counted and not about a chokepoint. */
export function regionActivity(
  region: Region,
  incidents: readonly CountedIncident[],
  asOfDay: number,
  parameters: Parameters,
): RegionActivity {
  const { theatre } = region;
  const effective = effectiveDay(theatre, asOfDay);
  const years = coverageYears(theatre, effective);
  const triggerByIncident = new Map(incidents.map(({ incident }) => [incident.id, 0]));

  const zones = region.zones.map((zone): ZoneActivity => {
    let equivalents = parameters.theatre_share * theatre.historyEvents;
    let evidenceVariance = 0;
    let trigger = 0;
    for (const { incident, confidence, severityWeight } of incidents) {
      const weight = relevance(incident, zone, region, parameters);
      const evidence = confidence * severityWeight * weight;
      if (incident.occurredDay >= theatre.coverageStartDay) {
        equivalents += evidence;
        evidenceVariance += (severityWeight * weight) ** 2 * confidence * (1 - confidence);
      }
      const age = Math.max(0, effective - incident.occurredDay);
      const decayed = evidence * Math.exp(-age / parameters.tau_days);
      trigger += decayed;
      triggerByIncident.set(incident.id, (triggerByIncident.get(incident.id) ?? 0) + decayed);
    }
    const longRunRatePerYear = longRunRate(equivalents, years, parameters);
    return { id: zone.id, equivalents, evidenceVariance, trigger, longRunRatePerYear };
  });
  return { coverageYears: years, isStale: asOfDay - effective > parameters.stale_days, zones, triggerByIncident };
}
