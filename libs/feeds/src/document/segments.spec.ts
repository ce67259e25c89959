import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCsv } from './csv.js';
import type { TableForm } from '../model/adapter.js';
import { isCuttable, SegmentCutter, type Segment } from './segments.js';

const CSV: TableForm = { header: true, quoted: true };

function cutInto(bytes: Buffer, sizes: readonly number[], form = CSV, rows = 10_000): Segment[] {
  const cutter = new SegmentCutter(form, { rows, bytes: 8_000_000 });
  const segments: Segment[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? bytes.length);
    segments.push(...cutter.push(Buffer.from(bytes.subarray(at, at + size))));
    at += size;
  }
  return [...segments, ...cutter.end()];
}

const rowsOf = (bytes: Uint8Array) => {
  const csv = readCsv(bytes, ',', 'may-be-open');
  if (csv.outcome === 'refused') throw new Error(csv.fault.got);
  return csv.value.rows.map(({ cells }) => cells);
};

describe('the segments of a table', () => {
  it('are the same however its bytes arrive, hold every row once, and lose no byte', () => {
    const cell = fc.constantFrom('a', '', 'x,y', 'two\nlines', 'say ""no""', '\n', 'é');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (pairs, sizes, isClosed) => {
          const body = pairs.map(([a, b]) => `"${a}","${b}"\n`).join('');
          const bytes = Buffer.from(`one,"tw""o\nlines"\n${isClosed ? body : body.slice(0, -1)}`);
          const whole = cutInto(bytes, [bytes.length], CSV, 3);
          expect(cutInto(bytes, sizes, CSV, 3)).toEqual(whole);
          expect(whole).toHaveLength(Math.ceil(pairs.length / 3));
          expect(whole.flatMap((segment) => rowsOf(segment.bytes))).toEqual(rowsOf(bytes));
          const header = Buffer.byteLength('one,"tw""o\nlines"\n');
          const joined = Buffer.concat(whole.map((segment, index) => segment.bytes.subarray(index === 0 ? 0 : header)));
          expect(joined.equals(bytes)).toBe(true);
        },
      ),
    );
  });

  it.each(['', 'a,b', 'a,b\n', 'a,b\n1,2\n', 'a,b\n1,"2\n', '\ufeffa,b\r\n1,2\r\n'])(
    'of the short table %j are itself',
    (text) => {
      const [segment, ...more] = cutInto(Buffer.from(text), [3]);
      expect(Buffer.from(segment!.bytes).toString()).toBe(text);
      expect(more).toEqual([]);
    },
  );

  it('say on which lines of the table they stand', () => {
    const body = Array.from({ length: 10_001 }, (_, index) => `${index},"x\ny"\n`).join('');
    expect(cutInto(Buffer.from(`a,b\n${body}`), [70_000]).map(({ lines }) => lines)).toEqual([
      [2, 20_001],
      [20_002, 20_003],
    ]);
  });

  it('end before a quote that is never closed, which is given apart', () => {
    const text = `a,b\n1,2\n3,"4\n${'5,6\n'.repeat(300_000)}`;
    const segments = cutInto(Buffer.from(text), [100_000]);
    expect(segments.map(({ outcome, lines }) => [outcome, lines[0]])).toEqual([
      ['whole', 2],
      ['endless-record', 3],
    ]);
    expect(Buffer.from(segments[0]!.bytes).toString()).toBe('a,b\n1,2\n');
    expect(readCsv(segments[1]!.bytes)).toMatchObject({ outcome: 'refused', fault: { code: 'feed.malformed' } });
    expect(segments[1]!.bytes.length).toBeLessThan(1_300_000);
  });

  it('of a table without header or quotes are its lines', () => {
    const text = '"1\t2\n'.repeat(20_001);
    const segments = cutInto(Buffer.from(text), [9_999], { header: false, quoted: false });
    expect(segments.map(({ bytes }) => bytes.length)).toEqual([50_000, 50_000, 5]);
  });

  it('are not made where the byte of a line end is not one', () => {
    expect(['a,b\n', 'a'].map((text) => isCuttable(Buffer.from(text)))).toEqual([true, true]);
    expect(isCuttable(Buffer.from('a,b\r1,2\r'))).toBe(false);
    expect(isCuttable(Buffer.from('\ufeffa,b\n', 'utf16le'))).toBe(false);
  });
});
