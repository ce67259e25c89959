import {
  claimStatus,
  isCredible,
  speaksOfItsOwn,
  valueKey,
  type Claim,
  type ClaimStatus,
  type Predicate,
} from '@faultline/evidence';

/** The questions an account of an incident must answer, or say that nobody has. */
export const ASPECTS = [
  'act',
  'nature',
  'cause',
  'means',
  'damage',
  'zones',
  'duration',
  'attribution',
  'motive',
] as const;
export type AspectName = (typeof ASPECTS)[number];

export interface Statement {
  readonly claim: Claim;
  readonly key: string;
  readonly status: ClaimStatus;
}

/** `contested`: credible statements that cannot all be true, or a credible denial. */
export interface Aspect {
  readonly aspect: AspectName;
  readonly outcome: 'stated' | 'not-stated' | 'contested';
  readonly statedByOperator: boolean;
  readonly statements: readonly Statement[];
}

const PREDICATE_OF: Record<Exclude<AspectName, 'zones'>, Predicate> = {
  act: 'attack',
  nature: 'nature',
  cause: 'cause',
  means: 'means',
  damage: 'damage',
  duration: 'duration',
  attribution: 'attribution',
  motive: 'alleged-target-reason',
};

/** Aspects of which a later statement refines an earlier one by the same source instead of contradicting it. */
const REFINED: ReadonlySet<AspectName> = new Set(['nature', 'cause', 'damage', 'duration', 'zones']);

/** Answers every aspect from the claims linked to one incident, all visible at the same coordinates. */
export function aspectsOf(claims: readonly Claim[]): Aspect[] {
  return ASPECTS.map((aspect) => {
    const relevant = claims.filter((claim) =>
      aspect === 'zones'
        ? claim.predicate === 'condition' && claim.place.zoneIds.includes(claim.subject)
        : claim.predicate === PREDICATE_OF[aspect],
    );
    const statements = relevant.map((claim) => ({
      claim,
      key: aspect === 'zones' ? claim.subject : valueKey(claim),
      status: claimStatus(claim, claims),
    }));
    const asserted = statements.filter(({ claim, status }) => claim.stance === 'asserts' && status !== 'retracted');
    return {
      aspect,
      outcome: asserted.length === 0 ? 'not-stated' : isContested(aspect, statements) ? 'contested' : 'stated',
      statedByOperator: asserted.some(({ claim }) => claim.source.class === 'provider' && speaksOfItsOwn(claim)),
      statements,
    };
  });
}

function isContested(aspect: AspectName, statements: readonly Statement[]): boolean {
  const credible = statements.filter(({ claim, status }) => isCredible(claim) && status !== 'retracted');
  if (credible.some(({ claim }) => claim.stance === 'denies')) return true;
  if (aspect === 'zones' || aspect === 'damage' || aspect === 'nature') return false;
  // One voice per origin: its last word, where later words refine earlier ones.
  const lastWord = new Map<string, string>();
  for (const { claim, key } of credible) lastWord.set(REFINED.has(aspect) ? claim.origin : claim.id, key);
  return new Set(lastWord.values()).size > 1;
}
