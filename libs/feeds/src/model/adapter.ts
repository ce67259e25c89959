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
  | 'geo.null_island'
  | 'geo.invalid_polygon'
  | 'geo.too_complex'
  | 'feed.doctype_forbidden'
  | 'feed.partial'
  | 'feed.too_costly'
  | 'feed.reader_failed'
  | 'source.rate_anomaly'
  | 'cap.references_missing'
  | 'claim.source_required'
  | 'tlp.invalid';

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
      /** Items read and understood that say nothing this service keeps, by named reason: a drill, a tsunami bulletin of last year. */
      readonly passedOver?: Readonly<Record<string, number>>;
      /** The newest fact in the payload: the base of content age. Null where it holds none. */
      readonly newestContentAt: Instant | null;
      /** When the document says itself that it was made: the server's clock, and no content. Null or absent where it does not. */
      readonly madeAt?: Instant | null;
    }
  | { readonly outcome: 'quarantined'; readonly reason: Quarantine };

/** One document to ask for. */
export interface FeedRequest {
  /** Names the document among those of the feed for as long as it exists: its validators are kept under this name. */
  readonly channel: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the operator set for a feed. */
export interface FeedSettings {
  /** In place of the feed's own addresses, where given. */
  readonly urls: readonly string[];
  /** By the names of `FeedAdapter.credentials`; all of them, or the feed is not asked. */
  readonly credentials: Readonly<Record<string, string>>;
}

/** How a long table is laid out, as far as it must be known to cut it. */
export interface TableForm {
  /** Whether its first record names the columns, and must stand before every piece. */
  readonly header: boolean;
  /** Whether a quoted cell can hold the end of a line. */
  readonly quoted: boolean;
}

/** One feed: how it is polled, under which licence, and the pure function that reads a capture of it. */
export interface FeedAdapter extends FeedDescriptor {
  /** What it holds is a tenant's own, told to nobody else: no document of it is ever taken for the public. */
  readonly tenantOnly?: true;
  /** Credentials the operator must supply. Without them the feed is not asked, and shown as not monitored. */
  readonly credentials?: readonly string[];
  /** The documents one poll asks for, where it is more than `url` alone. */
  readonly requests?: (settings: FeedSettings, now: Instant) => readonly FeedRequest[];
  /** Further documents that an accepted one names; each is asked for once, through the guarded client. At most 50 count. */
  readonly further?: (document: CapturedDocument) => readonly FeedRequest[];
  /**
   * State of the reader, from 1. Raised when a fix makes it read old captures otherwise: `faultline reread` then reads
   * them again, and the new readings replace the old ones from that position of the ledger on.
   */
  readonly reading?: number;
  /**
   * How a document beginning with these bytes is laid out as a table of which any run of rows is a document too, so that
   * a long file can be taken in segments. Undefined where it is none; absent where the feed has no such documents.
   */
  readonly tableForm?: (start: Uint8Array) => TableForm | undefined;
  readonly parse: (document: CapturedDocument) => ParseOutcome;
}
