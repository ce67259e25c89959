import type { Instant } from '@faultline/evidence';
import type { Sha256 } from '@faultline/ledger';
import { scoreTogether, type PairResult, type RegionResult, type SimulationResult } from '@faultline/scoring';
import type { Ahead } from './ahead.js';
import { coverageSummary, type CoverageSummary, type Exposure } from './exposure.js';
import { ownDocument, type Holding, type Holdings, type NotCounted } from './holding.js';
import { notesOf } from './notes.js';
import { identityOf, type Identity } from './together.js';

/** What a tenant stands to lose in one region. */
export interface OwnRegion {
  readonly regionId: string;
  readonly assets: number;
  readonly valuePerDayUsd: number;
  readonly failoverShare: number;
  readonly outcome: Ahead['outcome'];
  readonly exposure: RegionResult['exposure'];
  readonly likelihoodScore: number;
  readonly likelihoodBand: string;
  readonly probability30: {
    readonly pDamage: number;
    readonly p05: number;
    readonly p50: number;
    readonly p95: number;
  };
  readonly pOutageGivenEvent: number;
  readonly ealUsd: number;
  readonly ongoingUsd: number;
  readonly notes: readonly string[];
  readonly coverage: CoverageSummary;
  readonly coveredTo: Instant | null;
}

export interface Ranking extends PairResult {
  readonly verdict: 'a-above-b' | 'b-above-a' | 'not-distinguishable';
  readonly text: string;
}

/** A tenant's own exposure: its values, in the regions they stand in, with what those regions have in common. */
export interface PortfolioExposure {
  readonly outcome: 'scored' | 'partly-known' | 'no-forward-score' | 'no-portfolio';
  readonly sentences: readonly string[];
  readonly regions: readonly OwnRegion[];
  readonly alreadyLost: readonly {
    readonly regionId: string;
    readonly assets: number;
    readonly valuePerDayUsd: number;
  }[];
  readonly notCounted: readonly NotCounted[];
  readonly ealUsd: number;
  readonly simulation: SimulationResult | null;
  readonly ranking: readonly Ranking[];
  readonly identity: Identity;
}

/** Between these probabilities a pair is not distinguishable. */
const SURE = 0.9;
/** Above this share of years cut off at the value at risk, the simulated mean is the one to read. */
const MUCH_CAPPED = 0.05;

/** `exposures` of every region a holding names. Years are drawn by `seed`; none for 0. */
export function portfolioExposureOf(
  sha256: Sha256,
  exposures: ReadonlyMap<string, Exposure>,
  { holdings, notCounted }: Holdings,
  drawn: { readonly seed: number; readonly years: number },
): PortfolioExposure {
  const held = holdings.map((holding) => ({ holding, exposure: exposures.get(holding.regionId)! }));
  const forward = held.filter(({ exposure }) => exposure.input.zonesLeft > 0);
  const lost = held.filter(({ exposure }) => exposure.input.zonesLeft === 0);
  const documents = forward.map(({ holding, exposure }) => ownDocument(exposure.input.document, holding));
  const { regions, pairs, portfolio } = scoreTogether(documents, drawn);
  const own = forward.map(({ holding, exposure }, index): OwnRegion => {
    const result = regions.find(({ id }) => id === holding.regionId)!;
    return ownRegion(holding, exposure, result, notesOf(documents[index]!, result));
  });
  const outcome =
    held.length === 0
      ? 'no-portfolio'
      : forward.length === 0
        ? 'no-forward-score'
        : own.every((region) => region.outcome === 'scored')
          ? 'scored'
          : 'partly-known';
  const simulation = portfolio.simulation ?? null;
  return {
    outcome,
    sentences: sentencesOf(outcome, own, lost.length, simulation),
    regions: own,
    alreadyLost: lost.map(({ holding: { regionId, assets, valuePerDayUsd } }) => ({
      regionId,
      assets,
      valuePerDayUsd,
    })),
    notCounted,
    ealUsd: portfolio.eal_usd,
    simulation,
    ranking: pairs.map(rankingOf),
    identity: identityOf(sha256, documents),
  };
}

function ownRegion(holding: Holding, exposure: Exposure, result: RegionResult, notes: readonly string[]): OwnRegion {
  const { p_damage: pDamage, p05, p50, p95 } = result.probabilities['30'];
  return {
    regionId: holding.regionId,
    assets: holding.assets,
    valuePerDayUsd: holding.valuePerDayUsd,
    failoverShare: holding.failoverShare,
    outcome: exposure.ahead.outcome,
    exposure: result.exposure,
    likelihoodScore: result.likelihood.score,
    likelihoodBand: result.likelihood.band,
    probability30: { pDamage, p05, p50, p95 },
    pOutageGivenEvent: result.p_outage_given_event,
    ealUsd: result.loss.eal_usd,
    ongoingUsd: result.loss.ongoing_usd,
    notes,
    coverage: coverageSummary(exposure.coverage),
    coveredTo: exposure.coverage.find(({ incidentClass }) => incidentClass === 'armed-conflict')?.to ?? null,
  };
}

/** Which of two regions the greater loss is expected in, where that can be said. */
export function rankingOf(pair: PairResult): Ranking {
  const { a, b, p_a_greater: p } = pair;
  if (p >= SURE) return { ...pair, verdict: 'a-above-b', text: `${a} above ${b}: ${percent(p)}` };
  if (p <= 1 - SURE) return { ...pair, verdict: 'b-above-a', text: `${b} above ${a}: ${percent(1 - p)}` };
  return { ...pair, verdict: 'not-distinguishable', text: `${a} and ${b}: not distinguishable` };
}

function percent(p: number): string {
  return p > 0.99 ? '> 99 %' : `${Math.round(p * 100)} %`;
}

function sentencesOf(
  outcome: PortfolioExposure['outcome'],
  own: readonly OwnRegion[],
  lost: number,
  simulation: SimulationResult | null,
): string[] {
  if (outcome === 'no-portfolio') return ['No asset of yours stands in a cloud region that is known here.'];
  const count = (wanted: Ahead['outcome']) => own.filter((region) => region.outcome === wanted).length;
  const [prior, frozen] = [count('prior-only'), count('frozen')];
  const capped = simulation?.capped_share ?? 0;
  return [
    ...(lost > 0
      ? [`${lost} of your regions are already lost: what stood there is not in the loss that may yet come.`]
      : []),
    ...(prior > 0
      ? [
          `Nobody watches armed conflict around ${prior} of your regions: theirs is the model’s prior, not an observation.`,
        ]
      : []),
    ...(frozen > 0 ? [`${frozen} of your regions are frozen where their watch stopped: no data, not calm.`] : []),
    ...(own.length > 0 && own.every(({ valuePerDayUsd }) => valuePerDayUsd === 0)
      ? ['No value at risk is known: nothing was entered to lose, which is not that nothing can happen.']
      : []),
    ...(capped > MUCH_CAPPED
      ? [
          `Read the simulated mean first: in ${Math.round(capped * 100)} % of years the loss reaches all there is, which the expected loss does not stop at.`,
        ]
      : []),
  ];
}
