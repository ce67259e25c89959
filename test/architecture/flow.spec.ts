import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FAULTS, LAWFUL_TREE, PACKAGES } from './planted.js';

const root = process.cwd();
const load = createRequire(path.join(root, 'package.json'));
const flow = load('./libs/FLOW.cjs') as Record<string, string[]>;
const law = load('./.dependency-cruiser.cjs') as { forbidden: { name: string; comment: string }[] };

interface Cruise {
  readonly modules: { readonly source: string }[];
  readonly summary: { readonly violations: { readonly from: string; readonly rule: { readonly name: string } }[] };
}

/** What dependency-cruiser says of the tree at `dir`, which has the law and the table of this repository. */
async function cruise(dir: string): Promise<Cruise> {
  const tool = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const folders = ['apps', 'libs', 'migrations', 'test'].filter((folder) => fs.existsSync(path.join(dir, folder)));
  const args = [tool, ...folders, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: dir, maxBuffer: 1e8 });
  return JSON.parse(stdout) as Cruise;
}

const violationsOf = ({ summary }: Cruise) =>
  summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort();

describe('the flow table', () => {
  it('has a row for every library on disk', () => {
    const libraries = fs.readdirSync('libs', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(libraries.map((entry) => entry.name).filter((name) => !(name in flow))).toEqual([]);
  });

  it('flows down: a row imports only rows above it', () => {
    const rows = Object.keys(flow);
    for (const [index, lib] of rows.entries()) {
      expect({ lib, wrong: flow[lib]!.filter((other) => !rows.slice(0, index).includes(other)) }).toEqual({
        lib,
        wrong: [],
      });
    }
  });
});

describe('the law', () => {
  it('has a name of its own and a sentence for every rule', () => {
    const names = law.forbidden.map((rule) => rule.name);
    expect(new Set(names).size).toBe(names.length);
    for (const rule of law.forbidden) expect(rule.comment).toMatch(/^\S.{20,}\.$/);
  });

  it('is kept by this repository, every file of which was read', async () => {
    const result = await cruise(root);
    expect(violationsOf(result)).toEqual([]);
    // With a TypeScript it does not know the tool reads nothing and reports nothing.
    const read = new Set(result.modules.map((module) => module.source));
    const sources = ['apps', 'libs', 'migrations', 'test'].flatMap((folder) => typescriptIn(folder));
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.filter((file) => !read.has(file))).toEqual([]);
  });
});

function typescriptIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => path.posix.join(folder, ...file.split(path.sep)));
}

describe('a planted tree', () => {
  let dir: string;
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    fs.writeFileSync(path.join(dir, file), text);
  };

  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'faultline-architecture-'));
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'libs/FLOW.cjs'])
      write(file, fs.readFileSync(file, 'utf8'));
    write('package.json', JSON.stringify({ type: 'module', ...PACKAGES.declared }));
    for (const name of PACKAGES.installed) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
      write(`node_modules/${name}/index.js`, 'module.exports = {};\n');
    }
    for (const [file, text] of Object.entries(LAWFUL_TREE(flow))) write(file, text);
  });
  afterEach(() => {
    fs.rmSync(dir, { recursive: true, force: true });
  });

  it('is found lawful with every arrow of the table drawn', async () => {
    const result = await cruise(dir);
    expect(violationsOf(result)).toEqual([]);
    expect(result.modules.length).toBeGreaterThan(Object.keys(flow).length);
  });

  it('is reported for each fault, by the name of the rule, and for nothing else', async () => {
    const faults = FAULTS(flow);
    for (const fault of faults) {
      for (const [file, text] of Object.entries(fault.files)) write(file, text);
    }
    const expected = faults.map(({ rule, files }) => `${rule}: ${Object.keys(files)[0]}`).sort();
    expect(violationsOf(await cruise(dir))).toEqual(expected);
    const planted = new Set(faults.map((fault) => fault.rule));
    expect(law.forbidden.map((rule) => rule.name).filter((name) => !planted.has(name))).toEqual([]);
  });
});
