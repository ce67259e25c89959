import type { Tx } from '@faultline/platform';
import { claimsBetween, pollsBetween } from './evidence.store.js';
import type { Claim } from './model/claim.js';
import type { Poll } from './model/poll.js';

/**
 * The claims and polls of the ledger that one tenant reads, its own and the public ones, read once and kept: facts never change, so a longer ledger only appends.
 * Any size up to the head is a prefix of what is held.
 */
export class ClaimLog {
  private claims: Claim[] = [];
  private polls: (Poll & { position: number })[] = [];
  private readTo = 0;
  private reading: Promise<void> = Promise.resolve();

  /** All such claims and polls below ledger size `position`, in order of position. `tx` must always be of the same tenant. */
  async below(tx: Tx, position: number): Promise<{ claims: readonly Claim[]; polls: readonly Poll[] }> {
    const turn = this.reading.then(() => this.readUpTo(tx, position));
    this.reading = turn.catch(() => undefined);
    await turn;
    return { claims: prefix(this.claims, position), polls: prefix(this.polls, position) };
  }

  private async readUpTo(tx: Tx, position: number): Promise<void> {
    if (position <= this.readTo) return;
    const claims = await claimsBetween(tx, this.readTo, position);
    const polls = await pollsBetween(tx, this.readTo, position);
    this.claims.push(...claims);
    this.polls.push(...polls);
    this.readTo = position;
  }
}

function prefix<T extends { position: number }>(items: readonly T[], position: number): readonly T[] {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle]!.position < position) low = middle + 1;
    else high = middle;
  }
  return low === items.length ? items : items.slice(0, low);
}
