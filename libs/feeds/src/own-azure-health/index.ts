import { Gathering, readJsonBytes, refused, refusedWhole, shown } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome } from '../model/adapter.js';
import { noticesOf } from './envelope.js';
import { draftsOfNotice, readNotice } from './notice.js';

/** Azure Service Health of a tenant's own subscriptions, as alerts or Resource Graph give it. It is that tenant's. */
export const ownAzureHealthFeed: FeedAdapter = {
  id: 'own-azure-health',
  title: 'Azure Service Health of your own subscriptions',
  licence: 'Yours, under your agreement with Microsoft',
  attribution: 'Azure Service Health, sent by the tenant’s own tools',
  redistributable: false,
  url: null,
  cadenceSeconds: 3_600,
  contentAgeBudgetSeconds: null,
  covers: [],
  operatorIds: ['azure'],
  tenantOnly: true,
  parse: parseOwnAzureHealth,
};

const MOST_NOTICES = 1_000;

function parseOwnAzureHealth({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const json = readJsonBytes(bytes);
  if (json.outcome === 'refused') return refusedWhole(json.fault);
  const notices = noticesOf(json.value);
  if (notices === undefined) {
    const wanted = 'a Service Health alert of the activity log, or rows of servicehealthresources';
    return refusedWhole(refused('feed.wrong_type', '', shown(json.value), wanted).fault);
  }
  if (notices.length > MOST_NOTICES)
    return refusedWhole(refused('feed.too_large', '', `${notices.length} rows`, `at most ${MOST_NOTICES}`).fault);
  const gathered = new Gathering();
  for (const stated of notices) {
    const reading = readNotice(stated, retrievedAt);
    if (reading.outcome === 'refused') gathered.setAside(reading.fault);
    else if (typeof reading.value === 'string') gathered.passOver(reading.value);
    else {
      gathered.take(...draftsOfNotice(reading.value));
      gathered.saw(reading.value.at.latest);
    }
  }
  return gathered.outcome(notices.length);
}
