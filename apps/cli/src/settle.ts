import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { NoticeWriter } from '@faultline/alerts';
import { WorldReader } from '@faultline/exposures';
import { AS_SHIPPED, feedDescriptors, readWatches } from '@faultline/feeds';
import { projectedTo, Projector } from '@faultline/incidents';
import { ledgerSize, Sequencer, unsequenced } from '@faultline/ledger';
import { PUBLIC_TENANT, SystemClock, type Database } from '@faultline/platform';
import { ROOT } from './place.js';

/** How long nothing may move before the wait is given up. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;
const SCOPE = { tenantId: PUBLIC_TENANT, actor: 'command' };

/** Waits until the given records of a tenant have positions and incidents are revised from them. */
export async function settle(
  database: Database,
  recordIds: readonly string[],
  tenantId = PUBLIC_TENANT,
): Promise<void> {
  await settleWhile(database, () => Promise.resolve(recordIds), tenantId);
}

/**
 * Gives positions and revises incidents while `work` records facts, and then waits until the records it names and all
 * before them are settled: by the running service, or by this very process where none runs.
 */
export async function settleWhile(
  database: Database,
  work: () => Promise<readonly string[]>,
  tenantId = PUBLIC_TENANT,
): Promise<void> {
  const settler = new Settler(database, tenantId);
  try {
    const working = work();
    let isWorking = true;
    const done = () => (isWorking = false);
    working.then(done, done);
    while (isWorking)
      if (!(await settler.turn())) await Promise.race([working.catch(() => undefined), sleep(PAUSE_MS)]);
    await settler.settled(await working);
  } finally {
    await settler.release();
  }
}

class Settler {
  private readonly sequencer: Sequencer;
  private readonly projector: Projector;

  constructor(
    private readonly database: Database,
    private readonly tenantId: string,
  ) {
    const holder = `command ${randomUUID()}`;
    const writer = new NoticeWriter(new WorldReader(feedDescriptors(AS_SHIPPED), readWatches(ROOT)));
    this.sequencer = new Sequencer(database, holder);
    this.projector = new Projector(database, new SystemClock(), holder, writer.projected);
  }

  /** One turn of both. Whether there was anything to do for this process. */
  async turn(): Promise<boolean> {
    const [placed, projected] = await Promise.all([this.sequencer.drain(), this.projector.tick()]);
    return (
      (placed.outcome === 'sequenced' && placed.count > 0) || (projected.outcome === 'projected' && projected.moved)
    );
  }

  async settled(recordIds: readonly string[]): Promise<void> {
    const { database } = this;
    const size = () => database.transaction('feed', SCOPE, 'read', ledgerSize);
    await until('sequenced', size, async () => {
      await this.sequencer.drain();
      const ofTenant = { ...SCOPE, tenantId: this.tenantId };
      return (await database.transaction('feed', ofTenant, 'read', (tx) => unsequenced(tx, recordIds))) === 0;
    });
    const recorded = await size();
    const position = () => database.transaction('sequencer', SCOPE, 'read', projectedTo);
    let revisions = 0;
    await until('projected', position, async () => {
      const tick = await this.projector.tick();
      if (tick.outcome === 'projected') revisions += tick.revisions;
      return (await position()) >= recorded;
    });
    // The revisions just made are records too.
    await until('sequenced', size, async () => {
      await this.sequencer.drain();
      return (await size()) >= recorded + revisions;
    });
  }

  async release(): Promise<void> {
    await this.projector.release();
    await this.sequencer.release();
  }
}

/** Asks again and again, for as long as `progress` moves: a killed process holds its lease until it lapses. */
async function until(what: string, progress: () => Promise<number>, holds: () => Promise<boolean>): Promise<void> {
  let reached = -1;
  for (let end = Date.now() + PATIENCE_MS; !(await holds());) {
    const now = await progress();
    if (now > reached) {
      reached = now;
      end = Date.now() + PATIENCE_MS;
      continue;
    }
    if (Date.now() > end) {
      throw new Error(
        `not ${what} within ${PATIENCE_MS / 1000} s: is a long write transaction open on the server, or a worker frozen?`,
      );
    }
    await sleep(PAUSE_MS);
  }
}
