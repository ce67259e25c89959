import type { LonLat } from '../document.js';
import { dateOfDay, parseInstantDays } from '../instants.js';

/** One event of a conflict record: where it happened and on which day, in whole days since the Unix epoch. */
export interface ConflictEvent {
  readonly day: number;
  readonly lonLat: LonLat;
}

/**
 * How a back-test is built. Days are whole days after `firstDay`, distances kilometres in the plane of the grid. The
 * target is binary: at least one event within `hitKm` of a pseudo-asset in the horizon after an origin.
 */
export interface BacktestProtocol {
  /** Day 0, in days since the Unix epoch. */
  readonly firstDay: number;
  /** Latitude at which a degree of longitude is measured. */
  readonly referenceLatitude: number;
  readonly gridKm: number;
  /** How far the first node lies west and south of the westernmost and southernmost event. */
  readonly gridShiftKm: { readonly west: number; readonly south: number };
  /** A node of the grid is a pseudo-asset where an event lies this near. */
  readonly reachKm: number;
  readonly hitKm: number;
  readonly originStepDays: number;
  readonly climatologyFromDay: number;
  readonly trainingFromDay: number;
  /** The first test origin; no outcome of training reaches past it. */
  readonly testFromDay: number;
  /** Outcomes of tests end before this day. */
  readonly testUntilDay: number;
  readonly horizonsDays: readonly number[];
  readonly bootstrapSamples: number;
  readonly seed: number;
}

/** Horizons whose skill decides on a release. */
export const GATE_HORIZONS_DAYS: readonly number[] = [30, 90];

/** An event record that cannot be back-tested: says what it has and what would be needed. */
export class BacktestError extends Error {}

const fixedRules = {
  gridKm: 25,
  gridShiftKm: { west: 0, south: 0 },
  reachKm: 60,
  hitKm: 10,
  originStepDays: 30,
  climatologyFromDay: 60,
  trainingFromDay: 240,
  testFromDay: 730,
  horizonsDays: [7, 14, 30, 60, 90, 180],
  bootstrapSamples: 1000,
  seed: 1,
} as const;

/** A record ends with its last event, and the last weeks of one are often incomplete: the end is a round hundred of days. */
const roundDays = 100;

/**
 * The protocol for a record: day 0 is 1 January of the year of the first event, the reference latitude the mean of the
 * record's to a tenth of a degree, the end of the tests the last event's day down to a round hundred.
 *
 * @param meanLatitude of the whole record, where it holds more than the events that are placed and dated well enough
 * @throws BacktestError where there is no event, or none late enough to be tested on
 */
export function protocolFor(events: readonly ConflictEvent[], meanLatitude?: number): BacktestProtocol {
  if (events.length === 0) throw new BacktestError('got no events, wanted two years of them and more');
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let latitudes = 0;
  for (const { day, lonLat } of events) {
    first = Math.min(first, day);
    last = Math.max(last, day);
    latitudes += lonLat[1];
  }
  const firstDay = parseInstantDays(`${dateOfDay(first).slice(0, 4)}-01-01`) ?? first;
  const testUntilDay = Math.floor((last - firstDay) / roundDays) * roundDays;
  const needed = fixedRules.testFromDay + Math.max(...GATE_HORIZONS_DAYS);
  if (testUntilDay <= needed) {
    throw new BacktestError(
      `got events from ${dateOfDay(first)} to ${dateOfDay(last)}, wanted more than ${String(needed + roundDays)} days of them`,
    );
  }
  return {
    ...fixedRules,
    firstDay,
    referenceLatitude: Math.round((meanLatitude ?? latitudes / events.length) * 10) / 10,
    testUntilDay,
  };
}

/** Training origins: every outcome is known when the test begins. */
export function trainingOrigins(protocol: BacktestProtocol, horizonDays: number): number[] {
  return steps(protocol.trainingFromDay, protocol.testFromDay - horizonDays + 1, protocol.originStepDays);
}

export function testOrigins(protocol: BacktestProtocol, horizonDays: number): number[] {
  return steps(protocol.testFromDay, protocol.testUntilDay - horizonDays, protocol.originStepDays);
}

/** Origins whose outcome is known at `day`, from which climatology is counted. */
export function pastOrigins(protocol: BacktestProtocol, horizonDays: number, day: number): number[] {
  return steps(protocol.climatologyFromDay, day - horizonDays + 1, protocol.originStepDays);
}

function steps(from: number, below: number, step: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((below - from) / step)) }, (_, index) => from + index * step);
}
