/** Runs one question at a time: a new one aborts the one before, whose answer is then dropped even if it comes. */
export interface Latest {
  readonly run: <T>(
    delayMs: number,
    ask: (signal: AbortSignal) => Promise<T>,
    on: { readonly found: (value: T) => void; readonly failed: (error: unknown) => void },
  ) => Promise<void>;
  readonly stop: () => void;
}

export const createLatest = (): Latest => {
  let current: AbortController | null = null;
  const stop = (): void => {
    current?.abort();
    current = null;
  };
  return {
    stop,
    run: async (delayMs, ask, on) => {
      stop();
      const controller = new AbortController();
      current = controller;
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      if (controller.signal.aborted) return;
      try {
        const value = await ask(controller.signal);
        if (!controller.signal.aborted) on.found(value);
      } catch (error) {
        if (!controller.signal.aborted) on.failed(error);
      }
    },
  };
};
