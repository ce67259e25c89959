import { addWork, type Tx } from '@faultline/platform';
import type { NoticeContent } from './model/content.js';
import type { Told } from './model/notice.js';
import type { Subscription } from './model/subscription.js';
import type { Step } from './stages/pipeline.js';
import type { ReceiverAddress, ReceiverKind } from './subscription.store.js';

export const DELIVERY = 'delivery';

/** A notice on its way into the outbox. */
export interface NewNotice {
  readonly content: NoticeContent;
  readonly told: Told;
  readonly sequence: number;
}

/** Writes a notice and the work of delivering it, in the caller's transaction: both are there, or neither. */
export async function putNotice(tx: Tx, subscription: Subscription, notice: NewNotice): Promise<void> {
  const { content, told, sequence } = notice;
  await tx.query(
    `INSERT INTO notice (tenant_id, notice_id, subscription_id, region_id, sequence, kind, issued_at, position, content, told)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      subscription.tenantId,
      content.id,
      subscription.id,
      content.subject.regionId,
      sequence,
      content.kind,
      content.issuedAt,
      content.state.coordinates.position,
      JSON.stringify(content),
      JSON.stringify(told),
    ],
  );
  await addWork(tx, [
    {
      tenantId: subscription.tenantId,
      workId: content.id,
      kind: DELIVERY,
      destination: subscription.id,
      payloadRef: content.id,
    },
  ]);
}

/** What a subscription was last told of a region, and by which notice in the row. */
export async function lastTold(
  tx: Tx,
  subscription: Pick<Subscription, 'tenantId' | 'id'>,
  regionId: string,
): Promise<{ readonly told: Told | null; readonly sequence: number }> {
  const [row] = await tx.query<{ told: string; sequence: number }>(
    `SELECT told, sequence FROM notice WHERE tenant_id = $1 AND subscription_id = $2 AND region_id = $3
     ORDER BY sequence DESC LIMIT 1`,
    [subscription.tenantId, subscription.id, regionId],
  );
  return row ? { told: JSON.parse(row.told) as Told, sequence: row.sequence } : { told: null, sequence: 0 };
}

/** Keeps what each stage decided at a ledger position. */
export async function keepSteps(
  tx: Tx,
  subscription: Pick<Subscription, 'tenantId' | 'id'>,
  regionId: string,
  position: number,
  steps: readonly Step[],
): Promise<void> {
  await tx.query(
    `INSERT INTO alert_outcome (tenant_id, subscription_id, region_id, position, step, stage, outcome, reason, notice_id)
     SELECT $1, $2, $3, $4, s.step, s.stage, s.outcome, s.reason, s.notice_id
     FROM unnest($5::text[], $6::text[], $7::text[], $8::uuid[]) WITH ORDINALITY AS s (stage, outcome, reason, notice_id, step)
     ON CONFLICT DO NOTHING`,
    [
      subscription.tenantId,
      subscription.id,
      regionId,
      position,
      steps.map(({ stage }) => stage),
      steps.map(({ outcome }) => outcome),
      steps.map(({ reason }) => reason),
      steps.map(({ noticeId }) => noticeId),
    ],
  );
}

/** A notice with where it goes. */
export interface Outgoing {
  readonly tenantId: string;
  readonly content: NoticeContent;
  readonly regionId: string;
  readonly receiver: ReceiverAddress;
  /** The subscription has been told something later of the same region. */
  readonly overtaken: boolean;
}

/** Reads notices to be sent, by tenant and id. */
export async function outgoing(
  tx: Tx,
  wanted: readonly { readonly tenantId: string; readonly payloadRef: string }[],
): Promise<Map<string, Outgoing>> {
  const rows = await tx.query<{
    tenant_id: string;
    notice_id: string;
    region_id: string;
    content: string;
    receiver_kind: ReceiverKind;
    address: string;
    secret: string | null;
    overtaken: boolean;
  }>(
    `SELECT n.tenant_id, n.notice_id, n.region_id, n.content, s.receiver_kind, s.address, s.secret,
            EXISTS (SELECT 1 FROM notice l WHERE l.tenant_id = n.tenant_id AND l.subscription_id = n.subscription_id
                    AND l.region_id = n.region_id AND l.position > n.position) AS overtaken
     FROM unnest($1::text[], $2::uuid[]) AS w (tenant_id, notice_id)
     JOIN notice n ON n.tenant_id = w.tenant_id AND n.notice_id = w.notice_id
     JOIN subscription s ON s.tenant_id = n.tenant_id AND s.subscription_id = n.subscription_id`,
    [wanted.map(({ tenantId }) => tenantId), wanted.map(({ payloadRef }) => payloadRef)],
  );
  return new Map(
    rows.map((row) => [
      row.notice_id,
      {
        tenantId: row.tenant_id,
        content: JSON.parse(row.content) as NoticeContent,
        regionId: row.region_id,
        receiver: { kind: row.receiver_kind, address: row.address, secret: row.secret },
        overtaken: row.overtaken,
      },
    ]),
  );
}

/** One try at bringing a notice to somebody, as it is kept for good. */
export interface Attempt {
  readonly tenantId: string;
  readonly deliveryId: string;
  readonly attempt: number;
  /** `not-known`: whoever tried is gone and never said. */
  readonly outcome: 'accepted' | 'failed' | 'gone' | 'not-known';
  readonly reason: string;
  readonly status: number | null;
  readonly durationMs: number | null;
  readonly answerHash: string | null;
  readonly delayed: boolean;
}

export async function keepAttempts(tx: Tx, attempts: readonly Attempt[]): Promise<void> {
  if (attempts.length === 0) return;
  await tx.query(
    `INSERT INTO delivery_attempt (tenant_id, delivery_id, attempt, outcome, reason, status, duration_ms, answer_hash, delayed)
     SELECT * FROM unnest($1::text[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::int[], $7::int[], $8::text[], $9::bool[])`,
    [
      attempts.map(({ tenantId }) => tenantId),
      attempts.map(({ deliveryId }) => deliveryId),
      attempts.map(({ attempt }) => attempt),
      attempts.map(({ outcome }) => outcome),
      attempts.map(({ reason }) => reason),
      attempts.map(({ status }) => status),
      attempts.map(({ durationMs }) => durationMs),
      attempts.map(({ answerHash }) => answerHash),
      attempts.map(({ delayed }) => delayed),
    ],
  );
}
