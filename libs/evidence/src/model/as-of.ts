import { msOf, type Instant } from './instant.js';
import type { Claim } from './claim.js';

/** Held at validAt, published by publicAt, in our ledger of size `position`. */
export interface Coordinates {
  readonly validAt: Instant;
  readonly publicAt: Instant;
  readonly position: number;
}

/** What an answer rests on: whether it could have been given at the time, or was put together afterwards. */
export interface Basis {
  readonly basis: 'contemporaneous' | 'reconstruction';
  /** Dated claims. */
  readonly claims: number;
  readonly backfilled: number;
  readonly undated: number;
}

/** Whether the claim had been published by publicAt, for certain. A reference fact without a date is visible always. */
export function isPublishedBy(claim: Pick<Claim, 'publishedAt'>, publicAt: Instant): boolean {
  return claim.publishedAt === null || claim.publishedAt.latest <= publicAt;
}

/** The claims an answer at these coordinates may rest on, in the order of publication (undated first), then of id. */
export function visibleClaims(claims: readonly Claim[], coordinates: Coordinates): Claim[] {
  return lastReadings(claims.filter((claim) => claim.position < coordinates.position))
    .filter((claim) => isPublishedBy(claim, coordinates.publicAt))
    .sort(byPublication);
}

/** Without what a later state of our own reader has read again: of the same item, version and part the last reading counts. */
function lastReadings(claims: readonly Claim[]): readonly Claim[] {
  const readings = new Readings();
  for (const claim of claims) readings.add(claim);
  return readings.isEmpty ? claims : claims.filter((claim) => readings.counts(claim));
}

/** Which state of our own reader counts for each item and version: the last of those seen. */
export class Readings {
  private readonly last = new Map<string, number>();

  add(claim: Claim): void {
    const { reading } = claim.item;
    if (reading === undefined) return;
    const key = itemKeyOf(claim);
    this.last.set(key, Math.max(this.last.get(key) ?? 1, reading));
  }

  get isEmpty(): boolean {
    return this.last.size === 0;
  }

  /** Whether no later reading of its item and version has been seen. */
  counts(claim: Claim): boolean {
    return this.isEmpty || (claim.item.reading ?? 1) === (this.last.get(itemKeyOf(claim)) ?? 1);
  }
}

function itemKeyOf({ tenantId, feedId, item }: Claim): string {
  return JSON.stringify([tenantId, feedId, item.id, item.version]);
}

/** Order of publication: what could be known first comes first; ties by id, so that the order is total. */
export function byPublication(a: Claim, b: Claim): number {
  const x = a.publishedAt?.latest ?? '';
  const y = b.publishedAt?.latest ?? '';
  if (x !== y) return x < y ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Whether we recorded the claim later than its feed's cadence after it was published. */
export function isBackfilled(claim: Claim, cadenceSeconds: number): boolean {
  if (claim.publishedAt === null) return false;
  return msOf(claim.recordedAt) - msOf(claim.publishedAt.latest) > cadenceSeconds * 1000;
}

/** Sums up what the given claims say about the answer that rests on them. */
export function basisOf(claims: readonly Claim[], cadenceSecondsOf: (feedId: string) => number): Basis {
  const dated = claims.filter((claim) => claim.publishedAt !== null);
  const backfilled = dated.filter((claim) => isBackfilled(claim, cadenceSecondsOf(claim.feedId))).length;
  return {
    basis: backfilled > 0 ? 'reconstruction' : 'contemporaneous',
    claims: dated.length,
    backfilled,
    undated: claims.length - dated.length,
  };
}
