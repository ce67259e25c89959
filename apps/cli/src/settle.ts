import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Projector } from '@faultline/incidents';
import { Sequencer, unsequenced } from '@faultline/ledger';
import { PUBLIC_TENANT, SystemClock, type Database } from '@faultline/platform';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;

/**
 * Waits until the given records have positions and incidents are revised from them: by the running service, or by this
 * very process where none runs.
 */
export async function settle(database: Database, recordIds: readonly string[]): Promise<void> {
  const holder = `command ${randomUUID()}`;
  const sequencer = new Sequencer(database, holder);
  const projector = new Projector(database, new SystemClock(), holder);
  const scope = { tenantId: PUBLIC_TENANT, actor: 'command' };
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(PAUSE_MS)) {
    await sequencer.drain();
    if ((await database.transaction('feed', scope, 'read', (tx) => unsequenced(tx, recordIds))) === 0) break;
    if (Date.now() > end) throw new Error(`not sequenced within ${PATIENCE_MS / 1000} s: is a long transaction open, or a sequencer frozen?`);
  }
  await projector.tick();
  await sequencer.drain();
}
