import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { holdsAt, instantOf, msOf, parseInstant, spanOfDate } from './instant.js';

/** Milliseconds of any instant between the years 1700 and 9999. */
const moments = fc.integer({ min: Date.UTC(1700, 0), max: Date.UTC(9999, 11, 30) });

describe('an instant', () => {
  it.each([
    ['2026-03-01T04:51-08:00', '2026-03-01T12:51:00.000Z'],
    ['2026-03-01T12:51Z', '2026-03-01T12:51:00.000Z'],
    ['2026-03-01T12:51:07.25Z', '2026-03-01T12:51:07.250Z'],
    ['2026-03-01T16:30:00+04:00', '2026-03-01T12:30:00.000Z'],
    ['2024-02-29T23:59:59.999Z', '2024-02-29T23:59:59.999Z'],
  ])('%s is %s', (text, utc) => {
    expect(parseInstant(text)).toBe(utc);
  });

  it.each([
    ['a local time', '2026-03-01T12:51'],
    ['a day alone', '2026-03-01'],
    ['a day no calendar has', '2026-02-30T00:00Z'],
    ['29 February of a common year', '2026-02-29T00:00Z'],
    ['month 13', '2026-13-01T00:00Z'],
    ['hour 24', '2026-03-01T24:00Z'],
    ['a leap second', '2026-06-30T23:59:60Z'],
    ['an impossible offset', '2026-03-01T12:00+25:00'],
    ['words', 'tomorrow'],
    ['words behind it', '2026-03-01T12:51Z or so'],
    ['a year that ends beyond four digits', '9999-12-31T23:00-12:00'],
  ])('refuses %s', (_, text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('sorts as text the way it sorts as time, and reads back what it writes', () => {
    fc.assert(
      fc.property(moments, moments, (a, b) => {
        expect(instantOf(a) < instantOf(b)).toBe(a < b);
        expect(parseInstant(instantOf(a))).toBe(instantOf(a));
        expect(msOf(instantOf(a))).toBe(a);
      }),
    );
  });
});

describe('a day without a time', () => {
  it('reaches from its first instant at UTC+14 to its end at UTC−12', () => {
    expect(spanOfDate('2026-03-01')).toEqual({
      earliest: '2026-02-28T10:00:00.000Z',
      latest: '2026-03-02T12:00:00.000Z',
    });
  });

  it('holds every instant that is that day on somebody’s wall', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: -12, max: 14 }), (ms, offsetHours) => {
        const wall = instantOf(ms + offsetHours * 3_600_000).slice(0, 10);
        const span = spanOfDate(wall)!;
        expect(msOf(span.earliest)).toBeLessThanOrEqual(ms);
        expect(msOf(span.latest)).toBeGreaterThan(ms);
      }),
    );
  });

  it.each(['2026-02-30', '2026-00-10', '2026-3-1', '2026-03-01T00:00Z', '9999-12-31', ''])('refuses %j', (text) => {
    expect(spanOfDate(text)).toBeUndefined();
  });
});

describe('a span', () => {
  const [before, begin, within, end] = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'].map(
    (day) => `${day}T00:00:00.000Z`,
  );
  it('has its beginning and not its end', () => {
    const held = [before, begin, within, end].map((at) => holdsAt({ begin: begin!, end: end! }, at!));
    expect(held).toEqual([false, true, true, false]);
  });
  it('is open where it has no bound', () => {
    expect(holdsAt({ begin: null, end: null }, within!)).toBe(true);
    expect(holdsAt({ begin: null, end: within! }, within!)).toBe(false);
  });
});
