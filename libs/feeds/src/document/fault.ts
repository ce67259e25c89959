import { z } from 'zod';
import type { Quarantine, QuarantineCode } from '../model/adapter.js';
import { withoutHidden } from './text.js';

/** A reading that either gave a value or says why it did not. */
export type Reading<T> =
  { readonly outcome: 'read'; readonly value: T } | { readonly outcome: 'refused'; readonly fault: Quarantine };

export function read<T>(value: T): Reading<T> {
  return { outcome: 'read', value };
}

/** A refusal. What it shows of a document is made one printable line, whoever put it together. */
export function refused(
  code: QuarantineCode,
  locator: string,
  got: string,
  wanted: string,
): { outcome: 'refused'; fault: Quarantine } {
  return {
    outcome: 'refused',
    fault: { code, locator: printable(locator, LOCATOR_MAX), got: printable(got, GOT_MAX), wanted },
  };
}

const LOCATOR_MAX = 1000;
const GOT_MAX = 300;
const STEP_MAX = 120;

/** JSON pointer (RFC 6901) of `path` below `base`; of a key from outside what can be printed, and its beginning. */
export function pointerOf(base: string, ...path: readonly PropertyKey[]): string {
  return (
    base +
    path.map((step) => `/${printable(String(step), STEP_MAX).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  );
}

const SHOWN_MAX = 120;

/** A value from outside as one short printable line: escaped, without hidden characters, cut. */
export function shown(value: unknown): string {
  return printable(JSON.stringify(value) ?? 'nothing', SHOWN_MAX);
}

/**
 * Words from outside as one printable line: without hidden characters and halves of characters, blanks evened out, and
 * where that is more than `max` characters its beginning, with an ellipsis.
 */
export function printable(words: string, max = SHOWN_MAX): string {
  // What is far behind the cut is not worth cleaning, and can be the size of a document.
  const line = withoutHidden(words.slice(0, max * 8))
    .text.toWellFormed()
    .replace(/\s+/gu, ' ');
  return line.length > max || words.length > max * 8 ? `${line.slice(0, max).toWellFormed()}…` : line;
}

/** How a schema names the code of a rule of its own: `.refine(rule, ruled('time.future', 'wanted words'))`. */
export function ruled(code: QuarantineCode, wanted: string): { error: string; params: { code: QuarantineCode } } {
  return { error: wanted, params: { code } };
}

/** Reads `value` with `schema`; the first thing wrong becomes a quarantine at its JSON pointer below `base`. */
export function readWith<T>(schema: z.ZodType<T>, value: unknown, base: string): Reading<T> {
  const result = schema.safeParse(value);
  if (result.success) return read(result.data);
  const issue = result.error.issues[0]!;
  const got = issue.path.reduce<unknown>(stepInto, value);
  return refused(codeOf(issue, got), pointerOf(base, ...issue.path), shown(got), wantedBy(issue));
}

const WANTED_MAX = 300;

/** What a rule wants, in its own words: of an unknown key these hold the key, as it came from outside. */
export function wantedBy({ message }: z.core.$ZodIssue): string {
  return printable(message, WANTED_MAX);
}

function stepInto(held: unknown, step: PropertyKey): unknown {
  return typeof held === 'object' && held !== null && Object.hasOwn(held, step)
    ? (held as Record<PropertyKey, unknown>)[step]
    : undefined;
}

function codeOf(issue: z.core.$ZodIssue, got: unknown): QuarantineCode {
  if (got === undefined) return 'field.missing';
  switch (issue.code) {
    case 'custom':
      return (issue.params?.['code'] as QuarantineCode | undefined) ?? 'field.invalid';
    case 'too_big':
    case 'too_small':
      return issue.origin === 'string'
        ? issue.code === 'too_big'
          ? 'field.too_long'
          : 'field.missing'
        : 'field.range';
    case 'invalid_value':
      return 'field.enum';
    default:
      return 'field.invalid';
  }
}
