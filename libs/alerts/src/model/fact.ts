import type { ClaimStatus, Instant } from '@faultline/evidence';

/** A claim as a notice quotes it. */
export interface Quoted {
  readonly id: string;
  readonly source: string;
  readonly sourceClass: string;
  readonly grade: string;
  readonly byOperator: boolean;
  readonly publishedAt: Instant | null;
  readonly status: ClaimStatus;
  readonly text: string;
  /** Not backfilled. */
  readonly news: boolean;
}

export const FACT_KINDS = [
  'state',
  'zone',
  'quorum',
  'lifecycle',
  'cause',
  'duration',
  'likelihood',
  'detail',
  'naming',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** One thing a subscriber can be told: what, its value in one word for comparing, how it reads, and the claims it rests on. */
export interface Fact {
  readonly key: string;
  readonly kind: FactKind;
  readonly subject: string;
  /** Null: not stated. */
  readonly value: string | null;
  readonly words: string;
  readonly claims: readonly Quoted[];
}
