import { msOf, parseInstant } from '@faultline/evidence';
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
    askedPauseSeconds: pauseOf(retryAfter, nowMs),
    throttle: OVERLOADED.has(status),
  };
}

/** `Retry-After` in seconds: a number of them, or an HTTP date. Null where it is neither. */
function pauseOf(retryAfter: string | undefined, nowMs: number): number | null {
  if (retryAfter === undefined) return null;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter);
  const date = HTTP_DATE.exec(retryAfter);
  const month = date ? MONTHS.indexOf(date[2]!) + 1 : 0;
  if (!date || month === 0) return null;
  const instant = parseInstant(`${date[3]}-${String(month).padStart(2, '0')}-${date[1]}T${date[4]}Z`);
  return instant === undefined ? null : Math.max(0, (msOf(instant) - nowMs) / 1000);
}

/** IMF-fixdate, RFC 9110 §5.6.7. */
const HTTP_DATE = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
