import type { Tx } from '@faultline/platform';
import { conditionsSchema, type Conditions, type Subscription } from './model/subscription.js';

export type ReceiverKind = 'webhook' | 'email';

/** Where a subscription's notices go. A webhook has a secret; nobody but the worker that signs can read it back. */
export interface ReceiverAddress {
  readonly kind: ReceiverKind;
  readonly address: string;
  readonly secret: string | null;
}

interface SubscriptionRow {
  tenant_id: string;
  subscription_id: string;
  title: string;
  region_ids: string[];
  conditions: Conditions;
}

const COLUMNS = 'tenant_id, subscription_id, title, region_ids, conditions';

export async function addSubscription(
  tx: Tx,
  subscription: Omit<Subscription, 'tenantId'>,
  receiver: ReceiverAddress,
): Promise<void> {
  await tx.query(
    `INSERT INTO subscription (tenant_id, subscription_id, title, region_ids, conditions, receiver_kind, address, secret)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tx.scope.tenantId,
      subscription.id,
      subscription.title,
      subscription.regionIds,
      JSON.stringify(subscription.conditions),
      receiver.kind,
      receiver.address,
      receiver.secret,
    ],
  );
}

/** The subscriptions in force: of every tenant for the worker's role, of the scope's tenant for everybody else. */
export async function subscriptionsInForce(tx: Tx): Promise<Subscription[]> {
  const rows = await tx.query<SubscriptionRow>(
    `SELECT ${COLUMNS} FROM subscription WHERE ended_at IS NULL ORDER BY tenant_id, subscription_id`,
  );
  return rows.map(subscriptionOf);
}

function subscriptionOf(row: SubscriptionRow): Subscription {
  return {
    tenantId: row.tenant_id,
    id: row.subscription_id,
    title: row.title,
    regionIds: row.region_ids,
    conditions: conditionsSchema.parse(row.conditions),
  };
}
