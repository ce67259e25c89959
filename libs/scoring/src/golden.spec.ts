import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { formatScoreResult, parseScoreDocument, score } from './index.js';
import { worstDeviation } from './deviation.spec.js';

const folder = new URL('../golden/', import.meta.url);
const textOf = (name: string, file: string): string => readFileSync(new URL(`${name}/${file}`, folder), 'utf8');

describe('golden cases', () => {
  it.each(readdirSync(folder))('%s: every number is within 1e-9', (name) => {
    const result = score(parseScoreDocument(textOf(name, 'input.json')));
    const expected: unknown = JSON.parse(textOf(name, 'expected.json'));
    const worst = worstDeviation(result, expected);
    expect(worst).toEqual({ deviation: expect.any(Number), path: expect.any(String) });
    expect(worst.deviation).toBeLessThanOrEqual(1e-9);
  });

  it.each(readdirSync(folder))('%s: the same document gives the same bytes', (name) => {
    const document = parseScoreDocument(textOf(name, 'input.json'));
    expect(formatScoreResult(score(document))).toBe(formatScoreResult(score(document)));
  });
});
