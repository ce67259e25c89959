import { createHash } from 'node:crypto';

/** The first 12 hex digits of the SHA-256 of what was said: tells wordings of one item apart where its source does not. */
export function digestOf(said: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 12);
}
