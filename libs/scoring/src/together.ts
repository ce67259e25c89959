import type { ScoreDocument } from './document.js';
import { refuseInfinite } from './finite.js';
import { byId, fnv1a32 } from './identity.js';
import { pairsOf, portfolioOf, scored } from './score.js';
import type { PairResult, PortfolioResult, RegionResult } from './result.js';
import { readInputs } from './validate.js';

/** Regions of several documents beside each other. */
export interface Together {
  readonly regions: readonly RegionResult[];
  readonly pairs: readonly PairResult[];
  readonly portfolio: PortfolioResult;
}

/**
 * Scores documents beside each other: each region by its own document, bit for bit as alone, and their years drawn
 * together. Theatres of one id in several documents are one theatre: its shocks reach the regions of all of them.
 * `years` simulated years, 0 for none, drawn by `seed`.
 *
 * @throws ScoreInputError for a faulty document; RangeError for documents of different instants or parameters, for a
 * region that is in two of them, and for ids that share their random numbers
 */
export function scoreTogether(
  documents: readonly ScoreDocument[],
  { seed, years }: { readonly seed: number; readonly years: number },
): Together {
  const read = documents.map((document) => readInputs({ ...document, seed, n_sims: years }));
  const [first] = read;
  if (first === undefined) return { regions: [], pairs: [], portfolio: { eal_usd: 0 } };
  const parameters = JSON.stringify(first.parameters);
  for (const { asOfDay, asOfText, parameters: others } of read) {
    if (asOfDay !== first.asOfDay) throw new RangeError(`got ${first.asOfText} and ${asOfText}, wanted one instant`);
    if (JSON.stringify(others) !== parameters) throw new RangeError('got several parameter sets, wanted one');
  }
  const regions = read.flatMap((inputs) => scored(inputs).regions).sort((a, b) => byId(a.region, b.region));
  const theatres = new Map(read.flatMap((inputs) => inputs.theatres.map((theatre) => [theatre.id, theatre])));
  const chokepoints = new Map(read.flatMap((inputs) => inputs.chokepoints.map((point) => [point.id, point])));
  refuseShared([...regions.map(({ region }) => region.id), ...theatres.keys(), ...chokepoints.keys()]);
  const drawnBy = {
    ...first,
    theatres: [...theatres.values()].sort(byId),
    chokepoints: [...chokepoints.values()].sort(byId),
  };
  const result = {
    regions: regions.map(({ result: region }) => region),
    pairs: pairsOf(regions, first.parameters),
    portfolio: portfolioOf(regions, drawnBy),
  };
  refuseInfinite(result, 'result');
  return result;
}

/** One id, or one hash of two, would give two entities the same draws. */
function refuseShared(ids: readonly string[]): void {
  const held = new Map<number, string>();
  for (const id of ids) {
    const other = held.get(fnv1a32(id));
    if (other !== undefined) throw new RangeError(`got ${other} and ${id}, wanted ids that draw apart`);
    held.set(fnv1a32(id), id);
  }
}
