import type { Quarantine } from '../model/adapter.js';
import { refused } from './fault.js';

/** The most bytes of one document that are read: 50 MB, unpacked. */
export const DOCUMENT_MAX_BYTES = 50_000_000;

export type Charset = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'windows-1252';

export type Decoded =
  | { readonly outcome: 'read'; readonly text: string; readonly charset: Charset }
  | { readonly outcome: 'refused'; readonly fault: Quarantine };

export interface Decoding {
  readonly maxBytes?: number;
  /** Whose declaration of an encoding is heeded: that of XML, or none. */
  readonly declared?: 'xml' | 'none';
}

/**
 * Decodes the bytes of a captured document. A byte order mark decides; without one the text is UTF-8, unless its first
 * two characters are ASCII in UTF-16, which no UTF-8 document begins with, or it is XML that declares ISO-8859-1 or
 * windows-1252, both read as windows-1252. Nothing is replaced or skipped: bytes that do not decode and declared encodings that nobody should use
 * are `feed.encoding`, a NUL or a lone surrogate is `field.invalid_text`, both with their place.
 */
export function decodeText(
  bytes: Uint8Array,
  { maxBytes = DOCUMENT_MAX_BYTES, declared = 'none' }: Decoding = {},
): Decoded {
  if (bytes.length > maxBytes) {
    return refused('feed.too_large', 'offset 0', `${bytes.length} bytes`, `at most ${maxBytes} bytes`);
  }
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff])) {
    return refused('feed.encoding', 'offset 0', 'a UTF-32 byte order mark', 'UTF-8 or UTF-16');
  }
  const marked = charsetOf(bytes);
  const charset = marked === 'utf-8' && declared === 'xml' ? declaredIn(bytes) : marked;
  if (charset === undefined) {
    return refused(
      'feed.encoding',
      'offset 0',
      'a declared encoding we do not read',
      'UTF-8, UTF-16, ISO-8859-1 or windows-1252',
    );
  }
  if (charset.startsWith('utf-16') && bytes.length % 2 !== 0) {
    return refused(
      'feed.encoding',
      `offset ${bytes.length - 1}`,
      `half a ${charset} unit at the end`,
      'an even number of bytes',
    );
  }
  const text = decode(bytes, charset);
  if (text === undefined) {
    return !charset.startsWith('utf-16')
      ? refused(
          'feed.encoding',
          'offset unknown',
          `bytes that are not ${charset}`,
          'UTF-8, UTF-16 with a byte order mark, or what an XML declaration names',
        )
      : refused('field.invalid_text', 'offset unknown', 'a lone surrogate', 'whole characters');
  }
  const nul = text.indexOf('\u0000');
  if (nul >= 0) return refused('field.invalid_text', `offset ${nul}`, 'a NUL character', 'text without NUL');
  return { outcome: 'read', text, charset };
}

function decode(bytes: Uint8Array, charset: Charset): string | undefined {
  if (charset === 'iso-8859-1' || charset === 'windows-1252') return decodeWestern(bytes);
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What windows-1252 has at 0x80 to 0x9f; a blank where it has nothing. */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/**
 * Documents that declare ISO-8859-1 mean windows-1252, as every browser takes them; the decoder of some Node versions
 * reads controls there instead. Undefined where a byte has no meaning in it.
 */
function decodeWestern(bytes: Uint8Array): string | undefined {
  let isSound = true;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (control) => {
      const character = WINDOWS_1252[control.charCodeAt(0) - 0x80]!;
      if (character === ' ') isSound = false;
      return character;
    });
  return isSound ? text : undefined;
}

const XML_DECLARATION = /^<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/;
const DECLARED: Readonly<Record<string, Charset>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
};

/** The encoding an XML declaration names, UTF-8 where there is none; undefined for one that is not read. */
function declaredIn(bytes: Uint8Array): Charset | undefined {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return 'utf-8';
  const name = XML_DECLARATION.exec(Buffer.from(bytes.subarray(0, 256)).toString('latin1'))?.[1]?.toLowerCase();
  if (name === undefined) return 'utf-8';
  return Object.hasOwn(DECLARED, name) ? DECLARED[name] : undefined;
}

function charsetOf(bytes: Uint8Array): Charset {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  const [a, b, c, d] = bytes;
  if (a === 0 && c === 0 && isAscii(b) && isAscii(d)) return 'utf-16be';
  if (b === 0 && d === 0 && isAscii(a) && isAscii(c)) return 'utf-16le';
  return 'utf-8';
}

function isAscii(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0 && byte < 0x80;
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}
