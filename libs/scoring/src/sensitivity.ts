import type { Parameters, ScoreDocument } from './document.js';
import { DEFAULT_PARAMETERS, PARAMETER_BASIS } from './parameters.js';
import type { Basis } from './parameters.js';
import { score } from './score.js';
import type { RegionResult } from './result.js';

/** How far one parameter alone moves a region's scores. Points; `low` and `high` are the parameter as it was set. */
export interface Swing {
  readonly parameter: keyof Parameters;
  readonly basis: Basis;
  readonly reason: string;
  readonly low: string;
  readonly standing: string;
  readonly high: string;
  readonly exposure: { readonly low: number; readonly high: number; readonly swing: number };
  readonly likelihood: { readonly low: number; readonly high: number; readonly swing: number };
}

type Ladder = Readonly<Record<string, number>>;

/** Parameters between 0 and 1, whose odds are halved and doubled, so that they stay there. */
const SHARES: ReadonlySet<keyof Parameters> = new Set([
  'incident_prior',
  'claim_prior',
  'evidence_cap',
  'theatre_share',
  'eta',
  'rho',
  'single_az_share',
  'beta_theatre',
]);

/**
 * One parameter at a time, halved and doubled (a share: its odds; a ladder: every rung, a weight at most 1; what must be
 * at least 1 stays there), widest swing of E first. What is convention alone is not moved: it names units.
 *
 * @throws ScoreInputError for a faulty document; RangeError for a region the document does not have
 */
export function sensitivityOf(document: ScoreDocument, regionId: string): readonly Swing[] {
  const scoreWith = (name: keyof Parameters, value: number | Ladder): RegionResult => {
    const params = { ...document.params, [name]: value };
    const found = score({ ...document, n_sims: 0, params }).regions.find(({ id }) => id === regionId);
    if (found === undefined) throw new RangeError(`got region ${regionId}, wanted a region of the document`);
    return found;
  };
  const rows = parametersOf(document).flatMap(([name, value]): Swing[] => {
    const { basis, reason } = PARAMETER_BASIS[name];
    if (basis === 'convention') return [];
    const [low, high] = [moved(name, value, 0.5), moved(name, value, 2)];
    const [a, b] = [scoreWith(name, low), scoreWith(name, high)];
    const span = (of: 'exposure' | 'likelihood') => ({
      low: a[of].score,
      high: b[of].score,
      swing: Math.abs(b[of].score - a[of].score),
    });
    return [
      {
        parameter: name,
        basis,
        reason,
        low: words(low),
        standing: words(value),
        high: words(high),
        exposure: span('exposure'),
        likelihood: span('likelihood'),
      },
    ];
  });
  return rows.sort(
    (a, b) =>
      b.exposure.swing - a.exposure.swing || (a.parameter < b.parameter ? -1 : a.parameter > b.parameter ? 1 : 0),
  );
}

function parametersOf({ params }: ScoreDocument): [keyof Parameters, number | Ladder][] {
  const given = (params ?? {}) as Readonly<Record<string, unknown>>;
  return (Object.keys(DEFAULT_PARAMETERS) as (keyof Parameters)[]).map((name) => {
    const standing = DEFAULT_PARAMETERS[name];
    const value = given[name] ?? standing;
    return [name, typeof standing === 'object' ? { ...standing, ...(value as Ladder) } : (value as number)];
  });
}

function moved(name: keyof Parameters, value: number | Ladder, factor: number): number | Ladder {
  if (typeof value !== 'number') {
    const most = name === 'omega' ? 1 : Number.POSITIVE_INFINITY;
    return Object.fromEntries(Object.entries(value).map(([rung, weight]) => [rung, Math.min(most, weight * factor)]));
  }
  if (SHARES.has(name)) {
    if (value <= 0 || value >= 1) return value;
    const odds = (value / (1 - value)) * factor;
    return odds / (1 + odds);
  }
  const atLeastOne = name === 'a_max' || name === 'model_error_factor';
  return atLeastOne ? Math.max(1, value * factor) : value * factor;
}

function words(value: number | Ladder): string {
  const round = (figure: number) => String(Number(figure.toPrecision(3)));
  return typeof value === 'number'
    ? round(value)
    : Object.entries(value)
        .map(([rung, weight]) => `${rung} ${round(weight)}`)
        .join(', ');
}
