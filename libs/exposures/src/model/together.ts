import type { Instant } from '@faultline/evidence';
import { canonicalJson, hexOf, type Sha256 } from '@faultline/ledger';
import {
  DEFAULT_PARAMETERS,
  eventProbability,
  MODEL_VERSION,
  scoreTogether,
  type RegionResult,
  type ScoreDocument,
  type Together,
} from '@faultline/scoring';
import type { Ahead } from './ahead.js';
import { coverageSummary, type CoverageSummary, type Exposure } from './exposure.js';

/** What every number carries: the model, its parameters and the input it was made of. */
export interface Identity {
  readonly modelVersion: string;
  readonly parameterHash: string;
  readonly inputHash: string;
}

/** At least one damaging campaign somewhere in a group of regions. */
export interface GroupHorizon {
  readonly horizonDays: 30 | 90 | 365;
  /** Campaigns expected, all regions together. A region's expectations add, whatever they have in common. */
  readonly expectedCampaigns: number;
  /** The likeliest region alone: the group cannot be safer. */
  readonly atLeast: number;
  /** All regions' chances added: the group cannot be more at risk, whatever they have in common. */
  readonly atMost: number;
}

/** One region of a group, as its own page tells it. */
export interface GroupRegion {
  readonly regionId: string;
  readonly outcome: Ahead['outcome'];
  readonly likelihoodScore: number | null;
  readonly likelihoodBand: string | null;
  readonly probability30: number | null;
  readonly coverage: CoverageSummary;
  readonly coveredTo: Instant | null;
}

/** The exposure of several regions as one subject: an operator's, a country's, a workload's. */
export interface GroupExposure {
  readonly outcome: 'scored' | 'partly-known' | 'no-forward-score' | 'no-region';
  /** What the numbers are and are not, in sentences. */
  readonly sentences: readonly string[];
  readonly regions: readonly GroupRegion[];
  readonly horizons: readonly GroupHorizon[];
  readonly coverage: Readonly<Partial<Record<CoverageSummary, number>>>;
  /** The earliest moment to which a region's watch on armed conflict is complete; null where one has none. */
  readonly coveredTo: Instant | null;
  readonly identity: Identity;
}

const encoder = new TextEncoder();

export function identityOf(sha256: Sha256, documents: readonly ScoreDocument[]): Identity {
  const hashOf = (value: unknown) => hexOf(sha256(encoder.encode(canonicalJson(value))));
  return {
    modelVersion: MODEL_VERSION,
    parameterHash: hashOf(DEFAULT_PARAMETERS),
    inputHash: hashOf(documents.length === 1 ? documents[0] : documents),
  };
}

/** Regions as one subject, in the order of their ids: nothing here is ranked. */
export function groupOf(sha256: Sha256, exposures: readonly Exposure[], none: string): GroupExposure {
  const regions = exposures.map(groupRegion).sort(byRegionId);
  const forward = exposures.filter(({ input }) => input.zonesLeft > 0);
  const documents = forward.map(({ input }) => input.document);
  const together = scoreTogether(documents, { seed: 0, years: 0 });
  const outcome =
    exposures.length === 0
      ? 'no-region'
      : forward.length === 0
        ? 'no-forward-score'
        : regions.every((region) => region.outcome === 'scored')
          ? 'scored'
          : 'partly-known';
  const tallies = new Map<CoverageSummary, number>();
  for (const { coverage } of regions) tallies.set(coverage, (tallies.get(coverage) ?? 0) + 1);
  const covered = regions.map(({ coveredTo }) => coveredTo);
  return {
    outcome,
    sentences: outcome === 'no-region' ? [none] : sentencesOf(regions),
    regions,
    horizons: outcome === 'scored' || outcome === 'partly-known' ? horizonsOf(together) : [],
    coverage: Object.fromEntries(tallies),
    coveredTo: covered.includes(null) ? null : (covered.map((at) => at!).sort()[0] ?? null),
    identity: identityOf(sha256, documents),
  };
}

function groupRegion(exposure: Exposure): GroupRegion {
  const { ahead, coverage, region } = exposure;
  return {
    regionId: region.id,
    outcome: ahead.outcome,
    likelihoodScore: ahead.likelihood?.score ?? null,
    likelihoodBand: ahead.likelihood?.band ?? null,
    probability30: ahead.probabilities[0]?.pDamage ?? null,
    coverage: coverageSummary(coverage),
    coveredTo: coverage.find(({ incidentClass }) => incidentClass === 'armed-conflict')?.to ?? null,
  };
}

function byRegionId(a: { readonly regionId: string }, b: { readonly regionId: string }): number {
  return a.regionId < b.regionId ? -1 : a.regionId > b.regionId ? 1 : 0;
}

function sentencesOf(regions: readonly GroupRegion[]): string[] {
  const count = (outcome: Ahead['outcome']) => regions.filter((region) => region.outcome === outcome).length;
  const [prior, frozen, lost] = [count('prior-only'), count('frozen'), count('no-forward-score')];
  const total = regions.length;
  return [
    'The chance of at least one damaging campaign lies between that of the likeliest region and the sum of all: how they hang together is not known better.',
    ...(prior > 0
      ? [
          `Nobody watches armed conflict around ${prior} of ${total} regions: theirs is the model’s prior, not an observation.`,
        ]
      : []),
    ...(frozen > 0 ? [`${frozen} of ${total} regions are frozen where their watch stopped: no data, not calm.`] : []),
    ...(lost > 0 ? [`${lost} of ${total} regions are already lost and have no forward score.`] : []),
  ];
}

function horizonsOf({ regions }: Together): GroupHorizon[] {
  return ([30, 90, 365] as const).map((horizonDays) => {
    const of = regions.map((region) => region.probabilities[`${horizonDays}`]);
    const chances = of.map(({ p_damage: chance }) => chance);
    return {
      horizonDays,
      expectedCampaigns: of.reduce((sum, { expected_events: expected }) => sum + expected, 0),
      atLeast: Math.max(...chances),
      atMost: Math.min(
        1,
        chances.reduce((sum, chance) => sum + chance, 0),
      ),
    };
  });
}

/** One zone of a region that has a forward score. */
export interface ZoneExposure {
  readonly zoneId: string;
  readonly regionId: string;
  /** Of campaigns on the region, those that hit this zone. */
  readonly hitGivenCampaign: number;
  readonly probabilities: readonly {
    readonly horizonDays: 30 | 90 | 365;
    readonly pHit: number;
    readonly p05: number;
    readonly p50: number;
    readonly p95: number;
  }[];
}

/**
 * The exposure of one zone: primary target by its share of the region's activity of a year, or hit beside another with
 * probability ρ. Null where the region's input has no such zone: it is lost, or there is none.
 */
export function zoneExposureOf(exposure: Exposure, zoneId: string, result: RegionResult): ZoneExposure | null {
  const zone = result.azs.find(({ id }) => id === zoneId);
  if (!zone) return null;
  const total = result.azs.reduce((sum, { expected_equivalents_365: expected }) => sum + expected, 0);
  const primary = zone.expected_equivalents_365 / total;
  const hitGivenCampaign = primary + DEFAULT_PARAMETERS.rho * (1 - primary);
  return {
    zoneId,
    regionId: exposure.region.id,
    hitGivenCampaign,
    probabilities: ([30, 90, 365] as const).map((horizonDays) => {
      const { expected_events: campaigns } = result.probabilities[`${horizonDays}`];
      const { mean, ...rest } = eventProbability(campaigns * hitGivenCampaign, result.uncertainty.sigma);
      return { horizonDays, pHit: mean, ...rest };
    }),
  };
}
