import { describe, expect, it } from '@jest/globals';
import { readEpoch } from './epoch.js';

const bounds = {
  unit: 'seconds',
  earliest: '2006-01-01T00:00:00.000Z',
  retrievedAt: '2026-03-01T13:00:00.000Z',
} as const;

describe('readEpoch', () => {
  it.each([['1772369485'], [1772369485], [1772369485.0]])('reads %p', (value) => {
    expect(readEpoch(value, '/0/date', bounds)).toEqual({ outcome: 'read', value: '2026-03-01T12:51:25.000Z' });
  });

  it.each([
    [undefined, 'time.missing'],
    [null, 'time.missing'],
    ['', 'time.missing'],
    ['2026-03-01', 'field.invalid'],
    [true, 'field.invalid'],
    [-1, 'time.out_of_range'],
    [0, 'time.out_of_range'],
    ['1772369485000', 'time.out_of_range'],
    ['99999999999999999999', 'time.out_of_range'],
    [1772370301, 'time.future'],
  ])('refuses %p as %s', (value, code) => {
    expect(readEpoch(value, '/0/date', bounds)).toMatchObject({
      outcome: 'refused',
      fault: { code, locator: '/0/date' },
    });
  });

  it('forgives a clock that is five minutes ahead, and no more', () => {
    const at = (seconds: number) => readEpoch(Date.UTC(2026, 2, 1, 13) / 1000 + seconds, '', bounds).outcome;
    expect([at(300), at(301)]).toEqual(['read', 'refused']);
  });
});
