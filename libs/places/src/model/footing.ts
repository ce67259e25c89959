import { holdsAt, isFooting, standingClaims, type Claim, type ClaimValue, type Coordinates } from '@faultline/evidence';
import type { CloudRegion, Places } from './places.js';

type Predicate = Extract<ClaimValue['predicate'], `place.${string}`>;
type ValueOf<P extends Predicate> = Extract<ClaimValue, { predicate: P }>['value'];
export type FootingClaim<P extends Predicate> = Claim & { readonly predicate: P; readonly value: ValueOf<P> };

/** A thing with what the last claim says of it. `claims` are all that describe it, in the order in which they hold. */
export type Thing<P extends Predicate> = ValueOf<P> & {
  readonly id: string;
  readonly claims: readonly FootingClaim<P>[];
};
export type Cable = Thing<'place.cable'>;
export type Landing = Thing<'place.landing'>;
export type Chokepoint = Thing<'place.chokepoint'>;
export type Facility = Thing<'place.facility'>;
export type Supply = Thing<'place.supply'>;
export type Need = FootingClaim<'place.need'>;
export type FootingGap = FootingClaim<'place.gap'>;

/** Statements in a row about one subject, oldest first. In force is the last that has begun and not ended, of each role. */
export interface History<P extends Predicate> {
  readonly past: readonly FootingClaim<P>[];
  readonly current: readonly FootingClaim<P>[];
}

/** What cloud regions rest on and their operators mostly do not run, as far as it is known at some coordinates. */
export interface Footing {
  readonly cables: ReadonlyMap<string, Cable>;
  readonly landings: ReadonlyMap<string, Landing>;
  readonly chokepoints: ReadonlyMap<string, Chokepoint>;
  readonly facilities: ReadonlyMap<string, Facility>;
  readonly supplies: ReadonlyMap<string, Supply>;
  readonly needs: readonly Need[];
  readonly pairs: readonly FootingClaim<'place.pair'>[];
  readonly gaps: readonly FootingGap[];
  /** By subject. */
  readonly standings: ReadonlyMap<string, History<'place.standing'>>;
  readonly ownerships: ReadonlyMap<string, History<'place.ownership'>>;
  readonly throughputs: ReadonlyMap<string, readonly FootingClaim<'place.throughput'>[]>;
}

/** Projects visible claims that have begun to hold by validAt. A denial makes nothing. */
export function footingOf(visible: readonly Claim[], { validAt }: Coordinates): Footing {
  const said = standingClaims(visible.filter(({ predicate }) => isFooting(predicate)))
    .filter(({ stance, occurredAt }) => stance === 'asserts' && hasBegun(occurredAt, validAt))
    .sort(byHolding);
  const of = <P extends Predicate>(predicate: P): FootingClaim<P>[] =>
    said.filter((claim): claim is FootingClaim<P> => claim.predicate === predicate);
  return {
    cables: things(of('place.cable')),
    landings: things(of('place.landing')),
    chokepoints: things(of('place.chokepoint')),
    facilities: things(of('place.facility')),
    supplies: things(of('place.supply')),
    needs: of('place.need').filter(({ occurredAt }) => occurredAt === null || holdsAt(occurredAt, validAt)),
    pairs: of('place.pair').filter(({ occurredAt }) => occurredAt === null || holdsAt(occurredAt, validAt)),
    gaps: of('place.gap'),
    standings: histories(of('place.standing'), () => '', validAt),
    ownerships: histories(of('place.ownership'), ({ value }) => value.role, validAt),
    throughputs: grouped(of('place.throughput')),
  };
}

/** In which way something is needed: said of the region itself, of the country it stands in, or of its operator as a whole. */
export type NeedOf = 'region' | 'area' | 'operator';

/** What a cloud region rests on. Nothing said of a country or an operator is said of the region; `of` keeps them apart. */
export interface RegionFooting {
  readonly needs: readonly { readonly of: NeedOf; readonly claim: Need }[];
  /** Cables that land in its country, with where. Which of them it uses, nobody says. */
  readonly cables: readonly { readonly cable: Cable; readonly landings: readonly Landing[] }[];
  readonly pairs: readonly RegionPair[];
  /** What was looked for and not found, of the region and of its operator. */
  readonly gaps: readonly FootingGap[];
}

export function regionFooting(footing: Footing, region: CloudRegion, places: Places): RegionFooting {
  const { id, country, operatorId } = region;
  const kinds: readonly (readonly [NeedOf, string])[] = [
    ['region', id],
    ['area', `country:${country}`],
    ['operator', operatorId],
  ];
  const pairs = regionPairs(footing, places).filter(({ regionId, withId }) => regionId === id || withId === id);
  return {
    needs: kinds.flatMap(([of, subject]) =>
      footing.needs.filter((claim) => claim.subject === subject).map((claim) => ({ of, claim })),
    ),
    cables: [...footing.cables.values()].flatMap((cable) => {
      const landings = cable.landingIds.flatMap((landingId) => footing.landings.get(landingId) ?? []);
      const here = landings.filter((landing) => landing.country === country);
      return here.length === 0 ? [] : [{ cable, landings: here }];
    }),
    pairs,
    // Of a region that has a pair, that its operator names no more is of no use to its reader.
    gaps: footing.gaps.filter(
      ({ subject, value }) =>
        subject === id || (subject === operatorId && !(value.topic === 'pair' && pairs.length > 0)),
    ),
  };
}

