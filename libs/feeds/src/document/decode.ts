import type { Quarantine } from '../model/adapter.js';
import { refused } from './fault.js';

/** The most bytes of one document that are read: 50 MB, unpacked. */
export const DOCUMENT_MAX_BYTES = 50_000_000;

export type Charset = 'utf-8' | 'utf-16le' | 'utf-16be';

export type Decoded =
  | { readonly outcome: 'read'; readonly text: string; readonly charset: Charset }
  | { readonly outcome: 'refused'; readonly fault: Quarantine };

/**
 * Decodes the bytes of a captured document. A byte order mark decides; without one the text is UTF-8, unless its first
 * two characters are ASCII in UTF-16, which no UTF-8 document begins with. Nothing is replaced or skipped: bytes that
 * do not decode are `feed.encoding`, a NUL or a lone surrogate is `field.invalid_text`, both with their place.
 */
export function decodeText(bytes: Uint8Array, maxBytes = DOCUMENT_MAX_BYTES): Decoded {
  if (bytes.length > maxBytes) {
    return refused('feed.too_large', 'offset 0', `${bytes.length} bytes`, `at most ${maxBytes} bytes`);
  }
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff])) {
    return refused('feed.encoding', 'offset 0', 'a UTF-32 byte order mark', 'UTF-8 or UTF-16');
  }
  const charset = charsetOf(bytes);
  if (charset !== 'utf-8' && bytes.length % 2 !== 0) {
    return refused(
      'feed.encoding',
      `offset ${bytes.length - 1}`,
      `half a ${charset} unit at the end`,
      'an even number of bytes',
    );
  }
  const text = decode(bytes, charset);
  if (text === undefined) {
    return charset === 'utf-8'
      ? refused(
          'feed.encoding',
          'offset unknown',
          'bytes that are not UTF-8',
          'UTF-8, or UTF-16 with a byte order mark',
        )
      : refused('field.invalid_text', 'offset unknown', 'a lone surrogate', 'whole characters');
  }
  const nul = text.indexOf('\u0000');
  if (nul >= 0) return refused('field.invalid_text', `offset ${nul}`, 'a NUL character', 'text without NUL');
  return { outcome: 'read', text, charset };
}

function decode(bytes: Uint8Array, charset: Charset): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
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
