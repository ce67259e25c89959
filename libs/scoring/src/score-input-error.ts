/** The sixteen ways a document can be refused. Each is described in docs/scoring.md. */
export type ScoreErrorCode =
  'E1' | 'E2' | 'E3' | 'E4' | 'E5' | 'E6' | 'E7' | 'E8' | 'E9' | 'E10' | 'E11' | 'E12' | 'E13' | 'E14' | 'E15' | 'E16';

/** A refused document: which rule, where, what stood there, and what may stand there. The message is one line. */
export class ScoreInputError extends Error {
  override readonly name = 'ScoreInputError';

  constructor(
    readonly code: ScoreErrorCode,
    readonly path: string,
    readonly got: string,
    readonly wanted: string,
  ) {
    super(`${code} ${path}: got ${got}, wanted ${wanted}`);
  }
}

const longestQuote = 60;

/** Control, bidirectional and line-separating characters could forge a second line or hide text in a terminal. */
const unprintable = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Shows text from outside as one quoted, printable, bounded line. */
export function quote(text: string): string {
  const shown = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
  return JSON.stringify(shown).replace(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Names a value from outside in an error: scalars as themselves, the rest by kind and size. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
    case 'boolean':
      return String(value);
    case 'undefined':
      return 'nothing';
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return value.length === 1 ? 'a list of 1' : `a list of ${String(value.length)}`;
      return 'an object';
    case 'bigint':
    case 'symbol':
    case 'function':
      return `a ${typeof value}`;
  }
}
