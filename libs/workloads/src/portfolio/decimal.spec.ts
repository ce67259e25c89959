import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDecimal, writtenNumber, type DecimalMark } from './decimal.js';

const text = (written: string) => ({ text: written, kind: 'text' as const });
const valueOf = (written: string, mark?: DecimalMark, grouped?: boolean) => {
  const reading = readDecimal(text(written), mark, grouped);
  return reading.outcome === 'read' ? reading.value : reading.outcome;
};

describe('a number in a cell', () => {
  it.each<[string, number]>([
    ['1234', 1234],
    ['1234.5', 1234.5],
    ['1234,5', 1234.5],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['1,234,567', 1234567],
    ['1.234.567', 1234567],
    ['1 234 567,25', 1234567.25],
    ['1’234.50', 1234.5],
    ['0.125', 0.125],
    ['0,125', 0.125],
    ['1234,567', 1234.567],
    ['-3,5', -3.5],
    ['\u22123', -3],
    ['1.2E+05', 120000],
    [' 7 ', 7],
  ])('%j is %d: there is no other way to read it', (written, value) => {
    expect(valueOf(written)).toBe(value);
  });

  it.each(['1,234', '1.234', '12.345', '-999,999'])('%j is read only where the mark is said', (written) => {
    expect(valueOf(written)).toBe('ambiguous');
    const [whole, rest] = written.split(/[.,]/);
    const used = written.includes(',') ? ',' : '.';
    expect(valueOf(written, used)).toBe(Number(`${whole}.${rest}`));
    expect(valueOf(written, used === ',' ? '.' : ',')).toBe(Number(`${whole}${rest}`));
  });

  it.each(['', 'n/a', '1,2,3', '1.2.3', '12,34.5', '1e', '0x10', 'NaN', 'Infinity', '१२', '--1', '1,5 2', '1e999'])(
    '%j is none',
    (written) => {
      expect(valueOf(written)).toBe('none');
    },
  );

  it.each(['=1+1', ' =A1', '=SUM(B:B)'])('%j is a formula, never its value', (written) => {
    expect(valueOf(written)).toBe('formula');
    expect(readDecimal({ text: '=2*3', kind: 'formula' }, '.')).toEqual({ outcome: 'formula' });
  });

  it('of a coordinate has no thousands', () => {
    expect(valueOf('55.123', undefined, false)).toBe(55.123);
    expect(valueOf('55,123', undefined, false)).toBe(55.123);
    expect(valueOf('1.234,5', undefined, false)).toBe('none');
    expect(valueOf('55.123', ',', false)).toBe('none');
  });

  it('written by us is read back as it was, with no word on the mark', () => {
    const finite = fc.double({ min: 0, max: 1e15, noNaN: true }).map((value) => value + 0);
    fc.assert(
      fc.property(
        fc.oneof(
          finite,
          fc.integer({ min: -999_999, max: 999_999 }).map((n) => n / 1000),
        ),
        (value) => {
          expect(valueOf(writtenNumber(value))).toBe(value + 0);
        },
      ),
    );
  });
});
