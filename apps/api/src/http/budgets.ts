import type { Budget } from './access-settings.js';

export type Taken = { readonly outcome: 'granted' } | { readonly outcome: 'spent'; readonly retryAfterSeconds: number };

const MOST_SPENDERS = 100_000;

/** Counts what was taken of an allowance, by spender, in windows that begin with the first taking. Of one process. */
export class Budgets {
  private readonly windows = new Map<string, { endsAtMs: number; taken: number }>();

  take(spender: string, { count, seconds }: Budget, nowMs: number): Taken {
    const held = this.windows.get(spender);
    const window = held && held.endsAtMs > nowMs ? held : { endsAtMs: nowMs + seconds * 1000, taken: 0 };
    if (window.taken >= count)
      return { outcome: 'spent', retryAfterSeconds: Math.max(1, Math.ceil((window.endsAtMs - nowMs) / 1000)) };
    window.taken += 1;
    if (window !== held) this.keep(spender, window);
    return { outcome: 'granted' };
  }

  /** The oldest windows go first, so that many who ask once fill no memory. */
  private keep(spender: string, window: { endsAtMs: number; taken: number }): void {
    this.windows.delete(spender);
    this.windows.set(spender, window);
    if (this.windows.size <= MOST_SPENDERS) return;
    const [oldest] = this.windows.keys();
    this.windows.delete(oldest!);
  }
}
