import { EgressRefused, type Tx } from '@faultline/platform';
import { BANDS, conditionsSchema, type Subscription } from './model/subscription.js';
import { checkSecret, SecretRefused } from './receivers/webhook/signature.js';
import { addSubscription, type ReceiverAddress } from './subscription.store.js';

/** What somebody asked for that cannot be had: what was got, what was wanted. To an API this is a 422. */
export class SubscriptionRefused extends Error {
  readonly status = 422;

  constructor(
    /** A named reason, such as `url.private`. */
    readonly code: string,
    /** The field it is about. */
    readonly field: 'regionIds' | 'conditions' | 'address' | 'secret' | 'title',
    detail: string,
  ) {
    super(detail);
  }
}

export interface SubscriptionRequest {
  readonly id: string;
  readonly title: string;
  readonly regionIds: readonly string[];
  readonly conditions: unknown;
  readonly receiver: ReceiverAddress;
}

/** What must be asked of others before a subscription is taken. */
export interface Admission {
  /** @throws EgressRefused where an address must not be reached. */
  admit(address: string): Promise<void>;
  isRegion(regionId: string): boolean;
}

const MOST_REGIONS = 500;
const LONGEST_TITLE = 120;
const EMAIL = /^[^\s@<>(),;:"\\[\]]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])$/i;

/**
 * Takes a subscription into the tenant of the transaction. Its address is checked as the worker will check it again at
 * every attempt: a name can change its mind in between.
 * @throws SubscriptionRefused
 */
export async function subscribe(tx: Tx, request: SubscriptionRequest, admission: Admission): Promise<Subscription> {
  const subscription = await checkedSubscription(request, tx.scope.tenantId, admission);
  await addSubscription(tx, subscription, request.receiver);
  return subscription;
}

/** The checks alone. @throws SubscriptionRefused */
export async function checkedSubscription(
  { id, title, regionIds, conditions, receiver }: SubscriptionRequest,
  tenantId: string,
  admission: Admission,
): Promise<Subscription> {
  const name = title.trim();
  if (name === '' || name.length > LONGEST_TITLE || /\p{Cc}/u.test(name))
    throw new SubscriptionRefused('title.invalid', 'title', `wanted 1 to ${LONGEST_TITLE} characters without controls`);
  const wanted = [...new Set(regionIds)];
  if (wanted.length === 0 || wanted.length > MOST_REGIONS)
    throw new SubscriptionRefused(
      'scope.size',
      'regionIds',
      `got ${wanted.length} regions, wanted 1 to ${MOST_REGIONS}`,
    );
  const unknown = wanted.find((regionId) => !admission.isRegion(regionId));
  if (unknown !== undefined)
    throw new SubscriptionRefused(
      'region.unknown',
      'regionIds',
      `got ${unknown.slice(0, 80)}, wanted a cloud region such as aws:me-central-1`,
    );
  const read = conditionsSchema.safeParse(conditions);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new SubscriptionRefused(
      'conditions.invalid',
      'conditions',
      `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}; bands are ${BANDS.join(', ')}`,
    );
  }
  await checkReceiver(receiver, admission);
  return { tenantId, id, title: name, regionIds: wanted, conditions: read.data };
}

async function checkReceiver({ kind, address, secret }: ReceiverAddress, admission: Admission): Promise<void> {
  if (kind === 'email') {
    if (!EMAIL.test(address))
      throw new SubscriptionRefused(
        'address.invalid',
        'address',
        `got ${address.slice(0, 80)}, wanted an e-mail address`,
      );
    return;
  }
  try {
    checkSecret(secret ?? '');
    await admission.admit(address);
  } catch (error) {
    if (error instanceof SecretRefused) throw new SubscriptionRefused(error.reason, 'secret', error.message);
    if (error instanceof EgressRefused) throw new SubscriptionRefused(error.reason, 'address', error.message);
    throw error;
  }
}
