import { RUNS_LENGTH } from '@faultline/geo';
import type { Vector } from '@faultline/geo';
import type { HazardRules, PlacedIncident } from './hazard-incident.js';
import { arcKm, contribution } from './site-kernel.js';
import type { Sites } from './sites.js';

/**
 * Adds what an incident contributes at every site by distance, `sign` times, to sums by position.
 *
 * @returns the greatest sum written, 0 if none was
 */
export function addNear(
  placed: PlacedIncident,
  sign: 1 | -1,
  sums: Float64Array,
  sites: Sites,
  rules: HazardRules,
  runs: Int32Array,
): number {
  if (placed.chordLimit < 0) return 0;
  const { lonDegrees, latDegrees, radiusKm } = placed;
  const written = sites.index.runsWithin(lonDegrees, latDegrees, radiusKm, runs);
  const isPlain =
    placed.incident.place.kind === 'point' && placed.theatreAmount === 0 && sites.precisionKm2 === undefined;
  return isPlain
    ? addPlain(placed, sign, sums, sites, rules, runs, written)
    : addMixed(placed, sign, sums, sites, rules, runs, written);
}

/** Room for the runs of one search. */
export function newRuns(): Int32Array {
  return new Int32Array(RUNS_LENGTH);
}

/** What an incident contributes at one site by distance; bit for bit what `addNear` adds there. */
export function nearContribution(placed: PlacedIncident, position: number, sites: Sites, rules: HazardRules): number {
  const { x, y, z } = sites.index;
  const [cx, cy, cz] = placed.centre;
  const dx = (x[position] ?? 0) - cx;
  const dy = (y[position] ?? 0) - cy;
  const dz = (z[position] ?? 0) - cz;
  const chord2 = dx * dx + dy * dy + dz * dz;
  return chord2 <= placed.chordLimit ? contributionAt(placed, position, chord2, sites, rules) : 0;
}

/** The loop that matters: exact sites, a point, no theatre; nothing but the distance differs from site to site. */
function addPlain(
  placed: PlacedIncident,
  sign: 1 | -1,
  sums: Float64Array,
  sites: Sites,
  rules: HazardRules,
  runs: Int32Array,
  written: number,
): number {
  const { x, y, z } = sites.index;
  const [cx, cy, cz] = placed.centre;
  const limit = placed.chordLimit;
  const peak = placed.amount * (rules.d0Km ** 2 / placed.lengthKm2);
  const perKm = 1 / Math.sqrt(placed.lengthKm2);
  let greatest = 0;
  for (let run = 0; run < written; run += 2) {
    for (let position = runs[run] ?? 0, to = runs[run + 1] ?? 0; position < to; position++) {
      const dx = (x[position] ?? 0) - cx;
      const dy = (y[position] ?? 0) - cy;
      const dz = (z[position] ?? 0) - cz;
      const chord2 = dx * dx + dy * dy + dz * dz;
      if (chord2 > limit) continue;
      const sum = (sums[position] ?? 0) + sign * contribution(arcKm(chord2), peak, perKm);
      sums[position] = sum;
      if (sum > greatest) greatest = sum;
    }
  }
  return greatest;
}

function addMixed(
  placed: PlacedIncident,
  sign: 1 | -1,
  sums: Float64Array,
  sites: Sites,
  rules: HazardRules,
  runs: Int32Array,
  written: number,
): number {
  let greatest = 0;
  for (let run = 0; run < written; run += 2) {
    for (let position = runs[run] ?? 0, to = runs[run + 1] ?? 0; position < to; position++) {
      const sum = (sums[position] ?? 0) + sign * nearContribution(placed, position, sites, rules);
      sums[position] = sum;
      if (sum > greatest) greatest = sum;
    }
  }
  return greatest;
}

function contributionAt(
  placed: PlacedIncident,
  position: number,
  chord2: number,
  sites: Sites,
  rules: HazardRules,
): number {
  const { incident, amount } = placed;
  const lengthKm2 = placed.lengthKm2 + (sites.precisionKm2?.[position] ?? 0);
  const isInTheatre = placed.theatreAmount > 0 && sites.theatre?.[position] === incident.standoffTheatre;
  const near = isInTheatre ? amount * (1 - rules.theatreShare) : amount;
  const peak = near * (rules.d0Km ** 2 / lengthKm2);
  const perKm = 1 / Math.sqrt(lengthKm2);
  if (incident.place.kind !== 'footprint') return contribution(arcKm(chord2), peak, perKm);
  const { x, y, z } = sites.index;
  const place: Vector = [x[position] ?? 0, y[position] ?? 0, z[position] ?? 0];
  const distanceKm = incident.place.footprint.distanceKm(place);
  return distanceKm > (rules.reachKm ?? Infinity) ? 0 : contribution(distanceKm, peak, perKm);
}
