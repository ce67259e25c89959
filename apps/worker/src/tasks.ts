import type { Deliverer } from '@faultline/alerts';
import type { FeedPoller } from '@faultline/feeds';
import type { Projector } from '@faultline/incidents';
import type { Sequencer } from '@faultline/ledger';

/** A task is a value: what an operator can read, and a test can call. */
export interface Task {
  readonly id: string;
  readonly description: string;
  readonly everyMs: number;
  /** Does what is due; the text, if any, is worth a line in the log. */
  readonly execute: () => Promise<string | undefined>;
}

export function sequencing(sequencer: Sequencer): Task {
  return {
    id: 'sequence',
    description: 'Give recorded facts their ledger positions',
    everyMs: 250,
    execute: async () => {
      const tick = await sequencer.drain();
      return tick.outcome === 'sequenced' && tick.count > 0
        ? `${tick.count} records placed, size ${tick.size}`
        : undefined;
    },
  };
}

export function projecting(projector: Projector): Task {
  return {
    id: 'project',
    description: 'Revise incidents from newly sequenced claims',
    everyMs: 500,
    execute: async () => {
      const tick = await projector.tick();
      return tick.outcome === 'projected' && tick.revisions > 0
        ? `${tick.revisions} revisions to position ${tick.position}`
        : undefined;
    },
  };
}

export function delivering(deliverer: Deliverer): Task {
  return {
    id: 'deliver',
    description: 'Bring notices to their receivers',
    everyMs: 250,
    execute: async () => {
      const taken = await deliverer.tick();
      return taken > 0 ? `${taken} notices on their way` : undefined;
    },
  };
}

export function polling(poller: FeedPoller): Task {
  let arranged = false;
  return {
    id: 'poll',
    description: 'Ask the feeds that are due',
    everyMs: 1_000,
    execute: async () => {
      if (!arranged) await poller.arrange();
      arranged = true;
      await poller.tick();
      return undefined;
    },
  };
}
