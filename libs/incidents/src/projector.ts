import { blockOf, ClaimLog, visibleClaims, type Claim, type Coordinates } from '@faultline/evidence';
import { ledgerSize, sha256 } from '@faultline/ledger';
import {
  fence,
  PUBLIC_TENANT,
  releaseLease,
  takeLease,
  type Clock,
  type Database,
  type Lease,
  type Scope,
  type Tx,
} from '@faultline/platform';
import { projectedTo, setProjectedTo, storeRevisions } from './incident.store.js';
import { decisionsIn } from './model/decisions.js';
import { blocksOf, Telling } from './model/incidents.js';
import { blocksAround } from './model/neighbourhood.js';
import { revisionStatesOf } from './model/revision.js';

const LEASE_SECONDS = 15;
const SCOPE: Scope = { tenantId: PUBLIC_TENANT, actor: 'projector' };

export type ProjectorTick =
  | { readonly outcome: 'projected'; readonly claims: number; readonly revisions: number; readonly position: number }
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
  private readonly log = new ClaimLog();
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
      if (size === from) return { outcome: 'projected', claims: 0, revisions: 0, position: size };
      const now = this.clock.now();
      const coordinates = { validAt: now, publicAt: now, position: size };
      const { claims } = await this.log.below(tx, size);
      const added = claims.filter((claim) => claim.position >= from);
      const touched = new Set(added.map(blockOf));
      touched.delete('place');
      const visible = visibleClaims(claims, coordinates);
      const blocks = blocksOf(visible);
      const telling = new Telling(sha256, blocks, decisionsIn(visible), coordinates);
      const { incidents } = telling.joined(blocksAround(blocks, touched, telling));
      const states = incidents.flatMap(revisionStatesOf);
      const revisions = await storeRevisions(tx, states);
      const addedIds = new Set(added.map(({ id }) => id));
      await this.onProjected(tx, { added: visible.filter(({ id }) => addedIds.has(id)), coordinates });
      await setProjectedTo(tx, size);
      return { outcome: 'projected', claims: added.length, revisions, position: size };
    });
  }

  /** Gives the lease back, so that the next holder need not wait for its end. */
  async release(): Promise<void> {
    const { held } = this;
    if (held) await this.database.transaction('sequencer', SCOPE, 'write', (tx) => releaseLease(tx, held));
    this.held = undefined;
  }
}
