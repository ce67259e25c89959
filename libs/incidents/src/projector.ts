import {
  blockOf,
  byPublication,
  claimsBetween,
  claimsOfBlocks,
  isPublishedBy,
  type Claim,
  type Coordinates,
} from '@faultline/evidence';
import { ledgerSize, sha256 } from '@faultline/ledger';
import {
  fence,
  PUBLIC_TENANT,
  releaseLease,
  takeLease,
  withoutWaitingForTheDisk,
  type Clock,
  type Database,
  type Lease,
  type Scope,
  type Tx,
} from '@faultline/platform';
import { blocksOfIncidents, projectedTo, setProjectedTo, storeRevisions } from './incident.store.js';
import type { IncidentAccount } from './model/account.js';
import { decisionsIn } from './model/decisions.js';
import { blocksOf, Telling } from './model/incidents.js';
import { Neighbourhood } from './model/neighbourhood.js';
import { revisionStatesOf } from './model/revision.js';

const LEASE_SECONDS = 15;
/** Positions of the ledger that one turn takes, so that a long backlog is worked off in transactions of seconds. */
const MOST_POSITIONS = 20_000;
const SCOPE: Scope = { tenantId: PUBLIC_TENANT, actor: 'projector' };

export type ProjectorTick =
  | {
      readonly outcome: 'projected';
      readonly claims: number;
      readonly revisions: number;
      readonly position: number;
      /** Whether the cursor moved. */
      readonly moved: boolean;
    }
  | { readonly outcome: 'not-holder' };

/** What one turn of the projector has read. */
export interface Projected {
  /** Claims new since the last turn and public by now, in the order of publication. */
  readonly added: readonly Claim[];
  readonly coordinates: Coordinates;
}

/** Who follows the incidents: called in the transaction of the revisions, so that both are kept or neither. */
export type OnProjected = (tx: Tx, projected: Projected) => Promise<void>;
export const nobodyFollows: OnProjected = () => Promise.resolve();

/**
 * Follows the ledger: for each block that new claims speak of, makes its incidents anew and records a revision of every
 * incident whose account has changed. Revisions and the cursor move in one transaction, so a crash repeats or loses none.
 */
export class Projector {
  private readonly neighbourhood = new Neighbourhood();
  private readTo = 0;
  private held: Lease | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly holder: string,
    private readonly onProjected: OnProjected,
  ) {}

  async tick(): Promise<ProjectorTick> {
    const lease = await this.database.transaction('sequencer', SCOPE, 'write', (tx) =>
      takeLease(tx, 'projector', this.holder, LEASE_SECONDS),
    );
    this.held = lease;
    if (!lease) return { outcome: 'not-holder' };
    return this.database.transaction('sequencer', SCOPE, 'serial', async (tx) => {
      await fence(tx, lease);
      const from = await projectedTo(tx);
      const size = await ledgerSize(tx);
      if (size === from) {
        await withoutWaitingForTheDisk(tx);
        return { outcome: 'projected', claims: 0, revisions: 0, position: size, moved: false };
      }
      const position = Math.min(size, from + MOST_POSITIONS);
      const now = this.clock.now();
      const coordinates = { validAt: now, publicAt: now, position };
      const added = await claimsBetween(tx, from, position);
      // Where none was added there is nothing to compare the earlier ones with.
      if (added.length > 0) await this.rememberUpTo(tx, from);
      const known = new Set(added.map(blockOf).filter((block) => this.neighbourhood.has(block)));
      if (this.readTo >= from) this.remember(added, position);
      const isVisible = (claim: Claim) =>
        this.neighbourhood.readings.counts(claim) && isPublishedBy(claim, coordinates.publicAt);
      const visible = (claims: readonly Claim[]) => claims.filter(isVisible).sort(byPublication);
      const incidents = await this.retold(tx, added, known, coordinates, visible);
      const revisions = await storeRevisions(tx, incidents.flatMap(revisionStatesOf));
      await this.onProjected(tx, { added: visible(added), coordinates });
      await setProjectedTo(tx, position);
      return { outcome: 'projected', claims: added.length, revisions, position, moved: true };
    });
  }

  private async rememberUpTo(tx: Tx, position: number): Promise<void> {
    while (this.readTo < position) {
      const next = Math.min(position, this.readTo + MOST_POSITIONS);
      this.remember(await claimsBetween(tx, this.readTo, next), next);
    }
  }

  private remember(claims: readonly Claim[], position: number): void {
    for (const claim of claims) this.neighbourhood.add(claim);
    this.readTo = Math.max(this.readTo, position);
  }

  /**
   * The incidents that the added claims speak of, with all those joined to theirs, or that were before. Claims of other
   * blocks, and the earlier ones of `known` blocks, are read as they are needed: candidates are found by family and day,
   * joined ones are followed on.
   */
  private async retold(
    tx: Tx,
    added: readonly Claim[],
    known: ReadonlySet<string>,
    coordinates: Coordinates,
    visible: (claims: readonly Claim[]) => Claim[],
  ): Promise<IncidentAccount[]> {
    const touched = new Set(added.map(blockOf));
    // A decision can name any incident: all are looked at, which is rare.
    const around = touched.has('review') ? new Set(this.neighbourhood.blocks()) : touched;
    around.delete('place');
    const blocks = blocksOf(visible(added.filter((claim) => !known.has(blockOf(claim)))));
    const read = new Set([...touched].filter((block) => !known.has(block)));
    const load = async (wanted: Iterable<string>) => {
      const missing = [...wanted].filter((block) => !read.has(block));
      for (const [block, claims] of blocksOf(visible(await claimsOfBlocks(tx, missing, coordinates.position))))
        blocks.set(block, claims);
      missing.forEach((block) => read.add(block));
    };
    await load(around);
    const decisions = decisionsIn(visible(this.neighbourhood.decisions()));
    const named = await blocksOfIncidents(tx, [...decisions.incidentIds]);
    const telling = new Telling(sha256, blocks, decisions, coordinates);
    for (let frontier = [...around]; frontier.length > 0;) {
      const candidates = this.neighbourhood.around(frontier.flatMap((block) => blocks.get(block) ?? []));
      named.forEach((block) => candidates.add(block));
      if ([...candidates].every((block) => around.has(block))) break;
      await load(candidates);
      frontier.forEach((block) => candidates.add(block));
      const next = new Set<string>();
      for (const { joinedIds, links } of telling.joined(candidates).incidents) {
        if (joinedIds === undefined) continue;
        const members = new Set(links.map(({ claim }) => blockOf(claim)));
        if (![...members].some((block) => around.has(block))) continue;
        for (const block of members) if (!around.has(block)) next.add(block);
      }
      next.forEach((block) => around.add(block));
      frontier = [...next];
    }
    return telling.joined(around).incidents;
  }

  /** Gives the lease back, so that the next holder need not wait for its end. */
  async release(): Promise<void> {
    const { held } = this;
    if (held) await this.database.transaction('sequencer', SCOPE, 'write', (tx) => releaseLease(tx, held));
    this.held = undefined;
  }
}
