import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const run = promisify(execFile);
const IMPURE = `
export const readings = (text: string): unknown[] => [
  Date.now(),
  new Date(),
  new Date(text),
  Date.parse(text),
  Math.random(),
  performance.now(),
  process.pid,
];
`;
const KERNEL = 'libs/merkle/src/planted.ts';
const MODEL = 'libs/evidence/src/model/planted.ts';

/** A copy of the libraries with the same impure file in a kernel and in a model. */
let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'faultline-purity-'));
  for (const place of [
    'libs',
    'migrations',
    'package.json',
    'tsconfig.json',
    'tsconfig.kernel.json',
    'eslint.config.mjs',
  ]) {
    fs.cpSync(place, path.join(dir, place), { recursive: true, filter: (file) => !file.endsWith('.spec.ts') });
  }
  fs.symlinkSync(path.resolve('node_modules'), path.join(dir, 'node_modules'), 'junction');
  for (const file of [KERNEL, MODEL]) fs.writeFileSync(path.join(dir, file), IMPURE);
});
afterAll(() => {
  fs.rmSync(dir, { recursive: true, force: true });
});

/** What a tool that fails says. */
async function complaints(...args: string[]): Promise<string> {
  const options = { cwd: dir, maxBuffer: 1e8 };
  const failure = await run(process.execPath, args, options).then(
    () => ({ stdout: 'nothing' }),
    (error: { stdout: string }) => error,
  );
  return failure.stdout;
}

describe('an impure file', () => {
  it('in a kernel does not compile: there is no Node to name', async () => {
    const said = await complaints('node_modules/typescript/bin/tsc', '-p', 'tsconfig.kernel.json');
    for (const name of ['process', 'performance'])
      expect(said).toMatch(new RegExp(`^${KERNEL}.*Cannot find name '${name}'`, 'm'));
  });

  it('is refused by lint, reading by reading', async () => {
    const said = await complaints('node_modules/eslint/bin/eslint.js', KERNEL, MODEL, '--format', 'json');
    const results = JSON.parse(said) as { messages: { line: number; ruleId: string }[] }[];
    const lines = IMPURE.split('\n').map((line) => line.trim());
    for (const { messages } of results) {
      const found = messages.filter(({ ruleId }) => ruleId.startsWith('no-restricted-'));
      expect([...new Set(found.map(({ line }) => lines[line - 1]))]).toEqual(lines.slice(2, -2));
    }
    expect(results).toHaveLength(2);
  });
});
