import { randomBytes } from 'node:crypto';
import { SALT_BYTES } from '@faultline/merkle';
import {
  fence,
  PUBLIC_TENANT,
  releaseLease,
  takeLease,
  withoutWaitingForTheDisk,
  type Database,
  type Lease,
  type Scope,
  type Tx,
} from '@faultline/platform';

const LEASE_SECONDS = 10;
const BATCH = 10_000;
const SCOPE: Scope = { tenantId: PUBLIC_TENANT, actor: 'sequencer' };

export type SequencerTick =
  { readonly outcome: 'sequenced'; readonly count: number; readonly size: number } | { readonly outcome: 'not-holder' };

/** Where transaction ids end now, and then: which of them backends of other databases on the server hold. */
const SEEN = `
  SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS end, ARRAY(
    SELECT held.transactionid::text FROM pg_locks held JOIN pg_stat_activity backend ON backend.pid = held.pid
    WHERE held.locktype = 'transactionid' AND held.granted AND held.mode = 'ExclusiveLock'
      AND backend.datid <> (SELECT oid FROM pg_database WHERE datname = current_database())) AS elsewhere`;
const HORIZON = `
  SELECT least($1::xid8, (
    SELECT running FROM pg_snapshot_xip(pg_current_snapshot()) AS running
    WHERE running::xid <> ALL ($2::xid[]) ORDER BY running LIMIT 1))::text AS horizon`;

/**
 * The transaction id below which every transaction of this database has ended, in a transaction that sees anew with
 * each statement. Ids are counted for the whole server; one of whom it cannot be told whose it is counts as ours.
 */
async function horizon(tx: Tx): Promise<string> {
  const [seen] = await tx.query<{ end: string; elsewhere: string[] }>(SEEN);
  const [row] = await tx.query<{ horizon: string }>(HORIZON, [seen!.end, seen!.elsewhere]);
  return row!.horizon;
}

/**
 * Gives records their positions: contiguous, in one order, by whoever holds the lease. Only records of transactions
 * older than every one still running in the database are taken, so none can appear later below a position that is
 * already given.
 */
export class Sequencer {
  private held: Lease | undefined;

  constructor(
    private readonly database: Database,
    private readonly holder: string,
  ) {}

  /** Places up to one batch. `sequenced` with a count of 0 means nothing was waiting. */
  async tick(): Promise<SequencerTick> {
    const turn = await this.database.transaction('sequencer', SCOPE, 'write', async (tx) => {
      const lease = await takeLease(tx, 'sequencer', this.holder, LEASE_SECONDS);
      return lease && { lease, horizon: await horizon(tx) };
    });
    this.held = turn?.lease;
    if (!turn) return { outcome: 'not-holder' };
    return this.database.transaction('sequencer', SCOPE, 'serial', (tx) => this.place(tx, turn.lease, turn.horizon));
  }

  /** Places all that is waiting. */
  async drain(): Promise<SequencerTick> {
    let count = 0;
    for (;;) {
      const tick = await this.tick();
      if (tick.outcome === 'not-holder') return tick;
      count += tick.count;
      if (tick.count < BATCH) return { ...tick, count };
    }
  }

  /** Gives the lease back, so that the next holder need not wait for its end. */
  async release(): Promise<void> {
    const { held } = this;
    if (held) await this.database.transaction('sequencer', SCOPE, 'write', (tx) => releaseLease(tx, held));
    this.held = undefined;
  }

  private async place(tx: Tx, lease: Lease, horizon: string): Promise<SequencerTick> {
    await fence(tx, lease);
    const [head] = await tx.query<{ size: string; watermark: string }>(
      `SELECT size::text, CASE WHEN watermark <= $1::xid8 THEN watermark ELSE '0'::xid8 END::text AS watermark
       FROM ledger_head WHERE id = 1 FOR UPDATE`,
      [horizon],
    );
    const size = Number(head!.size);
    // Hashed where the records are, so that their texts need not travel: the leaf is that of `leafHash` in merkle. The
    // salts are random bytes made here, sixteen for each leaf of a batch in one text.
    // A visible row can carry a transaction id from the future only after a restore into a new server: it is settled too.
    const [placed] = await tx.query<{ count: string; last: string | null }>(
      `WITH pending AS MATERIALIZED (
         SELECT r.txid, r.tenant_id, r.record_id, r.record
         FROM ledger_record r
         WHERE r.txid >= $1::xid8
           AND (r.txid < $2::xid8 OR r.txid >= pg_snapshot_xmax(pg_current_snapshot()))
           AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.tenant_id = r.tenant_id AND e.record_id = r.record_id)
         ORDER BY r.txid, r.tenant_id, r.record_id
         LIMIT ${BATCH}
       ), numbered AS (
         SELECT tenant_id, record_id, record, row_number() OVER (ORDER BY txid, tenant_id, record_id) AS ordinal FROM pending
       ), salted AS (
         SELECT tenant_id, record_id, record, ordinal,
                substring($5::bytea FROM (${SALT_BYTES} * (ordinal - 1) + 1)::int FOR ${SALT_BYTES}) AS salt
         FROM numbered
       ), placed AS (
         INSERT INTO ledger_entry (position, tenant_id, record_id, salt, leaf_hash, epoch)
         SELECT $3::bigint + ordinal - 1, tenant_id, record_id, salt,
                sha256('\\x00'::bytea || convert_to(record, 'UTF8') || salt), $4
         FROM salted
         RETURNING 1
       )
       SELECT (SELECT count(*) FROM placed)::text AS count,
              (SELECT LEAST(txid, $2::xid8) FROM pending ORDER BY txid DESC LIMIT 1)::text AS last`,
      [head!.watermark, horizon, size, lease.epoch, randomBytes(SALT_BYTES * BATCH)],
    );
    const count = Number(placed!.count);
    // After a full batch there may be more of its last transaction and of later ones.
    const watermark = count < BATCH ? horizon : placed!.last;
    // With no position given nothing is lost that the next turn would not find again.
    if (count === 0) await withoutWaitingForTheDisk(tx);
    await tx.query(`UPDATE ledger_head SET size = $1, watermark = $2::xid8 WHERE id = 1`, [size + count, watermark]);
    return { outcome: 'sequenced', count, size: size + count };
  }
}
