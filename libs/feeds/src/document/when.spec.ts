import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, msOf } from '@faultline/evidence';
import type { QuarantineCode } from '../model/adapter.js';
import { readWhen, type When, type WhenBounds } from './when.js';

const NOW = '2026-03-10T12:00:00.000Z';
const BOUNDS: WhenBounds = { earliest: '2000-01-01T00:00:00.000Z', retrievedAt: NOW, future: 'refused' };
const when = (value: unknown, bounds: Partial<WhenBounds> = {}) => readWhen(value, '/at', { ...BOUNDS, ...bounds });

function read(value: unknown, bounds: Partial<WhenBounds> = {}): When {
  const reading = when(value, bounds);
  if (reading.outcome === 'refused') throw new Error(JSON.stringify(reading.fault));
  return reading.value;
}

describe('readWhen', () => {
  it.each([
    ['2026-03-01T04:51:07Z', '2026-03-01T04:51:07.000Z'],
    ['2026-03-01T04:51:07.250Z', '2026-03-01T04:51:07.250Z'],
    ['2026-03-01T04:51:07.1234567Z', '2026-03-01T04:51:07.123Z'],
    ['2026-03-01T04:51:07+04:00', '2026-03-01T00:51:07.000Z'],
    ['2026-03-01T04:51:07-00:00', '2026-03-01T04:51:07.000Z'],
    ['2026-03-01T04:51:07+0400', '2026-03-01T00:51:07.000Z'],
    ['2026-03-01 04:51:07Z', '2026-03-01T04:51:07.000Z'],
    ['2026-03-01 04:51:07-0800', '2026-03-01T12:51:07.000Z'],
    ['  2026-03-01T04:51:07Z\n', '2026-03-01T04:51:07.000Z'],
    ['Sun, 01 Mar 2026 04:51:07 GMT', '2026-03-01T04:51:07.000Z'],
    ['Sun, 1 Mar 2026 4:51:07 UT', '2026-03-01T04:51:07.000Z'],
    ['Sun,  01  Mar 2026 04:51:07 utc', '2026-03-01T04:51:07.000Z'],
    ['01 Mar 2026 04:51:07 Z', '2026-03-01T04:51:07.000Z'],
    ['Sun, 01 Mar 2026 04:51:07 +0400', '2026-03-01T00:51:07.000Z'],
    ['Sun, 01 Mar 2026 04:51:07 -03:30', '2026-03-01T08:21:07.000Z'],
    ['Sun, 01 Mar 2026 04:51:07 EST', '2026-03-01T09:51:07.000Z'],
    ['Sun, 01 Mar 2026 04:51:07 PDT', '2026-03-01T11:51:07.000Z'],
    ['Sunday, 01 March 2026 04:51:07 GMT', '2026-03-01T04:51:07.000Z'],
    ['Mon, 01 Mar 2026 04:51:07 GMT', '2026-03-01T04:51:07.000Z'],
    ['Mon, 01 Sept 2025 04:51:07 GMT', '2025-09-01T04:51:07.000Z'],
    ['01 Mar 26 04:51:07 GMT', '2026-03-01T04:51:07.000Z'],
    ['29 Feb 2024 23:59:59 +0000', '2024-02-29T23:59:59.000Z'],
  ])('reads %j', (text, instant) => {
    expect(read(text)).toEqual({ earliest: instant, latest: instant });
  });

  it.each([
    ['2026-03-01', '2026-02-28T10:00:00.000Z', '2026-03-02T12:00:00.000Z'],
    ['2026-03-01T04:51Z', '2026-03-01T04:51:00.000Z', '2026-03-01T04:51:59.999Z'],
    ['2026-03-01T04:51+0400', '2026-03-01T00:51:00.000Z', '2026-03-01T00:51:59.999Z'],
    ['1 Mar 2026 04:51 GMT', '2026-03-01T04:51:00.000Z', '2026-03-01T04:51:59.999Z'],
  ])('reads %j as all it can mean', (text, earliest, latest) => {
    expect(read(text)).toEqual({ earliest, latest });
  });

  it.each<[unknown, QuarantineCode]>([
    [undefined, 'time.missing'],
    [null, 'time.missing'],
    ['', 'time.missing'],
    [' \n', 'time.missing'],
    ['2026-03-01T04:51:07', 'time.no_zone'],
    ['2026-03-01 04:51', 'time.no_zone'],
    ['2026-03-01T04:51:07.000', 'time.no_zone'],
    ['Sun, 01 Mar 2026 04:51:07', 'time.no_zone'],
    ['1 March 2026 04:51', 'time.no_zone'],
    [1772340667, 'field.invalid'],
    [{ toString: '2026-03-01' }, 'field.invalid'],
    [['2026-03-01'], 'field.invalid'],
    ['NaN', 'field.invalid'],
    ['yesterday', 'field.invalid'],
    ['2026-02-29', 'field.invalid'],
    ['2026-02-29T00:00:00Z', 'field.invalid'],
    ['2026-03-01T24:00:00Z', 'field.invalid'],
    ['2026-03-01T04:51:60Z', 'field.invalid'],
    ['2026-03-01T04:51:07+99:00', 'field.invalid'],
    ['30 Feb 2026 04:51:07 GMT', 'field.invalid'],
    ['01 Mar 2026 24:00:00 GMT', 'field.invalid'],
    ['01 Mar 2026 04:51:07 +9959', 'field.invalid'],
    ['01 Mar 2026 04:51:07 +0460', 'field.invalid'],
    ['01 Mar 2026 04:51:07 A', 'field.invalid'],
    ['01 Mar 2026 04:51:07 GST', 'field.invalid'],
    ['01 Mar 2026 04:51:07 toString', 'field.invalid'],
    ['01 Mayo 2026 04:51:07 GMT', 'field.invalid'],
    ['01 Marzzz 2026 04:51:07 GMT', 'field.invalid'],
    ['01 Mar 126 04:51:07 GMT', 'field.invalid'],
    ['03/01/2026 04:51:07 GMT', 'field.invalid'],
    ['+275760-09-13T00:00:00Z', 'field.invalid'],
    [`Sun, 01 Mar 2026 04:51:07 ${' '.repeat(80)}GMT`, 'field.invalid'],
    ['1970-01-01T00:00:00Z', 'time.out_of_range'],
    ['01 Jan 70 00:00:00 GMT', 'time.out_of_range'],
    ['1999-12-31', 'time.out_of_range'],
    ['2100-01-01T00:00:00Z', 'time.out_of_range'],
    ['9999-12-31T23:59:59Z', 'time.out_of_range'],
    ['2026-03-10T12:05:01Z', 'time.future'],
    ['Tue, 10 Mar 2026 12:05:01 GMT', 'time.future'],
    ['2026-03-12', 'time.future'],
  ])('refuses %j with %s', (value, code) => {
    expect(when(value)).toMatchObject({ outcome: 'refused', fault: { code, locator: '/at' } });
  });

  it('allows five minutes between the clocks, a day that may have begun, and a future that is meant', () => {
    expect(read('2026-03-10T12:05:00Z').latest).toBe('2026-03-10T12:05:00.000Z');
    expect(read('2026-03-11').earliest).toBe('2026-03-10T10:00:00.000Z');
    expect(read('2027-01-01T00:00:00Z', { future: 'meant' }).latest).toBe('2027-01-01T00:00:00.000Z');
    expect(when('2100-01-01T00:00:00Z', { future: 'meant' })).toMatchObject({ fault: { code: 'time.out_of_range' } });
  });
});

