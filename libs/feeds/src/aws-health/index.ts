import type { Instant } from '@faultline/evidence';
import { Gathering, pointerOf, readJsonBytes, refused, refusedWhole, shown } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome } from '../model/adapter.js';
import { readCurrentEvent, type EventReading } from './current-events.js';
import { draftsOfEvent } from './statements.js';
import { readStatusEvent } from './status-document.js';

/** The public AWS Health board, which needs no account: what AWS says of its own regions and zones. */
export const awsHealthFeed: FeedAdapter = {
  id: 'aws-health',
  title: 'AWS Health Dashboard, public events',
  licence: 'No licence is stated. Facts are used with attribution; the wording is Amazon’s.',
  attribution: 'AWS Health Dashboard, Amazon Web Services',
  redistributable: false,
  url: 'https://health.aws.amazon.com/public/currentevents',
  cadenceSeconds: 60,
  contentAgeBudgetSeconds: null,
  covers: ['provider-outage'],
  operatorIds: ['aws'],
  whenEmpty: 'silence',
  parse: parseAwsHealth,
};

function parseAwsHealth({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const json = readJsonBytes(bytes);
  if (json.outcome === 'refused') return refusedWhole(json.fault);
  const readings = readEvents(json.value, retrievedAt);
  if (readings === undefined) {
    return refusedWhole(
      refused('feed.wrong_type', '', shown(json.value), 'an array of events, or { archive, current }').fault,
    );
  }
  const gathered = new Gathering();
  for (const { event, quarantined: aside } of readings) {
    gathered.setAside(...aside);
    if (event === null) continue;
    gathered.take(...draftsOfEvent(event, retrievedAt));
    for (const { at } of event.entries) {
      // An entry whose time is only inferred proves nothing about how new it is.
      const newest = at.basis === 'printed' ? at.latest : at.earliest;
      gathered.saw(newest);
    }
  }
  return gathered.outcome(readings.length);
}

/** Every event of either document; undefined where the document is neither. */
function readEvents(value: unknown, retrievedAt: Instant): EventReading[] | undefined {
  if (Array.isArray(value))
    return value.map((event, index) => readCurrentEvent(event, pointerOf('', index), retrievedAt));
  if (typeof value !== 'object' || value === null || !('archive' in value) || !('current' in value)) return undefined;
  const { archive, current } = value;
  if (!Array.isArray(archive) || !Array.isArray(current)) return undefined;
  return [
    ...archive.map((event, index) => readStatusEvent(event, pointerOf('', 'archive', index), true, retrievedAt)),
    ...current.map((event, index) => readStatusEvent(event, pointerOf('', 'current', index), false, retrievedAt)),
  ];
}
