const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const MASK = 0xffffffffffffffffn;

/** FNV-1a over the UTF-16 units of `text`, 64 bits as 16 hexadecimal digits. Tells texts apart, proves nothing. */
export function fnv1a(text: string): string {
  let hash = OFFSET;
  for (let index = 0; index < text.length; index += 1) {
    hash = ((hash ^ BigInt(text.charCodeAt(index))) * PRIME) & MASK;
  }
  return hash.toString(16).padStart(16, '0');
}

/** `text` where it fits in `max` units; otherwise its beginning and its digest, so that two long texts stay two. */
export function fitted(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 17).toWellFormed()}~${fnv1a(text)}`;
}
