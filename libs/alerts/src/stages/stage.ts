import type { Brief } from '../model/brief.js';
import type { NoticeDraft, Told } from '../model/notice.js';
import type { Subscription } from '../model/subscription.js';

/** One subscription and one region on their way through the stages. */
export interface Candidate {
  readonly subscription: Subscription;
  readonly regionId: string;
  /** Null where no such region is known. */
  readonly brief: Brief | null;
  readonly told: Told | null;
  readonly drafts: readonly NoticeDraft[];
}

export type StageOutcome =
  | {
      readonly outcome: 'passed';
      readonly reason: string;
      readonly candidate: Candidate;
      readonly noticeIds?: readonly string[];
    }
  | { readonly outcome: 'stopped'; readonly reason: string };

/** Where notices go. Dry where somebody only asks who would be told. */
export interface Outbox {
  put(candidate: Candidate): Promise<{ readonly reason: string; readonly noticeIds: readonly string[] }>;
}

/** One decision with a name. Its outcome is kept, so that "not told, because …" can be asked later. */
export interface Stage {
  readonly name: string;
  readonly decide: (candidate: Candidate, outbox: Outbox) => StageOutcome | Promise<StageOutcome>;
}
