import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeText } from './decode.js';
import { utf16 } from './fixtures/utf16.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('decodeText', () => {
  const text = '[{"region_name":"東京 – São Paulo 🔥"}]';

  it.each([
    ['UTF-8', utf8(text), 'utf-8'],
    ['UTF-8 with a mark', utf8(`\ufeff${text}`), 'utf-8'],
    ['UTF-16BE with a mark', utf16(text, 'be'), 'utf-16be'],
    ['UTF-16LE with a mark', utf16(text, 'le'), 'utf-16le'],
    ['UTF-16BE without a mark', utf16(text, 'be', false), 'utf-16be'],
    ['UTF-16LE without a mark', utf16(text, 'le', false), 'utf-16le'],
  ])('reads %s', (_, bytes, charset) => {
    expect(decodeText(bytes)).toEqual({ outcome: 'read', text, charset });
  });

  it.each([
    ['overlong UTF-8', Uint8Array.of(0x5b, 0xc0, 0xaf, 0x5d), 'feed.encoding'],
    ['ISO-8859-1', Uint8Array.of(0x5b, 0x22, 0xe9, 0x22, 0x5d), 'feed.encoding'],
    ['a surrogate in UTF-8', Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22), 'feed.encoding'],
    ['half a UTF-16 unit', utf16('[]', 'be').slice(0, 5), 'feed.encoding'],
    ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 0x5b, 0, 0, 0), 'feed.encoding'],
    ['a lone surrogate in UTF-16', utf16('["\ud800"]', 'be'), 'field.invalid_text'],
    ['a NUL', utf8('["\u0000"]'), 'field.invalid_text'],
  ])('refuses %s', (_, bytes, code) => {
    expect(decodeText(bytes)).toMatchObject({ outcome: 'refused', fault: { code } });
  });

  it('refuses more bytes than its cap before decoding them', () => {
    expect(decodeText(utf8('[1,2]'), { maxBytes: 4 })).toMatchObject({
      outcome: 'refused',
      fault: { code: 'feed.too_large' },
    });
  });

  it('gives back any text from any of its encodings', () => {
    const whole = fc
      .string({ unit: 'binary' })
      .filter((held) => !held.includes('\u0000') && !held.startsWith('\ufeff'));
    fc.assert(
      fc.property(whole, (held) => {
        for (const bytes of [utf8(`\ufeff${held}`), utf16(held, 'be'), utf16(held, 'le')]) {
          expect(decodeText(bytes)).toMatchObject({ outcome: 'read', text: held });
        }
      }),
    );
  });

  it('answers any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) =>
        ['read', 'refused'].includes(decodeText(bytes).outcome),
      ),
    );
  });
});
