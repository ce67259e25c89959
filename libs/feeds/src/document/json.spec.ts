import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JSON_MAX_DEPTH, JSON_MAX_VALUES } from './json-scan.js';
import { readJson } from './json.js';

const refusedWith = (code: string, more: object = {}) => ({ outcome: 'refused', fault: { code, ...more } });

describe('readJson', () => {
  it.each([
    ['nothing', '', 'feed.empty'],
    ['blanks', ' \n\t', 'feed.empty'],
    ['a sign-in page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'feed.wrong_type'],
    ['a key twice', '{"a":1,"a":2}', 'feed.duplicate_key'],
    ['a key twice, once escaped', '{"a":1,"\\u0061":2}', 'feed.duplicate_key'],
    ['too much depth', '['.repeat(JSON_MAX_DEPTH + 1) + ']'.repeat(JSON_MAX_DEPTH + 1), 'feed.too_deep'],
    ['absurd depth, cut', '['.repeat(200_000), 'feed.too_deep'],
    ['a number beyond a double', '{"mag":1e999}', 'field.not_finite'],
    ['a negative one', '[-1e999]', 'field.not_finite'],
    ['NaN', '[NaN]', 'field.not_finite'],
    ['Infinity', '[-Infinity]', 'field.not_finite'],
    ['a trailing comma', '[1,]', 'feed.malformed'],
    ['a leading zero', '[01]', 'feed.malformed'],
    ['a raw newline in a string', '["a\nb"]', 'feed.malformed'],
    ['a bad escape', '["\\x41"]', 'feed.malformed'],
    ['two documents', '[1][2]', 'feed.malformed'],
    ['words', 'Service Unavailable', 'feed.malformed'],
  ])('refuses %s', (_, text, code) => {
    expect(readJson(text)).toMatchObject(refusedWith(code));
  });

  it('says where', () => {
    expect(readJson('[{"a":1},{"b":')).toMatchObject(refusedWith('feed.malformed', { locator: 'offset 14' }));
    expect(readJson('[{"x":{"k":1,"k":2}}]')).toMatchObject(
      refusedWith('feed.duplicate_key', { locator: '/0/x at offset 13' }),
    );
    expect(readJson('{"f":[{"mag":1e999}]}')).toMatchObject(
      refusedWith('field.not_finite', { locator: '/f/0/mag at offset 13' }),
    );
  });

  it('refuses more values than memory should hold', () => {
    expect(readJson(`[${'0,'.repeat(JSON_MAX_VALUES)}0]`)).toMatchObject(refusedWith('feed.too_large'));
  });

  it('allows the depth it says it allows, and one key in two objects', () => {
    expect(readJson('['.repeat(JSON_MAX_DEPTH) + ']'.repeat(JSON_MAX_DEPTH))).toMatchObject({ outcome: 'read' });
    expect(readJson('[{"a":1},{"a":2,"b":{"a":3}}]')).toMatchObject({ outcome: 'read' });
  });

  it('keeps integers a double would round as their digits', () => {
    expect(readJson('{"id":12345678901234567890,"n":-9007199254740993,"ok":9007199254740991,"f":1.5e300}')).toEqual({
      outcome: 'read',
      value: { id: '12345678901234567890', n: '-9007199254740993', ok: 9007199254740991, f: 1.5e300 },
    });
  });

  it('takes __proto__ and constructor as keys like any other', () => {
    const reading = readJson('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    expect(reading.outcome).toBe('read');
    expect(Object.hasOwn((reading as { value: object }).value, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('agrees with JSON.parse on what JSON.stringify writes', () => {
    const exact = (value: unknown) => JSON.stringify(value).length < 5000 && !/\d{16}/.test(JSON.stringify(value));
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }).filter(exact), (value) => {
        expect(readJson(JSON.stringify(value))).toEqual({ outcome: 'read', value: JSON.parse(JSON.stringify(value)) });
      }),
    );
  });

  it('accepts nothing that JSON.parse refuses', () => {
    const token = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      ',',
      ':',
      '"a"',
      '"b"',
      '0',
      '-1.5e3',
      'true',
      'null',
      ' ',
      '"',
      '\\',
      '1.',
      '+',
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
        const text = tokens.join('');
        if (readJson(text).outcome === 'read') expect(() => JSON.parse(text)).not.toThrow();
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses every beginning of a document', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 4 }), fc.nat(), (value, cut) => {
        const text = JSON.stringify(value);
        expect(readJson(text.slice(0, cut % text.length)).outcome).toBe('refused');
      }),
    );
  });
});
