import { Gathering, readJsonBytes, refused, refusedWhole, shown } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome } from '../model/adapter.js';
import { draftsOfOwnEvent, readOwnEvent } from './event.js';
import { eventsOf } from './envelope.js';

/** AWS Health events of a tenant's own accounts, as EventBridge or the Health API gives them. They are that tenant's. */
export const ownAwsHealthFeed: FeedAdapter = {
  id: 'own-aws-health',
  title: 'AWS Health events of your own accounts',
  licence: 'Yours, under your agreement with AWS',
  attribution: 'AWS Health, sent by the tenant’s own tools',
  redistributable: false,
  url: null,
  cadenceSeconds: 3_600,
  contentAgeBudgetSeconds: null,
  covers: [],
  operatorIds: ['aws'],
  tenantOnly: true,
  parse: parseOwnAwsHealth,
};

const MOST_EVENTS = 1_000;

function parseOwnAwsHealth({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const json = readJsonBytes(bytes);
  if (json.outcome === 'refused') return refusedWhole(json.fault);
  const events = eventsOf(json.value);
  if (events === undefined) {
    const wanted = 'an EventBridge event of aws.health, or an answer of DescribeEvents or DescribeEventDetails';
    return refusedWhole(refused('feed.wrong_type', '', shown(json.value), wanted).fault);
  }
  if (events.length > MOST_EVENTS)
    return refusedWhole(refused('feed.too_large', '', `${events.length} events`, `at most ${MOST_EVENTS}`).fault);
  const gathered = new Gathering();
  for (const stated of events) {
    const reading = readOwnEvent(stated, retrievedAt);
    if (reading.outcome === 'refused') gathered.setAside(reading.fault);
    else if (typeof reading.value === 'string') gathered.passOver(reading.value);
    else {
      gathered.take(...draftsOfOwnEvent(reading.value, retrievedAt));
      gathered.saw(reading.value.updatedAt);
    }
  }
  return gathered.outcome(events.length);
}
