import { Piscina } from 'piscina';
import type { ParseOutcome } from './model/adapter.js';
import type { Parse } from './ingest.js';

/** What a document may cost its reader, and where the reader is. */
export interface ParserLimits {
  readonly maxHeapMb: number;
  readonly patienceMs: number;
  readonly threads: number;
  /** Exports `readInThread`. */
  readonly reader: URL;
}

const LIMITS: ParserLimits = {
  maxHeapMb: 256,
  patienceMs: 10_000,
  threads: 2,
  reader: new URL('./parse-thread.js', import.meta.url),
};

/**
 * Reads documents in threads of their own, each with 256 MB and 10 s: what a document does to its reader, it does to a
 * thread that is thrown away. A document that costs more is quarantined whole as `feed.too_costly`; one on which our own
 * reader fails as `feed.reader_failed`, to be read again from its capture when that is mended.
 */
export class ThreadParser {
  private readonly pool: Piscina<unknown, ParseOutcome>;
  private readonly waiting: (() => void)[] = [];
  private free: number;

  constructor(private readonly limits: ParserLimits = LIMITS) {
    this.free = limits.threads;
    this.pool = new Piscina({
      filename: limits.reader.href,
      name: 'readInThread',
      minThreads: 0,
      maxThreads: limits.threads,
      idleTimeout: 30_000,
      resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMb },
    });
  }

  readonly parse: Parse = async (feed, document) => {
    const { patienceMs, maxHeapMb } = this.limits;
    // Nobody pays for another's document: the time runs once a thread is free.
    await this.turn();
    try {
      const task = { feedId: feed.id, document };
      return await this.pool.run(task, { signal: AbortSignal.timeout(patienceMs) });
    } catch (error) {
      const { name, code, message } = error as { name?: string; code?: string; message?: string };
      const wanted = 'a document our reader can read';
      if (name === 'AbortError' || name === 'TimeoutError')
        return refusedWhole('feed.too_costly', `more than ${patienceMs / 1000} s of reading`, wanted);
      if (code === 'ERR_WORKER_OUT_OF_MEMORY')
        return refusedWhole('feed.too_costly', `more than ${maxHeapMb} MB of memory`, wanted);
      return refusedWhole('feed.reader_failed', String(message).slice(0, 200), wanted);
    } finally {
      this.free += 1;
      this.waiting.shift()?.();
    }
  };

  private async turn(): Promise<void> {
    while (this.free === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.free -= 1;
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}

function refusedWhole(code: 'feed.too_costly' | 'feed.reader_failed', got: string, wanted: string): ParseOutcome {
  return { outcome: 'quarantined', reason: { code, locator: '', got, wanted } };
}
