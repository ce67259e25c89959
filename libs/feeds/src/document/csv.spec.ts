import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { QuarantineCode } from '../model/adapter.js';
import { readCsv, type CsvDocument } from './csv.js';
import { utf16 } from './fixtures/utf16.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

function sound(text: string, ...how: [string?, ('ended' | 'may-be-open')?]): CsvDocument {
  const reading = readCsv(utf8(text), ...how);
  if (reading.outcome === 'refused') throw new Error(JSON.stringify(reading.fault));
  return reading.value;
}

const cellsOf = ({ columns, rows }: CsvDocument): string[][] =>
  rows.map(({ cells }) => columns.map((name) => cells[name]!));

describe('readCsv', () => {
  it('gives rows by column, as text, with the line each begins on', () => {
    expect(sound('id, place ,n\n1,"Dubai, AE",007\n\n2,"two\nlines ""quoted""",-1\n3,,\n')).toEqual({
      columns: ['id', 'place', 'n'],
      rows: [
        { line: 2, cells: { id: '1', place: 'Dubai, AE', n: '007' } },
        { line: 4, cells: { id: '2', place: 'two\nlines "quoted"', n: '-1' } },
        { line: 6, cells: { id: '3', place: '', n: '' } },
      ],
    });
  });

  it.each([
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('reads %s as it reads LF, and so a mixture', (_, end) => {
    const text = 'a,b\n1,"x\ny"\n2,z\n';
    expect(sound(text.replaceAll('\n', end))).toEqual(sound(text));
    expect(sound(text.replace('\n', end))).toEqual(sound(text));
  });

  it('reads other delimiters and UTF-16', () => {
    expect(cellsOf(sound('a\tb\n1\t2,3\n', '\t'))).toEqual([['1', '2,3']]);
    expect(readCsv(utf16('a;b\né;2\n', 'le'), ';')).toMatchObject({ value: { rows: [{ cells: { a: 'é' } }] } });
  });

  it('takes a column of any name as a column', () => {
    const [row] = sound('__proto__,constructor,toString\n1,2,3\n').rows;
    expect(Object.entries(row!.cells)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
      ['toString', '3'],
    ]);
    expect(Object.getPrototypeOf(row!.cells)).toBeNull();
  });

  it('leaves formulas the text they are', () => {
    expect(cellsOf(sound('a\n"=HYPERLINK(""x"")"\n'))).toEqual([['=HYPERLINK("x")']]);
  });

  it('takes a last line without an end only where the feed says so', () => {
    expect(cellsOf(sound('a,b\n1,25.2', ',', 'may-be-open'))).toEqual([['1', '25.2']]);
    expect(readCsv(utf8('a,b\n1,25.2'))).toMatchObject({
      fault: { code: 'feed.malformed', locator: 'line 2', got: 'a,b 1,25.2' },
    });
  });

  it('is empty and sound with a header alone', () => {
    expect(sound('a,b\n')).toEqual({ columns: ['a', 'b'], rows: [] });
  });

  it.each<[string, string, QuarantineCode, string]>([
    ['nothing', '', 'feed.empty', 'offset 0'],
    ['blanks', '\n \r\n', 'feed.empty', 'offset 0'],
    ['a page', '<!doctype html>\n', 'feed.wrong_type', 'offset 0'],
    ['a row with a cell too few', 'a,b\n1,2\n3\n', 'feed.malformed', 'line 3'],
    ['a row with a cell too many', 'a,b\n1,2,3\n', 'feed.malformed', 'line 2'],
    ['a quotation that does not end', 'a,b\n1,"2\n3,4\n', 'feed.malformed', 'line 3'],
    ['a quotation that goes on after its end', 'a,b\n1,"2"3\n', 'feed.malformed', 'line 2'],
    ['a quotation within a cell', 'a,b\n1,2"3"\n', 'feed.malformed', 'line 2'],
    ['a column twice', 'a,b, a\n1,2,3\n', 'feed.duplicate_key', 'line 1'],
    ['two columns without a name', 'a,,\n1,2,3\n', 'feed.duplicate_key', 'line 1'],
    ['a NUL', 'a\n\u0000\n', 'field.invalid_text', 'offset 2'],
    ['half a million rows and one', `a\n${'1\n'.repeat(500_001)}`, 'feed.too_large', 'line 500002'],
    ['two million cells and more', `${columns(1000)}\n${cells(1000).repeat(2001)}`, 'feed.too_large', 'line 2002'],
    ['a row without an end', `a\n"${'x\n'.repeat(1_000_000)}`, 'feed.too_large', 'line 500002'],
  ])('refuses %s', (_, text, code, locator) => {
    expect(readCsv(utf8(text))).toMatchObject({ outcome: 'refused', fault: { code, locator } });
  });

  it('refuses what is no UTF-8', () => {
    expect(readCsv(Uint8Array.of(0x61, 0x0a, 0xe9, 0x0a))).toMatchObject({ fault: { code: 'feed.encoding' } });
  });

  it('takes as many columns as a row holds, and finds the one that is there twice', () => {
    expect(sound(`${columns(100_000)}\n${cells(100_000)}`).columns).toHaveLength(100_000);
    expect(readCsv(utf8(`${columns(100_000)},c99999\n`))).toMatchObject({ fault: { code: 'feed.duplicate_key' } });
  });

  it('shows of words from outside what can be printed', () => {
    const reading = readCsv(utf8(`a\n1"${'🔥\u202e'.repeat(300)}\n`));
    if (reading.outcome === 'read') throw new Error('was read');
    expect(reading.fault.got).not.toMatch(/[\n\u202e]/);
    expect(reading.fault.got.isWellFormed()).toBe(true);
    expect(reading.fault.got.length).toBeLessThan(130);
  });
});

describe('readCsv, whatever comes', () => {
  const cell = fc
    .string({ unit: fc.constantFrom(...'a1,;"\n é🔥'.split('')), maxLength: 6 })
    .map((text) => text.toWellFormed());
  const quoted = (text: string) => (/[",\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text);
  const table = fc
    .array(fc.tuple(cell, cell), { maxLength: 5 })
    .map((rows) => ({ rows, text: `a,b\n${rows.map((row) => `${row.map(quoted).join(',')}\n`).join('')}` }));

  it('gives back any cells', () => {
    fc.assert(fc.property(table, ({ rows, text }) => expect(cellsOf(sound(text))).toEqual(rows)));
  });

  it('takes of the beginnings of a document only those that end with a row', () => {
    fc.assert(
      fc.property(table, fc.nat(), ({ rows, text }, cut) => {
        const reading = readCsv(utf8(text.slice(0, cut % text.length)));
        if (reading.outcome === 'refused') return;
        const taken = cellsOf(reading.value);
        expect(taken).toEqual(rows.slice(0, taken.length));
      }),
      { numRuns: 500 },
    );
  });

  it('answers any bytes and any text', () => {
    const scrap = fc.string({ unit: fc.constantFrom(...'a,"\n\r;\t \u0000'.split('')) }).map(utf8);
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), scrap), (bytes) => {
        const reading = readCsv(bytes);
        if (reading.outcome === 'refused') expect(reading.fault.code).toMatch(/^(feed|field)\.[a-z_]+$/);
      }),
      { numRuns: 1000 },
    );
  });
});

function columns(count: number): string {
  return Array.from({ length: count }, (_, index) => `c${index}`).join(',');
}

function cells(count: number): string {
  return `${'1,'.repeat(count - 1)}1\n`;
}
