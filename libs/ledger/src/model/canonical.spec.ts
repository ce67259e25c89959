import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leafHash } from '@faultline/merkle';
import { sha256, sha256Hex } from '../sha256.js';
import { canonicalJson } from './canonical.js';
import { derivedId, hexOf } from './record-id.js';

describe('canonical JSON', () => {
  // The examples of RFC 8785, sections 3.2.2 and 3.2.3.
  it.each([
    [
      { numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001] },
      '{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
    ],
    [{ literals: [null, true, false] }, '{"literals":[null,true,false]}'],
    [{ string: '\u20ac$\u000f\nA\'B"\\\\"/' }, '{"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'],
    [
      { '\u20ac': 1, '\r': 2, '\ufb33': 3, 1: 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 },
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    ],
    [-0, '0'],
    [[], '[]'],
  ])('writes %j as the standard does', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([[Number.NaN], [Infinity], ['\ud800'], [{ a: '\udc00' }], [() => 1], [undefined], [10n]])(
    'refuses %p',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );

  it('says the same of equal values, whatever the order of their keys, and loses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        const text = canonicalJson(plain);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(plain)));
        if (typeof plain === 'object' && plain !== null && !Array.isArray(plain)) {
          const turned = Object.fromEntries(Object.entries(plain).reverse());
          expect(canonicalJson(turned)).toBe(text);
        }
      }),
    );
  });
});

describe('a derived id', () => {
  it('is a UUID of version 7 that tells its time, the same for the same thing, another for another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 47 }), fc.string(), fc.string(), (ms, a, b) => {
        const id = derivedId(sha256, ms, a);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(ms);
        expect(derivedId(sha256, ms, a)).toBe(id);
        if (a !== b) expect(derivedId(sha256, ms, b)).not.toBe(id);
      }),
    );
  });
});

describe('a leaf', () => {
  it('is the SHA-256 of a zero byte, the record and its salt', () => {
    const record = new TextEncoder().encode('{"a":1}');
    const salt = new Uint8Array(16).fill(7);
    const expected = createHash('sha256')
      .update(Buffer.concat([Buffer.from([0]), record, salt]))
      .digest('hex');
    expect(hexOf(leafHash(sha256, record, salt))).toBe(expected);
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('needs a salt of full length: a short one could be moved into the record', () => {
    expect(() => leafHash(sha256, new Uint8Array(3), new Uint8Array(15))).toThrow(/15 bytes, wanted 16/);
  });
});

describe('canonical JSON of odd objects', () => {
  it.each([
    [{ b: 1, a: [{ 10: 1, 9: 2 }] }, '{"a":[{"10":1,"9":2}],"b":1}'],
    [{ b: '\\ud800 written out', a: 1 }, '{"a":1,"b":"\\\\ud800 written out"}'],
    [JSON.parse('{"z":1,"__proto__":{"b":1,"a":2}}'), '{"__proto__":{"a":2,"b":1},"z":1}'],
    [{ z: undefined, a: { y: undefined } }, '{"a":{}}'],
    [{ '': 1, ' ': 2, '-1': 3 }, '{"":1," ":2,"-1":3}'],
  ])('writes %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([[new Date(0)], [{ a: { toJSON: () => 1 } }], [new Map()], [[undefined]], [{ a: 'x\ud800' }]])(
    'refuses %p',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );
});
