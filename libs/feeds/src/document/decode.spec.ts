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

  const declaring = (declaration: string, ...bytes: number[]) =>
    Uint8Array.of(...utf8(`<?xml version="1.0" ${declaration}?><a>`), ...bytes, ...utf8('</a>'));
  const inner = (bytes: Uint8Array) => {
    const decoded = decodeText(bytes, { declared: 'xml' });
    return decoded.outcome === 'read' ? decoded.text.split('<a>')[1]!.split('</a>')[0] : decoded.fault.code;
  };

  it.each([
    ['encoding="UTF-8"', [0xc3, 0xa9], 'é'],
    ["encoding = 'us-ascii'", [0x61], 'a'],
    ['encoding="ISO-8859-1"', [0xe9, 0x92], 'é’'],
    ['encoding="Latin1" standalone="yes"', [0x80], '€'],
    ['encoding="windows-1252"', [0x93, 0x61, 0x94, 0x9f], '“a”Ÿ'],
    ['encoding="cp1252"', [0x81], 'feed.encoding'],
    ['encoding="UTF-8"', [0xe9], 'feed.encoding'],
    ['', [0xe9], 'feed.encoding'],
    ['encoding="UTF-16"', [0x61], 'feed.encoding'],
    ['encoding="UTF-7"', [0x61], 'feed.encoding'],
    ['encoding="gb2312"', [0x61], 'feed.encoding'],
    ['encoding="constructor"', [0x61], 'feed.encoding'],
    ['encoding="__proto__"', [0x61], 'feed.encoding'],
    ['encoding="ISO-8859-1"', [0], 'field.invalid_text'],
  ])('heeds what XML declares: %s %j', (declaration, bytes, text) => {
    expect(inner(declaring(declaration, ...bytes))).toBe(text);
  });

  it('heeds no declaration after a byte order mark, of an instruction, or where none is looked for', () => {
    const marked = utf8('\ufeff<?xml version="1.0" encoding="latin1"?><a>é</a>');
    expect(inner(marked)).toBe('é');
    expect(inner(utf8('<?xml-stylesheet encoding="latin1"?><a>é</a>'))).toBe('é');
    expect(inner(utf16('<?xml version="1.0" encoding="utf-8"?><a>é</a>', 'le'))).toBe('é');
    expect(decodeText(declaring('encoding="latin1"', 0xe9))).toMatchObject({ fault: { code: 'feed.encoding' } });
  });

  it('is not held up by a declaration without end', () => {
    for (const filler of [' ', 'encoding', 'encoding=', 'encoding = "', "'"])
      expect(decodeText(utf8(`<?xml ${filler.repeat(200_000)}`), { declared: 'xml' }).outcome).toBe('read');
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
