import { Piscina } from 'piscina';
import type { ParseOutcome } from './model/adapter.js';
import type { Parse } from './ingest.js';

const MAX_HEAP_MB = 256;
const PATIENCE_MS = 10_000;

/**
 * Reads documents in threads of their own, each with 256 MB and 10 s: what a document does to its reader, it does to a
 * thread that is thrown away. A document that costs more is quarantined whole as `feed.too_costly`; one on which our own
 * reader fails as `feed.reader_failed`, to be read again from its capture when that is mended.
 */
export class ThreadParser {
  private readonly pool = new Piscina<unknown, ParseOutcome>({
    filename: new URL('./parse-thread.js', import.meta.url).href,
    name: 'readInThread',
    minThreads: 0,
    maxThreads: 2,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });

  readonly parse: Parse = async (feed, document) => {
    try {
      const task = { feedId: feed.id, document };
      return await this.pool.run(task, { signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch (error) {
      const { name, code, message } = error as { name?: string; code?: string; message?: string };
      const wanted = 'a document our reader can read';
      if (name === 'AbortError' || name === 'TimeoutError')
        return refusedWhole('feed.too_costly', `more than ${PATIENCE_MS / 1000} s of reading`, wanted);
      if (code === 'ERR_WORKER_OUT_OF_MEMORY')
        return refusedWhole('feed.too_costly', `more than ${MAX_HEAP_MB} MB of memory`, wanted);
      return refusedWhole('feed.reader_failed', String(message).slice(0, 200), wanted);
    }
  };

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}

function refusedWhole(code: 'feed.too_costly' | 'feed.reader_failed', got: string, wanted: string): ParseOutcome {
  return { outcome: 'quarantined', reason: { code, locator: '', got, wanted } };
}
