import { EARTH_RADIUS_KM } from '@faultline/geo';

/**
 * The arithmetic of site hazard, written so that sums of it are exact.
 *
 * Every contribution is rounded to a whole number of quanta of 2⁻⁴⁰ before it is added. A double holds every multiple
 * of 2⁻⁴⁰ up to 2¹³ without rounding, so while sums stay below that, adding and taking away are exact: no order, split
 * or history of edits leaves a trace. A contribution of less than half a quantum is exactly 0, and so the radius of a
 * search cuts nothing off either.
 */
export const QUANTUM = 2 ** -40;

/**
 * The sum near a site, and the sum over a theatre, of one decay class, must each stay below this: together below 2¹³,
 * and a single addition that passes it is still exact and can be taken back.
 */
export const SUM_LIMIT = 2 ** 12;

/** A single contribution must stay below this, or the rounding below would not be to whole quanta. */
export const AMOUNT_LIMIT = 2 ** 10;

// Adding puts the value where a double's last place is one quantum, so it is rounded (ties to even); taking away is exact.
const rounder = 1.5 * 2 ** 12;

/** The nearest whole number of quanta, for |value| < 2¹¹. */
export function quantise(value: number): number {
  return value + rounder - rounder;
}

/** Steps of the exponential's table for each unit. */
const stepsPerUnit = 64;

/** e^−y of at most AMOUNT_LIMIT is under half a quantum from here on. */
export const FURTHEST_LENGTHS = 38;

/** e^(−n/64). */
export const EXPONENTIALS = Float64Array.from({ length: FURTHEST_LENGTHS * stepsPerUnit + 2 }, (_, step) =>
  Math.exp(-step / stepsPerUnit),
);

/** e^−y for 0 ≤ y ≤ 38, within 3e-13 of it: the table, and Taylor's series over what is left, at most 1/128. */
export function decayOver(lengths: number): number {
  const step = (lengths * stepsPerUnit + 0.5) | 0;
  const rest = step / stepsPerUnit - lengths;
  const series = 1 + rest * (1 + rest * (1 / 2 + rest * (1 / 6 + rest * (1 / 24))));
  return (EXPONENTIALS[step] ?? 0) * series;
}

/** Chords up to this squared (318 km) are turned into arcs by a series; 5e-15 of the arc is lost. */
const nearChordSquared = 0.0025;

/** Distance on the ground in km of two unit vectors whose difference has this squared length. */
export function arcKm(chordSquared: number): number {
  const chord = Math.sqrt(chordSquared);
  if (chordSquared > nearChordSquared) return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, chord / 2));
  const h2 = chordSquared / 4;
  return EARTH_RADIUS_KM * chord * (1 + h2 * (1 / 6 + h2 * (3 / 40 + h2 * (5 / 112))));
}

/**
 * What an incident adds at a distance, in whole quanta: amount · (d₀/L)² · e^(−d/L) with L² = d₀² + blur².
 *
 * @param peak amount · d₀²/L²
 * @param perKm 1/L
 */
export function contribution(distanceKm: number, peak: number, perKm: number): number {
  const lengths = distanceKm * perKm;
  return lengths > FURTHEST_LENGTHS ? 0 : quantise(peak * decayOver(lengths));
}

/**
 * The distance in km beyond which `contribution` is 0 for every squared length of decay between the two given.
 *
 * peak(L)·e^(−d/L) reaches half a quantum at L·(a − 2 ln L), a = ln(amount·d₀²·2⁴¹), which rises up to L = e^(a/2 − 1)
 * and falls from there.
 */
export function reachKm(amount: number, d0Km: number, leastLengthKm: number, greatestLengthKm: number): number {
  if (!(amount > 0)) return -1;
  const a = Math.log((2 * amount * d0Km ** 2) / QUANTUM);
  const best = Math.min(Math.max(Math.exp(a / 2 - 1), leastLengthKm), greatestLengthKm);
  const reach = best * (a - 2 * Math.log(best));
  return reach < 0 ? -1 : reach * (1 + 1e-9) + 1e-6;
}
