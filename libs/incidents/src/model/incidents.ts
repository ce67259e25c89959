import { blockOf, visibleClaims, type Claim, type Coordinates } from '@faultline/evidence';
import { derivedId, type Sha256 } from '@faultline/ledger';
import { accountOf, type IncidentAccount } from './account.js';
import { anchorOf, correlate, type Correlation } from './correlate.js';

/** All incidents at some coordinates, with the claims they and all else at those coordinates are made of. */
export interface IncidentView {
  readonly coordinates: Coordinates;
  /** Visible claims in the order of publication. */
  readonly visible: readonly Claim[];
  readonly incidents: readonly IncidentAccount[];
  readonly unlinked: readonly Claim[];
}

/** Identity of an incident: that of the claim it began with, so that every instance and every re-run names it alike. */
export function incidentIdOf(sha256: Sha256, seed: Claim): string {
  const onset = anchorOf(seed);
  return derivedId(sha256, onset === null ? 0 : Date.UTC(...utcParts(onset)), `incident|${seed.id}`);
}

function utcParts(instant: string): [number, number, number, number, number, number, number] {
  const [year, month, day, hour, minute, second, ms] = instant.split(/[-T:.Z]/).map(Number);
  return [year!, month! - 1, day!, hour!, minute!, second!, ms ?? 0];
}

/** Makes the incidents of one block from its claims, all visible at the coordinates. */
export function incidentsOfBlock(
  sha256: Sha256,
  block: string,
  claims: readonly Claim[],
  coordinates: Coordinates,
): { incidents: IncidentAccount[]; correlation: Correlation } {
  const correlation = correlate(block, claims);
  const retractions = claims.filter((claim) => claim.predicate === 'retraction');
  const incidents = correlation.clusters.map((cluster) =>
    accountOf(incidentIdOf(sha256, cluster.seed), cluster, retractions, coordinates),
  );
  return { incidents, correlation };
}

/** Recomputes every incident from the claims visible at the coordinates. Links are never stored, only derived. */
export function incidentsAt(sha256: Sha256, claims: readonly Claim[], coordinates: Coordinates): IncidentView {
  const visible = visibleClaims(claims, coordinates);
  const blocks = new Map<string, Claim[]>();
  for (const claim of visible) {
    const block = blockOf(claim);
    const held = blocks.get(block);
    if (held) held.push(claim);
    else blocks.set(block, [claim]);
  }
  const incidents: IncidentAccount[] = [];
  const unlinked: Claim[] = [];
  for (const [block, members] of blocks) {
    if (block === 'place') continue;
    const made = incidentsOfBlock(sha256, block, members, coordinates);
    incidents.push(...made.incidents.filter(({ onset }) => onset === null || onset <= coordinates.validAt));
    unlinked.push(...made.correlation.unlinked);
  }
  incidents.sort(byOnset);
  return { coordinates, visible, incidents, unlinked };
}

/** Newest onset first; undated last; ties by id. */
export function byOnset(a: IncidentAccount, b: IncidentAccount): number {
  const x = a.onset ?? '';
  const y = b.onset ?? '';
  if (x !== y) return x > y ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
