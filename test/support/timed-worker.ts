// A worker on a business clock of its own: the tasks of the real one, each in its loop, until it is killed.
// Started as a process by the specs, so that kill -9 means what it means.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { delivering, projecting, sequencing, type Task } from '../../apps/worker/src/tasks.js';
import { NoticeWriter, WebhookReceiver } from '@faultline/alerts';
import { WorldReader } from '@faultline/exposures';
import { AS_SHIPPED, feedDescriptors, readWatches } from '@faultline/feeds';
import { Projector } from '@faultline/incidents';
import { Sequencer } from '@faultline/ledger';
import { Database, GuardedClient, roleUrls, SystemClock, WEBHOOK_EGRESS } from '@faultline/platform';
import type { WorkerOptions } from './timed-worker-options.js';
import { planted } from './planted-deliveries.js';

const options = JSON.parse(process.env['TIMED_WORKER'] ?? '{}') as WorkerOptions;
const clock = {
  now: () => (options.clockFile ? readFileSync(options.clockFile, 'utf8').trim() : new SystemClock().now()),
};
const database = new Database(roleUrls(options.databaseUrl), options.poolSize ?? 6);
let claims = 0;
const transaction = database.transaction.bind(database);
database.transaction = async (...call) => {
  const result = await transaction(...call);
  if (Array.isArray(result) && result.length > 0 && ++claims === options.dieAfterClaims)
    process.kill(process.pid, 'SIGKILL');
  return result;
};
const holder = `timed worker ${process.pid}`;
const client = new GuardedClient({ ...WEBHOOK_EGRESS, timeoutMs: 2_000, allow: ['127.0.0.1/32'] });
const writer = new NoticeWriter(new WorldReader(feedDescriptors(AS_SHIPPED), readWatches(process.cwd())));
const limits = { slots: options.slots, atOnce: 64, leaseSeconds: options.leaseSeconds };
const webhook = new WebhookReceiver(client, new SystemClock(), null);
const deliverer = planted(options.plant, {
  database,
  clock,
  writer,
  webhook,
  limits,
  databaseUrl: options.databaseUrl,
});
const tasks: Task[] = [
  ...(options.projecting
    ? [
        sequencing(new Sequencer(database, holder)),
        projecting(new Projector(database, clock, holder, writer.projected)),
      ]
    : []),
  delivering(deliverer),
];
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
await Promise.all(
  tasks.map(async (task) => {
    for (;;) {
      const line = await task.execute().catch(() => 'failed');
      await sleep(line === undefined ? options.pauseMs : line === 'failed' ? 200 : 0);
    }
  }),
);
