/**
 * One-dimensional PostgreSQL arrays in the binary format of the wire protocol, as parameters: a Buffer is sent as it is.
 * As text every element is quoted by the client and read character by character by the server, which for thousands of
 * records costs more than storing them. The SQL must cast the parameter to the type: `$1::text[]`.
 */
const UUID_OID = 2950;
const TEXT_OID = 25;
const HEADER_BYTES = 20;

/** A `text[]`. */
export function textArray(items: readonly (string | null)[]): Buffer {
  let size = HEADER_BYTES;
  // At most three bytes of UTF-8 for a unit of UTF-16: enough room, and the exact length comes of writing.
  for (const item of items) size += 4 + (item?.length ?? 0) * 3;
  const buffer = Buffer.allocUnsafe(size);
  let at = writeHeader(buffer, TEXT_OID, items.length, items.includes(null));
  for (const item of items) {
    const length = item === null ? -1 : buffer.write(item, at + 4, 'utf8');
    buffer.writeInt32BE(length, at);
    at += 4 + Math.max(0, length);
  }
  return buffer.subarray(0, at);
}

/** A `uuid[]`, of ids written as 32 hex digits with hyphens. */
export function uuidArray(ids: readonly string[]): Buffer {
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + ids.length * 20);
  let at = writeHeader(buffer, UUID_OID, ids.length, false);
  for (const id of ids) {
    const hex = id.replaceAll('-', '');
    buffer.writeInt32BE(16, at);
    if (hex.length !== 32 || buffer.write(hex, at + 4, 'hex') !== 16) throw new TypeError(`got ${id}, wanted a UUID`);
    at += 20;
  }
  return buffer;
}

function writeHeader(buffer: Buffer, elementOid: number, count: number, hasNull: boolean): number {
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(hasNull ? 1 : 0, 4);
  buffer.writeInt32BE(elementOid, 8);
  buffer.writeInt32BE(count, 12);
  buffer.writeInt32BE(1, 16);
  return HEADER_BYTES;
}
