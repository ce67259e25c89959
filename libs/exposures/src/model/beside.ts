import { byOnset, coincidentWith, type Coincidence, type IncidentAccount } from '@faultline/incidents';
import type { CloudRegion } from '@faultline/places';
import type { Placed } from './told.js';

interface Beside {
  readonly coincidence: Coincidence;
  /** Which own incident it was first found beside, and where among the others. */
  readonly first: readonly [own: number, other: number];
  /** The last own incident it stands beside gives the reason. */
  readonly last: number;
}

/**
 * Others' incidents beside each of the region's own, each once, in the order they are first met. Own incidents of one
 * extent meet the same others, so each other is looked at until it is found and no longer: thousands of incidents in one
 * place stay a matter of a moment.
 */
export function coincidencesOf(
  region: Pick<CloudRegion, 'id' | 'country'>,
  own: readonly IncidentAccount[],
  placed: Placed,
): Coincidence[] {
  const extents = new Map<string, { here: IncidentAccount; index: number }[]>();
  for (const [index, incident] of own.entries()) {
    const here = { ...incident, countries: [...new Set([...incident.countries, region.country])] };
    const where = JSON.stringify([here.regionIds, here.countries]);
    const held = extents.get(where);
    if (held) held.push({ here, index });
    else extents.set(where, [{ here, index }]);
  }
  const found = new Map<string, Beside>();
  for (const extent of extents.values()) {
    const others = othersAround(region, extent[0]!.here, placed);
    const firsts = firstMet(extent, others);
    for (const [id, { index, coincidence }] of firstMet([...extent].reverse(), others)) {
      const met = firsts.get(id)!;
      const first = [met.index, met.order] as const;
      const held = found.get(id);
      const isLater = !held || held.last < index;
      found.set(id, {
        coincidence: isLater ? coincidence : held.coincidence,
        first: held && byFirst(held.first, first) <= 0 ? held.first : first,
        last: isLater ? index : held.last,
      });
    }
  }
  return [...found.values()].sort((a, b) => byFirst(a.first, b.first)).map(({ coincidence }) => coincidence);
}

function byFirst(a: Beside['first'], b: Beside['first']): number {
  return a[0] - b[0] || a[1] - b[1];
}

/** For each of the others the first of these own incidents it is coincident with. */
function firstMet(
  extent: readonly { here: IncidentAccount; index: number }[],
  others: readonly IncidentAccount[],
): Map<string, { index: number; order: number; coincidence: Coincidence }> {
  const order = new Map(others.map(({ id }, place) => [id, place]));
  const met = new Map<string, { index: number; order: number; coincidence: Coincidence }>();
  let left = others;
  for (const { here, index } of extent) {
    if (left.length === 0) break;
    const hits = coincidentWith(here, left);
    if (hits.length === 0) continue;
    for (const coincidence of hits) {
      const { id } = coincidence.incident;
      met.set(id, { index, order: order.get(id)!, coincidence });
    }
    left = left.filter(({ id }) => !met.has(id));
  }
  return met;
}

/** Incidents of elsewhere in any region or country of this one: no other can be coincident with it. */
function othersAround(
  region: Pick<CloudRegion, 'id' | 'country'>,
  { regionIds, countries }: Pick<IncidentAccount, 'regionIds' | 'countries'>,
  placed: Placed,
): IncidentAccount[] {
  const found = new Set<IncidentAccount>();
  for (const regionId of regionIds) for (const other of placed.inRegion(regionId)) found.add(other);
  for (const country of countries) for (const other of placed.around('', country)) found.add(other);
  return [...found].filter((other) => !other.regionIds.includes(region.id)).sort(byOnset);
}
