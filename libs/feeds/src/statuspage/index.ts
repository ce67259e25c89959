import { z } from 'zod';
import type { ClaimDraft, Instant } from '@faultline/evidence';
import { decodeText, pointerOf, readJson, refused, settleDrafts, shown } from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome, Quarantine } from '../model/adapter.js';
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
  const decoded = decodeText(bytes);
  if (decoded.outcome === 'refused') return { outcome: 'quarantined', reason: decoded.fault };
  const json = readJson(decoded.text);
  if (json.outcome === 'refused') return { outcome: 'quarantined', reason: json.fault };
  const summary = summarySchema.safeParse(json.value);
  if (!summary.success || (summary.data.components == null && summary.data.incidents == null)) {
    const { fault } = refused('feed.wrong_type', '', shown(json.value), '{ page, components or incidents }');
    return { outcome: 'quarantined', reason: fault };
  }
  const page = readPage(summary.data.page, '/page');
  if (page.outcome === 'refused') return { outcome: 'quarantined', reason: page.fault };

  const { components, incidents, scheduled_maintenances: maintenances } = summary.data;
  const drafts: ClaimDraft[] = [];
  const quarantined: Quarantine[] = [];
  const passedOver: Record<string, number> = {};
  let newestContentAt: Instant | null = null;
  const pass = (reason: string, count = 1) => {
    if (count > 0) passedOver[reason] = (passedOver[reason] ?? 0) + count;
  };
  const saw = (instant: Instant) => {
    if (newestContentAt === null || instant > newestContentAt) newestContentAt = instant;
  };

  for (const [index, value] of (components ?? []).entries()) {
    const component = readComponent(value, pointerOf('', 'components', index), retrievedAt);
    if (component.outcome === 'refused') quarantined.push(component.fault);
    else if (typeof component.value === 'string') pass(component.value);
    else {
      drafts.push(draftOfComponent(page.value, component.value));
      saw(component.value.changedAt);
    }
  }
  for (const [index, value] of (incidents ?? []).entries()) {
    const reading = readIncident(value, pointerOf('', 'incidents', index), retrievedAt);
    quarantined.push(...reading.quarantined);
    if (reading.incident === null) continue;
    if (reading.incident.isMaintenance) {
      pass('maintenance');
      continue;
    }
    drafts.push(...draftsOfIncident(page.value, reading.incident, retrievedAt));
    reading.incident.updates.forEach(({ latest }) => saw(latest));
  }
  pass('maintenance', maintenances?.length ?? 0);
  const settled = settleDrafts(drafts);
  return {
    outcome: 'accepted',
    items: (components?.length ?? 0) + (incidents?.length ?? 0) + (maintenances?.length ?? 0),
    drafts: settled.drafts,
    quarantined: [...quarantined, ...settled.quarantined],
    ...(Object.keys(passedOver).length > 0 ? { passedOver } : {}),
    newestContentAt,
  };
}
