import type { Instant } from './instant.js';

/** One time a feed was asked, or a capture was ingested by hand. Kept, so that completeness can be shown later. */
export interface Poll {
  readonly feedId: string;
  readonly trigger: 'schedule' | 'ingest';
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** `unchanged`: the source said so (304), or sent bytes we hold. `quarantined`: the whole document. */
  readonly outcome: 'changed' | 'unchanged' | 'failed' | 'quarantined';
  /** Named reason of a failure or quarantine. */
  readonly reason: string | null;
  readonly captureHash: string | null;
  readonly items: number;
  readonly claimsNew: number;
  readonly claimsRepeated: number;
  /** Count by quarantine code. */
  readonly quarantined: Readonly<Record<string, number>>;
  readonly newestContentAt: Instant | null;
  readonly validators: { readonly etag: string | null; readonly lastModified: string | null };
}
