import { describe, expect, it } from '@jest/globals';
import { hashPassword, isPassword } from './password.js';

describe('the hash of a password', () => {
  it('is argon2id at the strength OWASP asks for, with a salt of its own', async () => {
    const [one, other] = await Promise.all(['correct horse', 'correct horse'].map(hashPassword));
    for (const hash of [one, other])
      expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(other);
  });

  it('lets in the password whole, as it was typed, and nobody without one', async () => {
    const long = `${'x'.repeat(199)}y`;
    const hash = await hashPassword(long);
    expect(await isPassword(hash, long)).toBe(true);
    for (const wrong of [long.slice(0, -1), `${long} `, long.toUpperCase(), ''])
      expect([wrong.length, await isPassword(hash, wrong)]).toEqual([wrong.length, false]);
    expect(await isPassword(null, 'of nobody at all')).toBe(false);
    expect(await isPassword(undefined, 'of nobody at all')).toBe(false);
  });
});
