import type { ClaimDraft, FeedDescriptor, Instant } from '@faultline/evidence';

/** Why a document, or one item of it, was not taken. The codes are documented in docs/feeds/. */
export type QuarantineCode =
  | 'feed.malformed'
  | 'feed.wrong_type'
  | 'feed.empty'
  | 'feed.encoding'
  | 'feed.too_large'
  | 'feed.too_deep'
  | 'feed.duplicate_key'
  | 'feed.id_conflict'
  | 'field.missing'
  | 'field.invalid'
  | 'field.invalid_text'
  | 'field.too_long'
  | 'field.not_finite'
  | 'field.enum'
  | 'field.range'
  | 'time.missing'
  | 'time.no_zone'
  | 'time.future'
  | 'time.out_of_range'
  | 'geo.out_of_range'
  | 'geo.null_island';

/** One thing that was not taken: where it stands (JSON pointer or byte offset), what was got, what was wanted. */
export interface Quarantine {
  readonly code: QuarantineCode;
  readonly locator: string;
  readonly got: string;
  readonly wanted: string;
}

/** The bytes of one capture with the instant we retrieved them. */
export interface CapturedDocument {
  readonly bytes: Uint8Array;
  readonly retrievedAt: Instant;
}

export type ParseOutcome =
  | {
      readonly outcome: 'accepted';
      /** How many items the document holds, taken or not. */
      readonly items: number;
      readonly drafts: readonly ClaimDraft[];
      readonly quarantined: readonly Quarantine[];
      /** The newest fact in the payload: the base of content age. Null where it holds none. */
      readonly newestContentAt: Instant | null;
    }
  | { readonly outcome: 'quarantined'; readonly reason: Quarantine };

/** One feed: how it is polled, under which licence, and the pure function that reads a capture of it. */
export interface FeedAdapter extends FeedDescriptor {
  readonly parse: (document: CapturedDocument) => ParseOutcome;
}
