import {
  claimStatus,
  holdsAt,
  isCredible,
  isEntityId,
  isStake,
  standingClaims,
  statementKey,
  type Claim,
  type ClaimStatus,
  type ClaimValue,
  type Coordinates,
  type EntityKind,
} from '@faultline/evidence';
import type { Places } from '@faultline/places';

type Predicate = ClaimValue['predicate'];
export type ClaimOf<P extends Predicate> = Extract<Claim, { predicate: P }>;

/** One statement with all who make it and all who deny it, side by side with the others. Nothing is chosen among them. */
export interface Stated<P extends Predicate> {
  readonly subject: string;
  readonly value: ClaimOf<P>['value'];
  readonly claims: readonly ClaimOf<P>[];
  readonly denials: readonly ClaimOf<P>[];
  readonly status: ClaimStatus;
  /** Numbers of the disagreements that name one of its claims and call it a contradiction. */
  readonly contradictedIn: readonly string[];
}

/** A disagreement as far as its sides are visible. */
export interface Disagreement {
  readonly number: string;
  readonly claim: ClaimOf<'disagreement'>;
  readonly sides: readonly { readonly says: string; readonly claims: readonly Claim[] }[];
  /** True where a side is not visible yet: the reading would tell of it, so it is left out. */
  readonly partial: boolean;
}

/** An organisation, platform, workload or whatever else the stake side speaks of, with what is said of it. */
export interface Entity {
  readonly id: string;
  readonly kind: EntityKind;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly operatorId: string | null;
  readonly partitionId: string | null;
  /** Every visible claim that names it, retracted ones too. */
  readonly claims: readonly Claim[];
  readonly workload: readonly Stated<'workload'>[];
  readonly authorisations: readonly Stated<'authorisation'>[];
  readonly commitments: readonly Stated<'commitment'>[];
  readonly dependencies: readonly Stated<'dependency'>[];
  readonly hosting: readonly Stated<'hosting'>[];
  readonly remarks: readonly ClaimOf<'remark'>[];
  readonly disagreements: readonly Disagreement[];
  readonly gaps: readonly ClaimOf<'gap'>[];
}

/** The projection of the claims of the stake side at some coordinates. */
export interface Stake {
  readonly coordinates: Coordinates;
  readonly places: Places;
  /** In the order of their ids. */
  readonly entities: ReadonlyMap<string, Entity>;
  /** Statements that hold at validAt and that their source has not taken back, denied ones among them. */
  readonly hosting: readonly Stated<'hosting'>[];
  readonly workloads: readonly Stated<'workload'>[];
  readonly authorisations: readonly Stated<'authorisation'>[];
  readonly commitments: readonly Stated<'commitment'>[];
  readonly dependencies: readonly Stated<'dependency'>[];
  readonly gaps: readonly ClaimOf<'gap'>[];
  readonly searches: readonly ClaimOf<'hosting-search'>[];
  readonly affected: readonly ClaimOf<'affected-party'>[];
}

/** Every entity a claim speaks of: its subject and whatever its value names. Each of them leads to the claim. */
export function entitiesNamed(claim: Claim): string[] {
  const fields: readonly unknown[] = Object.entries(claim.value).flatMap(([key, field]: [string, unknown]) =>
    key === 'text' ? [] : Array.isArray(field) ? (field as unknown[]) : [field],
  );
  const named = [claim.subject, ...fields].filter((id): id is string => typeof id === 'string' && isEntityId(id));
  return [...new Set(named)];
}

/** What the hazard side says that this side shows beside its own. */
const BESIDE: ReadonlySet<Predicate> = new Set(['hosting-search', 'affected-party', 'retraction']);
/** What our own desk wrote of an entity, at no time of its own: it names what others speak of. */
const OURS: ReadonlySet<Predicate> = new Set(['entity', 'gap', 'disagreement']);

