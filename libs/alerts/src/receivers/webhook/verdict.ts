import { retryAfterSeconds } from '@faultline/platform';
import type { Tried } from '../receiver.js';

const OVERLOADED = new Set([429, 502, 504]);

/** What an answer means, by Standard Webhooks 1.0.0: 2xx taken, 410 gone for good, all else, redirects too, to be tried again. */
export function verdictOf(
  status: number,
  retryAfter: string | undefined,
  answerHash: string | null,
  nowMs: number,
): Tried {
  const facts = { reason: `http.${status}`, status, answerHash };
  if (status >= 200 && status < 300) return { outcome: 'accepted', ...facts };
  if (status === 410) return { outcome: 'gone', ...facts };
  return {
    outcome: 'failed',
    ...facts,
    askedPauseSeconds: retryAfterSeconds(retryAfter, nowMs),
    throttle: OVERLOADED.has(status),
  };
}
