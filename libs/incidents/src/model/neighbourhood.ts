import { blockOf, msOf, Readings, type Claim } from '@faultline/evidence';
import { anchorOf } from './correlate.js';
import { chainedMessageOf } from './kin.js';
import { familyOf } from './peril-family.js';

const DAY_MS = 86_400_000;
const DAYS_AROUND = 4;

/**
 * Where the claims read so far stand, without the claims: which blocks there are, which feed has which of
 * them on what days, and what changes how other claims are read. Some tens of bytes a claim. Adding a claim twice
 * changes nothing.
 */
export class Neighbourhood {
  private readonly seen = new Set<string>();
  /** Blocks by family and day, then by feed. */
  private readonly days = new Map<string, Map<string, Set<string>>>();
  /** Blocks by the messages told in them that are not the first of their thread. */
  private readonly chained = new Map<string, Set<string>>();
  private readonly deciding = new Map<string, Claim>();
  readonly readings = new Readings();

  add(claim: Claim): void {
    const block = blockOf(claim);
    this.seen.add(block);
    this.readings.add(claim);
    if (claim.predicate === 'review' || claim.predicate === 'retraction') this.deciding.set(claim.id, claim);
    const message = chainedMessageOf(claim);
    if (message !== null) this.chained.set(message, (this.chained.get(message) ?? new Set()).add(block));
    for (const key of keysOf(claim, 0)) {
      const feeds = this.days.get(key) ?? new Map<string, Set<string>>();
      this.days.set(key, feeds);
      const held = feeds.get(claim.feedId);
      if (held) held.add(block);
      else feeds.set(claim.feedId, new Set([block]));
    }
  }

  has(block: string): boolean {
    return this.seen.has(block);
  }

  blocks(): Iterable<string> {
    return this.seen;
  }

  /** Reviews and retractions: the claims that decide about other claims. */
  decisions(): Claim[] {
    return [...this.deciding.values()];
  }

  /**
   * Blocks in which another feed tells something of the same family within four days, for one feed tells an occurrence
   * once; and those that tell of the message a claim names, or name the message it is of.
   */
  around(claims: readonly Claim[]): Set<string> {
    const found = new Set<string>();
    for (const claim of claims) {
      this.chained.get(`${claim.feedId} ${claim.thread}`)?.forEach((block) => found.add(block));
      const naming = chainedMessageOf(claim) === null ? undefined : blockOf({ ...claim, thread: claim.item.id });
      if (naming !== undefined && this.seen.has(naming)) found.add(naming);
      for (const key of keysOf(claim, DAYS_AROUND)) {
        for (const [feedId, blocks] of this.days.get(key) ?? [])
          if (feedId !== claim.feedId) blocks.forEach((block) => found.add(block));
      }
    }
    return found;
  }
}

function keysOf(claim: Claim, around: number): string[] {
  const family = familyOf(claim);
  const anchor = anchorOf(claim);
  if (claim.place.position === null || anchor === null || family === 'unknown' || family === 'threat') return [];
  const day = Math.floor(msOf(anchor) / DAY_MS);
  return Array.from({ length: 2 * around + 1 }, (_, index) => `${family} ${day - around + index}`);
}