/** Projects visible claims; statements that disagree stay side by side. */
export function stakeOf(visible: readonly Claim[], places: Places, coordinates: Coordinates): Stake {
  const spoken = visible.filter((claim) => isStake(claim.predicate) || isEntityId(claim.subject));
  const standing = standingClaims(spoken);
  const beside = standingClaims(visible.filter(({ predicate }) => BESIDE.has(predicate)));
  const holding = standing.filter(({ occurredAt }) => occurredAt === null || holdsAt(occurredAt, coordinates.validAt));
  const disagreements = disagreementsOf(standing, visible);
  const contradictedIn = contradictions(disagreements);
  const bySubject = gathered(spoken, ({ subject }) => [subject]);
  const stated = <P extends Predicate>(predicate: P): Stated<P>[] =>
    statementsOf(ofPredicate(holding, predicate), bySubject, contradictedIn);
  const parts = {
    hosting: stated('hosting'),
    workloads: stated('workload'),
    authorisations: stated('authorisation'),
    commitments: stated('commitment'),
    dependencies: stated('dependency'),
    gaps: ofPredicate(standing, 'gap'),
    searches: ofPredicate(beside, 'hosting-search'),
    affected: ofPredicate(beside, 'affected-party'),
  };
  const entities = entitiesOf(spoken, standing, parts, disagreements);
  return { coordinates, places, entities, ...parts };
}

type Parts = Omit<Stake, 'coordinates' | 'places' | 'entities'>;

function entitiesOf(
  spoken: readonly Claim[],
  standing: readonly Claim[],
  parts: Parts,
  disagreements: readonly Disagreement[],
): ReadonlyMap<string, Entity> {
  const naming = new Map(ofPredicate(standing, 'entity').map((claim) => [claim.subject, claim.value]));
  const byName = new Map(
    [...naming].flatMap(([id, { name, aliases }]) => [name, ...aliases].map((word) => [word, id])),
  );
  const claims = gathered<Claim>([...spoken, ...parts.affected], (claim) =>
    claim.predicate === 'affected-party' ? partyOf(claim, byName) : entitiesNamed(claim),
  );
  const workload = gathered(parts.workloads, ({ subject }) => [subject]);
  const authorisations = gathered(parts.authorisations, namedBy);
  const commitments = gathered(parts.commitments, namedBy);
  const dependencies = gathered(parts.dependencies, namedBy);
  const hosting = gathered(parts.hosting, namedBy);
  const remarks = gathered(ofPredicate(standing, 'remark'), entitiesNamed);
  const differing = gathered(disagreements, ({ claim }) => entitiesNamed(claim));
  const gaps = gathered(parts.gaps, entitiesNamed);
  const ids = [...new Set([...naming.keys(), ...claims.keys()])]
    .filter((id) => isSpokenOf(id, claims.get(id) ?? []))
    .sort((a, b) => (a < b ? -1 : 1));
  return new Map(
    ids.map((id) => {
      const named = naming.get(id);
      const of = <T>(map: ReadonlyMap<string, readonly T[]>): readonly T[] => map.get(id) ?? [];
      return [
        id,
        {
          id,
          kind: id.slice(0, id.indexOf(':')) as EntityKind,
          name: named?.name ?? id,
          aliases: named?.aliases ?? [],
          operatorId: named?.operatorId ?? null,
          partitionId: named?.partitionId ?? null,
          claims: of(claims),
          workload: of(workload),
          authorisations: of(authorisations),
          commitments: of(commitments),
          dependencies: of(dependencies),
          hosting: of(hosting),
          remarks: of(remarks),
          disagreements: of(differing),
          gaps: of(gaps),
        },
      ];
    }),
  );
}

/** The entity of exactly that name, if any: a party is named in words. */
function partyOf({ value }: ClaimOf<'affected-party'>, byName: ReadonlyMap<string, string>): string[] {
  return [byName.get(value.party)].filter((id) => id !== undefined);
}

