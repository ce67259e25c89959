import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { exceedanceCurve, meanAndError } from './exceedance.js';
import { DEFAULT_PARAMETERS, parseScoreDocument, score } from './index.js';
import type { ScoreDocument } from './index.js';
import { simulate } from './simulation.js';
import type { SimulatedPortfolio, SimulatedRegion } from './simulation.js';

const golden = parseScoreDocument(readFileSync(new URL('../golden/gulf-strike/input.json', import.meta.url), 'utf8'));

const lossPerStrike = 1e6;

/** One zone struck once a year for exactly a million, with nothing uncertain. */
const fixed: SimulatedRegion = {
  id: 'R',
  theatreId: 'T',
  campaignsPerYear: 1,
  primaryShares: [1],
  zones: [{ share: 1, sharedFate: undefined }],
  quorum: 1,
  singleAzShare: 0,
  capacityMw: 100,
  valuePerDayUsd: 0,
  ongoingUsd: 0,
  sigmaLocal: 0,
};

function portfolioOf(regions: readonly SimulatedRegion[]): SimulatedPortfolio {
  const parameters = { ...DEFAULT_PARAMETERS, cost_per_mw_usd: 1e6, damage_ratio: 0.01, sigma_loss: 0 };
  return { theatreIds: ['T', 'U'], regions, chokepoints: [], sigmaModel: 0, parameters };
}

describe('simulated years', () => {
  it('have the Poisson quantiles of a closed form', () => {
    const years = 200_000;
    const simulated = simulate(portfolioOf([fixed]), years, 1);
    const curve = exceedanceCurve(simulated.annualUsd, simulated.largestEventUsd);
    expect(curve.map((point) => point.returnPeriodYears)).toEqual([2, 5, 10, 20, 50, 100, 200, 250, 500, 1000]);
    expect(curve.map((point) => Math.round(point.aggregateUsd / lossPerStrike))).toEqual([
      1, 2, 2, 3, 3, 4, 4, 4, 5, 5,
    ]);
    expect(new Set(curve.map((point) => point.occurrenceUsd))).toEqual(new Set([lossPerStrike]));
    expect(Math.abs(simulated.yearsWithEvents / years - (1 - Math.exp(-1)))).toBeLessThan(0.003);
  });

  it('are unbiased: their unlimited mean is the expected annual loss', () => {
    const zScores = Array.from({ length: 25 }, (_, seed) => {
      const { portfolio } = score({ ...golden, seed, n_sims: 1500 });
      const { simulation } = portfolio;
      if (simulation === undefined) throw new Error('nothing was simulated');
      return (simulation.mean_uncapped_usd - portfolio.eal_usd) / simulation.standard_error_usd;
    });
    const { mean } = meanAndError(Float64Array.from(zScores));
    expect(Math.abs(mean)).toBeLessThan(0.6);
    expect(Math.max(...zScores.map(Math.abs))).toBeGreaterThan(0.2);
  });

  it('have as many strikes whatever share of them comes in theatre-wide shocks', () => {
    const meanOf = (beta: number): number => {
      const portfolio = portfolioOf([fixed, { ...fixed, id: 'S', campaignsPerYear: 0.5 }]);
      const parameters = { ...portfolio.parameters, beta_theatre: beta };
      return meanAndError(simulate({ ...portfolio, parameters }, 20_000, 3).annualUsd).mean / lossPerStrike;
    };
    for (const beta of [0, 0.5, 1]) expect(Math.abs(meanOf(beta) - 1.5)).toBeLessThan(0.04);
  });

  it('of one region are not moved by a region of another theatre', () => {
    const alone = simulate(portfolioOf([fixed]), 500, 2 ** 40 + 1);
    const other = { ...fixed, id: 'S', theatreId: 'U', campaignsPerYear: 9 };
    const together = simulate(portfolioOf([fixed, other]), 500, 2 ** 40 + 1);
    expect(together.totalByRegion.get('R')).toBe(alone.totalByRegion.get('R'));
    expect(together.totalByRegion.get('S')).toBeGreaterThan(0);
  });

  it('begin alike however many there are', () => {
    const few = simulate(portfolioOf([fixed]), 20, 9).annualUsd;
    expect(simulate(portfolioOf([fixed]), 500, 9).annualUsd.slice(0, 20)).toEqual(few);
  });

  it('depend on the whole seed', () => {
    const meanWith = (seed: number): number | undefined =>
      score({ ...golden, seed, n_sims: 50 }).portfolio.simulation?.mean_annual_loss_usd;
    expect(meanWith(2 ** 32 + 42)).not.toBe(meanWith(42));
  });

  it('carry outages that go on, which count as events', () => {
    const simulated = simulate(
      portfolioOf([{ ...fixed, campaignsPerYear: 1e-9, ongoingUsd: 5, valuePerDayUsd: 1 }]),
      10,
      0,
    );
    expect(simulated.yearsWithEvents).toBe(10);
    expect([...simulated.annualUsd]).toEqual(Array.from({ length: 10 }, () => 5));
  });

  it('are limited to the value at risk', () => {
    const ruinous = { ...fixed, campaignsPerYear: 300 };
    const simulated = simulate(portfolioOf([ruinous]), 50, 0);
    expect(simulated.yearsCapped).toBe(50);
    expect(Math.max(...simulated.annualUsd)).toBe(100 * 1e6);
    expect(Math.min(...simulated.uncappedUsd)).toBeGreaterThan(100 * 1e6);
  });

  it('reach every dependent of a chokepoint at once', () => {
    const document: ScoreDocument = {
      ...golden,
      incidents: [],
      claims: [],
      n_sims: 400,
      params: { m0_per_year: 1e-9, sigma_loss: 0, model_error_factor: 1 },
    };
    const simulation = score(document).portfolio.simulation;
    expect(simulation?.p_any_loss).toBeCloseTo(1 - Math.exp(-0.5), 1);
    expect(simulation?.region_mean_usd['R1']).toBeGreaterThan(simulation?.region_mean_usd['R2'] ?? Infinity);
    const ratio = Number(simulation?.region_mean_usd['R1']) / Number(simulation?.region_mean_usd['R2']);
    const { regions } = score(document);
    expect(ratio).toBeCloseTo(
      Number(regions[0]?.loss.chokepoint_eal_usd) / Number(regions[1]?.loss.chokepoint_eal_usd),
      6,
    );
  });
});

describe('exceedance curve', () => {
  it('takes the sample as it is, at the return periods it can carry', () => {
    const annual = Float64Array.from([5, 1, 4, 2, 3, 10, 9, 8, 7, 6]);
    expect(
      exceedanceCurve(
        annual,
        annual.map((usd) => usd / 2),
      ),
    ).toEqual([
      { returnPeriodYears: 2, aggregateUsd: 5, occurrenceUsd: 2.5, tailMeanUsd: 7.5 },
      { returnPeriodYears: 5, aggregateUsd: 8, occurrenceUsd: 4, tailMeanUsd: 9 },
      { returnPeriodYears: 10, aggregateUsd: 9, occurrenceUsd: 4.5, tailMeanUsd: 9.5 },
    ]);
    expect([...annual]).toEqual([5, 1, 4, 2, 3, 10, 9, 8, 7, 6]);
  });

  it('has no point for a single year, whose error is not known', () => {
    expect(exceedanceCurve(Float64Array.of(7), Float64Array.of(7))).toEqual([]);
    expect(meanAndError(Float64Array.of(7))).toEqual({ mean: 7, standardError: 0 });
    expect(meanAndError(Float64Array.of(1, 3))).toEqual({ mean: 2, standardError: 1 });
  });
});
