import { z } from 'zod';
import type { Instant } from '@faultline/evidence';
import { memberOf, pointerOf, read, readEpoch, readWith, refused, shown, type Reading } from '../document/index.js';
import { readEntity } from './entity.js';
import { EARLIEST, type Measurement } from './measurement.js';
import { LOST_RATIO, readInstrument } from './signal.js';

/** What an item gave: a measurement of a country, or the reason why it is passed over. */
export type ItemReading =
  | { readonly outcome: 'measured'; readonly measurement: Measurement; readonly newest: Instant }
  | { readonly outcome: 'passed-over'; readonly reason: string };

const count = z.number().min(0).max(Number.MAX_SAFE_INTEGER).nullish();
const alertSchema = z.object({
  entity: z.unknown(),
  datasource: z.unknown(),
  time: z.unknown(),
  level: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['normal', 'warning', 'critical'])),
  value: count,
  historyValue: count,
});

/**
 * Reads one alert of `outages/alerts`. The ratio is `value` over `historyValue`. Level `normal` is a state of normal; any
 * other is `lost` where at most a tenth of the expected is left, and `reduced` where more is or IODA gives no values.
 */
export function readAlert(value: unknown, pointer: string, retrievedAt: Instant): Reading<ItemReading> {
  const entity = readEntity(memberOf(value, 'entity'), pointerOf(pointer, 'entity'));
  if (entity.outcome === 'refused') return entity;
  if (entity.value.outcome === 'passed-over') return read(entity.value);
  const shape = readWith(alertSchema, value, pointer);
  if (shape.outcome === 'refused') return shape;
  const alert = shape.value;
  const instrument = readInstrument(alert.datasource, pointerOf(pointer, 'datasource'));
  if (instrument.outcome === 'refused') return instrument;
  const time = readEpoch(alert.time, pointerOf(pointer, 'time'), { unit: 'seconds', earliest: EARLIEST, retrievedAt });
  if (time.outcome === 'refused') return time;
  const ratio = ratioOf(alert.value, alert.historyValue);
  if (alert.level !== 'normal' && ratio !== null && ratio >= 1)
    return refused(
      'field.range',
      pointerOf(pointer, 'value'),
      shown([alert.value, alert.historyValue]),
      `less than was expected, at level ${alert.level}`,
    );
  const from = time.value;
  const state = alert.level === 'normal' ? 'normal' : ratio !== null && ratio <= LOST_RATIO ? 'lost' : 'reduced';
  const measurement: Measurement = {
    country: entity.value.code,
    instrument: instrument.value,
    kind: 'alert',
    from,
    until: null,
    version: from,
    state,
    ratio,
    text: `${instrument.value.means} at ${ratio === null ? 'an unstated part' : `${percent(ratio)} %`} of the expected, level ${alert.level}`,
    knownAt: from,
    expiresAt: null,
    locator: pointer,
  };
  return read({ outcome: 'measured', measurement, newest: from });
}

function ratioOf(value: number | null | undefined, expected: number | null | undefined): number | null {
  if (value == null || expected == null || expected === 0) return null;
  const ratio = Number((value / expected).toPrecision(6));
  return ratio <= 1_000_000 ? ratio : null;
}

function percent(ratio: number): string {
  return (ratio * 100).toFixed(1);
}
