/** The longest text a claim holds, in UTF-16 units. */
export const TEXT_MAX = 4000;

/** A text from outside made fit to store and show, with a note for everything taken out of it. */
export interface CleanText {
  readonly text: string;
  readonly notes: readonly string[];
}

/**
 * Characters that change how the text around them reads without being seen themselves: Unicode general categories Cc
 * (controls) and Cf (bidi marks, overrides and isolates, zero-width characters, soft hyphen, byte order mark, tags).
 */
const HIDDEN = /[\p{Cc}\p{Cf}]/gu;
const BLANKS = /[^\S\n]+/gu;

/** `raw` without hidden characters, newlines and tabs kept, and how many were taken out. */
export function withoutHidden(raw: string): { text: string; removed: number } {
  let removed = 0;
  const text = raw.replace(HIDDEN, (character) => {
    if (character === '\n' || character === '\t') return character;
    removed += 1;
    return '';
  });
  return { text, removed };
}

/** Whether a string from a document is text at all: no NUL, no half of a surrogate pair. */
export function isText(raw: string): boolean {
  return !raw.includes('\u0000') && raw.isWellFormed();
}

/** Takes hidden characters out of `raw` and evens out its blanks. Markup is left as the characters it is. */
export function cleanText(raw: string): CleanText {
  const { text, removed } = withoutHidden(raw.replace(/\r\n?|[\u2028\u2029]/gu, '\n'));
  const even = text
    .replace(BLANKS, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
  return { text: even, notes: removed === 0 ? [] : [`${removed} hidden characters removed`] };
}

/** The beginning of a text that is too long for a claim, ending in an ellipsis; never half a character. */
export function cutText({ text, notes }: CleanText, max = TEXT_MAX): CleanText {
  if (text.length <= max) return { text, notes };
  const end = text.slice(0, max - 1).isWellFormed() ? max - 1 : max - 2;
  return { text: `${text.slice(0, end)}…`, notes: [...notes, `cut from ${text.length} to ${max} characters`] };
}

/** A locator with the notes of the text it points at. */
export function noted(locator: string, notes: readonly string[]): string {
  return notes.length === 0 ? locator : `${locator} (${notes.join('; ')})`;
}
