import type { Tx } from './database.js';

/** A lease that is held: its epoch grows with every change of holder and fences writers that hold an older one. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly epoch: string;
}

/**
 * Takes or renews the named lease for `seconds`, by the database clock. Undefined while another holds it.
 * One statement on one row: right through any pooler, where session advisory locks are not.
 */
export async function takeLease(tx: Tx, name: string, holder: string, seconds: number): Promise<Lease | undefined> {
  await withoutWaitingForTheDisk(tx);
  const [row] = await tx.query<{ epoch: string }>(
    `INSERT INTO lease AS l (name, holder, epoch, expires_at)
     VALUES ($1, $2, 1, clock_timestamp() + make_interval(secs => $3))
     ON CONFLICT (name) DO UPDATE
       SET holder = excluded.holder,
           epoch = CASE WHEN l.holder = excluded.holder THEN l.epoch ELSE l.epoch + 1 END,
           expires_at = excluded.expires_at
       WHERE l.expires_at < clock_timestamp() OR l.holder = excluded.holder
     RETURNING epoch::text`,
    [name, holder, seconds],
  );
  return row && { name, holder, epoch: row.epoch };
}

/**
 * Lets this transaction commit before it is on the disk, with all else as it is: for what may be lost with the server's
 * last moment. A lease may, since everybody's connections go with it, and every write is fenced.
 */
export async function withoutWaitingForTheDisk(tx: Tx): Promise<void> {
  await tx.query(`SET LOCAL synchronous_commit = off`);
}

/** The lease has passed to another holder: the write that carried it must not happen. */
export class LeaseLost extends Error {}

/**
 * Locks the lease row to the end of the transaction and refuses a holder whose epoch is no longer in force.
 * @throws LeaseLost
 */
export async function fence(tx: Tx, lease: Lease): Promise<void> {
  const rows = await tx.query(
    `SELECT 1 FROM lease WHERE name = $1 AND holder = $2 AND epoch = $3 AND expires_at > clock_timestamp() FOR UPDATE`,
    [lease.name, lease.holder, lease.epoch],
  );
  if (rows.length === 0)
    throw new LeaseLost(`lease ${lease.name}, epoch ${lease.epoch}, is no longer held by ${lease.holder}`);
}

/** Gives the lease back, so that the next holder need not wait for its end. */
export async function releaseLease(tx: Tx, lease: Lease): Promise<void> {
  await tx.query(`UPDATE lease SET expires_at = '-infinity' WHERE name = $1 AND holder = $2 AND epoch = $3`, [
    lease.name,
    lease.holder,
    lease.epoch,
  ]);
}
