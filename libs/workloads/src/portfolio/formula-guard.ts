/**
 * Spreadsheets take a cell for a formula where its text begins with one of these, blanks before it or not. The
 * full-width forms are taken for the plain ones in some countries.
 */
const OPENS_FORMULA = String.raw`[\s\u0000]*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20\t\r\u0000]`;
const AT_RISK = new RegExp(`^'*${OPENS_FORMULA}`, 'u');
const GUARDED = new RegExp(`^'+${OPENS_FORMULA}`, 'u');

/** Says in a header row that the guard is not part of the data. */
export const GUARD_NOTE = "(a ' before = + - @ % or a bar or a tab is a guard and no data)";

/** `text` so that no spreadsheet works it out: with an apostrophe before it where it could be taken for a formula. */
export function guarded(text: string): string {
  return AT_RISK.test(text) ? `'${text}` : text;
}

/** The text behind the guard. `unguarded(guarded(text)) === text` for every text. */
export function unguarded(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}
