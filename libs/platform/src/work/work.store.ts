import type { Tx } from '../database/database.js';

/** Something to be done at least once. `workId` is its identity: adding it again changes nothing. */
export interface NewWork {
  readonly tenantId: string;
  readonly workId: string;
  readonly kind: string;
  /** Where it goes. Work for one place never holds up work for another. */
  readonly destination: string;
  readonly payloadRef: string;
}

/** A row in our hands until its lease ends: the token fences whoever lost it. */
export interface ClaimedWork extends NewWork {
  /** Counted from 1. */
  readonly attempt: number;
  readonly leaseToken: string;
  /** Whoever held it before never said how it ended. */
  readonly lapsed: boolean;
}

export interface ClaimLimits {
  /** How many may be under way at one destination at once. */
  readonly slots: number;
  /** How many the caller can take on now. */
  readonly room: number;
  /** Longer than the longest the work may take. */
  readonly leaseSeconds: number;
}

export type WorkEnding =
  | { readonly outcome: 'done'; readonly reason: string }
  | { readonly outcome: 'gave-up'; readonly reason: string }
  | { readonly outcome: 'retry'; readonly reason: string; readonly afterSeconds: number };

const DESTINATIONS_AT_ONCE = 64;

/** Adds rows, and their destinations where they are new. To be called in the transaction of what makes the work necessary. */
export async function addWork(tx: Tx, items: readonly NewWork[]): Promise<void> {
  if (items.length === 0) return;
  const columns = [
    items.map((item) => item.tenantId),
    items.map((item) => item.kind),
    items.map((item) => item.destination),
  ];
  await tx.query(
    `INSERT INTO work_destination (tenant_id, kind, destination)
     SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING`,
    columns,
  );
  await tx.query(
    `INSERT INTO work_item (tenant_id, kind, destination, work_id, payload_ref)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::uuid[]) ON CONFLICT DO NOTHING`,
    [...columns, items.map((item) => item.workId), items.map((item) => item.payloadRef)],
  );
}

interface ClaimedRow {
  tenant_id: string;
  work_id: string;
  destination: string;
  payload_ref: string;
  attempts: number;
  lease_token: string;
  lapsed: boolean;
}

/**
 * Takes what is due of `kind`, oldest first, up to `slots` at each destination over all workers. Destinations that are
 * being claimed by another worker at this moment are passed over, so that nobody waits for anybody.
 */
export async function claimWork(tx: Tx, kind: string, limits: ClaimLimits): Promise<ClaimedWork[]> {
  const due = `w.state = 'waiting' AND w.next_at <= clock_timestamp() AND (w.lease_until IS NULL OR w.lease_until <= clock_timestamp())`;
  const at = `w.tenant_id = d.tenant_id AND w.kind = $1 AND w.destination = d.destination`;
  const places = await tx.query<{ tenant_id: string; destination: string }>(
    `SELECT d.tenant_id, d.destination FROM work_destination d
     WHERE d.kind = $1 AND d.closed_reason IS NULL AND d.not_before <= clock_timestamp()
       AND EXISTS (SELECT 1 FROM work_item w WHERE ${at} AND ${due})
     ORDER BY random() LIMIT ${DESTINATIONS_AT_ONCE} FOR UPDATE OF d SKIP LOCKED`,
    [kind],
  );
  if (places.length === 0) return [];
  // A statement of its own: what others claimed before they let go of the destination is seen and counted.
  const rows = await tx.query<ClaimedRow>(
    `WITH taken AS (
       SELECT w.tenant_id, w.work_id, w.lease_token IS NOT NULL AS lapsed
       FROM unnest($2::text[], $3::text[]) AS d (tenant_id, destination)
       CROSS JOIN LATERAL (
         SELECT count(*) AS under_way FROM work_item w
         WHERE ${at} AND w.state = 'waiting' AND w.lease_until > clock_timestamp()
       ) AS busy
       CROSS JOIN LATERAL (
         SELECT * FROM work_item w WHERE ${at} AND ${due}
         ORDER BY w.next_at, w.work_id LIMIT greatest(0, $4 - busy.under_way) FOR UPDATE SKIP LOCKED
       ) AS w
       LIMIT $5
     )
     UPDATE work_item i SET attempts = i.attempts + 1, lease_token = gen_random_uuid(),
       lease_until = clock_timestamp() + make_interval(secs => $6)
     FROM taken WHERE i.tenant_id = taken.tenant_id AND i.work_id = taken.work_id
     RETURNING i.tenant_id, i.work_id, i.destination, i.payload_ref, i.attempts, i.lease_token, taken.lapsed`,
    [
      kind,
      places.map((place) => place.tenant_id),
      places.map((place) => place.destination),
      limits.slots,
      limits.room,
      limits.leaseSeconds,
    ],
  );
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    workId: row.work_id,
    kind,
    destination: row.destination,
    payloadRef: row.payload_ref,
    attempt: row.attempts,
    leaseToken: row.lease_token,
    lapsed: row.lapsed,
  }));
}

/** Ends an attempt. `lost` where the lease has passed on meanwhile: then nothing is changed, another has the row. */
export async function finishWork(tx: Tx, work: ClaimedWork, ending: WorkEnding): Promise<'finished' | 'lost'> {
  const rows = await tx.query(
    `UPDATE work_item SET state = $4, reason = $5, lease_token = NULL, lease_until = NULL,
       next_at = CASE WHEN $4 = 'waiting' THEN clock_timestamp() + make_interval(secs => $6) ELSE next_at END,
       ended_at = CASE WHEN $4 = 'waiting' THEN NULL ELSE clock_timestamp() END
     WHERE tenant_id = $1 AND work_id = $2 AND lease_token = $3 RETURNING 1`,
    [
      work.tenantId,
      work.workId,
      work.leaseToken,
      ending.outcome === 'retry' ? 'waiting' : ending.outcome,
      ending.reason,
      ending.outcome === 'retry' ? ending.afterSeconds : 0,
    ],
  );
  return rows.length > 0 ? 'finished' : 'lost';
}

/** Lets a destination rest: nothing is claimed for it until then. */
export async function pauseDestination(tx: Tx, work: ClaimedWork, seconds: number): Promise<void> {
  await tx.query(
    `UPDATE work_destination SET not_before = greatest(not_before, clock_timestamp() + make_interval(secs => $4))
     WHERE tenant_id = $1 AND kind = $2 AND destination = $3`,
    [work.tenantId, work.kind, work.destination, seconds],
  );
}

/** Closes a destination that wants nothing more. What waits for it stays, and goes on when it is opened again. */
export async function closeDestination(tx: Tx, work: ClaimedWork, reason: string): Promise<void> {
  await tx.query(
    `UPDATE work_destination SET closed_reason = $4 WHERE tenant_id = $1 AND kind = $2 AND destination = $3`,
    [work.tenantId, work.kind, work.destination, reason],
  );
}
