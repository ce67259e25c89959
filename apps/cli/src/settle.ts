import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { NoticeWriter } from '@faultline/alerts';
import { WorldReader } from '@faultline/exposures';
import { AS_SHIPPED, feedDescriptors, readWatches } from '@faultline/feeds';
import { projectedTo, Projector } from '@faultline/incidents';
import { ledgerSize, Sequencer, unsequenced } from '@faultline/ledger';
import { PUBLIC_TENANT, SystemClock, type Database } from '@faultline/platform';
import { ROOT } from './place.js';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;

/**
 * Waits until the given records of a tenant have positions and incidents are revised from them: by the running service, or by this
 * very process where none runs.
 */
export async function settle(
  database: Database,
  recordIds: readonly string[],
  tenantId = PUBLIC_TENANT,
): Promise<void> {
  const holder = `command ${randomUUID()}`;
  const sequencer = new Sequencer(database, holder);
  const writer = new NoticeWriter(new WorldReader(feedDescriptors(AS_SHIPPED), readWatches(ROOT)));
  const projector = new Projector(database, new SystemClock(), holder, writer.projected);
  const scope = { tenantId: PUBLIC_TENANT, actor: 'command' };
  const size = () => database.transaction('feed', scope, 'read', ledgerSize);
  try {
    await until('sequenced', async () => {
      await sequencer.drain();
      const ofTenant = { ...scope, tenantId };
      return (await database.transaction('feed', ofTenant, 'read', (tx) => unsequenced(tx, recordIds))) === 0;
    });
    const recorded = await size();
    let revisions = 0;
    await until('projected', async () => {
      const tick = await projector.tick();
      if (tick.outcome === 'projected') revisions += tick.revisions;
      return (await database.transaction('sequencer', scope, 'read', projectedTo)) >= recorded;
    });
    // The revisions just made are records too.
    await until('sequenced', async () => {
      await sequencer.drain();
      return (await size()) >= recorded + revisions;
    });
  } finally {
    await projector.release();
    await sequencer.release();
  }
}

/** Asks again and again: a killed process holds its lease until it lapses. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await holds()); await sleep(PAUSE_MS)) {
    if (Date.now() > end) {
      throw new Error(
        `not ${what} within ${PATIENCE_MS / 1000} s: is a long write transaction open on the server, or a worker frozen?`,
      );
    }
  }
}
