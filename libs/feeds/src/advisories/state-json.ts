import { z } from 'zod';
import type { Instant } from '@faultline/evidence';
import { isText, pointerOf, read, readWith, refused, ruled, shown, type Reading } from '../document/index.js';
import { EARLIEST, plainText, STATE_DEPARTMENT, travelAdvice } from './advice.js';
import { readStatePage, type BulletinReading } from './bulletins.js';
import { countriesNamed } from '../countries/index.js';
import { readWrittenTime } from './written-time.js';

const text = z
  .string()
  .max(2_000_000)
  .refine(isText, ruled('field.invalid_text', 'text without NUL and lone surrogates'));
const short = z.string().max(1000).refine(isText, ruled('field.invalid_text', 'text without NUL and lone surrogates'));

const pageSchema = z.object({
  Title: short,
  Link: short.nullish(),
  Summary: text.nullish(),
  Updated: z.unknown().optional(),
  Published: z.unknown().optional(),
});
const rowSchema = z.object({
  geopoliticalarea: short.min(1),
  advisory_level: z.union([z.number(), short]),
  last_update_date: z.unknown().optional(),
  advisory_text: text.nullish(),
  url: short.nullish(),
});

/** The rows of a document of the Department's data service; undefined where it is another document. */
export function stateRows(document: unknown): readonly unknown[] | undefined {
  if (Array.isArray(document)) return document.length === 0 || document.some(isRow) ? document : undefined;
  if (typeof document !== 'object' || document === null) return undefined;
  const held = Object.hasOwn(document, 'data') ? (document as { data: unknown }).data : undefined;
  return Array.isArray(held) ? stateRows(held) : undefined;
}

function isRow(row: unknown): boolean {
  if (typeof row !== 'object' || row === null) return false;
  return Object.hasOwn(row, 'Title') || Object.hasOwn(row, 'advisory_level') || Object.hasOwn(row, 'geopoliticalarea');
}

/** Reads a row of either shape seen: `{ Title, Link, Updated, … }` or `{ geopoliticalarea, advisory_level, … }`. */
export function readStateRow(row: unknown, pointer: string, retrievedAt: Instant): Reading<BulletinReading> {
  if (typeof row === 'object' && row !== null && Object.hasOwn(row, 'Title'))
    return readPage(row, pointer, retrievedAt);
  return readLevel(row, pointer, retrievedAt);
}

function readPage(row: unknown, pointer: string, retrievedAt: Instant): Reading<BulletinReading> {
  const shape = readWith(pageSchema, row, pointer);
  if (shape.outcome === 'refused') return shape;
  const { Title, Link, Summary, Updated, Published } = shape.value;
  const when = readWrittenTime(Updated ?? Published, pointerOf(pointer, 'Updated'), {
    earliest: EARLIEST,
    retrievedAt,
    future: 'refused',
  });
  if (when.outcome === 'refused') return when;
  return readStatePage({
    when: when.value,
    heading: plainText(Title).text,
    body: Summary ?? undefined,
    url: Link ?? undefined,
    locator: pointer,
    written: 'json',
  });
}

function readLevel(row: unknown, pointer: string, retrievedAt: Instant): Reading<BulletinReading> {
  const shape = readWith(rowSchema, row, pointer);
  if (shape.outcome === 'refused') return shape;
  const {
    geopoliticalarea,
    advisory_level: written,
    last_update_date: updated,
    advisory_text: body,
    url,
  } = shape.value;
  const level = /^(?:Level )?([1-4])(?:$|[: ])/i.exec(String(written).trim())?.[1];
  if (level === undefined)
    return refused('field.enum', pointerOf(pointer, 'advisory_level'), shown(written), 'a level from 1 to 4');
  const countries = countriesNamed(plainText(geopoliticalarea).text);
  if (!countries)
    return refused(
      'field.enum',
      pointerOf(pointer, 'geopoliticalarea'),
      shown(geopoliticalarea),
      'the name of a country the table knows',
    );
  const when = readWrittenTime(updated, pointerOf(pointer, 'last_update_date'), {
    earliest: EARLIEST,
    retrievedAt,
    future: 'refused',
  });
  if (when.outcome === 'refused') return when;
  const drafts = countries.map((country) =>
    travelAdvice(
      {
        desk: STATE_DEPARTMENT,
        country,
        when: when.value,
        written: 'json',
        heading: `${geopoliticalarea} - Level ${level}`,
        body: body ?? undefined,
        url: url ?? undefined,
        locator: pointer,
      },
      Number(level),
    ),
  );
  return read({ outcome: 'advice', drafts, when: when.value });
}
