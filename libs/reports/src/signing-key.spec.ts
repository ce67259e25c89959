import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '@faultline/platform';
import { readPublicKey, signReport } from './signature.js';
import { findSigningKey, keepSigningKey, PRIVATE_KEY_FILE, PUBLIC_KEY_FILE } from './signing-key.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'faultline-key-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});
const inDir = (file: string) => path.join(dir, file);

describe('the signing key of a data directory', () => {
  it('is made once, for its owner alone, with its public half beside it', () => {
    expect(findSigningKey(dir)).toBeUndefined();
    const { keyId } = keepSigningKey(dir);
    expect(keepSigningKey(dir).keyId).toBe(keyId);
    expect(findSigningKey(dir)?.keyId).toBe(keyId);
    expect(readdirSync(dir).sort()).toEqual([PRIVATE_KEY_FILE, PUBLIC_KEY_FILE].sort());
    expect(statSync(inDir(PRIVATE_KEY_FILE)).mode & 0o777).toBe(0o600);
    expect(statSync(inDir(PUBLIC_KEY_FILE)).mode & 0o777).toBe(0o644);
    const own = createPublicKey(readFileSync(inDir(PRIVATE_KEY_FILE), 'utf8'));
    expect(readPublicKey(readFileSync(inDir(PUBLIC_KEY_FILE), 'utf8')).equals(own)).toBe(true);
  });

  it('gives its public half again where that was lost, and never replaces itself', () => {
    const { keyId } = keepSigningKey(dir);
    rmSync(inDir(PUBLIC_KEY_FILE));
    expect(keepSigningKey(dir).keyId).toBe(keyId);
    expect(existsSync(inDir(PUBLIC_KEY_FILE))).toBe(true);
    writeFileSync(inDir(PRIVATE_KEY_FILE), 'spoilt');
    expect(() => keepSigningKey(dir)).toThrow(ConfigError);
    expect(() => findSigningKey(dir)).toThrow(PRIVATE_KEY_FILE);
    expect(readFileSync(inDir(PRIVATE_KEY_FILE), 'utf8')).toBe('spoilt');
  });

  const whereOpenssl = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .some((at) => existsSync(path.join(at, 'openssl')))
    ? it
    : it.skip;

  whereOpenssl('makes signatures that openssl accepts, and that it refuses for other bytes', () => {
    const signer = keepSigningKey(dir);
    writeFileSync(inDir('report.json'), '{}');
    const [base64] = signReport(Buffer.from('{}'), signer).split('\n');
    writeFileSync(inDir('signature'), Buffer.from(base64!, 'base64'));
    const arguments_ = ['pkeyutl', '-verify', '-rawin', '-pubin', '-inkey', inDir(PUBLIC_KEY_FILE)];
    const verify = () =>
      execFileSync('openssl', [...arguments_, '-sigfile', inDir('signature'), '-in', inDir('report.json')], {
        encoding: 'utf8',
        stdio: 'pipe',
      });
    expect(verify()).toContain('Signature Verified Successfully');
    writeFileSync(inDir('report.json'), '{ }');
    expect(verify).toThrow();
  });
});
