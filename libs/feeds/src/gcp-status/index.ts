import type { ClaimDraft, Instant } from '@faultline/evidence';
import { decodeText, pointerOf, readJson, refused, settleDrafts, shown } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome, Quarantine } from '../model/adapter.js';
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
  parse: parseGcpStatus,
};

function parseGcpStatus({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const decoded = decodeText(bytes);
  if (decoded.outcome === 'refused') return { outcome: 'quarantined', reason: decoded.fault };
  const json = readJson(decoded.text);
  if (json.outcome === 'refused') return { outcome: 'quarantined', reason: json.fault };
  if (!Array.isArray(json.value) || (json.value.length > 0 && !json.value.some(isLikeAnIncident))) {
    const { fault } = refused('feed.wrong_type', '', shown(json.value), 'an array of incidents');
    return { outcome: 'quarantined', reason: fault };
  }
  const items = json.value as unknown[];
  const drafts: ClaimDraft[] = [];
  const quarantined: Quarantine[] = [];
  let newestContentAt: Instant | null = null;
  for (const [index, item] of items.entries()) {
    const { incident, quarantined: aside } = readIncident(item, pointerOf('', index), retrievedAt);
    quarantined.push(...aside);
    if (incident === null) continue;
    drafts.push(...draftsOfIncident(incident, retrievedAt));
    for (const { latest } of incident.updates)
      if (newestContentAt === null || latest > newestContentAt) newestContentAt = latest;
  }
  const settled = settleDrafts(drafts);
  return {
    outcome: 'accepted',
    items: items.length,
    drafts: settled.drafts,
    quarantined: [...quarantined, ...settled.quarantined],
    newestContentAt,
  };
}

/** Whether a list is of incidents at all: other boards answer with lists as well. */
function isLikeAnIncident(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['id', 'begin', 'updates', 'external_desc'].some((key) => key in value)
  );
}
