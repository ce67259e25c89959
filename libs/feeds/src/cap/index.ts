import type { ClaimDraft, Instant } from '@faultline/evidence';
import { settleDrafts } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome, Quarantine } from '../model/adapter.js';
import { readEntries } from './document.js';
import { capFurther, capRequests, NWS_ACTIVE } from './fetch.js';
import { readAlert } from './statements.js';

/** Public warnings in the Common Alerting Protocol; without other addresses those of the US National Weather Service. */
export const capFeed: FeedAdapter = {
  id: 'cap',
  title: 'Public warnings (CAP): U.S. National Weather Service, alerts in force',
  licence: 'Public domain (U.S. Government work); other publishers’ alerts under their own terms',
  attribution: 'Alerts: U.S. National Weather Service, api.weather.gov',
  redistributable: true,
  url: NWS_ACTIVE,
  cadenceSeconds: 300,
  contentAgeBudgetSeconds: 86_400,
  covers: ['natural-hazard'],
  countries: ['US'],
  operatorIds: null,
  requests: capRequests,
  further: capFurther,
  parse: parseCap,
};

function parseCap(document: CapturedDocument): ParseOutcome {
  const entries = readEntries(document);
  if (entries.outcome === 'refused') return { outcome: 'quarantined', reason: entries.fault };
  const drafts: ClaimDraft[] = [];
  const quarantined: Quarantine[] = [];
  const passedOver = new Map<string, number>();
  let newestContentAt: Instant | null = null;
  const pass = (reason: string) => void passedOver.set(reason, (passedOver.get(reason) ?? 0) + 1);
  const news = (at: Instant | null) => {
    if (at !== null && (newestContentAt === null || at > newestContentAt)) newestContentAt = at;
  };
  for (const entry of entries.value) {
    if (entry.kind === 'refused') quarantined.push(entry.fault);
    else if (entry.kind === 'passed-over') pass(entry.reason);
    else if (entry.kind === 'link') {
      pass('alert-elsewhere');
      news(entry.changedAt);
    } else {
      const reading = readAlert(entry.alert, document.retrievedAt);
      if (reading.outcome === 'refused') quarantined.push(reading.fault);
      else {
        if (reading.outcome === 'passed-over') pass(reading.reason);
        else drafts.push(...reading.drafts);
        news(reading.newest);
      }
    }
  }
  const settled = settleDrafts(drafts);
  return {
    outcome: 'accepted',
    items: entries.value.length,
    drafts: settled.drafts,
    quarantined: [...quarantined, ...settled.quarantined],
    passedOver: Object.fromEntries([...passedOver].sort(([a], [b]) => (a < b ? -1 : 1))),
    newestContentAt,
  };
}
