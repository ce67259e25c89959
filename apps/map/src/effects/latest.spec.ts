import { describe, expect, it } from '@jest/globals';
import { createLatest } from './latest.js';

const held = <T>() => {
  let give: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => (give = resolve));
  return { promise, give };
};

describe('the latest question', () => {
  it('is the only one whose answer is heard, whatever order they come in', async () => {
    const latest = createLatest();
    const heard: string[] = [];
    const on = { found: (value: string) => void heard.push(value), failed: () => void heard.push('failed') };
    const [first, second] = [held<string>(), held<string>()];
    const runs = [latest.run(0, () => first.promise, on), latest.run(0, () => second.promise, on)];
    second.give('second');
    first.give('first');
    await Promise.all(runs);
    expect(heard).toEqual(['second']);
  });

  it('aborts the one before', async () => {
    const latest = createLatest();
    const on = { found: () => {}, failed: () => {} };
    const signals: AbortSignal[] = [];
    const one = held<void>();
    const run = latest.run(0, (signal) => (signals.push(signal), one.promise), on);
    latest.stop();
    one.give();
    await run;
    expect(signals[0]?.aborted).toBe(true);
  });

  it('says when it failed', async () => {
    const latest = createLatest();
    const heard: unknown[] = [];
    await latest.run(0, () => Promise.reject(new Error('down')), {
      found: () => void heard.push('found'),
      failed: (error) => void heard.push(error),
    });
    expect(heard).toEqual([new Error('down')]);
  });
});
