import type { CoverageStatement, Instant } from '@faultline/evidence';
import { canonicalJson, hexOf, type Sha256 } from '@faultline/ledger';
import {
  clampScore,
  DEFAULT_PARAMETERS,
  displayContributions,
  MODEL_VERSION,
  score,
  type Band,
  type RegionResult,
} from '@faultline/scoring';
import type { ScoreInput } from './score-input.js';

export interface Contribution {
  readonly factor: string;
  readonly label: string;
  readonly points: number;
  /** Whole points, rounded so that what is shown adds up to the shown score. */
  readonly shownPoints: number;
  readonly claimIds: readonly string[];
  readonly parts: readonly {
    readonly id: string;
    readonly label: string;
    readonly points: number;
    readonly claimIds: readonly string[];
  }[];
}

export interface ExplainedScore {
  readonly score: number;
  readonly shownScore: number;
  readonly band: Band;
  readonly reference: number;
  readonly shownReference: number;
  readonly interval: { readonly p05: number; readonly p50: number; readonly p95: number } | null;
  readonly contributions: readonly Contribution[];
}

export interface HorizonProbability {
  readonly horizonDays: 30 | 90 | 365;
  readonly pDamage: number;
  readonly pOutage: number;
  readonly p05: number;
  readonly p50: number;
  readonly p95: number;
}

/** What may yet come. Every outcome but `scored` says in `reason` what the number is not. */
export interface Ahead {
  readonly outcome: 'scored' | 'prior-only' | 'frozen' | 'no-forward-score';
  readonly reason: string;
  readonly likelihood: ExplainedScore | null;
  readonly exposureAtReferenceSize: ExplainedScore | null;
  readonly probabilities: readonly HorizonProbability[];
  readonly frozenSince: Instant | null;
  readonly modelVersion: string;
  readonly parameterHash: string;
  readonly inputHash: string;
}

const FACTOR_WORDS: Record<string, string> = {
  baseline: 'Long-run rate near it',
  recent: 'Recent incidents',
  attractiveness: 'What an adversary may believe it hosts',
  vulnerability: 'Zones and quorum',
  consequence: 'Size and value',
  chokepoints: 'Chokepoints',
  ongoing: 'Outage going on',
  clamp: 'Limit of the scale',
};

const encoder = new TextEncoder();

/** Runs the model on a region's input and explains the result by the claims behind it. */
export function aheadOf(sha256: Sha256, input: ScoreInput, conflictCoverage: CoverageStatement): Ahead {
  const hashOf = (value: unknown) => hexOf(sha256(encoder.encode(canonicalJson(value))));
  const identity = {
    modelVersion: MODEL_VERSION,
    parameterHash: hashOf(DEFAULT_PARAMETERS),
    inputHash: hashOf(input.document),
  };
  if (input.zonesLeft === 0) {
    return {
      outcome: 'no-forward-score',
      reason: 'Everything here is stated permanently lost: there is nothing left that could yet be lost.',
      likelihood: null,
      exposureAtReferenceSize: null,
      probabilities: [],
      frozenSince: null,
      ...identity,
    };
  }
  const result = score(input.document).regions[0]!;
  return { ...outcomeOf(result, conflictCoverage), ...explained(result, input), ...identity };
}

function outcomeOf(
  result: RegionResult,
  coverage: CoverageStatement,
): { outcome: Ahead['outcome']; reason: string; frozenSince: Instant | null } {
  if (coverage.to === null) {
    return {
      outcome: 'prior-only',
      reason:
        'Nobody watches armed conflict here: this is the model’s prior for any place, not an observation of this one.',
      frozenSince: null,
    };
  }
  if (result.data_quality.stale) {
    return {
      outcome: 'frozen',
      reason: `Frozen since ${coverage.to.slice(0, 10)}: no data, not calm.`,
      frozenSince: coverage.to,
    };
  }
  return { outcome: 'scored', reason: watchWords(coverage), frozenSince: null };
}