describe('readWhen, whatever comes', () => {
  const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  const DAYS = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');
  const two = (value: number) => String(value).padStart(2, '0');
  const second = fc
    .integer({ min: msOf('2000-01-03T00:00:00.000Z') / 1000, max: msOf(NOW) / 1000 })
    .map((seconds) => instantOf(seconds * 1000));
  const offset = fc.integer({ min: -12 * 60, max: 14 * 60 });
  const written = (minutes: number, colon: string) =>
    `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}${colon}${two(Math.abs(minutes) % 60)}`;

  it('finds the instant again, however it is written', () => {
    fc.assert(
      fc.property(second, offset, fc.constantFrom('', ':'), (instant, minutes, colon) => {
        const local = instantOf(msOf(instant) + minutes * 60_000);
        const zone = written(minutes, colon);
        const date = new Date(msOf(local));
        const day = `${DAYS[date.getUTCDay()]}, ${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]}`;
        for (const text of [
          `${local.slice(0, 19)}${zone}`,
          `${local.slice(0, 10)} ${local.slice(11, 19)}${zone}`,
          `${day} ${date.getUTCFullYear()} ${local.slice(11, 19)} ${zone}`,
          `${day.slice(5)} ${local.slice(0, 4)} ${local.slice(11, 19)} ${zone}`,
        ])
          expect(read(text)).toEqual({ earliest: instant, latest: instant });
      }),
    );
  });

  it('gives intervals that hold the instant they were cut from', () => {
    fc.assert(
      fc.property(second, offset, (instant, minutes) => {
        const local = instantOf(msOf(instant) + minutes * 60_000);
        for (const text of [local.slice(0, 10), `${local.slice(0, 16)}${written(minutes, ':')}`]) {
          const { earliest, latest } = read(text);
          expect(earliest <= instant && instant <= latest).toBe(true);
        }
      }),
    );
  });

  it('answers any value, and what it reads is within its bounds', () => {
    const scrap = fc.constantFrom(
      ...'2026 -03 -01 T 04 :51 :07 .5 Z +04:00 +0400 Sun, 01 Mar GMT EST A , 99 -'.split(' '),
    );
    const anything = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.array(scrap, { maxLength: 9 }).map((parts) => parts.join('')),
      fc.array(scrap, { maxLength: 9 }).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(anything, (value) => {
        // What cannot become JSON never comes out of a document.
        if (typeof value === 'bigint') return;
        const reading = when(JSON.parse(JSON.stringify({ value }, plainly)).value);
        if (reading.outcome === 'refused') return;
        expect(reading.value.earliest >= BOUNDS.earliest && reading.value.earliest <= reading.value.latest).toBe(true);
        expect(msOf(reading.value.earliest)).toBeLessThanOrEqual(msOf(NOW) + 300_000);
      }),
      { numRuns: 2000 },
    );
  });
});

function plainly(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
