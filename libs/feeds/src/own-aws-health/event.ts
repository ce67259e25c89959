import { z } from 'zod';
import { instantOf, msOf, type ClaimDraft, type Instant } from '@faultline/evidence';
import type { BoardEvent } from '../aws-health/board.js';
import { regionOfArn } from '../aws-health/place.js';
import { draftsOfEvent } from '../aws-health/statements.js';
import {
  cleanText,
  isText,
  pointerOf,
  read,
  readEpoch,
  readWhen,
  readWith,
  refused,
  ruled,
  shown,
  type CleanText,
  type Reading,
} from '../document/index.js';
import { ownDraft } from '../model/own.js';
import type { StatedEvent } from './envelope.js';

/** One event of the tenant's own accounts, as far as it is of a disturbance. */
export interface OwnEvent {
  readonly pointer: string;
  readonly arn: string;
  /** Null for an event of AWS as a whole. */
  readonly regionId: string | null;
  readonly service: string;
  readonly isOver: boolean;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly updatedAt: Instant;
  readonly text: CleanText;
}

/** AWS Health was not there before: nothing can be older. */
const EARLIEST: Instant = '2016-01-01T00:00:00.000Z';
const TEXT_READ_MAX = 100_000;

const eventSchema = z.object({
  eventArn: z.string().min(1).max(380),
  eventRegion: z.string().max(40).nullish(),
  service: z
    .string()
    .max(120)
    .regex(/^[\w.-]*$/, 'a service code')
    .nullish(),
  eventTypeCode: z
    .string()
    .max(200)
    .regex(/^[\w.-]*$/, 'a code of an event type')
    .nullish(),
  eventTypeCategory: z.string().max(60),
  statusCode: z.enum(['open', 'closed', 'upcoming']),
  startTime: z.unknown().optional(),
  endTime: z.unknown().optional(),
  lastUpdatedTime: z.unknown().optional(),
});
const textSchema = z
  .string()
  .max(TEXT_READ_MAX)
  .refine(isText, ruled('field.invalid_text', 'text without NUL and lone surrogates'))
  .nullish();

/**
 * Reads one event. What is no disturbance is named instead: a planned change, a notice to an account. Times are epoch
 * seconds, ISO 8601 or RFC 822: the doors of AWS differ.
 */
export function readOwnEvent(stated: StatedEvent, retrievedAt: Instant): Reading<OwnEvent | string> {
  const { pointer, description } = stated;
  const shape = readWith(eventSchema, stated.event, pointer);
  if (shape.outcome === 'refused') return shape;
  const { eventArn: arn, eventTypeCategory: category, statusCode, eventTypeCode, service } = shape.value;
  if (category === 'scheduledChange' || statusCode === 'upcoming') return read('planned-change');
  if (category !== 'issue' && category !== 'investigation') return read('notice-to-the-account');
  const place = readRegion(arn, shape.value.eventRegion, pointer);
  if (place.outcome === 'refused') return place;
  const words = readWith(textSchema, description, pointerOf(pointer, 'eventDescription'));
  if (words.outcome === 'refused') return words;
  const described = cleanText(words.value ?? '');
  const text = described.text === '' ? cleanText(eventTypeCode ?? '') : described;
  if (text.text === '')
    return refused('field.missing', pointerOf(pointer, 'eventDescription'), shown(description), 'a text');

  const at = (name: 'startTime' | 'endTime' | 'lastUpdatedTime') =>
    readTime(shape.value[name], pointerOf(pointer, name), retrievedAt);
  const start = at('startTime');
  if (start.outcome === 'refused') return start;
  const end = shape.value.endTime == null ? read(null) : at('endTime');
  if (end.outcome === 'refused') return end;
  // Events of the first years have no time of their last update.
  const updated = shape.value.lastUpdatedTime == null ? read(end.value ?? start.value) : at('lastUpdatedTime');
  if (updated.outcome === 'refused') return updated;
  return read({
    pointer,
    arn,
    regionId: place.value,
    service: (service ?? '').toLowerCase(),
    isOver: statusCode === 'closed',
    startedAt: start.value,
    endedAt: end.value,
    updatedAt: updated.value,
    text,
  });
}

/** Claims of one event, by the same reading of words as the public board has, and the tenant's own. */
export function draftsOfOwnEvent(event: OwnEvent, retrievedAt: Instant): ClaimDraft[] {
  const { pointer, updatedAt, isOver } = event;
  const board: BoardEvent = {
    pointer,
    itemId: event.arn,
    regionId: event.regionId,
    service: event.service === '' || /^multiple/.test(event.service) ? null : event.service,
    start: event.startedAt < updatedAt ? event.startedAt : updatedAt,
    status: isOver ? 0 : 1,
    summary: event.text,
    closed: isOver,
    archived: false,
    impaired: [],
    entries: [
      {
        pointer,
        text: event.text,
        at: { earliest: updatedAt, latest: updatedAt, basis: 'printed' },
        status: null,
        marked: isOver,
      },
    ],
  };
  const over = { begin: event.endedAt ?? updatedAt, end: null };
  return draftsOfEvent(board, retrievedAt).map((draft) =>
    ownDraft(
      draft.predicate === 'condition' && draft.value.state === 'restored' ? { ...draft, occurredAt: over } : draft,
    ),
  );
}

/** EventBridge tells of events in another region than it sends them from: that of the event counts, and must be the ARN's. */
function readRegion(arn: string, named: string | null | undefined, pointer: string): Reading<string | null> {
  const region = regionOfArn(arn);
  if (region === undefined)
    return refused('field.invalid', pointerOf(pointer, 'eventArn'), shown(arn), 'arn:aws:health:<region>::event/…');
  const other = named == null || named === '' || named === 'global' ? null : named;
  if (other !== null && region !== null && other !== region)
    return refused('field.invalid', pointerOf(pointer, 'eventRegion'), shown(named), `${region}, as the ARN says`);
  const code = region ?? (other !== null && regionOfArn(`arn:aws:health:${other}::event/x`));
  return read(code ? `aws:${code}` : null);
}

function readTime(value: unknown, locator: string, retrievedAt: Instant): Reading<Instant> {
  if (typeof value === 'number') return readEpoch(value, locator, { unit: 'seconds', earliest: EARLIEST, retrievedAt });
  const when = readWhen(value, locator, { earliest: EARLIEST, retrievedAt, future: 'refused' });
  if (when.outcome === 'refused') return when;
  const { latest } = when.value;
  return read(latest < retrievedAt ? latest : instantOf(msOf(retrievedAt)));
}
