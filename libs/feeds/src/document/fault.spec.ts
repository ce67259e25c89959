import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pointerOf, printable, refused, shown } from './fault.js';

const LINE = /^[^\p{Cc}\p{Cf}\p{Cs}]*$/u;

describe('what a fault shows of a document', () => {
  it('is a pointer, with what a pointer escapes', () => {
    expect(pointerOf('/a', 'b/c~d', 3)).toBe('/a/b~1c~0d/3');
  });

  it('holds of keys and values from outside only what can be printed', () => {
    expect(pointerOf('', 'a\u0000\u202eb\nc\ud800', 'k'.repeat(10_000_000))).toBe(`/ab c\ufffd/${'k'.repeat(120)}…`);
    expect(shown({ a: '\u202e\u0000' })).toBe('{"a":"\\u0000"}');
    expect(shown(undefined)).toBe('nothing');
    expect(printable(`${'x'.repeat(119)}🔥`)).toBe(`${'x'.repeat(119)}\ufffd…`);
  });

  it('is cleaned by the refusal itself, and left alone where there is nothing to clean', () => {
    expect(refused('field.invalid', '/a\u0000', '\ufeffb\n', 'c').fault).toEqual({
      ...{ code: 'field.invalid', locator: '/a', got: 'b ', wanted: 'c' },
    });
    const fault = { code: 'field.range' as const, locator: '/a/0 at offset 12', got: '{"a": 1}', wanted: 'one' };
    expect(refused(fault.code, fault.locator, fault.got, fault.wanted).fault).toEqual(fault);
  });

  it('is one short line, whatever comes', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 2000 }),
      fc.string({ unit: fc.constantFrom('\u200b', '\ud800', 'a') }),
    );
    fc.assert(
      fc.property(words, fc.jsonValue(), (text, value) => {
        for (const line of [printable(text), pointerOf('', text), shown(value), shown(text)]) {
          expect(line).toMatch(LINE);
          expect(line.length).toBeLessThan(400);
        }
      }),
    );
  });
});
