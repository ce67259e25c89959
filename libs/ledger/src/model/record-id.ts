import type { Sha256 } from '@faultline/merkle';

const encoder = new TextEncoder();

/** Lower-case hex of bytes. */
export function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += HEX[byte]!;
  return hex;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * A UUID of version 7 (RFC 9562 §5.7) whose time is `epochMs` and whose other bits are the hash of `identity`.
 * The same thing gets the same id wherever and whenever it is recorded, so recording it twice changes nothing.
 */
export function derivedId(sha256: Sha256, epochMs: number, identity: string): string {
  const bytes = sha256(encoder.encode(identity)).slice(0, 16);
  let rest = Math.max(0, Math.floor(epochMs));
  for (let index = 5; index >= 0; index--) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = hexOf(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
