import { Inflate } from 'fflate';
import { DOCUMENT_MAX_BYTES, read, refused, type Reading } from '../document/index.js';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
/** Tables of events shrink to a seventh; what shrinks to a hundredth is made to harm. */
const MAX_RATIO = 100;
const CHUNK_BYTES = 65_536;

class TooLong extends Error {}

/** Whether bytes begin as a zip archive does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5) && bytes[3] === bytes[2] + 1;
}

/**
 * The one file of a zip archive, unpacked. Nothing the archive says of its sizes is trusted: unpacking stops at what it
 * announced, which is at most 50 MB and a hundred times what is packed (`feed.too_large`). An archive that is cut, has
 * other than one file, is encrypted, or does not give what its checksum says is `feed.malformed`.
 */
export function unzipOne(bytes: Uint8Array): Reading<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bad = (offset: number, got: string) => refused('feed.malformed', `offset ${offset}`, got, 'a zip of one file');
  const end = bytes.length - END_BYTES;
  // GDELT writes no comment behind the directory, so the end is where it must be or the archive is cut.
  if (end < 0 || view.getUint32(end, true) !== END) return bad(bytes.length, 'an archive without its end');
  const files = view.getUint16(end + 10, true);
  if (files !== 1) return bad(end, `${files} files`);
  const entry = view.getUint32(end + 16, true);
  if (entry + ENTRY_BYTES > end || view.getUint32(entry, true) !== ENTRY) return bad(end, 'no directory');
  const [flags, method] = [view.getUint16(entry + 8, true), view.getUint16(entry + 10, true)];
  const [sum, packed, unpacked] = [16, 20, 24].map((at) => view.getUint32(entry + at, true)) as [
    number,
    number,
    number,
  ];
  const local = view.getUint32(entry + 42, true);
  if ((flags & 1) === 1) return bad(entry, 'an encrypted file');
  if (method !== 0 && method !== 8) return bad(entry, `packing method ${method}`);
  if (unpacked > DOCUMENT_MAX_BYTES || unpacked > packed * MAX_RATIO)
    return refused(
      'feed.too_large',
      `offset ${entry}`,
      `${packed} bytes that unpack to ${unpacked}`,
      `at most ${DOCUMENT_MAX_BYTES} bytes, and ${MAX_RATIO} for one`,
    );
  if (local + LOCAL_BYTES > entry || view.getUint32(local, true) !== LOCAL) return bad(entry, 'no file');
  const begin = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (begin + packed > entry) return bad(local, 'a file longer than its archive');
  const body = bytes.subarray(begin, begin + packed);
  const content = method === 0 ? body : inflated(body, unpacked);
  if (content === undefined || content.length !== unpacked || crc32(content) !== sum)
    return bad(begin, 'a file that is not what its directory says');
  return read(content);
}

function inflated(packed: Uint8Array, length: number): Uint8Array | undefined {
  const content = new Uint8Array(length);
  let filled = 0;
  const inflate = new Inflate((chunk) => {
    if (filled + chunk.length > length) throw new TooLong();
    content.set(chunk, filled);
    filled += chunk.length;
  });
  try {
    for (let at = 0; at < packed.length; at += CHUNK_BYTES)
      inflate.push(packed.subarray(at, at + CHUNK_BYTES), at + CHUNK_BYTES >= packed.length);
  } catch {
    return undefined;
  }
  return filled === length ? content : undefined;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of IEEE 802.3, as zip uses it. */
function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (let index = 0; index < bytes.length; index++) sum = CRC_TABLE[(sum ^ bytes[index]!) & 0xff]! ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
