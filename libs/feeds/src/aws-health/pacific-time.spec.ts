import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, msOf } from '@faultline/evidence';
import { instantsOf } from './pacific-time.js';

const at = (start: string, ...stamps: string[]) =>
  instantsOf(stamps, start).map((instant) => instant?.slice(0, 16) ?? null);

describe('instantsOf', () => {
  it('takes PST for UTC-8 and PDT for UTC-7, as printed', () => {
    expect(at('2021-12-07T16:22:56.000Z', ' 8:22 AM PST')).toEqual(['2021-12-07T16:22']);
    expect(at('2021-12-07T16:22:56.000Z', ' 9:22 AM PDT')).toEqual(['2021-12-07T16:22']);
  });

  it('knows noon and midnight', () => {
    expect(at('2021-12-07T20:00:00.000Z', '12:00 PM PST', '12:30 PM PST')).toEqual([
      '2021-12-07T20:00',
      '2021-12-07T20:30',
    ]);
    expect(at('2021-12-07T08:10:00.000Z', '12:10 AM PST')).toEqual(['2021-12-07T08:10']);
  });

  it('rolls past midnight, and past the end of a year', () => {
    expect(at('2018-12-31T07:50:10.000Z', '11:50 PM PST', '12:20 AM PST', ' 1:05 AM PST')).toEqual([
      '2018-12-31T07:50',
      '2018-12-31T08:20',
      '2018-12-31T09:05',
    ]);
    expect(at('2019-01-01T07:50:10.000Z', '11:50 PM PST', '12:20 AM PST')).toEqual([
      '2019-01-01T07:50',
      '2019-01-01T08:20',
    ]);
  });

  it('takes a printed date for it, of the nearest year, and goes on from there', () => {
    expect(
      at('2019-05-11T10:08:46.000Z', 'May 10, 11:51 PM PDT', ' 1:41 AM PDT', 'May 14,  2:00 PM PDT', ' 3:00 PM PDT'),
    ).toEqual(['2019-05-11T06:51', '2019-05-11T08:41', '2019-05-14T21:00', '2019-05-14T22:00']);
    expect(at('2021-01-01T07:30:00.000Z', 'Dec 31, 11:30 PM PST', 'Jan 1, 12:30 AM PST')).toEqual([
      '2021-01-01T07:30',
      '2021-01-01T08:30',
    ]);
  });

  it('lets the first be a little before its event or some hours after', () => {
    expect(at('2019-04-25T16:41:59.000Z', ' 3:20 AM PDT')).toEqual(['2019-04-25T10:20']);
    expect(at('2019-10-08T00:04:00.000Z', ' 7:00 PM PDT')).toEqual(['2019-10-08T02:00']);
  });

  it('says nothing where the day cannot be told or the text is no time', () => {
    expect(at('2021-12-07T20:00:00.000Z', '11:00 PM PST')).toEqual([null]);
    expect(at('2021-12-07T16:00:00.000Z', ' 8:10 AM PST', ' 8:05 AM PST', ' 8:20 AM PST')).toEqual([
      '2021-12-07T16:10',
      null,
      '2021-12-07T16:20',
    ]);
    for (const stamp of [
      '',
      '25:00 AM PST',
      '0:10 AM PST',
      '8:61 AM PST',
      '8:10 AM UTC',
      'Feb 30, 8:10 AM PST',
      'Foo 3, 8:10 AM PST',
    ]) {
      expect(at('2021-12-07T16:00:00.000Z', stamp)).toEqual([null]);
    }
  });

  it('finds the minutes a board would have printed, whatever their gaps up to most of a day', () => {
    const gap = fc.integer({ min: 0, max: 17 * 60 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400_000 }),
        fc.array(gap, { maxLength: 8 }),
        fc.constantFrom('PST', 'PDT'),
        (first, gaps, zone) => {
          const startMs = Date.UTC(2021, 0, 1) + first * 60_000;
          const minutes = gaps.reduce((held, minutesOn) => [...held, held.at(-1)! + minutesOn * 60_000], [startMs]);
          const stamps = minutes.map((ms) => {
            const local = instantOf(ms - (zone === 'PST' ? 8 : 7) * 3_600_000);
            const hour = Number(local.slice(11, 13));
            return `${hour % 12 === 0 ? 12 : hour % 12}:${local.slice(14, 16)} ${hour < 12 ? 'AM' : 'PM'} ${zone}`;
          });
          expect(
            instantsOf(stamps, instantOf(startMs)).map((instant) => (instant === null ? null : msOf(instant))),
          ).toEqual(minutes);
        },
      ),
    );
  });
});
