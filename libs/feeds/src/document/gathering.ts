import type { ClaimDraft, Instant } from '@faultline/evidence';
import type { ParseOutcome, Quarantine } from '../model/adapter.js';
import { settleDrafts } from './settle.js';

/** What the items of one document give, gathered item by item, and the outcome of the whole. */
export class Gathering {
  private readonly drafts: ClaimDraft[] = [];
  private readonly quarantined: Quarantine[] = [];
  private readonly passedOver = new Map<string, number>();
  private newestContentAt: Instant | null = null;

  take(...drafts: readonly ClaimDraft[]): void {
    for (const draft of drafts) this.drafts.push(draft);
  }

  /** Something of the document that could not be taken. */
  setAside(...faults: readonly Quarantine[]): void {
    for (const fault of faults) this.quarantined.push(fault);
  }

  /** Items read and understood that say nothing this service keeps, by a named reason. */
  passOver(reason: string, count = 1): void {
    if (count > 0) this.passedOver.set(reason, (this.passedOver.get(reason) ?? 0) + count);
  }

  /** An instant in the payload that speaks of its content: the newest counts. */
  saw(instant: Instant): void {
    if (this.newestContentAt === null || instant > this.newestContentAt) this.newestContentAt = instant;
  }

  /**
   * The accepted document of so many items, its drafts settled: see {@link settleDrafts}. `madeAt`: when the document
   * says itself that it was made.
   */
  outcome(items: number, madeAt: Instant | null = null): ParseOutcome {
    const settled = settleDrafts(this.drafts);
    return {
      outcome: 'accepted',
      items,
      drafts: settled.drafts,
      quarantined: [...this.quarantined, ...settled.quarantined],
      passedOver: Object.fromEntries([...this.passedOver].sort(([a], [b]) => (a < b ? -1 : 1))),
      newestContentAt: this.newestContentAt,
      ...(madeAt === null ? {} : { madeAt }),
    };
  }
}

/** A document that was not taken at all. */
export function refusedWhole(reason: Quarantine): ParseOutcome {
  return { outcome: 'quarantined', reason };
}
