import { DateTime } from 'luxon';

/** The pause a `Retry-After` header (RFC 9110 §10.2.3) asks for, in seconds: a number of them, or an HTTP date. Null where it is neither. */
export function retryAfterSeconds(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const date = header.length <= 40 ? DateTime.fromHTTP(header, { zone: 'utc' }) : null;
  return date?.isValid ? Math.max(0, (date.toMillis() - nowMs) / 1000) : null;
}
