import { z } from 'zod';
import { Gathering, pointerOf, readJsonBytes, refused, refusedWhole, shown } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome } from '../model/adapter.js';
import { draftOfComponent, readComponent } from './component.js';
import { requestsOf } from './fetch.js';
import { readIncident } from './incident.js';
import { readPage } from './page.js';
import { draftsOfIncident } from './statements.js';

/** Status pages in the form Statuspage gives them, of whoever the operator of this service wants to watch. */
export const statuspageFeed: FeedAdapter = {
  id: 'statuspage',
  title: 'Status pages of vendors (Statuspage summary)',
  licence: 'That of each page; none is assumed. Facts are used with attribution; the wording is the vendor’s.',
  attribution: 'The vendor’s status page, by the name in each claim',
  redistributable: false,
  url: null,
  cadenceSeconds: 120,
  contentAgeBudgetSeconds: null,
  covers: ['provider-outage'],
  operatorIds: [],
  requests: requestsOf,
  whenEmpty: 'not-whole',
  parse: parseStatuspage,
};

const list = z.array(z.unknown()).max(20_000).nullish();
const summarySchema = z.object({
  page: z.looseObject({}),
  components: list,
  incidents: list,
  scheduled_maintenances: list,
});

function parseStatuspage({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const json = readJsonBytes(bytes);
  if (json.outcome === 'refused') return refusedWhole(json.fault);
  const summary = summarySchema.safeParse(json.value);
  if (!summary.success || (summary.data.components == null && summary.data.incidents == null)) {
    return refusedWhole(refused('feed.wrong_type', '', shown(json.value), '{ page, components or incidents }').fault);
  }
  const page = readPage(summary.data.page, '/page');
  if (page.outcome === 'refused') return refusedWhole(page.fault);

  const { components, incidents, scheduled_maintenances: maintenances } = summary.data;
  const gathered = new Gathering();

  for (const [index, value] of (components ?? []).entries()) {
    const component = readComponent(value, pointerOf('', 'components', index), retrievedAt);
    if (component.outcome === 'refused') gathered.setAside(component.fault);
    else if (typeof component.value === 'string') gathered.passOver(component.value);
    else {
      gathered.take(draftOfComponent(page.value, component.value));
      gathered.saw(component.value.changedAt);
    }
  }
  for (const [index, value] of (incidents ?? []).entries()) {
    const reading = readIncident(value, pointerOf('', 'incidents', index), retrievedAt);
    gathered.setAside(...reading.quarantined);
    if (reading.incident === null) continue;
    if (reading.incident.isMaintenance) {
      gathered.passOver('maintenance');
      continue;
    }
    gathered.take(...draftsOfIncident(page.value, reading.incident, retrievedAt));
    reading.incident.updates.forEach(({ latest }) => gathered.saw(latest));
  }
  gathered.passOver('maintenance', maintenances?.length ?? 0);
  return gathered.outcome((components?.length ?? 0) + (incidents?.length ?? 0) + (maintenances?.length ?? 0));
}
