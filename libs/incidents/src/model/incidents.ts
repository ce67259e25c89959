import { blockOf, byPublication, visibleClaims, type Claim, type Coordinates } from '@faultline/evidence';
import { derivedId, type Sha256 } from '@faultline/ledger';
import { accountOf, type IncidentAccount } from './account.js';
import { anchorOf, correlate, type Cluster, type Link } from './correlate.js';
import { decisionsIn, type Decisions } from './decisions.js';
import { groupsOf, kinshipsAmong, type Kinship } from './kin.js';

/** All incidents at some coordinates, with the claims they and all else at those coordinates are made of. */
export interface IncidentView {
  readonly coordinates: Coordinates;
  /** Visible claims in the order of publication. */
  readonly visible: readonly Claim[];
  readonly incidents: readonly IncidentAccount[];
  readonly unlinked: readonly Claim[];
  /** Links among what different feeds tell: joined, to be looked at, or kept apart by a reviewer. */
  readonly kinships: readonly Kinship[];
  /** Those that are told as one with others, each as it is by itself. */
  readonly sides: ReadonlyMap<string, IncidentAccount>;
}

/** What one block gave before incidents of different blocks are joined. */
interface Told {
  readonly id: string;
  readonly account: IncidentAccount;
  readonly cluster: Cluster;
  readonly retractions: readonly Claim[];
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

/** The visible claims by block. */
export function blocksOf(visible: readonly Claim[]): Map<string, Claim[]> {
  const blocks = new Map<string, Claim[]>();
  for (const claim of visible) {
    const block = blockOf(claim);
    const held = blocks.get(block);
    if (held) held.push(claim);
    else blocks.set(block, [claim]);
  }
  return blocks;
}

const WITHOUT_INCIDENTS: ReadonlySet<string> = new Set(['place', 'review']);

/** Makes the incidents of some blocks, joins what is told twice, and says what was joined and what should be looked at. */
export class Telling {
  private readonly told = new Map<string, readonly Told[]>();
  readonly unlinked: Claim[] = [];

  constructor(
    private readonly sha256: Sha256,
    private readonly blocks: ReadonlyMap<string, readonly Claim[]>,
    readonly decisions: Decisions,
    private readonly coordinates: Coordinates,
  ) {}

  /** The incidents of one block, each by itself. */
  ofBlock(block: string): readonly Told[] {
    const held = this.told.get(block);
    if (held) return held;
    const claims = WITHOUT_INCIDENTS.has(block) ? [] : (this.blocks.get(block) ?? []);
    const retractions = claims.filter((claim) => claim.predicate === 'retraction');
    const { clusters, unlinked } = correlate(block, claims, this.decisions.rejected);
    this.unlinked.push(...unlinked);
    const made = clusters.map((cluster): Told => {
      const id = incidentIdOf(this.sha256, cluster.seed);
      return { id, cluster, retractions, account: accountOf(id, cluster, retractions, this.coordinates) };
    });
    this.told.set(block, made);
    return made;
  }

  /** The incidents of these blocks, those that are one occurrence joined. */
  joined(blocks: Iterable<string>): {
    incidents: IncidentAccount[];
    kinships: Kinship[];
    sides: Map<string, IncidentAccount>;
  } {
    const told = [...blocks].flatMap((block) => this.ofBlock(block));
    const kinships = kinshipsAmong(
      told.map(({ account }) => account),
      this.decisions.pairs,
    );
    const sides = new Map<string, IncidentAccount>();
    const incidents = groupsOf(told, kinships).map((group) => {
      if (group.length === 1) return group[0]!.account;
      for (const { id, account } of group) sides.set(id, account);
      return this.joinedAccount(group);
    });
    return { incidents, kinships, sides };
  }

  private joinedAccount(group: readonly Told[]): IncidentAccount {
    const [first, ...others] = [...group].sort((a, b) => byPublication(a.cluster.seed, b.cluster.seed)) as [
      Told,
      ...Told[],
    ];
    const links: Link[] = group.flatMap(({ cluster, id }) =>
      cluster.links.map((link) =>
        id === first.id ? link : { ...link, reasons: [...link.reasons, 'told-by-another-source' as const] },
      ),
    );
    links.sort((a, b) => byPublication(a.claim, b.claim));
    const cluster = { block: first.cluster.block, seed: first.cluster.seed, links };
    const retractions = group.flatMap((told) => told.retractions);
    const joinedIds = others.map(({ id }) => id).sort();
    return { ...accountOf(first.id, cluster, retractions, this.coordinates), joinedIds };
  }
}

/** Recomputes every incident from the claims visible at the coordinates. Links are never stored, only derived. */
export function incidentsAt(sha256: Sha256, claims: readonly Claim[], coordinates: Coordinates): IncidentView {
  const visible = visibleClaims(claims, coordinates);
  const blocks = blocksOf(visible);
  const telling = new Telling(sha256, blocks, decisionsIn(visible), coordinates);
  const { incidents, kinships, sides } = telling.joined(blocks.keys());
  return {
    coordinates,
    visible,
    incidents: incidents.filter(({ onset }) => onset === null || onset <= coordinates.validAt).sort(byOnset),
    unlinked: telling.unlinked,
    kinships,
    sides,
  };
}

/** Newest onset first; undated last; ties by id. */
export function byOnset(a: IncidentAccount, b: IncidentAccount): number {
  const x = a.onset ?? '';
  const y = b.onset ?? '';
  if (x !== y) return x > y ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
