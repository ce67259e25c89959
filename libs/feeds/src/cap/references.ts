import { msOf, type Instant } from '@faultline/evidence';
import { readWhen, refused, read, shown, type Reading } from '../document/index.js';

/** The alerts a message refers to. */
export interface References {
  /** Identifiers, without repetition, the earliest first. */
  readonly identifiers: readonly string[];
  readonly notes: readonly string[];
}

export const MAX_REFERENCES = 1000;
const EARLIEST: Instant = '2000-01-01T00:00:00.000Z';

/**
 * Reads the `sender,identifier,sent` triples of a message. A message cannot speak of itself or of one that was sent
 * after it: such references are cut, and with them every circle. What is no triple is left out with a note. A
 * message without any, and a Cancel with none left, is `cap.references_missing`.
 *
 * The sender of a triple is not heeded: a sender can replace and cancel only messages of its own, whatever it writes.
 */
export function readReferences(
  triples: readonly string[],
  own: { readonly identifier: string; readonly sentAt: Instant; readonly isCancel: boolean },
  locator: string,
): Reading<References> {
  const wanted = 'sender,identifier,sent of the alert it speaks of';
  if (triples.length > MAX_REFERENCES)
    return refused('field.too_long', locator, `${triples.length} references`, `at most ${MAX_REFERENCES}`);
  const sentOf = new Map<string, Instant>();
  let unread = 0;
  let cut = 0;
  for (const triple of triples) {
    const parts = triple.split(',');
    const identifier = parts.slice(1, -1).join(',').trim();
    const sent = readWhen(parts.at(-1), locator, { earliest: EARLIEST, retrievedAt: own.sentAt, future: 'meant' });
    if (parts.length < 3 || identifier === '' || identifier.length > 400 || sent.outcome === 'refused') unread += 1;
    else if (identifier === own.identifier || msOf(sent.value.latest) >= msOf(own.sentAt)) cut += 1;
    else {
      const held = sentOf.get(identifier);
      if (held === undefined || sent.value.latest < held) sentOf.set(identifier, sent.value.latest);
    }
  }
  if (sentOf.size === 0 && (cut === 0 || own.isCancel))
    return refused('cap.references_missing', locator, shown(triples.join(' ')), wanted);
  const identifiers = [...sentOf]
    .sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x < y ? -1 : 1))
    .map(([identifier]) => identifier);
  const notes = [
    ...(unread > 0 ? [`${unread} references that are no triple`] : []),
    ...(cut > 0 ? [`${cut} references to itself or to what was sent later`] : []),
  ];
  return read({ identifiers, notes });
}
