import type { Cell } from './table.js';

/** The mark before the decimals. */
export type DecimalMark = '.' | ',';

export type DecimalReading =
  | { readonly outcome: 'read'; readonly value: number; readonly mark: DecimalMark | null }
  | { readonly outcome: 'formula' }
  | { readonly outcome: 'ambiguous' }
  | { readonly outcome: 'none' };

const SCIENTIFIC = /^[+-]?\d+(?:\.\d+)?e[+-]?\d{1,3}$/i;
const SIGNED = /^[+-]?/;
const POINT = /^[+-]?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?$/;
const COMMA = /^[+-]?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?$/;
/** Blanks and apostrophes between thousands. */
const SPACED = /(?<=\d)[ \u00A0\u2009\u202F'’](?=\d{3}(?!\d))/gu;
/** One mark with three digits after it and one to three before: thousands to some, decimals to others. */
const EITHER = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * Reads a number as people write it. With one mark it is read where that can mean one thing only: `1234,5` and
 * `1.234,5` have a decimal comma, `1,234` is either and is read only where `mark` says which. A cell that was a number
 * in the file is that number. `grouped: false` is for coordinates, which have no thousands.
 */
export function readDecimal(cell: Cell, mark: DecimalMark | undefined, grouped = true): DecimalReading {
  const text = cell.text.trim();
  if (cell.kind === 'formula' || text.startsWith('=')) return { outcome: 'formula' };
  if (cell.kind === 'number') {
    const value = Number(text);
    return Number.isFinite(value) && text !== '' ? { outcome: 'read', value: value + 0, mark: null } : NONE;
  }
  const plain = text.replace(SPACED, '').replace(/^[\u2212\u2013]/u, '-');
  if (!grouped) return /^[+-]?\d{1,3}(?:[.,]\d{1,20})?$/.test(plain) ? ungrouped(plain, mark) : NONE;
  if (mark === undefined && EITHER.test(plain)) return { outcome: 'ambiguous' };
  if (SCIENTIFIC.test(plain) && mark !== ',') return made(plain, plain.includes('.') ? '.' : null);
  const isPoint = POINT.test(plain);
  const isComma = COMMA.test(plain);
  if (isPoint && mark !== ',') return made(plain.replaceAll(',', ''), plain.includes('.') ? '.' : null);
  if (isComma && mark !== '.')
    return made(plain.replaceAll('.', '').replace(',', '.'), plain.includes(',') ? ',' : null);
  return NONE;
}

const NONE: DecimalReading = { outcome: 'none' };

function ungrouped(plain: string, mark: DecimalMark | undefined): DecimalReading {
  const used = plain.includes(',') ? ',' : plain.includes('.') ? '.' : null;
  return used !== null && mark !== undefined && used !== mark ? NONE : made(plain.replace(',', '.'), used);
}

/** A number as {@link readDecimal} reads it back, whatever the reader's country. */
export function writtenNumber(value: number): string {
  const text = String(value);
  return EITHER.test(text) ? `${text}0` : text;
}

function made(digits: string, mark: DecimalMark | null): DecimalReading {
  const value = Number(digits.replace(SIGNED, (sign) => (sign === '-' ? '-' : '')));
  return Number.isFinite(value) ? { outcome: 'read', value: value + 0, mark } : NONE;
}
