import { instantOf, msOf, type Instant } from '@faultline/evidence';
import {
  CLOCK_SKEW_MS,
  Gathering,
  memberOf,
  pointerOf,
  read,
  readJsonBytes,
  refused,
  refusedWhole,
  shown,
  type Reading,
} from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome } from '../model/adapter.js';
import { readAlert, type ItemReading } from './alert.js';
import { IODA_ADDRESS, iodaRequests, PAGE_ITEMS, windowEndOf } from './fetch.js';
import { telemetryOf } from './measurement.js';
import { readOutageEvent } from './outage-event.js';

/** Outages of whole countries as IODA measures them, without a word from any operator. */
export const iodaFeed: FeedAdapter = {
  id: 'ioda',
  title: 'IODA, Internet outages by country',
  licence: 'Terms not verified; IODA asks to be cited. Facts are used with attribution.',
  attribution: 'IODA, Internet Intelligence Lab, Georgia Institute of Technology',
  redistributable: false,
  url: IODA_ADDRESS,
  cadenceSeconds: 900,
  contentAgeBudgetSeconds: 2 * 86_400,
  covers: ['connectivity'],
  operatorIds: null,
  requests: iodaRequests,
  parse: parseIoda,
};

function parseIoda({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const json = readJsonBytes(bytes);
  if (json.outcome === 'refused') return refusedWhole(json.fault);
  const items = itemsOf(json.value);
  if (!items) {
    return refusedWhole(refused('feed.wrong_type', '', shown(json.value), 'an answer of outages with its data').fault);
  }
  // Where the answer does not repeat what it was asked, what reaches up to our asking is taken to go on.
  const windowEnd =
    windowEndOf(memberOf(json.value, 'requestParameters')) ?? instantOf(msOf(retrievedAt) - CLOCK_SKEW_MS);
  const gathered = new Gathering();
  for (const [index, item] of items.entries()) {
    const reading = readItem(item, pointerOf('', 'data', index), windowEnd, retrievedAt);
    if (reading.outcome === 'refused') {
      gathered.setAside(reading.fault);
      continue;
    }
    const { value } = reading;
    if (value.outcome === 'passed-over') {
      gathered.passOver(value.reason);
      continue;
    }
    gathered.take(telemetryOf(value.measurement, retrievedAt));
    gathered.saw(value.newest);
  }
  if (items.length >= PAGE_ITEMS)
    gathered.setAside(
      refused('feed.partial', pointerOf('', 'data'), `${items.length} items`, `fewer than ${PAGE_ITEMS}: more are left`)
        .fault,
    );
  return gathered.outcome(items.length);
}

/** The items of an answer; undefined for any other document, an answer that says what was wrong among them. */
function itemsOf(document: unknown): readonly unknown[] | undefined {
  const data = memberOf(document, 'data');
  if (!Array.isArray(data)) return undefined;
  const type = memberOf(document, 'type');
  const isOutages =
    typeof type === 'string' ? type.startsWith('outages.') : data.some((item) => kindOf(item) !== undefined);
  return isOutages || (data.length === 0 && type === undefined) ? data : undefined;
}

function readItem(item: unknown, pointer: string, windowEnd: Instant, retrievedAt: Instant): Reading<ItemReading> {
  switch (kindOf(item)) {
    case 'alert':
      return readAlert(item, pointer, retrievedAt);
    case 'event':
      return readOutageEvent(item, pointer, windowEnd, retrievedAt);
    case 'summary':
      // It adds up the events of a window, over instruments, and has no time of its own.
      return read({ outcome: 'passed-over', reason: 'sum-of-events' });
    case undefined:
      return refused('field.invalid', pointer, shown(item), 'an alert, an event or a summary');
  }
}

function kindOf(item: unknown): 'alert' | 'event' | 'summary' | undefined {
  const has = (name: string) => memberOf(item, name) !== undefined;
  if (has('scores')) return 'summary';
  if (has('level') || has('time')) return 'alert';
  return has('start') || has('from') || has('duration') || has('location') ? 'event' : undefined;
}
