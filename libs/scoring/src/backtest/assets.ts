import type { BacktestProtocol, ConflictEvent } from './protocol.js';

/** Length of a degree of latitude as the back-tests take it. */
const KM_PER_DEGREE = 111.32;

/** An event in the plane of the back-test: day after day 0, kilometres east and north. */
export interface PlaneEvent {
  readonly day: number;
  readonly xKm: number;
  readonly yKm: number;
}

/** A node of the grid that stands for a site, with its place on the map. */
export interface PseudoAsset {
  readonly xKm: number;
  readonly yKm: number;
  readonly lon: number;
  readonly lat: number;
}

/** The events in the plane, in the order of days (of one day by place, so that the order given means nothing). */
export function planeEvents(events: readonly ConflictEvent[], protocol: BacktestProtocol): PlaneEvent[] {
  const kmPerLon = kmPerDegreeEast(protocol);
  return events
    .map(({ day, lonLat: [lon, lat] }) => ({
      day: day - protocol.firstDay,
      xKm: lon * kmPerLon,
      yKm: lat * KM_PER_DEGREE,
    }))
    .sort((a, b) => a.day - b.day || a.xKm - b.xKm || a.yKm - b.yKm);
}

function kmPerDegreeEast({ referenceLatitude }: BacktestProtocol): number {
  return KM_PER_DEGREE * Math.cos((referenceLatitude * Math.PI) / 180);
}

/**
 * Nodes of a square grid, from the south-western corner of the events to their eastern and northern edge, that have an
 * event within reach; by column, then by row.
 */
export function pseudoAssets(events: readonly PlaneEvent[], protocol: BacktestProtocol): PseudoAsset[] {
  const { gridKm, reachKm, gridShiftKm } = protocol;
  const [westmost, east] = extent(events.map(({ xKm }) => xKm));
  const [southmost, north] = extent(events.map(({ yKm }) => yKm));
  const west = westmost - gridShiftKm.west;
  const south = southmost - gridShiftKm.south;
  const columns = Math.floor((east - west) / gridKm) + 1;
  const rows = Math.floor((north - south) / gridKm) + 1;
  const kept = new Set<number>();
  for (const event of events) {
    const column = clampedSpan((event.xKm - west) / gridKm, reachKm / gridKm, columns);
    const row = clampedSpan((event.yKm - south) / gridKm, reachKm / gridKm, rows);
    for (let i = column.from; i <= column.to; i++) {
      for (let j = row.from; j <= row.to; j++) {
        const distance = Math.hypot(event.xKm - (west + i * gridKm), event.yKm - (south + j * gridKm));
        if (distance <= reachKm) kept.add(i * rows + j);
      }
    }
  }
  return [...kept]
    .sort((a, b) => a - b)
    .map((node) => {
      const xKm = west + Math.floor(node / rows) * gridKm;
      const yKm = south + (node % rows) * gridKm;
      return { xKm, yKm, lon: xKm / kmPerDegreeEast(protocol), lat: yKm / KM_PER_DEGREE };
    });
}

function extent(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

function clampedSpan(at: number, reach: number, count: number): { readonly from: number; readonly to: number } {
  return { from: Math.max(0, Math.floor(at - reach)), to: Math.min(count - 1, Math.ceil(at + reach)) };
}

/** For each asset the days of the events that hit it, ascending. */
export function hitDays(
  assets: readonly PseudoAsset[],
  events: readonly PlaneEvent[],
  { hitKm }: BacktestProtocol,
): readonly Float64Array[] {
  return assets.map((asset) =>
    Float64Array.from(
      events.filter(({ xKm, yKm }) => Math.hypot(xKm - asset.xKm, yKm - asset.yKm) <= hitKm).map(({ day }) => day),
    ),
  );
}

/** Number of days of `sorted` in (after, upTo]. */
export function countBetween(sorted: Float64Array, after: number, upTo: number): number {
  return countUpTo(sorted, upTo) - countUpTo(sorted, after);
}

function countUpTo(sorted: Float64Array, day: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
