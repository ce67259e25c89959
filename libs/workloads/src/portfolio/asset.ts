/** Words that stand where cloud regions are named: there is none; a global service of the operator; own premises. */
export const PLACE_WORDS = ['none', 'global', 'own-site'] as const;

/** Ids of cloud regions, or words of {@link PLACE_WORDS}. `null`: not said, which is not the same as `['none']`. */
export type Whereabouts = readonly string[] | null;

/** Longitude first, in degrees. */
export type LonLat = readonly [number, number];

/** One thing of a tenant's portfolio: an account, a workload, a site. */
export interface Asset {
  readonly id: string;
  readonly name: string;
  readonly regionId: string | null;
  /** The letter or number by which this account calls a zone. Another account's letter can be another zone. */
  readonly zoneLetter: string | null;
  /** The zone itself. `null` where only the letter is known. */
  readonly zoneId: string | null;
  /** Exact position of a site of the tenant's own. Nobody else reads it. */
  readonly site: LonLat | null;
  /** What a day without it costs, in `currency` (ISO 4217). */
  readonly valuePerDay: number | null;
  readonly currency: string | null;
  /** Countries (ISO 3166, two letters), `EU` or `EEA`, that data must not leave. `[]`: no lock. `null`: not said. */
  readonly residency: readonly string[] | null;
  readonly tags: readonly string[];
  readonly standby: Whereabouts;
  readonly backups: Whereabouts;
  readonly keys: Whereabouts;
  readonly dns: Whereabouts;
  readonly identity: Whereabouts;
  readonly onlyCopy: boolean | null;
  /** How long it may be away, in minutes. */
  readonly rtoMinutes: number | null;
}

/** Those of the places that are cloud regions; a region id has a colon, a word has none. */
export function regionIdsOf(places: Whereabouts): string[] {
  return (places ?? []).filter((place) => place.includes(':'));
}
