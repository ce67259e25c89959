import type { Claim, ClaimValue } from '@faultline/evidence';

type ValueOf<P extends ClaimValue['predicate']> = Extract<ClaimValue, { predicate: P }>['value'];

/** A fact about a place with the claim it comes from. */
type Placed<V> = V & { readonly id: string; readonly claim: Claim };

export type Operator = Placed<ValueOf<'place.operator'>>;
export type Partition = Placed<ValueOf<'place.partition'>>;
export type CloudRegion = Placed<ValueOf<'place.region'>>;

/** A zone of a cloud region. Operators publish no positions of zones: it has its region's metro and precision. */
export interface Zone {
  readonly id: string;
  readonly region: CloudRegion;
}

/** The projection of place claims: what stands where, as far as it is known at some coordinates. */
export interface Places {
  readonly operators: ReadonlyMap<string, Operator>;
  readonly partitions: ReadonlyMap<string, Partition>;
  readonly regions: ReadonlyMap<string, CloudRegion>;
  readonly zones: ReadonlyMap<string, Zone>;
}

/** Projects visible claims. Of several about one place the last holds: the last published, undated first, then the last recorded. */
export function placesOf(visible: readonly Claim[]): Places {
  const operators = new Map<string, Operator>();
  const partitions = new Map<string, Partition>();
  const regions = new Map<string, CloudRegion>();
  const inOrder = visible
    .filter((claim) => claim.predicate.startsWith('place.') && claim.stance === 'asserts')
    .sort((a, b) => compare(publishedAt(a), publishedAt(b)) || a.position - b.position);
  for (const claim of inOrder) {
    const id = claim.subject;
    if (claim.predicate === 'place.operator') operators.set(id, { ...claim.value, id, claim });
    else if (claim.predicate === 'place.partition') partitions.set(id, { ...claim.value, id, claim });
    else if (claim.predicate === 'place.region') regions.set(id, { ...claim.value, id, claim });
  }
  const zones = new Map<string, Zone>();
  for (const region of regions.values()) for (const id of region.zoneIds) zones.set(id, { id, region });
  return { operators, partitions, regions: sorted(regions), zones: sorted(zones) };
}

function publishedAt(claim: Claim): string {
  return claim.publishedAt?.latest ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sorted<V>(map: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  return new Map([...map].sort(([a], [b]) => compare(a, b)));
}
