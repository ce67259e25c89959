import type { z } from 'zod';
import type { Claim } from '@faultline/evidence';
import type { Exposure } from '@faultline/exposures';
import type { IncidentAccount } from '@faultline/incidents';
import type { Shown } from '../dto/shown.js';

/** How much of what one answer shows; the rest is in the lists that have pages. */
export const MOST_SHOWN = {
  incidents: 50,
  coincident: 50,
  coincidentOfIncident: 20,
  claims: 500,
  claimsOfIncident: 200,
  statementsOfAspect: 100,
  notKnown: 200,
  leftOut: 200,
  parts: 50,
  claimIds: 200,
} as const;

/** The count of what is shown, with the words for it. `where`: the list that has all of them. */
export function shownOf(shown: number, total: number, where: string): z.infer<typeof Shown> {
  return { shown, total, text: shown === total ? '' : `${shown} of ${total} shown. All: ${where}` };
}

/** The incidents a region's answer shows, in their order: those going on first, then those told of last. */
export function incidentsShown({ incidents }: Pick<Exposure, 'incidents'>): readonly IncidentAccount[] {
  if (incidents.length <= MOST_SHOWN.incidents) return incidents;
  const isOver = ({ lifecycle }: IncidentAccount) => Number(lifecycle === 'resolved' || lifecycle === 'retracted');
  const last = ({ lastStatementAt }: IncidentAccount) => lastStatementAt ?? '';
  const kept = new Set(
    [...incidents]
      .sort((a, b) => isOver(a) - isOver(b) || (last(a) < last(b) ? 1 : last(a) > last(b) ? -1 : 0))
      .slice(0, MOST_SHOWN.incidents),
  );
  return incidents.filter((incident) => kept.has(incident));
}

/** The claims a region's answer shows, in their order: those that what is shown rests on first, then the last told. */
export function claimsShown(exposure: Exposure, incidents: readonly IncidentAccount[]): readonly Claim[] {
  const { claims, now, hosting, input } = exposure;
  if (claims.length <= MOST_SHOWN.claims) return claims;
  const named = new Set<string>([
    exposure.region.claim.id,
    ...hosting.claimIds,
    ...(exposure.disagreement?.claimIds ?? []),
    ...[now.stated, ...now.zones.map(({ stated }) => stated)].flatMap((stated) => stated?.claim.id ?? []),
    ...(input.document.claims ?? []).flatMap(({ id }) => input.evidence.get(id)?.claimIds ?? []),
    ...incidents.flatMap((incident) => linksShown(incident).map(({ claim }) => claim.id)),
  ]);
  return lastOnes(claims, (claim) => named.has(claim.id), MOST_SHOWN.claims);
}

/** The links an incident's answer shows: what founded it and what was told last. */
export function linksShown({ links }: IncidentAccount): IncidentAccount['links'] {
  return lastOnes(links, (link) => link === links[0], MOST_SHOWN.claimsOfIncident);
}

/** At most `most` items in their order: the last of those wanted, filled up with the last of the others. */
function lastOnes<T>(items: readonly T[], isWanted: (item: T) => boolean, most: number): readonly T[] {
  if (items.length <= most) return items;
  const wanted = items.filter(isWanted).slice(-most);
  const others = most > wanted.length ? items.filter((item) => !isWanted(item)).slice(wanted.length - most) : [];
  const kept = new Set([...wanted, ...others]);
  return items.filter((item) => kept.has(item));
}
