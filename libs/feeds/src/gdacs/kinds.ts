import type { Peril } from '@faultline/evidence';

/** What GDACS calls an event type, as we know it: the peril, and how its point may lie to the hazard itself. */
export interface Kind {
  readonly peril: Peril;
  readonly noun: string;
  readonly precisionKm: number;
  /** How the position is known. GDACS states no error of any of them. */
  readonly method: string;
}

/** Event types by code; null for those that have no peril here. */
const KINDS: Readonly<Record<string, Kind | null>> = {
  EQ: {
    peril: 'earthquake',
    noun: 'Earthquake',
    precisionKm: 10,
    method: 'GDACS epicentre, no error stated: assumed as for the networks it is taken from',
  },
  TC: {
    peril: 'storm',
    noun: 'Tropical cyclone',
    precisionKm: 150,
    method: 'GDACS centre of the storm at its last bulletin: assumed, six hours at 25 km/h',
  },
  FL: { peril: 'flood', noun: 'Flood', precisionKm: 100, method: 'GDACS centroid of the flood: assumed' },
  WF: { peril: 'wildfire', noun: 'Wildfire', precisionKm: 25, method: 'GDACS centroid of the fire: assumed' },
  VO: { peril: 'volcano', noun: 'Volcano', precisionKm: 10, method: 'GDACS position of the volcano: assumed' },
  DR: null,
  TS: null,
};

export const EVENT_TYPES: readonly string[] = Object.keys(KINDS);

/** The kind of an event type; null for one without a peril, undefined for one GDACS does not have. */
export function kindOf(eventType: string): Kind | null | undefined {
  return Object.hasOwn(KINDS, eventType) ? KINDS[eventType] : undefined;
}
