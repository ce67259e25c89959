import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dateOfDay, parseInstantDays } from './instants.js';

describe('instants', () => {
  it.each([
    ['1970-01-01', 0],
    ['1970-01-02T12:00:00Z', 1.5],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
    ['2026-04-02T03:00:00+03:00', 20_545],
    ['2026-04-01T18:30:00-05:30', 20_545],
    ['2026-04-02T00:00Z', 20_545],
    ['2026-04-02T00:00:00.864Z', 20_545 + 0.864 / 86_400],
    ['2026-04-02T00:00:00,8640000Z', 20_545 + 0.864 / 86_400],
    ['0001-01-01', -719_162],
  ])('%s', (text, days) => {
    expect(parseInstantDays(text)).toBe(days);
  });

  it.each([
    '',
    ' 2026-04-02',
    '2026-04-02\n',
    '2026-4-2',
    '20260402',
    '2026-092',
    '2026-W14-4',
    '+002026-04-02',
    '0000-01-01',
    '2026-00-01',
    '2026-13-01',
    '2026-04-31',
    '2025-02-29',
    '1900-02-29',
    '2026-04-02T00:00:00',
    '2026-04-02T00:00:00 Z',
    '2026-04-02 00:00:00Z',
    '2026-04-02t00:00:00z',
    '2026-04-02T24:00:00Z',
    '2026-04-02T23:60:00Z',
    '2026-12-31T23:59:60Z',
    '2026-04-02T00Z',
    '2026-04-02T00:00:00.Z',
    '2026-04-02T00:00:00+24:00',
    '2026-04-02T00:00:00+03:60',
    '2026-04-02T00:00:00+0300',
    '2026-04-02Z',
    '２０２６-04-02',
    'April 2, 2026',
  ])('%j is none', (text) => {
    expect(parseInstantDays(text)).toBeUndefined();
  });

  it('are what the calendar says for every millisecond of its years', () => {
    const instant = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, (date) => {
        expect(parseInstantDays(date.toISOString())).toBe(date.getTime() / 86_400_000);
        expect(parseInstantDays(date.toISOString().slice(0, 10))).toBe(Math.floor(date.getTime() / 86_400_000));
      }),
    );
  });
});

describe('the date of a day', () => {
  it('is the day that was read, in every year a date can have', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -719_162, max: 2_932_896 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (day, hours) => {
          expect(parseInstantDays(dateOfDay(day))).toBe(day);
          expect(dateOfDay(day + hours)).toBe(dateOfDay(day));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    [0, '1970-01-01'],
    [-1, '1969-12-31'],
    [11_016, '2000-02-29'],
    [47_541, '2100-03-01'],
  ])('%d is %s', (day, date) => {
    expect(dateOfDay(day)).toBe(date);
  });
});
