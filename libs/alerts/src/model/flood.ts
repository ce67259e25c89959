import type { Claim } from '@faultline/evidence';
import type { IncidentAccount } from '@faultline/incidents';
import type { Fact, Quoted } from './fact.js';

/** So many unconfirmed incidents of one source are told one by one: a trickle would otherwise wake as often as a flood is long. */
export const MOST_TOLD_ALONE = 5;

/** Incidents of a region that one source alone tells of, and that are more than it is heard on one by one. */
export interface Flood {
  /** How the fact of it is named, as an incident is by its id. */
  readonly key: string;
  readonly sourceName: string;
  /** Those still open. */
  readonly incidents: readonly IncidentAccount[];
}

export function isOpen({ lifecycle }: Pick<IncidentAccount, 'lifecycle'>): boolean {
  return lifecycle !== 'resolved' && lifecycle !== 'retracted';
}

/**
 * The floods among the incidents of a region: more than five open ones of one source, that nobody else tells of
 * and nobody has confirmed. They are told as one, so that a source can wake a subscriber once and not ten thousand times.
 * One that was told stays one while any of it is open. `told`: incidents and floods a notice told of.
 */
export function floodsAmong(incidents: readonly IncidentAccount[], told: ReadonlySet<string>): Flood[] {
  const alone = new Map<string, { sourceName: string; incidents: IncidentAccount[] }>();
  for (const incident of incidents) {
    if (!isOpen(incident) || incident.status !== 'reported') continue;
    const sources = new Map(incident.links.map(({ claim: { source } }) => [source.id, source.name]));
    const [only] = sources;
    if (only === undefined || sources.size > 1) continue;
    const [id, sourceName] = only;
    const held = alone.get(id);
    if (held) held.incidents.push(incident);
    else alone.set(id, { sourceName, incidents: [incident] });
  }
  return [...alone].flatMap(([sourceId, { sourceName, incidents: of }]) => {
    const key = `flood:${encodeURIComponent(sourceId)}`;
    return of.length > MOST_TOLD_ALONE || told.has(key) ? [{ key, sourceName, incidents: of }] : [];
  });
}

/** What a notice says of a flood: the same words however far it swells, so that nobody is told of it twice. */
export function factOfFlood({ key, sourceName, incidents }: Flood, quote: (claim: Claim) => Quoted): Fact {
  return {
    key: `incident ${key}`,
    kind: 'lifecycle',
    subject: `Incidents that ${sourceName} alone tells of`,
    value: 'open',
    words: `more than ${MOST_TOLD_ALONE}, none of them confirmed: shown on the map, not told one by one`,
    claims: incidents.slice(0, 3).map(({ links }) => quote(links[0]!.claim)),
  };
}