/** Whether anybody has spoken of it by now: that we know its name today must not tell of it earlier. The documents themselves are ours to name. */
function isSpokenOf(id: string, claims: readonly Claim[]): boolean {
  return id.startsWith('page:') || claims.some(({ predicate }) => !OURS.has(predicate));
}

function namedBy<P extends Predicate>({ claims, denials }: Stated<P>): string[] {
  return entitiesNamed((claims[0] ?? denials[0])!);
}

function gathered<T>(items: readonly T[], idsOf: (item: T) => readonly string[]): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const item of items) {
    for (const id of idsOf(item)) {
      const held = map.get(id);
      if (held) held.push(item);
      else map.set(id, [item]);
    }
  }
  return map;
}

function ofPredicate<P extends Predicate>(claims: readonly Claim[], predicate: P): ClaimOf<P>[] {
  return claims.filter((claim): claim is ClaimOf<P> => claim.predicate === predicate);
}

/** Claims that state the same of the same subject are one statement. A statement that is only denied is none. */
function statementsOf<P extends Predicate>(
  claims: readonly ClaimOf<P>[],
  bySubject: ReadonlyMap<string, readonly Claim[]>,
  contradictedIn: ReadonlyMap<string, readonly string[]>,
): Stated<P>[] {
  return [...gathered<ClaimOf<P>>(claims, (claim) => [statementKey(claim as Claim)]).values()].flatMap((alike) => {
    const assertions = alike.filter(({ stance }) => stance === 'asserts');
    const [first] = assertions;
    if (first === undefined) return [];
    const weightiest = assertions.find(isCredible) ?? first;
    return [
      {
        subject: first.subject,
        value: first.value as ClaimOf<P>['value'],
        claims: assertions,
        denials: alike.filter(({ stance }) => stance === 'denies'),
        status: claimStatus(weightiest, bySubject.get(first.subject) ?? []),
        contradictedIn: [...new Set(assertions.flatMap(({ id }) => contradictedIn.get(id) ?? []))].sort(),
      },
    ];
  });
}

/** Disagreements with at least two sides of which something is visible; a side nobody has stated yet stays unsaid. */
function disagreementsOf(standing: readonly Claim[], visible: readonly Claim[]): Disagreement[] {
  const stated = ofPredicate(standing, 'disagreement');
  if (stated.length === 0) return [];
  const wanted = new Set(stated.flatMap(({ value }) => value.sides.flatMap(({ itemIds }) => itemIds)));
  const byItem = gathered(
    // Of our own transcriptions: another feed may name an item alike.
    visible.filter(({ item, captureClass }) => captureClass === 'transcribed' && wanted.has(item.id)),
    ({ item }) => [item.id],
  );
  return stated
    .map((claim) => {
      const sides = claim.value.sides
        .filter(({ itemIds }) => itemIds.every((id) => byItem.has(id)))
        .map(({ says, itemIds }) => ({ says, claims: itemIds.flatMap((id) => byItem.get(id) ?? []) }));
      return { number: claim.item.id, claim, sides, partial: sides.length < claim.value.sides.length };
    })
    .filter(({ sides }) => sides.length >= 2)
    .sort((a, b) => (a.number < b.number ? -1 : 1));
}

function contradictions(disagreements: readonly Disagreement[]): ReadonlyMap<string, readonly string[]> {
  const open = disagreements.filter(({ claim }) => claim.value.relation === 'contradiction');
  const map = new Map<string, string[]>();
  for (const { number, claim, sides } of open) {
    // One item may say several things; the contradiction is of those that speak of what it is about.
    const about = new Set(entitiesNamed(claim));
    const meant = sides
      .flatMap(({ claims }) => claims)
      .filter((said) => entitiesNamed(said).some((id) => about.has(id)));
    for (const { id } of meant) map.set(id, [...(map.get(id) ?? []), number]);
  }
  return map;
}
