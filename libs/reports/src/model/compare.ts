import type { Finding } from './finding.js';

/** Relative difference up to which two numbers are the same: computed again elsewhere, the last digits may differ. */
export const TOLERANCE = 1e-9;
/** What may be left where two numbers cancel each other. */
const CANCELLED = 1e-12;

/** The JSON pointer (RFC 6901) of a path. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The first place where `got` is not `wanted`, in the order in which `wanted` is written. Undefined where they are the same. */
export function firstDifference(
  got: unknown,
  wanted: unknown,
  path: readonly PropertyKey[],
): Pick<Finding, 'at' | 'got' | 'wanted'> | undefined {
  if (typeof got === 'number' && typeof wanted === 'number') {
    const limit = TOLERANCE * Math.max(Math.abs(got), Math.abs(wanted)) + CANCELLED;
    return Math.abs(got - wanted) <= limit ? undefined : difference(got, wanted, path);
  }
  if (!isContainer(got) || !isContainer(wanted) || Array.isArray(got) !== Array.isArray(wanted)) {
    return Object.is(got, wanted) ? undefined : difference(got, wanted, path);
  }
  const keys = new Set([...Object.keys(wanted), ...Object.keys(got)]);
  for (const key of keys) {
    const found = firstDifference(Reflect.get(got, key), Reflect.get(wanted, key), [...path, key]);
    if (found) return found;
  }
  return undefined;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function difference(got: unknown, wanted: unknown, path: readonly PropertyKey[]) {
  return { at: pointerOf(path) || '/', got: shortOf(got), wanted: shortOf(wanted) };
}

/** A value in a few words, on one line. */
export function shortOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
