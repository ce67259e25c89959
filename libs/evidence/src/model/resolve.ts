import type { Coordinates } from './as-of.js';
import { parseInstant, type Instant } from './instant.js';

/** The coordinates of a question as it was asked. */
export interface AsOfQuestion {
  readonly asOf?: string | undefined;
  readonly validAt?: string | undefined;
  readonly publicAt?: string | undefined;
  readonly position?: string | undefined;
}

export type AsOfCode = 'asof.format' | 'asof.conflict' | 'asof.future' | 'asof.not_yet' | 'asof.apart';

/** A question whose coordinates cannot be answered: what was got, what was wanted, what to do. */
export class AsOfError extends Error {
  constructor(
    readonly code: AsOfCode,
    readonly parameter: string,
    detail: string,
  ) {
    super(detail);
  }
}

/**
 * The instant of a question about what had been recorded by then, if it is one.
 * @throws AsOfError when it is given beside a position, which says the same more exactly, or has no zone.
 */
export function recordedAtOf(
  question: AsOfQuestion & { readonly recordedAt?: string | undefined },
): Instant | undefined {
  const { recordedAt } = question;
  if (recordedAt === undefined) return undefined;
  if (question.position !== undefined) {
    throw new AsOfError('asof.conflict', 'recordedAt', 'got recordedAt beside position: give one of the two');
  }
  const instant = parseInstant(recordedAt);
  if (instant !== undefined) return instant;
  const got = JSON.stringify(recordedAt.slice(0, 60));
  throw new AsOfError('asof.format', 'recordedAt', `got ${got}, wanted an instant with its time of day and zone`);
}

/**
 * Resolves the coordinates of a question: `asOf` sets validAt and publicAt, each defaults to `now`, the position to the
 * head of a ledger of `size` entries.
 * @throws AsOfError for a time without its zone, one in the future, a position beyond the head, or asOf beside the two.
 */
export function resolveCoordinates(question: AsOfQuestion, now: Instant, size: number): Coordinates {
  if (question.asOf !== undefined && (question.validAt !== undefined || question.publicAt !== undefined)) {
    throw new AsOfError('asof.conflict', 'asOf', 'got asOf beside validAt or publicAt: asOf sets both, give it alone');
  }
  const at = (parameter: 'asOf' | 'validAt' | 'publicAt'): Instant => {
    const text = question[parameter];
    if (text === undefined) return now;
    const instant = parseInstant(text);
    if (instant === undefined) {
      throw new AsOfError(
        'asof.format',
        parameter,
        `got ${JSON.stringify(text.slice(0, 60))}, wanted an instant with its time of day and zone, such as 2026-03-01T13:00Z`,
      );
    }
    if (instant > now)
      throw new AsOfError('asof.future', parameter, `got ${instant}, wanted an instant up to now (${now})`);
    return instant;
  };
  const validAt = at(question.asOf === undefined ? 'validAt' : 'asOf');
  const publicAt = at(question.asOf === undefined ? 'publicAt' : 'asOf');
  return { validAt, publicAt, position: positionOf(question.position, size) };
}

function positionOf(text: string | undefined, size: number): number {
  if (text === undefined) return size;
  if (!/^\d{1,15}$/.test(text)) {
    throw new AsOfError(
      'asof.format',
      'position',
      `got ${JSON.stringify(text.slice(0, 60))}, wanted a ledger size, a whole number from 0`,
    );
  }
  const position = Number(text);
  if (position > size)
    throw new AsOfError(
      'asof.not_yet',
      'position',
      `got ${position}, wanted at most ${size}, the size of the ledger now`,
    );
  return position;
}
