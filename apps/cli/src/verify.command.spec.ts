import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@faultline/ledger';
import { bundleOf, readSigner, reportOf } from '@faultline/reports';
import { exposureIn, leavesFor, STRIKE, worldOf } from '../../../test/support/reports.js';
import { INTEGRITY_ONLY, runVerify } from './verify.command.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const world = worldOf(STRIKE, '2026-03-07T00:00Z');
const report = reportOf(exposureIn(world), world, [], leavesFor(STRIKE));
const bundle = bundleOf(report, Buffer.from(canonicalJson(report)), readSigner(pem));
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
const files: Readonly<Record<string, Uint8Array>> = {
  ...Object.fromEntries(Object.entries(bundle).map(([file, bytes]) => [`dir/${file}`, bytes])),
  'key.pem': Buffer.from(publicKey.export({ type: 'spki', format: 'pem' })),
  'private.pem': Buffer.from(pem),
  'rsa.pem': Buffer.from(rsa.export({ type: 'spki', format: 'pem' })),
  'nonsense.pem': Buffer.from('nonsense'),
};

function run(...args: readonly string[]): { code: number; out: string; errors: string } {
  const [out, errors]: [string[], string[]] = [[], []];
  const code = runVerify(args, {
    readFile: (file) => files[file],
    stdout: (text) => out.push(text),
    stderr: (text) => errors.push(text),
  });
  return { code, out: out.join(''), errors: errors.join('') };
}

describe('faultline verify', () => {
  it('is 0 with the key of the signer, wherever the option stands', () => {
    for (const args of [
      ['dir', '--key', 'key.pem'],
      ['--key=key.pem', 'dir/'],
    ]) {
      expect(run(...args)).toMatchObject({ code: 0, errors: '', out: expect.stringMatching(/^verified: /) });
    }
  });

  it('is 2 without a key, with these very words', () => {
    expect(run('dir')).toEqual({ code: 2, out: 'INTEGRITY ONLY, SIGNER NOT AUTHENTICATED\n', errors: '' });
  });

  it('is 2 where a checkpoint is asked for, and does not pretend', () => {
    const asked = run('dir', '--key', 'key.pem', '--checkpoint', 'any');
    expect(asked).toMatchObject({ code: 2, out: '', errors: expect.stringContaining('signs no checkpoints') });
    expect(run('dir', '--checkpoint', 'any')).toMatchObject({ code: 2, out: `${INTEGRITY_ONLY}\n` });
    expect(run('nowhere', '--checkpoint', 'any').code).toBe(1);
  });

  it.each([
    ['missing.pem', 'no such file'],
    ['private.pem', 'a private key'],
    ['rsa.pem', 'a rsa key'],
    ['nonsense.pem', 'no key'],
  ])('is 1 and never "integrity only" with the key %s', (key, got) => {
    expect(run('dir', '--key', key)).toEqual({
      code: 1,
      out: `key: got ${got}, wanted an Ed25519 public key in PEM\n`,
      errors: '',
    });
  });

  it.each([
    [[]],
    [['dir', 'other']],
    [['dir', '--key']],
    [['dir', '--key=']],
    [['dir', '--kee', 'x']],
    [['dir', '--key', 'a', '--key', 'b']],
  ])('is 2 with one line for %j', (args) => {
    const { code, out, errors } = run(...args);
    expect([code, out, errors.split('\n').length]).toEqual([2, '', 2]);
    expect(errors).toContain('wanted faultline verify DIR');
  });
});
