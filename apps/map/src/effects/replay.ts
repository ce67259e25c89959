import { lastOf } from '../state/read.js';
import { momentOf } from '../state/state.js';
import type { Store } from '../state/store.js';
import { HOUR_MS, MARCH, MARCH_OPENING, nextFrame, toInstant } from '../state/time.js';

const FRAME_MS = 1100;

/** Replays March 2026 statement by statement. The next frame waits until the last one has been read. */
export const keepReplaying = (store: Store): void => {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const stop = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const at = (ms: number): void => {
    const instant = toInstant(ms);
    const { position } = store.state().address.asked;
    store.send({ do: 'ask', asked: { validAt: instant, publicAt: instant, position } });
  };
  const frame = (): void => {
    timer = null;
    const state = store.state();
    if (!state.playing) return;
    const { exposures, timeline } = state.reads;
    if (exposures.phase === 'failed') return store.send({ do: 'play', playing: false });
    if (exposures.phase === 'found' && timeline.phase !== 'loading') {
      const next = nextFrame(momentOf(state), lastOf(timeline)?.data ?? [], MARCH.end - HOUR_MS);
      if (next === null) return store.send({ do: 'play', playing: false });
      at(next);
    }
    timer = setTimeout(frame, FRAME_MS);
  };
  store.onChange((state, before) => {
    if (state.playing === before.playing) return;
    stop();
    if (!state.playing) return;
    store.send({ do: 'span', span: 'march' });
    const moment = momentOf(state);
    if (moment < MARCH.begin || moment >= MARCH.end - 12 * HOUR_MS) at(MARCH_OPENING);
    timer = setTimeout(frame, FRAME_MS);
  });
};
