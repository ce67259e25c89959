import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareIds, fnv1a32, isWellFormed } from './identity.js';

describe('ids', () => {
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
    ['costarring', fnv1a32('liquid')],
  ])('FNV-1a of %j', (text, hash) => {
    expect(fnv1a32(text)).toBe(hash);
  });

  it('are hashed over their UTF-8 bytes', () => {
    const bytes = (text: string): number =>
      new TextEncoder().encode(text).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fnv1a32(text)).toBe(bytes(text));
      }),
    );
  });

  it('sort by code point, which is the order of their UTF-8 bytes', () => {
    expect(['\u{1f600}', '\ufffd', 'é', 'z', 'Z', ''].sort(compareIds)).toEqual([
      '',
      'Z',
      'z',
      'é',
      '\ufffd',
      '\u{1f600}',
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareIds(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
    );
  });

  it('must have a UTF-8 form', () => {
    expect(isWellFormed('région \u{1f600}')).toBe(true);
    expect(isWellFormed('\ud83d')).toBe(false);
    expect(isWellFormed('\ude00\ud83d')).toBe(false);
  });
});
