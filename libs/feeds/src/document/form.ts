import { refused } from './fault.js';
import type { Quarantine } from '../model/adapter.js';

const BEFORE_TEXT: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf, 0xfe, 0xff, 0, 9, 10, 13, 32]);

/** Whether the first byte that is no mark, blank or half of a UTF-16 unit opens JSON; a large file is not decoded for it. */
export function looksLikeJson(bytes: Uint8Array): boolean {
  const first = bytes.subarray(0, 64).find((byte) => !BEFORE_TEXT.has(byte));
  return first === 0x7b || first === 0x5b;
}

/** Whether a document ends with the end of a line, in UTF-8 or UTF-16. */
export function endsLine(bytes: Uint8Array): boolean {
  const end = bytes.at(-1) === 0 ? bytes.at(-2) : bytes.at(-1);
  return end === 10 || end === 13;
}

/** A last line without its end that cannot be read is the beginning of a longer one: the whole document is cut. */
export function cutIn({ locator, got }: Quarantine): Quarantine {
  return refused('feed.malformed', locator, `a last line without an end, ${got}`, 'a whole document').fault;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own member of what may be no object. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
