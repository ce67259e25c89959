import type { Instant } from './instant.js';

/** One time a feed was asked, or a capture was ingested by hand. Kept, so that completeness can be shown later. */
export interface Poll {
  readonly feedId: string;
  /** Which of the feed's documents, where it has several. */
  readonly channel?: string;
  /** `ingest`: a capture given by hand. `pushed`: sent to us by the source. */
  readonly trigger: 'schedule' | 'ingest' | 'pushed';
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** `unchanged`: the source said so (304), or sent bytes we hold. `quarantined`: the whole document. */
  readonly outcome: 'changed' | 'unchanged' | 'failed' | 'quarantined';
  /** Named reason of a failure or quarantine. */
  readonly reason: string | null;
  readonly captureHash: string | null;
  /** When its bytes were retrieved, where that was not when the poll finished: given by hand, or read again. */
  readonly retrievedAt?: Instant;
  /** State of our reader that read it, where it is not the first. */
  readonly reading?: number;
  readonly items: number;
  readonly claimsNew: number;
  readonly claimsRepeated: number;
  /** Count by quarantine code. */
  readonly quarantined: Readonly<Record<string, number>>;
  /** Items understood that say nothing this service keeps, by named reason. */
  readonly passedOver?: Readonly<Record<string, number>>;
  /** Why an accepted document is not trusted to be whole; it then renews nothing and proves no watch. */
  readonly suspect?: string | null;
  /**
   * Set where the document of a feed whose silence proves nothing was empty, with when the document itself says it was
   * made, which proves at most that somebody is alive; null where it does not say.
   */
  readonly silence?: { readonly madeAt: Instant | null };
  readonly newestContentAt: Instant | null;
  readonly validators: { readonly etag: string | null; readonly lastModified: string | null };
}
