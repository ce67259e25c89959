import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runImport } from './import.command.js';
import { UsageError } from './usage.js';

let folder: string;
const fileOf = (name: string, text: string) => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

beforeAll(() => void (folder = mkdtempSync(path.join(os.tmpdir(), 'faultline-import-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('faultline import', () => {
  it.each<[string, () => string[], RegExp]>([
    ['no file', () => ['--tenant', 'local'], /^faultline import: got 0 files, wanted one/],
    ['two files', () => ['a', 'b', '--tenant', 'local'], /^faultline import: got 2 files, wanted one/],
    ['no tenant', () => ['x.csv'], /^faultline import: wanted --tenant/],
    ['a file that is not there', () => ['x.csv', '--tenant', 'local'], /cannot read x\.csv: ENOENT$/],
    ['an option there is not', () => ['x.csv', '--force'], /--force/],
    [
      'a mapping that is none',
      () => [fileOf('a.csv', 'name'), '--tenant', 'local', '--map', fileOf('m.json', '{"colour":1}')],
      /m\.json: mapping\.invalid at the mapping: got .*colour.*, wanted an object of columns/,
    ],
  ])('says of %s what is wanted, in one line, before it opens any database', async (_what, args, message) => {
    const failure = await runImport(args()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UsageError);
    expect((failure as Error).message).toMatch(message);
    expect((failure as Error).message).not.toContain('\n');
  });
});
