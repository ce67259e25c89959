import type { z } from 'zod';
import type { GroupExposure, Movement, PortfolioExposure, ScenarioResult } from '@faultline/exposures';
import type {
  GroupExposure as GroupDto,
  Movement as MovementDto,
  PortfolioExposure as PortfolioDto,
  Scenario as ScenarioDto,
} from '../dto/subjects.js';

type Simulation = NonNullable<PortfolioExposure['simulation']>;
type Scored = z.infer<typeof ScenarioDto>['identity'];
type Band = z.infer<typeof GroupDto>['regions'][number]['likelihoodBand'];

export function groupView(
  subject: z.infer<typeof GroupDto>['subject'],
  group: GroupExposure,
): z.infer<typeof GroupDto> {
  return {
    subject,
    outcome: group.outcome,
    sentences: [...group.sentences],
    regions: group.regions.map((region) => ({ ...region, likelihoodBand: region.likelihoodBand as Band })),
    horizons: group.horizons.map((horizon) => ({ ...horizon })),
    coverage: { ...group.coverage },
    coveredTo: group.coveredTo,
    identity: { ...group.identity },
  };
}

export function portfolioExposureView(
  portfolio: PortfolioExposure,
  revision: number | null,
): z.infer<typeof PortfolioDto> {
  return {
    outcome: portfolio.outcome,
    revision,
    sentences: [...portfolio.sentences],
    regions: portfolio.regions.map(({ exposure, likelihoodBand, notes, ...region }) => ({
      ...region,
      exposureScore: exposure.score,
      exposureBand: exposure.band,
      exposureInterval: { ...exposure.interval },
      likelihoodBand: likelihoodBand as NonNullable<Band>,
      notes: [...notes],
    })),
    alreadyLost: portfolio.alreadyLost.map((lost) => ({ ...lost })),
    notCounted: portfolio.notCounted.map((item) => ({ ...item })),
    ealUsd: portfolio.ealUsd,
    simulation: portfolio.simulation && simulationView(portfolio.simulation),
    ranking: portfolio.ranking.map(({ a, b, p_a_greater: pAGreater, verdict, text }) => ({
      a,
      b,
      pAGreater,
      verdict,
      text,
    })),
    identity: { ...portfolio.identity },
  };
}

function simulationView(simulation: Simulation): NonNullable<z.infer<typeof PortfolioDto>['simulation']> {
  return {
    years: simulation.n_sims,
    seed: simulation.seed,
    meanAnnualLossUsd: simulation.mean_annual_loss_usd,
    meanUncappedUsd: simulation.mean_uncapped_usd,
    standardErrorUsd: simulation.standard_error_usd,
    pAnyLoss: simulation.p_any_loss,
    cappedShare: simulation.capped_share,
    exceedance: simulation.ep_curve.map((point) => ({
      chanceAYear: 1 / point.return_period_years,
      aepUsd: point.aep_usd,
      oepUsd: point.oep_usd,
      tvarUsd: point.tvar_usd,
    })),
  };
}

export function scenarioView(name: string, scenario: ScenarioResult, identity: Scored): z.infer<typeof ScenarioDto> {
  return {
    name,
    marked: scenario.marked,
    sentences: [...scenario.sentences],
    regions: scenario.regions.map((region) => ({
      ...region,
      contributions: { ...region.contributions },
      notes: [...region.notes],
    })),
    conditional: scenario.conditional.map(({ regionId, zoneIds, loss }) => ({
      regionId,
      zoneIds: [...zoneIds],
      propertyUsd: loss.property_usd,
      interruptionUsd: loss.bi_usd,
      totalUsd: loss.total_usd,
    })),
    othersLost: scenario.othersLost,
    identity: { ...identity },
  };
}

type MovementPlace = z.infer<typeof MovementDto>['from'];

export function movementView(movement: Movement, from: MovementPlace, to: MovementPlace): z.infer<typeof MovementDto> {
  const sentences = [
    ...(from.coveredTo !== null && from.coveredTo === to.coveredTo && from.asOf < to.asOf
      ? [`The watch stopped at ${to.coveredTo.slice(0, 10)}: time has not calmed anything since.`]
      : []),
    ...(from.identity.parameterHash === to.identity.parameterHash &&
    from.identity.modelVersion === to.identity.modelVersion
      ? ['Both are of one model and one parameter set: nothing moved by those.']
      : []),
  ];
  if (movement.outcome === 'none') {
    const none = { likelihood: null, exposure: null, incidents: null, claims: null };
    return { outcome: 'none', reason: movement.reason, from, to, ...none, sentences };
  }
  const changed = ({ added, revised, gone }: typeof movement.incidents) => ({
    added: [...added],
    revised: [...revised],
    gone: [...gone],
  });
  return {
    outcome: 'moved',
    reason: '',
    from,
    to,
    likelihood: { ...movement.likelihood },
    exposure: { ...movement.exposure },
    incidents: changed(movement.incidents),
    claims: changed(movement.claims),
    sentences,
  };
}
