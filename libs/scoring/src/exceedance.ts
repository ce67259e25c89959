/** One point of a loss exceedance curve, USD. */
export interface ExceedancePoint {
  readonly returnPeriodYears: number;
  /** Loss of a whole year. */
  readonly aggregateUsd: number;
  /** Largest event of a year. */
  readonly occurrenceUsd: number;
  /** Mean of the years at or above the aggregate loss. */
  readonly tailMeanUsd: number;
}

const returnPeriods = [2, 5, 10, 20, 50, 100, 200, 250, 500, 1000] as const;

/**
 * Empirical exceedance curve at the return periods the number of years can carry, without interpolation.
 * Index i of both lists is the same year; neither list is changed.
 */
export function exceedanceCurve(annualUsd: Float64Array, largestEventUsd: Float64Array): readonly ExceedancePoint[] {
  const years = annualUsd.length;
  const annual = annualUsd.toSorted();
  const largest = largestEventUsd.toSorted();
  const tailSums = new Float64Array(years + 1);
  for (let index = years - 1; index >= 0; index--) {
    tailSums[index] = (tailSums[index + 1] ?? 0) + (annual[index] ?? 0);
  }
  return returnPeriods
    .filter((period) => period <= years)
    .map((returnPeriodYears) => {
      // ⌈n(1 − 1/T)⌉ − 1 in whole numbers, where no rounding can move it.
      const index = years - Math.floor(years / returnPeriodYears) - 1;
      return {
        returnPeriodYears,
        aggregateUsd: annual[index] ?? 0,
        occurrenceUsd: largest[index] ?? 0,
        tailMeanUsd: (tailSums[index] ?? 0) / (years - index),
      };
    });
}

/** Mean, and the mean's standard error; the error of a single value is not known and given as 0. */
export function meanAndError(values: Float64Array): { readonly mean: number; readonly standardError: number } {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { mean, standardError: 0 };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (count - 1) / count) };
}
