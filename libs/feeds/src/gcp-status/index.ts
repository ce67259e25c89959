import { Gathering, pointerOf, readJsonBytes, refused, refusedWhole, shown } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome } from '../model/adapter.js';
import { readIncident } from './incident.js';
import { draftsOfIncident } from './statements.js';

/** The incidents Google states of its own cloud: open ones, and those of the months before with all their updates. */
export const gcpStatusFeed: FeedAdapter = {
  id: 'gcp-status',
  title: 'Google Cloud Service Health, incidents',
  licence: 'No licence is stated. Facts are used with attribution; the wording is Google’s.',
  attribution: 'Google Cloud Service Health, Google',
  redistributable: false,
  url: 'https://status.cloud.google.com/incidents.json',
  cadenceSeconds: 120,
  contentAgeBudgetSeconds: null,
  covers: ['provider-outage'],
  operatorIds: ['gcp'],
  whenEmpty: 'not-whole',
  parse: parseGcpStatus,
};

function parseGcpStatus({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const json = readJsonBytes(bytes);
  if (json.outcome === 'refused') return refusedWhole(json.fault);
  if (!Array.isArray(json.value) || (json.value.length > 0 && !json.value.some(isLikeAnIncident))) {
    return refusedWhole(refused('feed.wrong_type', '', shown(json.value), 'an array of incidents').fault);
  }
  const items = json.value as unknown[];
  const gathered = new Gathering();
  for (const [index, item] of items.entries()) {
    const { incident, quarantined: aside } = readIncident(item, pointerOf('', index), retrievedAt);
    gathered.setAside(...aside);
    if (incident === null) continue;
    gathered.take(...draftsOfIncident(incident, retrievedAt));
    for (const { latest } of incident.updates) gathered.saw(latest);
  }
  return gathered.outcome(items.length);
}

/** Whether a list is of incidents at all: other boards answer with lists as well. */
function isLikeAnIncident(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['id', 'begin', 'updates', 'external_desc'].some((key) => key in value)
  );
}
