import { DEFAULT_PARAMETERS, score, type RegionResult, type ScoreDocument } from '@faultline/scoring';
import type { ScoreInput } from './score-input.js';

/** The same of a region's input as the service made it; nothing where there is no forward score. */
export function notesOfInput({ document, zonesLeft }: Pick<ScoreInput, 'document' | 'zonesLeft'>): string[] {
  return zonesLeft === 0 ? [] : notesOf(document, score(document).regions[0]!);
}

/**
 * What a reader must know of a region's numbers before using them, in sentences: each says what the model does in a
 * corner, and what that does not mean. `document` is of one region, `result` is the model's of it.
 */
export function notesOf(document: ScoreDocument, result: RegionResult): string[] {
  const region = document.regions?.[0];
  if (!region) return [];
  const fates = new Set(region.azs.map(({ shared_fate: fate }) => fate ?? null));
  const [fate] = fates;
  const one = region.azs.length === 1;
  return [
    ...(one ? ['There is one zone: whatever damages it takes the region out.'] : []),
    ...(!one && fates.size === 1 && fate != null
      ? [
          `All ${region.azs.length} zones hang on ${fate}: whatever damages one takes the region out, and zones are no redundancy here.`,
        ]
      : []),
    ...(result.loss.value_per_day_usd === 0 && result.loss.eal_usd < DEFAULT_PARAMETERS.e_zero_usd_per_year
      ? [
          'No value at risk is known here: E is 0 because nothing was entered to lose, not because nothing can happen. L stands.',
        ]
      : []),
    ...(result.data_quality.stale ? ['The watch has stopped, so time does too: the score is frozen, not calm.'] : []),
    ...(result.data_quality.coverage_years === 0
      ? ['Nothing was observed: the long-run rate is the prior of any place.']
      : []),
  ];
}