/** Two regions that an operator pairs, whichever way, and whether what strikes one may strike the other. */
export interface RegionPair {
  readonly regionId: string;
  readonly withId: string;
  /** `mutual`: each is said to be the other's. `one-way`: only `withId` is the standby of `regionId`. */
  readonly direction: 'mutual' | 'one-way';
  readonly purpose: string;
  /** The theatre of each, null where the region is not known here. */
  readonly theatres: readonly [string | null, string | null];
  readonly independence: 'same-theatre' | 'different-theatres' | 'not-known';
  readonly finding: string;
  /** Ids of what both are said to need, themselves or their countries. */
  readonly shared: readonly string[];
  readonly claims: readonly FootingClaim<'place.pair'>[];
}

/** What a thing of the footing is called, if it is known. */
export function footingName(
  { cables, landings, chokepoints, facilities, supplies }: Footing,
  id: string,
): string | undefined {
  return [cables, landings, chokepoints, facilities, supplies]
    .map((map) => map.get(id)?.name)
    .find((name) => name !== undefined);
}

type TheatreOf = (region: Pick<CloudRegion, 'id' | 'country'>) => string;

/** Every pair once, in the order of its first region. `theatreOf`: a country, unless said otherwise. */
export function regionPairs(
  footing: Footing,
  { regions }: Places,
  theatreOf: TheatreOf = ({ country }) => country,
): RegionPair[] {
  const { pairs, needs } = footing;
  const found = new Map<string, FootingClaim<'place.pair'>[]>();
  for (const claim of pairs) {
    const key = `${[claim.subject, claim.value.with].sort().join(' ')} ${claim.value.purpose}`;
    found.set(key, [...(found.get(key) ?? []), claim]);
  }
  return [...found.values()]
    .map((claims) => {
      const mutual = new Set(claims.map(({ subject }) => subject)).size > 1;
      const { subject, value } = claims[0]!;
      const [first, second] = mutual ? ([subject, value.with].sort() as [string, string]) : [subject, value.with];
      const [one, other] = [regions.get(first), regions.get(second)];
      const theatres = [one ? theatreOf(one) : null, other ? theatreOf(other) : null] as const;
      const shared = needsOf(needs, one).filter((id) => needsOf(needs, other).includes(id));
      return {
        regionId: first,
        withId: second,
        direction: mutual ? ('mutual' as const) : ('one-way' as const),
        purpose: value.purpose,
        theatres,
        ...judged(
          [first, second],
          theatres,
          shared.map((id) => footingName(footing, id) ?? id),
        ),
        shared,
        claims,
      };
    })
    .sort((a, b) => compare(`${a.regionId} ${a.withId}`, `${b.regionId} ${b.withId}`));
}

function judged(
  [first, second]: readonly [string, string],
  [one, other]: RegionPair['theatres'],
  shared: readonly string[],
): Pick<RegionPair, 'independence' | 'finding'> {
  if (one === null || other === null) {
    const unknown = one === null ? first : second;
    return {
      independence: 'not-known',
      finding: `${unknown} is not among the regions we know: where it stands, and so whether the two are independent, is not known.`,
    };
  }
  const both = shared.length === 0 ? '' : ` Both are said to need ${shared.join(', ')}.`;
  if (one === other) {
    return {
      independence: 'same-theatre',
      finding: `${first} and ${second} stand in one theatre, ${one}: not independent.${both}`,
    };
  }
  return {
    independence: 'different-theatres',
    finding: `${first} stands in ${one}, ${second} in ${other}: different theatres. That alone does not make them independent.${both}`,
  };
}

function needsOf(needs: readonly Need[], region: CloudRegion | undefined): string[] {
  if (!region) return [];
  const own = [region.id, `country:${region.country}`];
  return [...new Set(needs.filter(({ subject }) => own.includes(subject)).map(({ value }) => value.on))].sort();
}

function hasBegun(span: Claim['occurredAt'], validAt: string): boolean {
  return span === null || span.begin === null || span.begin <= validAt;
}

/** Since when a statement holds, as far as that is said: its begin, else when it was published. Undated ones come first. */
function since({ occurredAt, publishedAt }: Claim): string {
  return occurredAt?.begin ?? publishedAt?.latest ?? '';
}

function byHolding(a: Claim, b: Claim): number {
  return (
    compare(since(a), since(b)) ||
    compare(a.publishedAt?.latest ?? '', b.publishedAt?.latest ?? '') ||
    a.position - b.position
  );
}

function things<P extends Predicate>(claims: readonly FootingClaim<P>[]): ReadonlyMap<string, Thing<P>> {
  return new Map(
    [...grouped(claims)]
      .sort(([a], [b]) => compare(a, b))
      .map(([id, all]) => [id, { ...(all.at(-1)!.value as object), id, claims: all } as unknown as Thing<P>]),
  );
}

function histories<P extends Predicate>(
  claims: readonly FootingClaim<P>[],
  partOf: (claim: FootingClaim<P>) => string,
  validAt: string,
): ReadonlyMap<string, History<P>> {
  return new Map(
    [...grouped(claims)].map(([subject, past]): [string, History<P>] => {
      const holding = past.filter(({ occurredAt }) => occurredAt === null || holdsAt(occurredAt, validAt));
      return [subject, { past, current: [...new Map(holding.map((claim) => [partOf(claim), claim])).values()] }];
    }),
  );
}

function grouped<C extends Claim>(claims: readonly C[]): Map<string, C[]> {
  const map = new Map<string, C[]>();
  for (const claim of claims) map.set(claim.subject, [...(map.get(claim.subject) ?? []), claim]);
  return map;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
