import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCsvTable, writeCsv } from './csv.js';
import { guarded, GUARD_NOTE, unguarded } from './formula-guard.js';
import type { Table } from './table.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const tableOf = (given: string | Uint8Array): Table => {
  const reading = readCsvTable(typeof given === 'string' ? bytesOf(given) : given);
  if (reading.outcome === 'refused') throw new Error(JSON.stringify(reading.fault));
  return reading.value;
};
const textsOf = (table: Table) => table.rows.map(({ cells }) => cells.map(({ text }) => text));
const faultOf = (given: string | Uint8Array) => {
  const reading = readCsvTable(typeof given === 'string' ? bytesOf(given) : given);
  return reading.outcome === 'refused' ? reading.fault : undefined;
};

const PAYLOADS = [
  ...['=1+1', '=cmd|"/c calc"!A1', '+1', '-1+2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '\u00A0=1', '\u0000=1'],
  ...['＝1+1', '＋1', '－1', '＠A1', '|calc', '%0A=1', '=HYPERLINK("http://x","y")', '-', '+', '=', '@', '\t', '\r'],
  ...[
    "'=1",
    "''=1",
    "'",
    "''",
    "'quoted'",
    "O'Brien",
    "'+",
    '="a""b"',
    '=1,2',
    '=1;2',
    '"=1"',
    '=\n1',
    '=DDE("a";"b")',
  ],
  ...['  @x', '=1\r\n=2', '\u3000＝1', '-3', '=А1', '%', '|', ' ', 'plain', '', '\u0000', 'a\u0000=b'],
];

describe('a CSV file', () => {
  it.each([
    ['commas', 'a,b\n1,2\n'],
    ['semicolons', 'a;b\n1;2\n'],
    ['tabs', 'a\tb\n1\t2\n'],
    ['CR LF and no last line end', 'a,b\r\n1,2'],
    ['old CR', 'a,b\r1,2\r'],
    ['a byte order mark', '\uFEFFa,b\n1,2\n'],
    ['a line of Excel’s that names the separator', 'sep=;\na;b\n1;2\n'],
    ['quotes round everything', '"a","b"\n"1","2"\n'],
  ])('with %s is read', (_what, text) => {
    const table = tableOf(text);
    expect(table.columns).toEqual(['a', 'b']);
    expect(textsOf(table)).toEqual([['1', '2']]);
  });

  it('may be UTF-16 with a mark, either end first', () => {
    const little = Uint8Array.from([0xff, 0xfe, ...[...'a;b\n1;é\n'].flatMap((c) => [c.charCodeAt(0), 0])]);
    const big = Uint8Array.from([0xfe, 0xff, ...[...'a;b\n1;é\n'].flatMap((c) => [0, c.charCodeAt(0)])]);
    expect(textsOf(tableOf(little))).toEqual([['1', 'é']]);
    expect(textsOf(tableOf(big))).toEqual([['1', 'é']]);
  });

  it('tells the line each row begins on, line ends in quotes and empty lines counted', () => {
    const table = tableOf('a,b\r\n1,"x\r\ny"\r\n\r\n2,z\r\n3,"q\nr"\r\n\r\n"4\n4","5\r\n5"\n6,7\n');
    expect(table.rows.map(({ line }) => line)).toEqual([2, 5, 6, 9, 12]);
    expect(textsOf(table)[0]).toEqual(['1', 'x\r\ny']);
    expect(tableOf('sep=;\r\na;b\r\n1;2').rows[0]!.line).toBe(3);
  });

  it('counts only separators outside quotes when it guesses', () => {
    expect(tableOf('"a,b,c";d\n1;2\n').columns).toEqual(['a,b,c', 'd']);
  });

  it('keeps a broken row apart, and leaves rows of blanks out', () => {
    const table = tableOf('a,b\n1\n1,2,3\n1,2,,\n ,\n');
    expect(table.rows.map(({ line, broken }) => [line, broken?.got])).toEqual([
      [2, '1 cells'],
      [3, '3 cells'],
      [4, undefined],
    ]);
  });

  it.each<[string, string | Uint8Array, string, string]>([
    ['a quotation that never ends', 'a,b\n1,2\n"x,3\n4,5', 'file.malformed', 'line 4'],
    ['a quote inside a cell', 'a,b\n1,2\nx"y,3\n', 'file.malformed', 'line 3'],
    ['something after a quotation', 'a,b\n1,2\n"x"y,3\n', 'file.malformed', 'line 3'],
    ['nothing', '', 'file.empty', 'line 1'],
    ['blanks', ' \n\n', 'file.empty', 'line 1'],
    ['a login page', '<!doctype html><p>Sign in', 'file.wrong_type', 'line 1'],
    ['Latin-1', Uint8Array.from([0x61, 0x0a, 0xe9]), 'file.encoding', 'line 1'],
  ])('of %s is refused', (_what, given, code, at) => {
    expect(faultOf(given)).toMatchObject({ code, at });
    expect(faultOf(given)!.fix.length).toBeGreaterThan(3);
  });

  it('of more rows than are read is refused', () => {
    expect(faultOf(`a\n${'1\n'.repeat(200_001)}`)).toMatchObject({ code: 'file.too_many_rows' });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readCsvTable(bytes)));
  });
});

describe('a CSV file that is written', () => {
  it('holds no cell a spreadsheet would work out', () => {
    for (const payload of PAYLOADS) {
      const first = guarded(payload).replaceAll('\u0000', ' ').trimStart().charAt(0);
      expect([payload, '=+-@|%＝＋－＠'.includes(first) && first !== '']).toEqual([payload, false]);
      expect(['\t', '\r', '\u0000'].includes(guarded(payload).charAt(0))).toBe(false);
    }
  });

  it('says in its header what the apostrophe is', () => {
    expect(writeCsv(['name'], [['=1']])).toBe(`name,${GUARD_NOTE}\r\n'=1,\r\n`);
  });

  it('leaves alone what is no formula', () => {
    for (const text of ["O'Brien", "'quoted'", 'a=b', 'x-1', '']) expect(guarded(text)).toBe(text);
  });

  it('is read back as it was: formula payloads, and any text', () => {
    const cell = fc.oneof(
      fc.constantFrom(...PAYLOADS),
      fc.string({ unit: 'grapheme' }),
      fc.tuple(fc.constantFrom("'", "''", '\t', ' '), fc.constantFrom(...PAYLOADS)).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
        // The first column keeps rows of blanks from being left out.
        const table = tableOf(
          writeCsv(
            ['n', 'a', 'b'],
            rows.map((row, index) => [index, ...row]),
          ),
        );
        expect(textsOf(table).map(([, ...texts]) => texts.slice(0, 2))).toEqual(rows);
      }),
    );
    expect(PAYLOADS.length).toBeGreaterThanOrEqual(40);
  });

  it('has a guard that comes off to give the very text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => unguarded(guarded(text)) === text));
  });
});
