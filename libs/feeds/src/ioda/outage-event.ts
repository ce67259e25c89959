import { instantOf, msOf, type Instant } from '@faultline/evidence';
import { memberOf, pointerOf, read, readEpoch, refused, shown, type Reading } from '../document/index.js';
import { type ItemReading } from './alert.js';
import { readEntity } from './entity.js';
import { EARLIEST, type Measurement } from './measurement.js';
import { readInstrument } from './signal.js';

const SECOND_MS = 1000;
/** An event that runs is not believed for longer; IODA's own length of one that runs ends there too. */
const RUNNING_CAP_MS = 14 * 86_400 * SECOND_MS;

/**
 * Reads one event of `outages/events`, in either of its formats: `location`, `start`, `duration`, or `entity`, `from`,
 * `until`. It runs where it has no length, where it reaches `windowEnd`, the end of the time that was asked for, and
 * where it is as long as the cap. A running event has one version for as long as it runs, an ended one another. An event is
 * a span of alerts that were not normal: `reduced`, for neither value nor expectation are stated.
 */
export function readOutageEvent(
  value: unknown,
  pointer: string,
  windowEnd: Instant,
  retrievedAt: Instant,
): Reading<ItemReading> {
  const place = memberOf(value, 'location') === undefined ? 'entity' : 'location';
  const entity = readEntity(memberOf(value, place), pointerOf(pointer, place));
  if (entity.outcome === 'refused') return entity;
  if (entity.value.outcome === 'passed-over') return read(entity.value);
  const instrument = readInstrument(memberOf(value, 'datasource'), pointerOf(pointer, 'datasource'));
  if (instrument.outcome === 'refused') return instrument;
  const bounds = { unit: 'seconds', earliest: EARLIEST, retrievedAt } as const;
  const beginName = memberOf(value, 'start') === undefined ? 'from' : 'start';
  const start = readEpoch(memberOf(value, beginName), pointerOf(pointer, beginName), bounds);
  if (start.outcome === 'refused') return start;
  const from = start.value;
  const end = readEnd(value, pointer, from, bounds);
  if (end.outcome === 'refused') return end;
  const until = end.value;
  const runs =
    until === null ||
    memberOf(value, 'overlaps_window') === true ||
    until >= windowEnd ||
    msOf(until) - msOf(from) >= RUNNING_CAP_MS;
  const measurement: Measurement = {
    country: entity.value.code,
    instrument: instrument.value,
    kind: 'event',
    from,
    until: runs ? null : until,
    version: runs ? 'running' : until,
    state: 'reduced',
    ratio: null,
    text: runs
      ? `an outage by ${instrument.value.means}, which goes on`
      : `an outage by ${instrument.value.means} of ${Math.round((msOf(until) - msOf(from)) / 60_000)} minutes`,
    knownAt: runs ? from : until,
    expiresAt: runs ? instantOf(msOf(from) + RUNNING_CAP_MS) : null,
    locator: pointer,
  };
  return read({ outcome: 'measured', measurement, newest: until !== null && until <= retrievedAt ? until : from });
}

function readEnd(
  value: unknown,
  pointer: string,
  from: Instant,
  bounds: { readonly unit: 'seconds'; readonly earliest: Instant; readonly retrievedAt: Instant },
): Reading<Instant | null> {
  const until = memberOf(value, 'until');
  if (until !== undefined && until !== null && until !== 0) {
    const end = readEpoch(until, pointerOf(pointer, 'until'), bounds);
    if (end.outcome === 'refused' || end.value >= from) return end;
    return refused('field.range', pointerOf(pointer, 'until'), shown(until), 'an end after the beginning');
  }
  const duration = memberOf(value, 'duration');
  if (duration === undefined || duration === null || duration === 0) return read(null);
  const at = pointerOf(pointer, 'duration');
  if (typeof duration !== 'number') return refused('field.invalid', at, shown(duration), 'a length in seconds');
  if (duration < 0 || duration > 100 * 366 * 86_400)
    return refused('field.range', at, shown(duration), 'a length in seconds, not below 0');
  return readEpoch(msOf(from) / SECOND_MS + duration, at, bounds);
}
