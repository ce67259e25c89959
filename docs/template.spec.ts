import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '..');
const PAGE = readFileSync(path.join(ROOT, 'docs/feeds/template.md'), 'utf8');
const FILES = [...PAGE.matchAll(/<!-- example: (\S+) -->\n\n```\w+\n([^]*?)^```$/gm)].map(
  ([, file, text]) => [file!, text!] as const,
);

let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);
const run = (...args: string[]) => {
  const env = { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --no-warnings', NODE_ENV: 'test' };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env });
  return { status, said: `${stdout}${stderr}` };
};

/** The folder of the page as a developer would write it, beside the parts of the project it imports. */
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'faultline-template-'));
  const feeds = path.join('libs', 'feeds', 'src');
  mkdirSync(at(feeds, 'harbour', 'fixtures'), { recursive: true });
  for (const part of ['node_modules', path.join(feeds, 'document'), path.join(feeds, 'model')])
    symlinkSync(path.join(ROOT, part), at(part), 'junction');
  for (const [file, text] of FILES) writeFileSync(at(feeds, 'harbour', file), text);
  writeFileSync(at('package.json'), '{ "type": "module" }');
});
afterAll(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});

describe('the feed of the template', () => {
  it('is whole', () => {
    expect(FILES.map(([file]) => file)).toEqual([
      'index.ts',
      'fetch.ts',
      'parse.ts',
      'fixtures/warnings.json',
      'harbour.spec.ts',
    ]);
  });

  it('compiles', () => {
    const configuration = {
      extends: path.join(ROOT, 'tsconfig.json'),
      compilerOptions: {
        noEmit: true,
        incremental: false,
        rootDir: path.parse(ROOT).root,
        paths: { '@faultline/*': [path.join(ROOT, 'libs/*/src/index.ts')] },
      },
      include: ['libs/feeds/src/harbour'],
    };
    writeFileSync(at('tsconfig.json'), JSON.stringify(configuration));
    expect(run(path.join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json')).toEqual({
      status: 0,
      said: '',
    });
  });

  it('passes its own spec', async () => {
    const { default: own } = (await import(path.join(ROOT, 'jest.config.mjs'))) as {
      default: { transform: Record<string, [string, unknown]>; [setting: string]: unknown };
    };
    const { globalSetup: _setup, globalTeardown: _teardown, ...rest } = own;
    const configuration = {
      ...rest,
      rootDir: folder,
      roots: [at('libs', 'feeds', 'src', 'harbour')],
      moduleNameMapper: {
        '^@faultline/([^/]+)$': path.join(ROOT, 'libs/$1/src/index.ts'),
        '^(\\.{1,2}/.*)\\.js$': '$1',
      },
      cacheDirectory: at('cache'),
    };
    writeFileSync(at('jest.config.json'), JSON.stringify(configuration));
    const { status, said } = run(path.join(ROOT, 'node_modules/jest/bin/jest.js'), '-c', 'jest.config.json', '-i');
    expect([status, said]).toEqual([0, expect.stringMatching(/Tests: +8 passed, 8 total/)]);
  });
});
