// Simulated years: how many region-years a second, against the definition followed draw by draw in the same run.
// Run: node --disable-warning=ExperimentalWarning --import @swc-node/register/esm-register bench/monte-carlo.bench.ts
// A sample is one region in one year. Times are processor time and hold for this machine only.
import os from 'node:os';
import { DEFAULT_PARAMETERS } from '@faultline/scoring';
import { fnv1a32 } from '../libs/scoring/src/identity.js';
import { normalQuantile } from '../libs/scoring/src/normal.js';
import { philox4x32, poissonQuantile } from '../libs/scoring/src/philox.js';
import { simulate } from '../libs/scoring/src/simulation.js';
import type { SimulatedPortfolio } from '../libs/scoring/src/simulation.js';
import { alternately, demand, processorMs, say, sayRatio } from './measure.js';

const years = 20_000;
const seed = 42;
const beta = DEFAULT_PARAMETERS.beta_theatre;
const zones = [0.4, 0.3, 0.3].map((share) => ({ share, sharedFate: undefined }));
const theatreIds = ['t0', 't1', 't2', 't3'];
const regions = Array.from({ length: 40 }, (_, number) => ({
  id: `region-${String(number).padStart(3, '0')}`,
  theatreId: `t${number % theatreIds.length}`,
  campaignsPerYear: 4e-4 * (1 + (number % 7)),
  primaryShares: [0.4, 0.3, 0.3],
  capacityMw: 100,
  valuePerDayUsd: 3e6,
  ongoingUsd: 0,
  sigmaLocal: 1.5,
  zones,
  quorum: 2,
  singleAzShare: 0.3,
}));
const portfolio: SimulatedPortfolio = {
  theatreIds,
  regions,
  chokepoints: [],
  sigmaModel: 0.978,
  parameters: DEFAULT_PARAMETERS,
};

/** Years with an event, by the definition: every draw by itself, every rate worked out. */
function yearsWithEvents(): number {
  const uniform = (year: number, stream: number, entity: number): number => {
    const [x0, x1] = philox4x32([year, stream, entity, 0], seed, 0);
    return ((x0 >>> 5) * 2 ** 26 + (x1 >>> 6) + 0.5) / 2 ** 53;
  };
  const { sigmaModel } = portfolio;
  let found = 0;
  for (let year = 0; year < years; year++) {
    const modelZ = normalQuantile(uniform(year, 1, 0));
    const rates = regions.map(({ id, campaignsPerYear, sigmaLocal }) => {
      const localZ = normalQuantile(uniform(year, 2, fnv1a32(id)));
      const log = sigmaModel * modelZ - sigmaModel ** 2 / 2 + sigmaLocal * localZ - sigmaLocal ** 2 / 2;
      return campaignsPerYear * Math.exp(log);
    });
    let events = 0;
    for (const id of theatreIds) {
      const highest = Math.max(...rates.filter((_, at) => regions[at]?.theatreId === id));
      events += poissonQuantile(beta * highest, uniform(year, 3, fnv1a32(id)));
    }
    regions.forEach(({ id }, at) => {
      events += poissonQuantile((1 - beta) * (rates[at] ?? NaN), uniform(year, 5, fnv1a32(id)));
    });
    if (events > 0) found++;
  }
  return found;
}

say(`${os.cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, load ${os.loadavg()[0]?.toFixed(1)}`);
say(`${regions.length} regions, ${years} years, ${simulate(portfolio, years, seed).yearsWithEvents} with an event`);
demand(yearsWithEvents() === simulate(portfolio, years, seed).yearsWithEvents, 'the definition gives the same years');
const medians = alternately(
  {
    simulation: () => processorMs(() => simulate(portfolio, years, seed)),
    definition: () => processorMs(() => yearsWithEvents()),
  },
  7,
);
const samples = regions.length * years;
say(`median ms: simulation ${medians.simulation.toFixed(1)}, definition ${medians.definition.toFixed(1)}`);
sayRatio('million samples a second', samples / medians.simulation / 1000, 10);
sayRatio('speed against the definition draw by draw', medians.definition / medians.simulation);
