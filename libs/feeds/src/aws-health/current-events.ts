import { z } from 'zod';
import { msOf, type Instant } from '@faultline/evidence';
import {
  cleanText,
  isText,
  pointerOf,
  read,
  readEpoch,
  readWith,
  refused,
  ruled,
  shown,
  type Reading,
} from '../document/index.js';
import type { Quarantine } from '../model/adapter.js';
import { oldestFirst, statusOf, type BoardEvent, type Entry } from './board.js';
import { isMarkedResolved } from './condition-words.js';
import { placeOfService, regionOfArn } from './place.js';

/** AWS was not there before: nothing on the board can be older. */
export const EARLIEST: Instant = '2006-01-01T00:00:00.000Z';
/** Beyond this a text is no post. */
const POST_MAX = 50_000;

/** A text from the board: whole characters, no NUL. Absent and null are the empty text. */
export const boardText = z
  .string()
  .max(POST_MAX)
  .refine(isText, ruled('field.invalid_text', 'text without NUL and lone surrogates'))
  .nullish()
  .transform((text) => text ?? '');

export const boardStatus = z.unknown().transform((value, context) => {
  const status = statusOf(value);
  if (status !== undefined) return status;
  context.addIssue({ code: 'custom', message: 'a status from 0 to 3', params: { code: 'field.enum' } });
  return z.NEVER;
});

export const boardService = z
  .string()
  .max(200)
  .regex(/^[\w.-]*$/, 'a service code')
  .nullish();

const eventSchema = z.object({
  date: z.unknown().optional(),
  arn: z.string().max(400).nullish(),
  service: boardService,
  status: boardStatus,
  summary: boardText,
  event_log: z.array(z.unknown()).nullish(),
  impacted_services: z.unknown().optional(),
});
const entrySchema = z.object({
  summary: boardText,
  message: boardText,
  status: boardStatus,
  timestamp: z.unknown().optional(),
});
const impairedSchema = z.record(z.string().max(120), z.unknown());

/** What reading one event gave: the event, unless it was refused whole, and what of it was set aside. */
export interface EventReading {
  readonly event: BoardEvent | null;
  readonly quarantined: readonly Quarantine[];
}

/** Reads one element of `currentevents`. An entry that cannot be read is set aside by itself. */
export function readCurrentEvent(value: unknown, pointer: string, retrievedAt: Instant): EventReading {
  const shape = readWith(eventSchema, value, pointer);
  if (shape.outcome === 'refused') return { event: null, quarantined: [shape.fault] };
  const { arn, service, status, summary, event_log: log } = shape.value;
  const start = readEpoch(shape.value.date, pointerOf(pointer, 'date'), {
    unit: 'seconds',
    earliest: EARLIEST,
    retrievedAt,
  });
  if (start.outcome === 'refused') return { event: null, quarantined: [start.fault] };
  const place = readPlace(arn ?? '', service ?? '', pointer);
  if (place.outcome === 'refused') return { event: null, quarantined: [place.fault] };

  const quarantined: Quarantine[] = [];
  const entries: Entry[] = [];
  for (const [index, item] of (log ?? []).entries()) {
    const entry = readEntry(item, pointerOf(pointer, 'event_log', index), retrievedAt);
    if (entry.outcome === 'read') entries.push(entry.value);
    else quarantined.push(entry.fault);
  }
  const headline = cleanText(summary);
  if (entries.length === 0 && quarantined.length === 0) {
    if (headline.text === '') {
      return {
        event: null,
        quarantined: [
          refused('field.missing', pointerOf(pointer, 'event_log'), shown(log), 'an entry, or a summary').fault,
        ],
      };
    }
    const at = { earliest: start.value, latest: start.value, basis: 'printed' as const };
    entries.push({
      pointer: pointerOf(pointer, 'summary'),
      text: headline,
      at,
      status,
      marked: isMarkedResolved(headline.text),
    });
  }
  const impaired = readImpaired(shape.value.impacted_services, pointerOf(pointer, 'impacted_services'));
  return {
    event: {
      pointer,
      itemId: arn || `${service}/${msOf(start.value) / 1000}`,
      ...place.value,
      start: start.value,
      status,
      summary: headline,
      closed: isMarkedResolved(headline.text),
      archived: false,
      impaired: impaired.services,
      entries: entries.sort(oldestFirst),
    },
    quarantined: [...quarantined, ...impaired.quarantined],
  };
}

function readEntry(value: unknown, pointer: string, retrievedAt: Instant): Reading<Entry> {
  const shape = readWith(entrySchema, value, pointer);
  if (shape.outcome === 'refused') return shape;
  const { summary, message, status, timestamp } = shape.value;
  const at = readEpoch(timestamp, pointerOf(pointer, 'timestamp'), {
    unit: 'seconds',
    earliest: EARLIEST,
    retrievedAt,
  });
  if (at.outcome === 'refused') return at;
  const words = cleanText(message);
  const text = words.text === '' ? cleanText(summary) : words;
  if (text.text === '') return refused('field.missing', pointerOf(pointer, 'message'), shown(message), 'a text');
  return read({
    pointer,
    text,
    at: { earliest: at.value, latest: at.value, basis: 'printed' },
    status,
    marked: isMarkedResolved(cleanText(summary).text) || isMarkedResolved(text.text),
  });
}

function readPlace(arn: string, service: string, pointer: string): Reading<Pick<BoardEvent, 'regionId' | 'service'>> {
  if (arn === '' && service === '')
    return refused('field.missing', pointer, 'neither arn nor service', 'an ARN, or a service code');
  const named = placeOfService(service);
  const region = arn === '' ? named.region : regionOfArn(arn);
  if (region === undefined)
    return refused('field.invalid', pointerOf(pointer, 'arn'), shown(arn), 'arn:aws:health:<region>::event/…');
  if (region !== null && named.region !== null && region !== named.region) {
    return refused(
      'field.invalid',
      pointerOf(pointer, 'service'),
      shown(service),
      `a service of ${region}, as the ARN says`,
    );
  }
  const regionCode = region ?? named.region;
  const several = named.service === '' || /^multiple/i.test(named.service);
  return read({
    regionId: regionCode === null ? null : `aws:${regionCode}`,
    service: several ? null : named.service.slice(0, 120),
  });
}

function readImpaired(value: unknown, pointer: string): { services: string[]; quarantined: Quarantine[] } {
  if (value === undefined || value === null) return { services: [], quarantined: [] };
  const map = readWith(impairedSchema, value, pointer);
  if (map.outcome === 'refused') return { services: [], quarantined: [map.fault] };
  const services = new Set<string>();
  const quarantined: Quarantine[] = [];
  for (const [code, entry] of Object.entries(map.value)) {
    const current =
      typeof entry === 'object' && entry !== null && 'current' in entry ? statusOf(entry.current) : undefined;
    const name = boardService.safeParse(code);
    if (current === undefined || !name.success || code === '') {
      quarantined.push(
        refused(
          'field.enum',
          pointerOf(pointer, code),
          shown(entry),
          'a service code with a current status from 0 to 3',
        ).fault,
      );
    } else if (current > 0) services.add(placeOfService(code).service);
  }
  return { services: [...services].sort().slice(0, 400), quarantined };
}