function watchWords({ state, to }: CoverageStatement): string {
  switch (state) {
    case 'watched':
      return '';
    case 'record-only':
      return 'Rests on a record put together afterwards, not on a live watch.';
    case 'silent':
    case 'stale':
    case 'failing':
    case 'leads-only':
    case 'late-data':
    case 'unmonitored':
      return `The watch on armed conflict here is ${state}: complete up to ${to} only.`;
  }
}

function explained(
  result: RegionResult,
  input: ScoreInput,
): Pick<Ahead, 'likelihood' | 'exposureAtReferenceSize' | 'probabilities'> {
  const horizon = (days: 30 | 90 | 365): HorizonProbability => {
    const probability = result.probabilities[`${days}`];
    return {
      horizonDays: days,
      pDamage: probability.p_damage,
      pOutage: probability.p_outage,
      p05: probability.p05,
      p50: probability.p50,
      p95: probability.p95,
    };
  };
  const { exposure, likelihood } = result;
  return {
    likelihood: { ...explain(likelihood, input, null), interval: likelihoodInterval(result) },
    exposureAtReferenceSize: { ...explain(exposure, input, exposure), interval: exposure.interval },
    probabilities: [horizon(30), horizon(90), horizon(365)],
  };
}

/** z of the 5th and 95th percentile of a normal distribution. */
const Z90 = 1.6448536269514722;
const POINTS_PER_NAT = 20 / Math.LN10;

/** The interval of L from the rate's own lognormal uncertainty, as the scoring specification gives it for E: mean 1, so the median lies lower. */
function likelihoodInterval({ likelihood, uncertainty: { sigma } }: RegionResult): {
  p05: number;
  p50: number;
  p95: number;
} {
  const at = (z: number) => clampScore(likelihood.raw + POINTS_PER_NAT * (sigma * z - sigma ** 2 / 2));
  return { p05: at(-Z90), p50: at(0), p95: at(Z90) };
}

function explain(
  scored: RegionResult['likelihood'] | RegionResult['exposure'],
  input: ScoreInput,
  detail: RegionResult['exposure'] | null,
): Omit<ExplainedScore, 'interval'> {
  const contributions = scored.contributions as unknown as Readonly<Record<string, number>>;
  const shown = displayContributions({ score: scored.score, reference: scored.reference, contributions });
  const incidentIds = (input.document.incidents ?? []).map(({ id }) => id);
  const beliefIds = (input.document.claims ?? []).map(({ id }) => id);
  const claimIdsOf = (ids: readonly string[]) => [
    ...new Set(ids.flatMap((id) => input.evidence.get(id)?.claimIds ?? [])),
  ];
  const idsOf = (factor: string) =>
    factor === 'baseline' || factor === 'recent' ? incidentIds : factor === 'attractiveness' ? beliefIds : [];
  return {
    score: scored.score,
    shownScore: shown.score,
    band: scored.band,
    reference: scored.reference,
    shownReference: shown.reference,
    contributions: Object.entries(FACTOR_WORDS).flatMap(([factor, label]): Contribution[] => {
      const points = contributions[factor];
      if (points === undefined) return [];
      return [
        {
          factor,
          label,
          points,
          shownPoints: shown.contributions[factor] ?? 0,
          claimIds: claimIdsOf(idsOf(factor)),
          parts: partsOf(factor, detail, input),
        },
      ];
    }),
  };
}

function partsOf(factor: string, detail: RegionResult['exposure'] | null, input: ScoreInput): Contribution['parts'] {
  if (!detail) return [];
  const part = ([id, points]: [string, number]) => ({
    id,
    label: input.evidence.get(id)?.label ?? id,
    points,
    claimIds: input.evidence.get(id)?.claimIds ?? [],
  });
  if (factor === 'recent') {
    const quiet = { id: 'quiet', label: 'Quiet since the last one', points: detail.recent_detail.quiet, claimIds: [] };
    return [quiet, ...Object.entries(detail.recent_detail.incidents).map(part)];
  }
  return factor === 'attractiveness' ? Object.entries(detail.attractiveness_detail).map(part) : [];
}
