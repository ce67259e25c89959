import { createHash } from 'node:crypto';

/** The first 12 hex digits of the SHA-256 of what was said: tells versions of an item apart where its source does not. */
export function digestOf(said: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 12);
}

/** `text` where it fits in `max` units; otherwise its beginning and its digest, so that two long texts stay two. */
export function fitted(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 13).toWellFormed()}~${digestOf([text])}`;
}
