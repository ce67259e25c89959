import { standingClaims, type Claim } from '@faultline/evidence';
import type { IncidentAccount } from '@faultline/incidents';

/** What every region of one world asks of the same visible claims, worked out once. */
export interface Told {
  /** Neither taken back nor replaced by a later version. */
  readonly standing: readonly Claim[];
  readonly standingIds: ReadonlySet<string>;
  /** Standing claims by the cloud regions they speak of. */
  readonly ofRegion: (regionId: string) => readonly Claim[];
  /** All visible claims that speak of the region, taken back ones too. */
  readonly visibleOfRegion: (regionId: string) => readonly Claim[];
  /** The visible claims of these ids, in the order of publication. */
  readonly inOrder: (ids: ReadonlySet<string>) => Claim[];
  /** Standing claims of these predicates. */
  readonly of: (predicate: Claim['predicate']) => readonly Claim[];
}

const told = new WeakMap<readonly Claim[], Told>();

/** The visible claims as all regions need them. The array must not be changed: what was worked out of it is kept with it. */
export function toldBy(visible: readonly Claim[]): Told {
  const held = told.get(visible);
  if (held) return held;
  const standing = standingClaims(visible);
  const byRegion = new Map<string, Claim[]>();
  const byPredicate = new Map<string, Claim[]>();
  for (const claim of standing) {
    put(byPredicate, claim.predicate, claim);
    for (const regionId of new Set(claim.place.regionIds)) put(byRegion, regionId, claim);
  }
  const visibleByRegion = new Map<string, Claim[]>();
  const places = new Map<string, number>();
  for (const [index, claim] of visible.entries()) {
    places.set(claim.id, index);
    for (const regionId of new Set(claim.place.regionIds)) put(visibleByRegion, regionId, claim);
  }
  const made: Told = {
    standing,
    standingIds: new Set(standing.map(({ id }) => id)),
    ofRegion: (regionId) => byRegion.get(regionId) ?? [],
    visibleOfRegion: (regionId) => visibleByRegion.get(regionId) ?? [],
    inOrder: (ids) =>
      [...ids]
        .flatMap((id) => places.get(id) ?? [])
        .sort((a, b) => a - b)
        .map((index) => visible[index]!),
    of: (predicate) => byPredicate.get(predicate) ?? [],
  };
  told.set(visible, made);
  return made;
}

/** Incidents by where they are. */
export interface Placed {
  readonly inRegion: (regionId: string) => readonly IncidentAccount[];
  /** In the region or the country, each once, in the order given. */
  readonly around: (regionId: string, country: string) => readonly IncidentAccount[];
}

const placed = new WeakMap<readonly IncidentAccount[], Placed>();

/** The incidents by region and country. The array must not be changed. */
export function placedAmong(incidents: readonly IncidentAccount[]): Placed {
  const held = placed.get(incidents);
  if (held) return held;
  const byRegion = new Map<string, IncidentAccount[]>();
  const byCountry = new Map<string, IncidentAccount[]>();
  const order = new Map(incidents.map((incident, index) => [incident, index]));
  for (const incident of incidents) {
    for (const regionId of incident.regionIds) put(byRegion, regionId, incident);
    for (const country of incident.countries) put(byCountry, country, incident);
  }
  const made: Placed = {
    inRegion: (regionId) => byRegion.get(regionId) ?? [],
    around: (regionId, country) => {
      const found = new Set([...(byRegion.get(regionId) ?? []), ...(byCountry.get(country) ?? [])]);
      return [...found].sort((a, b) => order.get(a)! - order.get(b)!);
    },
  };
  placed.set(incidents, made);
  return made;
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const held = map.get(key);
  if (held) held.push(value);
  else map.set(key, [value]);
}
