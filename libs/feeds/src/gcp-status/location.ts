/** What a statement is about: a zone, a cloud region, or Google Cloud as a whole. Ids are as everywhere: `gcp:me-central1`. */
export interface Subject {
  readonly id: string;
  readonly kind: 'zone' | 'region' | 'operator';
  /** The cloud region it is or lies in. */
  readonly regionId: string | null;
}

export const OPERATOR: Subject = { id: 'gcp', kind: 'operator', regionId: null };

const PLACE =
  /^((?:africa|asia|australia|europe|me|northamerica|southamerica|us)-(?:north|south)?(?:north|south|east|west|central)\d{1,2})(-[a-z])?$/;

/**
 * What the locations of an incident name, by their ids: `us-east1` and `us-east1-b`. `global` is Google Cloud as a
 * whole, and so is what is no region of its own, as the multi-regions `us` and `eur4`. No location at all names nothing.
 */
export function subjectsOf(locationIds: readonly string[]): Subject[] {
  const subjects = new Map<string, Subject>();
  for (const locationId of locationIds) {
    const [, region, zone] = PLACE.exec(locationId.toLowerCase()) ?? [];
    const subject: Subject =
      region === undefined
        ? OPERATOR
        : {
            id: `gcp:${region}${zone ?? ''}`,
            kind: zone === undefined ? 'region' : 'zone',
            regionId: `gcp:${region}`,
          };
    subjects.set(subject.id, subject);
  }
  return [...subjects.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
