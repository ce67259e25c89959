import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  DEFAULT_PARAMETERS,
  MODEL_LIMITS,
  PARAMETER_BASIS,
  parseScoreDocument,
  score,
  sensitivityOf,
} from './index.js';

const page = readFileSync(new URL('../../../docs/scoring.md', import.meta.url), 'utf8');

function after(marker: string): string {
  const at = page.indexOf(marker);
  if (at < 0) throw new Error(`docs/scoring.md has no ${marker}`);
  return page.slice(at + marker.length);
}

/** The cells of the first table after a marker, without its head. */
function tableAfter(marker: string): readonly (readonly string[])[] {
  const lines = after(marker).split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const end = lines.findIndex((line, at) => at > first && !line.startsWith('|'));
  return lines.slice(first + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const exampleText = /```json\n([^]*?)```/.exec(after('<!-- example: document -->'))?.[1] ?? '';

describe('the worked example in docs/scoring.md', () => {
  const result: unknown = score(parseScoreDocument(exampleText));
  const numbers = tableAfter('<!-- example: numbers -->');

  it('has numbers', () => {
    expect(numbers.length).toBeGreaterThan(15);
  });

  it.each(numbers.map(([path = '', shown = '']) => [path.replaceAll('`', ''), shown] as const))(
    '%s is %s',
    (path, shown) => {
      const value = path
        .split('.')
        .reduce<unknown>((node, step) => (node as Readonly<Record<string, unknown>>)[step], result);
      const decimals = shown.includes('.') ? shown.length - shown.indexOf('.') - 1 : 0;
      expect(Number(value).toFixed(decimals)).toBe(shown);
    },
  );
});

describe('the tables in docs/scoring.md', () => {
  it('give the widest swings of the worked example', () => {
    const shown = tableAfter('<!-- example: sensitivity -->');
    const swings = sensitivityOf(parseScoreDocument(exampleText), 'harbour').slice(0, shown.length);
    const words = (text: string, of: string): string => (text.includes(',') ? of : text);
    expect(shown).toEqual(
      swings.map(({ parameter, low, high, exposure, likelihood }) => [
        `\`${parameter}\``,
        words(low, 'half'),
        words(high, 'double'),
        ...[exposure.low, exposure.high, likelihood.low, likelihood.high].map((points) => points.toFixed(1)),
      ]),
    );
  });

  it('give every parameter with its default, basis and reason', () => {
    const shown = (value: number | Readonly<Record<string, number>>): string =>
      typeof value === 'number'
        ? String(value)
        : Object.entries(value)
            .map(([rung, weight]) => `${rung} ${String(weight)}`)
            .join(', ');
    const names = Object.keys(DEFAULT_PARAMETERS) as (keyof typeof DEFAULT_PARAMETERS)[];
    expect(tableAfter('## Parameters')).toEqual(
      names.map((name) => [
        `\`${name}\``,
        shown(DEFAULT_PARAMETERS[name]),
        PARAMETER_BASIS[name].basis,
        PARAMETER_BASIS[name].reason,
      ]),
    );
  });

  it('give every refusal', () => {
    expect(tableAfter('## Refusals').map(([code]) => code)).toEqual(
      Array.from({ length: 16 }, (_, index) => `E${String(index + 1)}`),
    );
  });

  it('give every limit', () => {
    const limits = after('## What it cannot do').split('\n').join(' ').replaceAll(/\s+/g, ' ');
    for (const limit of MODEL_LIMITS) expect(limits).toContain(limit);
  });

  it('quote the refusal as it is printed', () => {
    const message = 'E7 regions[0].azs: got shares summing to 0.9, wanted 1 ± 1e-9';
    expect(() => parseScoreDocument(exampleText.replace('"share": 0.4', '"share": 0.3'))).toThrow(message);
    expect(page).toContain(`faultline score: ${message}`);
  });
});
