import type { ExposureSummary, Holding, IncidentSummary } from '../api/types.js';
import { isLoud, markOf, MARK_ORDER, UNREAD } from '../state/mark.js';
import type { Mark } from '../state/mark.js';
import { filterOf, isQuietPeril, matchesIncident, matchesRegion } from '../state/order.js';
import { countryName } from '../state/operators.js';
import { holdingIn } from '../state/yours.js';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import type { Country } from './world.js';

interface Placed {
  readonly id: string;
  readonly lonLat: readonly [number, number];
}
export interface RegionItem extends Placed {
  readonly kind: 'region';
  readonly summary: ExposureSummary;
  readonly mark: Mark;
  /** What the reader has there; null where that is nothing, or not known. */
  readonly holding: Holding | null;
}
export interface IncidentItem extends Placed {
  readonly kind: 'incident' | 'quake';
  readonly incident: IncidentSummary;
}
/** Incidents of which only the country is known, gathered in one badge. */
export interface CountryItem extends Placed {
  readonly kind: 'country';
  readonly name: string;
  readonly incidents: readonly IncidentSummary[];
}
export type Item = RegionItem | IncidentItem | CountryItem;

const regionItems = (state: State): readonly RegionItem[] => {
  const read = state.reads.exposures;
  const answer = read.phase === 'found' ? read.value : read.phase === 'idle' ? null : read.last;
  if (answer === null) return [];
  const isUnread = read.phase === 'failed';
  const filter = filterOf('regions', state.address.tab, state.address.filter);
  return answer.data
    .filter((summary) => matchesRegion(summary, filter))
    .map((summary) => ({
      kind: 'region',
      id: summary.regionId,
      lonLat: summary.lonLat,
      summary,
      mark: isUnread ? UNREAD : markOf(summary),
      holding: holdingIn(state, summary.regionId),
    }));
};

const incidentItems = (state: State, countries: ReadonlyMap<string, Country>): readonly Item[] => {
  const read = state.reads.incidents;
  const answer = read.phase === 'found' ? read.value : read.phase === 'loading' ? read.last : null;
  if (answer === null || state.reads.exposures.phase === 'failed') return [];
  const filter = filterOf('incidents', state.address.tab, state.address.filter);
  const homes = new Map(lastOf(state.reads.exposures)?.data.map(({ regionId, lonLat }) => [regionId, lonLat]));
  const items: Item[] = [];
  const unplaced = new Map<string, IncidentSummary[]>();
  for (const incident of answer.data) {
    if (!matchesIncident(incident, filter)) continue;
    const kind = isQuietPeril(incident.peril) ? 'quake' : 'incident';
    // Without a position of its own an incident stands at the region it names, and has no circle.
    const home = incident.regionIds.map((regionId) => homes.get(regionId)).find((lonLat) => lonLat !== undefined);
    const lonLat = incident.position?.lonLat ?? home;
    if (lonLat !== undefined) {
      items.push({ kind, id: incident.id, lonLat, incident });
    } else {
      for (const code of incident.countries) unplaced.set(code, [...(unplaced.get(code) ?? []), incident]);
    }
  }
  for (const [code, incidents] of unplaced) {
    const country = countries.get(code);
    if (country !== undefined) {
      items.push({
        kind: 'country',
        id: `country ${code}`,
        lonLat: country.lonLat,
        name: countryName(code),
        incidents,
      });
    }
  }
  return items;
};

/** From afar the marker of a region speaks for the incidents at it, and the list for those of which only the country is known. */
const isDrawnAt = (item: Item, zoom: number, selectedId: string | null): boolean => {
  if (item.id === selectedId) return true;
  if (item.kind === 'country') return zoom >= 3;
  return item.kind !== 'incident' || zoom >= 4 || item.incident.regionIds.length === 0;
};

/** What the map draws for a state. After a failed read the regions are known, their condition is not. */
export const itemsOf = (state: State, countries: ReadonlyMap<string, Country>, zoom: number): readonly Item[] => [
  ...regionItems(state),
  ...incidentItems(state, countries).filter((item) => isDrawnAt(item, zoom, state.address.selection?.id ?? null)),
];

const LOUD_RADIUS = [9, 10.5, 11.5] as const;
const QUIET_RADIUS = [4.5, 6.5, 8] as const;

/** Half the width of an item in pixels; what is quiet is small, and all of it grows when the reader comes nearer. */
export const radiusOf = (item: Item, zoom: number): number => {
  const step = zoom < 3 ? 0 : zoom < 5 ? 1 : 2;
  switch (item.kind) {
    case 'region':
      return isLoud(item.mark) ? LOUD_RADIUS[step] : QUIET_RADIUS[step];
    case 'country':
      return zoom < 3 ? 7 : 8.5;
    case 'incident':
      return zoom < 3 ? 6 : 8;
    case 'quake':
      return 3;
  }
};

/** Smaller stays nearer to its true place. */
export const rankOf = (item: Item): number => {
  switch (item.kind) {
    case 'region':
      return isLoud(item.mark) ? MARK_ORDER.indexOf(item.mark.key) : 100;
    case 'incident':
      return 50;
    case 'country':
      return 60;
    case 'quake':
      return 200;
  }
};
