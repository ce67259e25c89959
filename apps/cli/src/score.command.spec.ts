import { describe, expect, it } from '@jest/globals';
import { parseScoreDocument, score } from '@faultline/scoring';
import { runScore } from './score.command.js';

const document = JSON.stringify({
  as_of: '2026-04-02',
  theatres: [{ id: 'T', coverage_start: '2024-01-01' }],
  regions: [{ id: 'R', theatre: 'T', capacity_mw: 60, azs: [{ id: 'a', lat: 26, lon: 50, share: 1 }] }],
});
const files: Readonly<Record<string, string>> = {
  'in.json': document,
  '-': document,
  'broken.json': '{"as_of":\n',
  'shares.json': document.replace('"share":1', '"share":0.9'),
};

interface Run {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
  readonly written: Readonly<Record<string, string>>;
}

function run(...args: readonly string[]): Run {
  const out: string[] = [];
  const errors: string[] = [];
  const written: Record<string, string> = {};
  const code = runScore(args, {
    readFile: (path) => {
      const text = files[path];
      if (text === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
      return text;
    },
    writeFile: (path, text) => {
      if (path.startsWith('/full')) throw new Error('ENOSPC: no space left on device');
      written[path] = text;
    },
    stdout: (text) => out.push(text),
    stderr: (text) => errors.push(text),
  });
  return { code, out: out.join(''), errors: errors.join(''), written };
}

describe('faultline score', () => {
  it('prints the result as JSON with sorted keys, two spaces and a closing newline', () => {
    const { code, out, errors, written } = run('in.json');
    expect({ code, errors, written }).toEqual({ code: 0, errors: '', written: {} });
    expect(out.startsWith('{\n  "as_of": "2026-04-02",\n  "incidents": [],\n  "pairs": [],\n')).toBe(true);
    expect(out.endsWith('  "schema": "faultline-score/1"\n}\n')).toBe(true);
    const keys = ['"30": {', '"365": {', '"90": {'].map((key) => out.indexOf(`\n        ${key}`));
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
    expect(keys).not.toContain(-1);
    expect(JSON.parse(out)).toEqual(score(parseScoreDocument(document)));
  });

  it('writes the same to a file, before or after the input', () => {
    const { out } = run('in.json');
    for (const args of [
      ['in.json', '-o', 'out.json'],
      ['-o', 'out.json', 'in.json'],
    ]) {
      expect(run(...args)).toEqual({ code: 0, out: '', errors: '', written: { 'out.json': out } });
    }
  });

  it('reads standard input', () => {
    expect(run('-').out).toBe(run('in.json').out);
  });

  it.each([
    [['shares.json'], 'E7 regions[0].azs: got shares summing to 0.9, wanted 1 ± 1e-9'],
    [['broken.json'], expect.stringMatching(/^E1 document: got text that does not parse \(.+\), wanted JSON$/)],
    [['gone.json'], "cannot read gone.json: ENOENT: no such file or directory, open 'gone.json'"],
    [['in.json', '-o', '/full/out.json'], 'cannot write /full/out.json: ENOSPC: no space left on device'],
    [[], expect.stringMatching(/^got no input file, wanted faultline score IN\.json/)],
    [[''], expect.stringMatching(/^got no input file/)],
    [['in.json', 'in.json'], expect.stringMatching(/^got a second input in\.json/)],
    [['in.json', '-o'], expect.stringMatching(/^got -o without a file/)],
    [['in.json', '-o', 'a', '-o', 'b'], expect.stringMatching(/^got two output files/)],
    [['in.json', '--pretty'], expect.stringMatching(/^got the option --pretty/)],
    [['a\nb\u001b[2J\u2028.json'], expect.stringMatching(/^cannot read a\\u\{a\}b\\u\{1b\}\[2J\\u\{2028\}\.json: /)],
  ])('%j exits 2 with one line and nothing else', (args, reason) => {
    const { code, out, errors, written } = run(...args);
    expect({ code, out, written }).toEqual({ code: 2, out: '', written: {} });
    const [line, rest, ...more] = errors.split('\n');
    expect({ rest, more }).toEqual({ rest: '', more: [] });
    expect(line?.slice(0, 17)).toBe('faultline score: ');
    expect(line?.slice(17)).toEqual(reason);
  });

  it('writes no file for a document it refuses', () => {
    expect(run('shares.json', '-o', 'out.json').written).toEqual({});
  });
});
