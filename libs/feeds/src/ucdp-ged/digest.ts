const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
const SEPARATOR = 0x1f;

/**
 * FNV-1a, 32 bits, over the UTF-16 units of `parts` with a separator after each, as eight hex digits. No protection
 * against who wants two rows alike; enough to tell the versions of one row apart.
 */
export function digestOf(parts: readonly string[]): string {
  let hash = OFFSET;
  const take = (octet: number) => (hash = Math.imul(hash ^ octet, PRIME));
  for (const part of parts) {
    for (let index = 0; index < part.length; index++) {
      const unit = part.charCodeAt(index);
      take(unit & 0xff);
      take(unit >>> 8);
    }
    take(SEPARATOR);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
