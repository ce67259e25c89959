import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FAULTS } from './sample.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const [, union = ''] = /type QuarantineCode =([^;]*);/.exec(read('libs/feeds/src/model/adapter.ts')) ?? [];
const codes = [...union.matchAll(/'([a-z_.]+)'/g)].map(([, code]) => code!);
/** The rows of the page's tables, by their cells; a bar within a cell is escaped. */
const rows = [...read('docs/feeds/quarantine.md').matchAll(/^\| `([a-z_.]+)` +\|(.*)\|$/gm)].map(([, code, rest]) => ({
  code: code!,
  cells: rest!.split(/(?<!\\)\|/).map((cell) => cell.trim()),
}));

describe('the page on quarantine', () => {
  it('has a row for every code there is, and no two for one', () => {
    const explained = rows.map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !explained.includes(code))).toEqual([]);
    expect(new Set(explained).size).toBe(explained.length);
  });

  it.each(rows.map(({ code, cells }) => [code, cells] as const))(
    'says what %s means, shows it and what to do',
    (_, cells) => {
      expect(cells).toHaveLength(3);
      const [meaning, example, remedy] = cells as [string, string, string];
      expect(meaning.length).toBeGreaterThan(20);
      expect(example).toMatch(/^`.+`, `.+`/);
      expect(remedy.length).toBeGreaterThan(10);
    },
  );

  it('knows the code of every fault an item can have', () => {
    expect(Object.values(FAULTS).filter((code) => !codes.includes(code))).toEqual([]);
  });
});
