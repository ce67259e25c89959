import { fnv1a32 } from './identity.js';
import type { Chokepoint, Claim, Incident, Region, Theatre, Workload } from './inputs.js';
import { quote, ScoreInputError } from './score-input-error.js';
import type { ScoreErrorCode } from './score-input-error.js';

/** A region that names its theatre and does not hold it yet. */
export type UnplacedRegion = Omit<Region, 'theatre'> & { readonly theatreId: string };

/** The document's lists in their own order, so that an error names the place a reader will find. */
export interface RecordsInOrder {
  readonly theatres: readonly Theatre[];
  readonly regions: readonly UnplacedRegion[];
  readonly incidents: readonly Incident[];
  readonly claims: readonly Claim[];
  readonly workloads: readonly Workload[];
  readonly chokepoints: readonly (Chokepoint & { readonly theatreId: string })[];
}

/**
 * Refuses ids used twice (E6), names of things that are not there (E10, E11, E16) and circles of duplicates (E11).
 *
 * @returns the regions, each with its theatre, in the order given
 */
export function resolveReferences(records: RecordsInOrder): readonly Region[] {
  refuseRepeats(records);
  const { theatres, regions, incidents, claims, workloads, chokepoints } = records;
  const theatreById = new Map(theatres.map((theatre) => [theatre.id, theatre]));
  const theatreIds = idsOf(theatres);
  const regionIds = idsOf(regions);
  const chokepointIds = idsOf(chokepoints);
  const targetIds = new Set(regions.flatMap(({ id, zones }) => [id, ...zones.map((zone) => `${id}/${zone.id}`)]));

  const placed = regions.map(({ theatreId, ...region }, at): Region => {
    const theatre = theatreById.get(theatreId);
    return { ...region, theatre: theatre ?? refuseUnknown(theatreId, `${place('regions', at)}.theatre`) };
  });
  incidents.forEach((incident, at) => {
    const path = place('incidents', at);
    mustName(theatreIds, incident.theatreId, 'E10', `${path}.theatre`, 'the id of a theatre');
    for (const target of incident.targets) {
      mustName(targetIds, target, 'E16', `${path}.targets`, '"region" or "region/az" of this document');
    }
    if (incident.chokepointId !== undefined) {
      mustName(chokepointIds, incident.chokepointId, 'E10', `${path}.chokepoint`, 'the id of a chokepoint');
    }
  });
  refuseBadDuplicates(incidents);
  claims.forEach(({ regionId }, at) => {
    mustName(regionIds, regionId, 'E10', `${place('claims', at)}.region`, 'the id of a region');
  });
  workloads.forEach(({ regionId }, at) => {
    mustName(regionIds, regionId, 'E10', `${place('workloads', at)}.region`, 'the id of a region');
  });
  chokepoints.forEach(({ theatreId, dependents }, at) => {
    const path = place('chokepoints', at);
    mustName(theatreIds, theatreId, 'E10', `${path}.theatre`, 'the id of a theatre');
    dependents.forEach(({ regionId }, index) => {
      mustName(regionIds, regionId, 'E10', `${path}.dependents[${String(index)}].region`, 'the id of a region');
    });
  });
  return placed;
}

function refuseUnknown(theatreId: string, path: string): never {
  throw new ScoreInputError('E10', path, quote(theatreId), 'the id of a theatre');
}

function place(list: string, index: number): string {
  return `${list}[${String(index)}]`;
}

function idsOf(list: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(list.map(({ id }) => id));
}

function mustName(known: ReadonlySet<string>, name: string, code: ScoreErrorCode, path: string, wanted: string): void {
  if (!known.has(name)) throw new ScoreInputError(code, path, quote(name), wanted);
}

type Listed = readonly { readonly id: string }[];

function refuseRepeats({ theatres, regions, incidents, claims, workloads, chokepoints }: RecordsInOrder): void {
  const entities = new Map<string, string>();
  refuseRepeated(theatres, 'theatres', entities);
  refuseRepeated(regions, 'regions', entities);
  regions.forEach(({ zones }, at) => {
    refuseRepeated(zones, `${place('regions', at)}.azs`, new Map());
  });
  refuseRepeated(incidents, 'incidents', new Map());
  refuseRepeated(claims, 'claims', new Map());
  refuseRepeated(workloads, 'workloads', new Map());
  refuseRepeated(chokepoints, 'chokepoints', entities);
  refuseCollisions(entities);
}

function refuseRepeated(list: Listed, listPath: string, seen: Map<string, string>): void {
  list.forEach(({ id }, at) => {
    const path = `${place(listPath, at)}.id`;
    const first = seen.get(id);
    if (first !== undefined) {
      throw new ScoreInputError('E6', path, `${quote(id)}, already the id of ${first}`, 'an id of its own');
    }
    seen.set(id, path);
  });
}

/** Two entities with one hash would draw the same random numbers. */
function refuseCollisions(entities: ReadonlyMap<string, string>): void {
  const idByHash = new Map<number, string>();
  for (const [id, path] of entities) {
    const hash = fnv1a32(id);
    const other = idByHash.get(hash);
    if (other !== undefined) {
      const got = `${quote(id)}, whose FNV-1a hash is that of ${quote(other)}`;
      throw new ScoreInputError('E6', path, got, 'an id with a hash of its own: rename one of the two');
    }
    idByHash.set(hash, id);
  }
}

function refuseBadDuplicates(incidents: readonly Incident[]): void {
  const originalOf = new Map(incidents.map(({ id, duplicateOf }) => [id, duplicateOf]));
  const endsWell = new Set<string>();
  incidents.forEach(({ id, duplicateOf }, at) => {
    const path = `${place('incidents', at)}.duplicate_of`;
    if (duplicateOf !== undefined && !originalOf.has(duplicateOf)) {
      throw new ScoreInputError('E11', path, quote(duplicateOf), 'the id of an incident');
    }
    const walked = new Set<string>();
    for (let next: string | undefined = id; next !== undefined; next = originalOf.get(next)) {
      if (endsWell.has(next)) break;
      if (walked.has(next)) {
        throw new ScoreInputError('E11', path, `a circle of duplicates through ${quote(next)}`, 'a chain that ends');
      }
      walked.add(next);
    }
    for (const step of walked) endsWell.add(step);
  });
}
