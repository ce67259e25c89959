import type { Instant, PublicationBasis } from '@faultline/evidence';
import type { CleanText } from '../document/index.js';

/** 0 operating normally, 1 informational, 2 degradation, 3 disruption: the legend of the board. */
export type Status = 0 | 1 | 2 | 3;

/** One thing AWS posted about an event. */
export interface Entry {
  /** JSON pointer to it. */
  readonly pointer: string;
  /** Cleaned, not yet cut to the length of a claim. */
  readonly text: CleanText;
  readonly at: { readonly earliest: Instant; readonly latest: Instant; readonly basis: PublicationBasis };
  /** Null where the document gives the event a status, and its entries none. */
  readonly status: Status | null;
  /** Its own summary is marked as resolved. */
  readonly marked: boolean;
}

/** One event of the board, of either document, with its entries from the oldest to the newest. */
export interface BoardEvent {
  readonly pointer: string;
  /** The source's own identity of it: its ARN, or `service/date`. */
  readonly itemId: string;
  /** Null for an event of AWS as a whole. */
  readonly regionId: string | null;
  /** The one service it is about, null where it is about several. */
  readonly service: string | null;
  readonly start: Instant;
  /** Of the event as a whole, when the document was made. */
  readonly status: Status;
  readonly summary: CleanText;
  /** Marked as resolved. */
  readonly closed: boolean;
  /** Kept among what is over. */
  readonly archived: boolean;
  /** Services listed as impaired when the document was made. */
  readonly impaired: readonly string[];
  readonly entries: readonly Entry[];
}

/** Reads `0`…`3`, as a number or its digit. */
export function statusOf(value: unknown): Status | undefined {
  // An object from outside can have a `toString` of its own that is no function.
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const text = String(value);
  return /^[0-3]$/.test(text) ? (Number(text) as Status) : undefined;
}

export function oldestFirst(a: Entry, b: Entry): number {
  if (a.at.latest !== b.at.latest) return a.at.latest < b.at.latest ? -1 : 1;
  return a.text.text < b.text.text ? -1 : a.text.text > b.text.text ? 1 : 0;
}
