import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Deliverer, EmailReceiver, NoticeWriter, WebhookReceiver } from '@faultline/alerts';
import { WorldReader } from '@faultline/exposures';
import {
  askedFeeds,
  feedConfiguration,
  feedDescriptors,
  FeedPoller,
  readWatches,
  ThreadParser,
} from '@faultline/feeds';
import { Projector } from '@faultline/incidents';
import { Sequencer } from '@faultline/ledger';
import {
  ConfigError,
  Database,
  FEED_EGRESS,
  GuardedClient,
  processLog,
  readConfig,
  roleUrls,
  SchemaMismatch,
  SystemClock,
  WEBHOOK_EGRESS,
} from '@faultline/platform';
import { delivering, polling, projecting, sequencing, type Task } from './tasks.js';

/** Of the project, from the built file as from the source. */
const ROOT = path.resolve(import.meta.dirname, import.meta.filename.endsWith('.ts') ? '../../..' : '../../../..');
const LONGEST_PAUSE_MS = 30_000;

/** The worker process: its roles' tasks, each in a loop of its own, until it is told to stop or its parent is gone. */
export async function runWorker(): Promise<void> {
  try {
    const config = readConfig(process.env);
    const log = processLog('worker', config.FAULTLINE_LOG);
    const urls = roleUrls(config.DATABASE_URL, {
      app: config.DATABASE_URL_APP ?? config.DATABASE_URL_FEED,
      feed: config.DATABASE_URL_FEED,
      sequencer: config.DATABASE_URL_SEQUENCER,
    });
    const database = new Database(urls);
    await database.requireSchema('sequencer');
    const holder = randomUUID();
    const clock = new SystemClock();
    const client = new GuardedClient({ ...FEED_EGRESS, allow: config.FAULTLINE_EGRESS_ALLOW });
    const configuration = feedConfiguration(config);
    const parser = new ThreadParser();
    const poller = new FeedPoller(database, clock, client, askedFeeds(configuration), parser.parse, (tick) => {
      if (tick.outcome === 'failed') log.warn({ task: 'poll', ...tick }, 'poll failed');
      if (tick.outcome === 'ingested' && tick.report.claimsNew > 0)
        log.info({ task: 'poll', feedId: tick.feedId }, `${tick.report.claimsNew} new claims`);
    });
    const { FAULTLINE_EGRESS_ALLOW: allow, FAULTLINE_WEBHOOK_HOSTS: hosts } = config;
    const webhooks = new GuardedClient({ ...WEBHOOK_EGRESS, allow, hosts });
    const writer = new NoticeWriter(new WorldReader(feedDescriptors(configuration), readWatches(ROOT)));
    const mapUrl = config.FAULTLINE_MAP_URL ?? null;
    const smtp = config.FAULTLINE_SMTP_URL;
    const deliverer = new Deliverer(database, clock, writer, {
      webhook: new WebhookReceiver(webhooks, clock, mapUrl),
      ...(smtp === undefined ? {} : { email: new EmailReceiver(smtp, config.FAULTLINE_MAIL_FROM, mapUrl) }),
    });
    const sequencer = new Sequencer(database, holder);
    const projector = new Projector(database, clock, holder, writer.projected);
    const roles = new Set(config.FAULTLINE_ROLES);
    const tasks = [
      ...(roles.has('sequencer') ? [sequencing(sequencer)] : []),
      ...(roles.has('projector') ? [projecting(projector)] : []),
      ...(roles.has('deliveries') ? [delivering(deliverer)] : []),
      ...(roles.has('feeds') && config.FAULTLINE_POLL === 'on' ? [polling(poller)] : []),
    ];
    const stopping = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, () => stopping.abort());
    log.info(`tasks: ${tasks.map(({ id }) => id).join(', ')}`);
    process.send?.({ ready: 'worker' });
    await Promise.all(tasks.map((task) => loop(task, stopping.signal, log)));
    await Promise.all([deliverer.idle(), poller.idle()]);
    await Promise.all([sequencer.release(), projector.release(), webhooks.close(), client.close(), parser.close()]);
    await database.close();
    process.exit(0);
  } catch (error) {
    const known = error instanceof ConfigError || error instanceof SchemaMismatch;
    process.stderr.write(`faultline worker: ${known ? error.message : String((error as Error).stack)}\n`);
    process.exit(known ? ConfigError.exitCode : 1);
  }
}

/** Runs one task again and again, never twice at once. A failure is logged and waited out, longer each time. */
async function loop(task: Task, stop: AbortSignal, log: Logger): Promise<void> {
  let failures = 0;
  while (!stop.aborted) {
    try {
      const line = await task.execute();
      failures = 0;
      if (line) log.info({ task: task.id }, line);
    } catch (error) {
      failures += 1;
      log.error({ task: task.id, failures, err: error }, 'task failed');
    }
    const pause = failures === 0 ? task.everyMs : Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures);
    await sleep(pause, undefined, { signal: stop }).catch(() => undefined);
  }
}
