import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readCsv } from './csv.js';
import { scanCsv } from './csv-scan.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const all = (names: readonly string[]) => names.map(() => true);

function strictly(text: string): { line: number; cells: string[] }[] | undefined {
  try {
    const options = { bom: true, info: true, skip_empty_lines: true, max_record_size: 1_000_000 } as const;
    const records = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch {
    return undefined;
  }
}

describe('the scan of a CSV text', () => {
  it('gives nothing but what the strict reader gives, lines included', () => {
    const piece = fc.constantFrom(
      'a',
      'b c',
      ',',
      ',',
      '"',
      '""',
      '"x"',
      '"y, z"',
      '"m\nn"',
      '\n',
      '\n',
      '\r\n',
      '\r',
      'é',
      '\ufeff',
    );
    let compared = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 24 }), (pieces) => {
        const text = pieces.join('');
        const scanned = scanCsv(text, ',', 1_000_000, 100, all);
        if (scanned === undefined) return;
        compared++;
        expect(scanned).toEqual(strictly(text));
      }),
      { numRuns: 20_000 },
    );
    expect(compared).toBeGreaterThan(1_000);
  });

  it('reads every regular table by itself', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('', '"', 'a "b" c', 'x,y', 'two\nlines', 'two\r\nlines'));
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      );
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, lineEnd, isClosed) => {
        const lines = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
        const text = lines.join(lineEnd) + (isClosed ? lineEnd : '');
        expect(scanCsv(text, ',', 1_000_000, 100, all)?.map(({ cells }) => cells)).toEqual(rows);
        expect(scanCsv(text, ',', 1_000_000, 100, all)).toEqual(strictly(text));
      }),
    );
  });

  it('leaves what is not regular to the strict reader', () => {
    for (const text of [
      'a,b\n1\n',
      'a\n"1',
      'a\n1"2\n',
      'a\n"1"2\n',
      'a,b\n1,2\r\n',
      'a\rb\r',
      '\n\n',
      `a\n${'x'.repeat(50)}\n`,
    ])
      expect(scanCsv(text, ',', 40, 100, all)).toBeUndefined();
  });
});

describe('a CSV document', () => {
  it('keeps only the columns that are read', () => {
    expect(readCsv(bytesOf('a, b ,c\n1,"2\n""x""",3\n\n4,5,6\n'), ',', (column) => column !== 'a')).toEqual({
      outcome: 'read',
      value: {
        columns: ['a', 'b', 'c'],
        rows: [
          { line: 3, cells: { b: '2\n"x"', c: '3' } },
          { line: 5, cells: { b: '5', c: '6' } },
        ],
      },
    });
  });

  it.each([
    ['', 'feed.empty', 'offset 0'],
    ['<html>', 'feed.wrong_type', 'offset 0'],
    ['a,b\n1,2\n3\n', 'feed.malformed', 'line 3'],
    ['a,b\n1,"2\n3,4\n', 'feed.malformed', 'line 3'],
    ['a,b\n1,x"2"\n', 'feed.malformed', 'line 2'],
    ['a,a\n1,2\n', 'feed.duplicate_key', 'line 1'],
  ])('refuses %j as %s', (text, code, locator) => {
    expect(readCsv(bytesOf(text))).toMatchObject({ outcome: 'refused', fault: { code, locator } });
  });
});
