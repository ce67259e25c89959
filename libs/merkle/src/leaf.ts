/** SHA-256, given by the caller: a kernel imports no runtime. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export const SALT_BYTES = 16;

/**
 * Hash of a leaf, RFC 6962 §2.1: SHA-256(0x00 ‖ record ‖ salt). The salt keeps a record that can be guessed, such as a
 * yes-or-no claim, from being found by trying; whoever may read the record is given its salt.
 * @throws RangeError when the salt has not {@link SALT_BYTES} bytes: a shorter one could be moved into the record.
 */
export function leafHash(sha256: Sha256, record: Uint8Array, salt: Uint8Array): Uint8Array {
  if (salt.length !== SALT_BYTES) throw new RangeError(`got a salt of ${salt.length} bytes, wanted ${SALT_BYTES}`);
  const leaf = new Uint8Array(1 + record.length + salt.length);
  leaf.set(record, 1);
  leaf.set(salt, 1 + record.length);
  return sha256(leaf);
}
