import { Gathering, refusedWhole } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome } from '../model/adapter.js';
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
  if (entries.outcome === 'refused') return refusedWhole(entries.fault);
  const gathered = new Gathering();
  for (const entry of entries.value) {
    if (entry.kind === 'refused') gathered.setAside(entry.fault);
    else if (entry.kind === 'passed-over') gathered.passOver(entry.reason);
    else if (entry.kind === 'link') {
      gathered.passOver('alert-elsewhere');
      if (entry.changedAt !== null) gathered.saw(entry.changedAt);
    } else {
      const reading = readAlert(entry.alert, document.retrievedAt);
      if (reading.outcome === 'refused') gathered.setAside(reading.fault);
      else {
        if (reading.outcome === 'passed-over') gathered.passOver(reading.reason);
        else gathered.take(...reading.drafts);
        if (reading.newest !== null) gathered.saw(reading.newest);
      }
    }
  }
  return gathered.outcome(entries.value.length);
}
