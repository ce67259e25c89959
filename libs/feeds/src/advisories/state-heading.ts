import { read, refused, shown, type Reading } from '../document/index.js';

/** What a heading of the Department of State says. */
export interface StateHeading {
  /** Null for advice of the whole world. */
  readonly name: string | null;
  /** Null where the page has levels of its own for its parts and the heading none. */
  readonly level: number | null;
}

const HEADING = /^(.{2,120}?)(?: Travel Advisory)? ?[-–—:] ?(?:Level ?(\d{1,3})\b.*|See Summar(?:y|ies).*)$/isu;

/** Reads `Iraq - Level 4: Do Not Travel` and `Mainland China, Hong Kong & Macau - See Summaries`. */
export function readStateHeading(heading: string): Reading<StateHeading> {
  if (/^worldwide caution\b/i.test(heading)) return read({ name: null, level: null });
  const wanted = 'a heading with a country and its level, 1 to 4';
  const match = HEADING.exec(heading.slice(0, 300));
  if (!match) return refused('field.invalid', '', shown(heading), wanted);
  const level = match[2] === undefined ? null : Number(match[2]);
  if (level !== null && (level < 1 || level > 4)) return refused('field.range', '', shown(heading), wanted);
  return read({ name: match[1]!.trim(), level });
}
