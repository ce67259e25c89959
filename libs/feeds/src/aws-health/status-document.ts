import { z } from 'zod';
import { instantOf, msOf, type Instant } from '@faultline/evidence';
import {
  cleanText,
  CLOCK_SKEW_MS,
  htmlToText,
  pointerOf,
  readEpoch,
  readWith,
  refused,
  shown,
} from '../document/index.js';
import type { Quarantine } from '../model/adapter.js';
import type { BoardEvent, Entry } from './board.js';
import { isMarkedResolved } from './condition-words.js';
import { boardService, boardStatus, boardText, EARLIEST, type EventReading } from './current-events.js';
import { instantsOf } from './pacific-time.js';
import { placeOfService } from './place.js';

/** The board's document until 2022: `{ archive, current }`, one event per service and region, its history as HTML. */

const eventSchema = z.object({
  service: boardService,
  date: z.unknown().optional(),
  status: boardStatus,
  summary: boardText,
  description: boardText,
});

/** `<div><span class="yellowfg"> 8:22 AM PST</span>&nbsp;text</div>`, one for each update, oldest first. */
const UPDATE = /<span[^<>]*>([^<>]{0,60})<\/span>((?:(?!<span|<\/div>)[\s\S])*)/giu;
const MINUTE_MS = 60_000;

/** Reads one event of `archive` or `current`. An event of the archive is over. */
export function readStatusEvent(
  value: unknown,
  pointer: string,
  isArchived: boolean,
  retrievedAt: Instant,
): EventReading {
  const shape = readWith(eventSchema, value, pointer);
  if (shape.outcome === 'refused') return { event: null, quarantined: [shape.fault] };
  const { service, status, summary, description } = shape.value;
  if (!service)
    return {
      event: null,
      quarantined: [refused('field.missing', pointerOf(pointer, 'service'), shown(service), 'a service code').fault],
    };
  const start = readEpoch(shape.value.date, pointerOf(pointer, 'date'), {
    unit: 'seconds',
    earliest: EARLIEST,
    retrievedAt,
  });
  if (start.outcome === 'refused') return { event: null, quarantined: [start.fault] };

  const headline = cleanText(htmlToText(summary));
  const history = pointerOf(pointer, 'description');
  const updates = [...description.matchAll(UPDATE)].map(([, stamp, html]) => ({
    stamp: stamp!,
    text: cleanText(htmlToText(html!)),
  }));
  if (updates.length === 0) updates.push({ stamp: '', text: cleanText(htmlToText(description)) });
  const instants = instantsOf(
    updates.map(({ stamp }) => stamp),
    start.value,
  );
  const entries: Entry[] = [];
  const quarantined: Quarantine[] = [];
  for (const [index, update] of updates.entries()) {
    const text = update.text.text === '' ? headline : update.text;
    const at = spanOf(instants[index] ?? null, start.value, retrievedAt);
    const place = `${history} (update ${index + 1})`;
    if (text.text === '') quarantined.push(refused('field.missing', place, shown(description), 'a text').fault);
    else if (msOf(at.latest) > msOf(retrievedAt) + CLOCK_SKEW_MS) {
      quarantined.push(refused('time.future', place, at.latest, `at most five minutes after ${retrievedAt}`).fault);
    } else entries.push({ pointer: place, text, at, status: null, marked: false });
  }
  const named = placeOfService(service);
  const event: BoardEvent = {
    pointer,
    itemId: `${service}/${msOf(start.value) / 1000}`,
    regionId: named.region === null ? null : `aws:${named.region}`,
    service: named.service.slice(0, 120),
    start: start.value,
    status,
    summary: headline,
    closed: isMarkedResolved(headline.text),
    archived: isArchived,
    impaired: [],
    entries,
  };
  return { event, quarantined };
}

/**
 * When an update was published: within the minute printed on it, at the event's own time where that is in this minute,
 * or, where no time can be derived, somewhere between the event's date and our retrieval.
 */
function spanOf(minute: Instant | null, start: Instant, retrievedAt: Instant): Entry['at'] {
  if (minute === null) return { earliest: start, latest: retrievedAt > start ? retrievedAt : start, basis: 'inferred' };
  if (minute <= start && msOf(start) < msOf(minute) + MINUTE_MS)
    return { earliest: start, latest: start, basis: 'printed' };
  return { earliest: minute, latest: instantOf(msOf(minute) + MINUTE_MS - 1), basis: 'printed' };
}
