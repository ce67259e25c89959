import { randomUUID } from 'node:crypto';
import {
  BANDS,
  makeSecret,
  subscribe,
  SubscriptionRefused,
  verifyingKeyOf,
  type ReceiverAddress,
} from '@faultline/alerts';
import { NOW_STATES, WorldReader } from '@faultline/exposures';
import { AS_SHIPPED, feedDescriptors, readWatches } from '@faultline/feeds';
import { ledgerSize } from '@faultline/ledger';
import { Database, GuardedClient, PUBLIC_TENANT, SystemClock, WEBHOOK_EGRESS } from '@faultline/platform';
import { argumentsOf, openPlace, PLACE_OPTIONS, ROOT, serviceUrls } from './place.js';
import { UsageError } from './usage.js';

const OPTIONS = {
  ...PLACE_OPTIONS,
  region: { type: 'string', multiple: true },
  webhook: { type: 'string' },
  email: { type: 'string' },
  condition: { type: 'string' },
  quorum: { type: 'boolean' },
  lifecycle: { type: 'boolean' },
  cause: { type: 'boolean' },
  duration: { type: 'boolean' },
  likelihood: { type: 'string' },
  title: { type: 'string' },
  ed25519: { type: 'boolean' },
  tenant: { type: 'string' },
} as const;

/** What is asked for where nothing is said: all that opens an alert at once, but for the score. */
const USUAL = { condition: 'impaired', quorum: true, lifecycle: true, cause: true, duration: true };

/** `faultline subscribe`: takes a subscription and prints its id and the key to verify its messages with. */
export async function runSubscribe(args: string[]): Promise<number> {
  const { values } = argumentsOf('subscribe', args, OPTIONS);
  const receiver = receiverOf(values);
  const regionIds = values.region ?? [];
  const asked = {
    ...(values.condition === undefined ? {} : { condition: values.condition }),
    ...(values.quorum ? { quorum: true } : {}),
    ...(values.lifecycle ? { lifecycle: true } : {}),
    ...(values.cause ? { cause: true } : {}),
    ...(values.duration ? { duration: true } : {}),
    ...(values.likelihood === undefined ? {} : { likelihood: values.likelihood }),
  };
  const conditions = Object.keys(asked).length === 0 ? USUAL : asked;
  const place = await openPlace(values, () => undefined);
  const database = new Database(serviceUrls(place), 2);
  const { FAULTLINE_EGRESS_ALLOW: allow, FAULTLINE_WEBHOOK_HOSTS: hosts } = place.config;
  const client = new GuardedClient({ ...WEBHOOK_EGRESS, allow, hosts });
  try {
    await database.requireSchema();
    const regions = await knownRegions(database);
    const request = { id: randomUUID(), title: values.title ?? regionIds.join(', '), regionIds, conditions, receiver };
    const scope = { tenantId: values.tenant ?? 'local', actor: 'subscribe' };
    const subscription = await database.transaction('app', scope, 'write', (tx) =>
      subscribe(tx, request, {
        admit: (address) => client.admit(address),
        isRegion: (regionId) => regions.has(regionId),
      }),
    );
    process.stdout.write(`Subscription ${subscription.id}\n`);
    if (receiver.secret !== null)
      process.stdout.write(`Verify its messages (Standard Webhooks) with ${verifyingKeyOf(receiver.secret)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof SubscriptionRefused)) throw error;
    throw new UsageError(`faultline subscribe: ${error.code}: ${error.message}${hintOf(error.field)}`);
  } finally {
    await client.close();
    await database.close();
    await place.stop();
  }
}

function receiverOf(values: { webhook?: string; email?: string; ed25519?: boolean }): ReceiverAddress {
  if ((values.webhook === undefined) === (values.email === undefined))
    throw new UsageError('faultline subscribe: wanted one of --webhook URL and --email ADDRESS');
  if (values.email !== undefined) return { kind: 'email', address: values.email, secret: null };
  return { kind: 'webhook', address: values.webhook!, secret: makeSecret(values.ed25519 ? 'ed25519' : 'hmac') };
}

function hintOf(field: SubscriptionRefused['field']): string {
  if (field === 'conditions')
    return `; --condition is one of ${NOW_STATES.join(', ')}, --likelihood one of ${BANDS.join(', ')}`;
  return field === 'address' ? '; FAULTLINE_EGRESS_ALLOW opens private networks' : '';
}

async function knownRegions(database: Database): Promise<ReadonlySet<string>> {
  const now = new SystemClock().now();
  return database.transaction('feed', { tenantId: PUBLIC_TENANT, actor: 'subscribe' }, 'read', async (tx) => {
    const reader = new WorldReader(feedDescriptors(AS_SHIPPED), readWatches(ROOT));
    const { world } = await reader.at(tx, { validAt: now, publicAt: now, position: await ledgerSize(tx) });
    return new Set(world.places.regions.keys());
  });
}
