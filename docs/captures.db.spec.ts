import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Captures of real feeds, kept beside the project where there are any. */
const FOLDERS = ['feeds', 'conflict'].map((name) => path.resolve(ROOT, '..', 'shared', 'data', name));
const describeIfThere = FOLDERS.every((folder) => existsSync(folder)) ? describe : describe.skip;
const run = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/feed-captures.mjs', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });

describeIfThere('the page of real documents', () => {
  it('tells what becomes of each of them, and the second time adds nothing', () => {
    const { status, stderr } = run(...FOLDERS, '--check');
    expect([status, stderr]).toEqual([0, '']);
  });

  it('is stale where a document is missing', () => {
    const { status, stderr } = run(FOLDERS[1]!, '--check');
    expect([status, stderr]).toEqual([1, expect.stringContaining('stale: docs/feeds/captures.md')]);
  });
});
