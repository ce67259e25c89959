import { z } from 'zod';
import { AsOfQuery } from '../dto/coordinates.js';
import { ProblemException } from './problem.filter.js';

const LIMIT = 500;

export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(LIMIT).default(200).describe('Rows a page, 1 to 500'),
  cursor: z.string().max(400).optional().describe('`next` of the page before'),
});

/** Coordinates and page of a list. No `.meta({ id })`: see AsOfQuery. */
export const ListQuery = AsOfQuery.extend(PageQuery.shape);
export type ListQuestion = z.infer<typeof ListQuery>;

/** Cuts the page a question asks for out of items in their final order, each named by a key that no other has. */
export function pageOf<T>(
  items: readonly T[],
  question: { limit: number; cursor?: string | undefined },
  keyOf: (item: T) => string,
): { page: T[]; next: string | null } {
  const after = question.cursor === undefined ? undefined : decode(question.cursor);
  const start = after === undefined ? 0 : items.findIndex((item) => keyOf(item) === after) + 1;
  if (after !== undefined && start === 0) {
    throw new ProblemException(
      400,
      'cursor.invalid',
      'this cursor names no row at these coordinates: begin again without it, and keep position fixed',
    );
  }
  const page = items.slice(start, start + question.limit);
  const last = page.at(-1);
  return { page, next: last !== undefined && start + page.length < items.length ? encode(keyOf(last)) : null };
}

const encode = (key: string) => Buffer.from(JSON.stringify([key])).toString('base64url');

function decode(cursor: string): string {
  try {
    const [key] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (typeof key === 'string') return key;
  } catch {
    // Said below: what could not be read is no cursor of ours.
  }
  throw new ProblemException(
    400,
    'cursor.invalid',
    'got a cursor this service did not make, wanted `next` of the page before',
  );
}
