import { randomBytes } from 'node:crypto';
import { leafHash, SALT_BYTES } from '@faultline/merkle';
import {
  fence,
  PUBLIC_TENANT,
  releaseLease,
  takeLease,
  type Database,
  type Lease,
  type Scope,
  type Tx,
} from '@faultline/platform';
import { sha256 } from './sha256.js';

const LEASE_SECONDS = 10;
const BATCH = 2_000;
const SCOPE: Scope = { tenantId: PUBLIC_TENANT, actor: 'sequencer' };

export type SequencerTick =
  { readonly outcome: 'sequenced'; readonly count: number; readonly size: number } | { readonly outcome: 'not-holder' };

interface PendingRow {
  tenant_id: string;
  record_id: string;
  record: string;
}

/**
 * Gives records their positions: contiguous, in one order, by whoever holds the lease. Only records of transactions
 * older than every one still running are taken, so none can appear later below a position that is already given.
 */
export class Sequencer {
  private held: Lease | undefined;

  constructor(
    private readonly database: Database,
    private readonly holder: string,
  ) {}

  /** Places up to one batch. `sequenced` with a count of 0 means nothing was waiting. */
  async tick(): Promise<SequencerTick> {
    const lease = await this.database.transaction('sequencer', SCOPE, 'write', (tx) =>
      takeLease(tx, 'sequencer', this.holder, LEASE_SECONDS),
    );
    this.held = lease;
    if (!lease) return { outcome: 'not-holder' };
    return this.database.transaction('sequencer', SCOPE, 'serial', (tx) => this.place(tx, lease));
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

  private async place(tx: Tx, lease: Lease): Promise<SequencerTick> {
    await fence(tx, lease);
    const [head] = await tx.query<{ size: string; watermark: string; horizon: string }>(
      `SELECT size::text, pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
              CASE WHEN watermark <= pg_snapshot_xmin(pg_current_snapshot()) THEN watermark ELSE '0'::xid8 END::text AS watermark
       FROM ledger_head WHERE id = 1 FOR UPDATE`,
    );
    // A visible row can carry a transaction id from the future only after a restore into a new server: it is settled too.
    const pending = await tx.query<PendingRow>(
      `SELECT r.tenant_id, r.record_id, r.record
       FROM ledger_record r
       WHERE r.txid >= $1::xid8
         AND (r.txid < $2::xid8 OR r.txid >= pg_snapshot_xmax(pg_current_snapshot()))
         AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.tenant_id = r.tenant_id AND e.record_id = r.record_id)
       ORDER BY r.txid, r.tenant_id, r.record_id
       LIMIT ${BATCH}`,
      [head!.watermark, head!.horizon],
    );
    const size = Number(head!.size);
    if (pending.length > 0) await this.insert(tx, lease, pending, size);
    // After a full batch there may be more below the horizon: the watermark stays.
    const watermark = pending.length < BATCH ? head!.horizon : head!.watermark;
    await tx.query(`UPDATE ledger_head SET size = $1, watermark = $2::xid8 WHERE id = 1`, [
      size + pending.length,
      watermark,
    ]);
    return { outcome: 'sequenced', count: pending.length, size: size + pending.length };
  }

  private async insert(tx: Tx, lease: Lease, pending: readonly PendingRow[], size: number): Promise<void> {
    const encoder = new TextEncoder();
    const salts = pending.map(() => new Uint8Array(randomBytes(SALT_BYTES)));
    const hashes = pending.map((row, index) => leafHash(sha256, encoder.encode(row.record), salts[index]!));
    await tx.query(
      `INSERT INTO ledger_entry (position, tenant_id, record_id, salt, leaf_hash, epoch)
       SELECT $1::bigint + r.ordinal - 1, r.tenant_id, r.record_id, decode(r.salt, 'hex'), decode(r.hash, 'hex'), $2
       FROM unnest($3::text[], $4::uuid[], $5::text[], $6::text[]) WITH ORDINALITY AS r (tenant_id, record_id, salt, hash, ordinal)`,
      [
        size,
        lease.epoch,
        pending.map((row) => row.tenant_id),
        pending.map((row) => row.record_id),
        salts.map((salt) => Buffer.from(salt).toString('hex')),
        hashes.map((hash) => Buffer.from(hash).toString('hex')),
      ],
    );
  }
}
