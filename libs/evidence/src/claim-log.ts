import { PUBLIC_TENANT, type Tx } from '@faultline/platform';
import { claimsBetween, pollsBetween } from './evidence.store.js';
import type { Claim } from './model/claim.js';
import type { Poll } from './model/poll.js';

type Placed<T> = T & { readonly position: number };

/** What a reader may know below some ledger size. */
export interface Known {
  /** Whose facts they are: the reader's tenant and the public one's, or, where it has said nothing, the public one's alone. */
  readonly tenantId: string;
  readonly claims: readonly Claim[];
  readonly polls: readonly Poll[];
}

const KEPT_TENANTS = 64;

/**
 * The claims and polls of the ledger, read once and kept apart by tenant: facts never change, so a longer ledger only
 * appends, and any size up to the head is a prefix of what is held.
 */
export class ClaimLog {
  private readonly facts = new TenantFacts(PUBLIC_TENANT);
  private readonly own = new Map<string, TenantFacts>();

  /** What the tenant of `tx` may know below ledger size `position`, in order of position: its own facts and the public ones. */
  async below(tx: Tx, position: number): Promise<Known> {
    const open = await this.facts.below(tx, position);
    const { tenantId } = tx.scope;
    if (tenantId === PUBLIC_TENANT) return { tenantId, ...open };
    const own = await this.factsOf(tenantId).below(tx, position);
    if (own.claims.length + own.polls.length === 0) return { tenantId: PUBLIC_TENANT, ...open };
    return { tenantId, claims: merged(open.claims, own.claims), polls: merged(open.polls, own.polls) };
  }

  private factsOf(tenantId: string): TenantFacts {
    const facts = this.own.get(tenantId) ?? new TenantFacts(tenantId);
    this.own.delete(tenantId);
    this.own.set(tenantId, facts);
    for (const longest of [...this.own.keys()].slice(0, -KEPT_TENANTS)) this.own.delete(longest);
    return facts;
  }
}

class TenantFacts {
  private readonly claims: Claim[] = [];
  private readonly polls: Placed<Poll>[] = [];
  private readTo = 0;
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly tenantId: string) {}

  async below(tx: Tx, position: number): Promise<{ claims: readonly Claim[]; polls: readonly Placed<Poll>[] }> {
    const turn = this.reading.then(() => this.readUpTo(tx, position));
    this.reading = turn.catch(() => undefined);
    await turn;
    return { claims: prefix(this.claims, position), polls: prefix(this.polls, position) };
  }

  private async readUpTo(tx: Tx, position: number): Promise<void> {
    if (position <= this.readTo) return;
    const claims = await claimsBetween(tx, this.readTo, position, this.tenantId);
    const polls = await pollsBetween(tx, this.readTo, position, this.tenantId);
    this.claims.push(...claims);
    this.polls.push(...polls);
    this.readTo = position;
  }
}

function merged<T extends { position: number }>(some: readonly T[], others: readonly T[]): readonly T[] {
  return [...some, ...others].sort((one, other) => one.position - other.position);
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
