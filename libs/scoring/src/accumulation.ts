import { chordSquared, RUNS_LENGTH, unitVector } from '@faultline/geo';
import type { PreparedFootprint } from '@faultline/geo';
import type { Sites } from './sites.js';

/** An area that one event may cover. */
export type Area =
  | {
      readonly kind: 'circle';
      readonly lonDegrees: number;
      readonly latDegrees: number;
      readonly radiusKm: number;
    }
  | { readonly kind: 'footprint'; readonly footprint: PreparedFootprint };

/** What stands in an area. */
export interface Accumulation {
  /** Indexes of the sites inside, ascending. */
  readonly sites: Int32Array;
  readonly valueUsd: number;
}

const degreesPerRadian = 180 / Math.PI;

/** Values are added in units of 2⁻⁸ USD, less than half a cent: sums are exact, in any order, up to 35 trillion USD. */
const unitUsd = 2 ** -8;

function inUnits(usd: number): number {
  return Math.round(usd / unitUsd) * unitUsd;
}

/**
 * The sites in an area and their value in all. Positions are taken as they are given, whatever their precision; one on
 * the edge of a footprint may be either inside or out.
 *
 * @param valueUsd by site index
 * @throws RangeError for a list of another length, or a circle whose centre or radius is none
 */
export function accumulationIn(area: Area, sites: Sites, valueUsd: ArrayLike<number>): Accumulation {
  const { index } = sites;
  refuseLength('values', valueUsd.length, index.count);
  const runs = new Int32Array(RUNS_LENGTH);
  const found: number[] = [];
  const { x, y, z, indexAt } = index;
  const [lon, lat, radiusKm] = circleAround(area);
  const written = index.runsWithin(lon, lat, radiusKm, runs);
  const holds = testOf(area);
  for (let run = 0; run < written; run += 2) {
    for (let position = runs[run] ?? 0, to = runs[run + 1] ?? 0; position < to; position++) {
      if (holds(x[position] ?? 0, y[position] ?? 0, z[position] ?? 0)) found.push(indexAt[position] ?? 0);
    }
  }
  const inside = Int32Array.from(found).sort();
  let total = 0;
  for (const site of inside) total += inUnits(valueUsd[site] ?? 0);
  return { sites: inside, valueUsd: total };
}

function circleAround(area: Area): readonly [number, number, number] {
  if (area.kind === 'circle') {
    const { lonDegrees, latDegrees, radiusKm } = area;
    if (!(Number.isFinite(lonDegrees) && Math.abs(latDegrees) <= 90 && radiusKm >= 0)) {
      throw new RangeError(`accumulationIn: got ${radiusKm} km around [${lonDegrees}, ${latDegrees}], wanted a circle`);
    }
    return [lonDegrees, latDegrees, radiusKm];
  }
  const { centre, radiusKm } = area.footprint;
  const [x, y, z] = centre;
  const lat = Math.atan2(z, Math.hypot(x, y)) * degreesPerRadian;
  return [Math.atan2(y, x) * degreesPerRadian, lat, radiusKm * (1 + 1e-9) + 1e-6];
}

function testOf(area: Area): (x: number, y: number, z: number) => boolean {
  if (area.kind === 'footprint') return (x, y, z) => area.footprint.holds(x, y, z);
  const [cx, cy, cz] = unitVector(area.lonDegrees, area.latDegrees);
  const limit = chordSquared(area.radiusKm);
  return (x, y, z) => (x - cx) ** 2 + (y - cy) ** 2 + (z - cz) ** 2 <= limit;
}

/** What one group (a country, a provider, a cloud region) has of a portfolio. */
export interface GroupShare {
  readonly group: number;
  readonly siteCount: number;
  readonly valueUsd: number;
  /** Of the total, 0 to 1; 0 where the total is nothing. */
  readonly share: number;
}

export interface Concentration {
  readonly totalUsd: number;
  /** The greatest first. Groups without a site are left out. */
  readonly groups: readonly GroupShare[];
  /** Sum of the squared shares (Herfindahl and Hirschman): 1 where one group has all, 1/n where n have the same. */
  readonly herfindahl: number;
}

/**
 * How a portfolio's value is spread over groups. The order of the sites does not matter.
 *
 * @param groups the code of each site's group, a whole number from 0 on; −1 for a site that belongs to none
 * @param valueUsd at least 0, by site: its value, or its expected loss
 * @throws RangeError for lists of different lengths, a code that is none, or a value below 0
 */
export function concentrationBy(groups: ArrayLike<number>, valueUsd: ArrayLike<number>): Concentration {
  refuseLength('values', valueUsd.length, groups.length);
  const byGroup = new Map<number, { siteCount: number; valueUsd: number }>();
  let totalUsd = 0;
  for (let site = 0; site < groups.length; site++) {
    const group = groups[site] ?? NaN;
    const usd = inUnits(valueUsd[site] ?? NaN);
    if (!(Number.isInteger(group) && group >= -1 && usd >= 0 && usd < Infinity)) {
      throw new RangeError(`concentrationBy: got group ${group} with ${usd} USD, wanted a code and 0 or more`);
    }
    totalUsd += usd;
    if (group < 0) continue;
    const sofar = byGroup.get(group);
    if (sofar === undefined) {
      byGroup.set(group, { siteCount: 1, valueUsd: usd });
    } else {
      sofar.siteCount++;
      sofar.valueUsd += usd;
    }
  }
  const shares = [...byGroup]
    .map(([group, sum]): GroupShare => ({ group, ...sum, share: totalUsd > 0 ? sum.valueUsd / totalUsd : 0 }))
    .sort((a, b) => b.valueUsd - a.valueUsd || a.group - b.group);
  return { totalUsd, groups: shares, herfindahl: shares.reduce((sum, { share }) => sum + share ** 2, 0) };
}

function refuseLength(name: string, got: number, wanted: number): void {
  if (got !== wanted) throw new RangeError(`accumulation: got ${got} ${name}, wanted ${wanted}`);
}
