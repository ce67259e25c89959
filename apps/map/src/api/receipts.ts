import type { Fault } from './faults.js';

/** What the service took of a claim: enough to find it again once it has its position. */
export interface ClaimReceipt {
  readonly captureHash: string;
  readonly subject: string;
  /** False where the very same was entered before. */
  readonly isNew: boolean;
}

/** The revision of the portfolio that an import or an edit made. */
export interface RevisionReceipt {
  readonly revision: number;
  /** False where the last revision said the same. */
  readonly isNew: boolean;
}

export type Receipt = ClaimReceipt | RevisionReceipt;

export const isRevision = (receipt: Receipt): receipt is RevisionReceipt => 'revision' in receipt;

/** Why something was not taken. */
export class WriteFailure extends Error {
  constructor(
    readonly status: number | null,
    readonly faults: readonly Fault[],
  ) {
    super(faults[0]?.detail ?? 'not taken');
  }
}

export const UNREADABLE = 'The answer does not have the agreed shape.';

export const NO_ANSWER: Fault = {
  code: 'network',
  pointer: null,
  got: null,
  wanted: null,
  detail: 'The service did not answer, so it is not known whether this was recorded. Sending it again does no harm.',
};
