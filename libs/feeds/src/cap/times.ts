import type { ClaimDraft, Instant } from '@faultline/evidence';
import { pointerOf, read, readWhen, refused, shown, type Reading, type When } from '../document/index.js';
import type { CapInfo } from './alert.js';

/** CAP is of 2004; no alert or hazard of it is older. */
export const EARLIEST: Instant = '2000-01-01T00:00:00.000Z';

/** When what an `info` block speaks of begins and ends, and when the message itself lapses. */
export interface InfoTimes {
  readonly occurredAt: ClaimDraft['occurredAt'];
  readonly expiresAt: Instant | null;
}

/** The time a message was sent: never later than we retrieved it. */
export function readSent(value: unknown, locator: string, retrievedAt: Instant): Reading<When> {
  return readWhen(value, locator, { earliest: EARLIEST, retrievedAt, future: 'refused' });
}

/**
 * Reads the times of an `info` block. It begins at `onset`, else at `effective`; it ends when the event is said to,
 * else when the message expires; "all clear" ends it with the message. A message that expires before it was sent, and
 * an event that ends before it begins, are `time.out_of_range`.
 */
export function readTimes(info: CapInfo, sent: When, retrievedAt: Instant): Reading<InfoTimes> {
  const at = (name: string) => pointerOf(info.at, name);
  const optional = (value: unknown, locator: string): Reading<When | null> =>
    value === undefined || value === null || value === ''
      ? read(null)
      : readWhen(value, locator, { earliest: EARLIEST, retrievedAt, future: 'meant' });
  const effective = optional(info.effective, at('effective'));
  if (effective.outcome === 'refused') return effective;
  const onset = optional(info.onset, at('onset'));
  if (onset.outcome === 'refused') return onset;
  const expires = optional(info.expires, at('expires'));
  if (expires.outcome === 'refused') return expires;
  const ends = optional(info.ends, at('ends'));
  if (ends.outcome === 'refused') return ends;

  const expiresAt = expires.value?.latest ?? null;
  if (expiresAt !== null && expiresAt < sent.earliest)
    return refused('time.out_of_range', at('expires'), shown(info.expires), `a time after it was sent, ${sent.latest}`);
  const begin = onset.value?.earliest ?? effective.value?.earliest ?? null;
  if (isAllClear(info)) {
    const end = sent.latest;
    return read({ occurredAt: { begin: begin !== null && begin < end ? begin : null, end }, expiresAt });
  }
  const stated = ends.value?.latest ?? null;
  if (stated !== null && begin !== null && stated < begin)
    return refused('time.out_of_range', at('ends'), shown(info.ends), `a time after it begins, ${begin}`);
  // A message can lapse before what it warns of begins: a watch that will be issued anew.
  const end = stated ?? (expiresAt !== null && (begin === null || expiresAt > begin) ? expiresAt : null);
  return read({ occurredAt: begin === null && end === null ? null : { begin, end }, expiresAt });
}

/** Whether the block says that the event no longer poses a threat. */
export function isAllClear({ responseTypes }: CapInfo): boolean {
  return responseTypes.some((type) => type.toLowerCase() === 'allclear');
}
