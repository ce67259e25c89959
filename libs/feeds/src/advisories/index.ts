import type { ClaimDraft, Instant } from '@faultline/evidence';
import {
  decodeText,
  Gathering,
  pointerOf,
  readJson,
  readSyndication,
  refused,
  refusedWhole,
  shown,
  type Reading,
} from '../document/index.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome } from '../model/adapter.js';
import { deskOf, readBulletin, type BulletinReading } from './bulletins.js';
import { advisoryRequests } from './fetch.js';
import { readStateRow, stateRows } from './state-json.js';

/** What governments advise their travellers: the United States, the United Kingdom, Australia, and alerts of U.S. missions. */
export const advisoriesFeed: FeedAdapter = {
  id: 'advisories',
  title: 'Government travel advice and embassy alerts',
  licence:
    'U.S. Government works: public domain. FCDO: Open Government Licence v3.0. Smartraveller: terms not verified, so nothing is redistributed.',
  attribution:
    'U.S. Department of State; UK Foreign, Commonwealth & Development Office; Australian Department of Foreign Affairs and Trade (Smartraveller)',
  redistributable: false,
  url: 'https://travel.state.gov/_res/rss/TAsTWs.xml',
  cadenceSeconds: 3600,
  contentAgeBudgetSeconds: null,
  // A government's advice tells what it thinks of a country, not that something happened there: it watches no class.
  covers: [],
  tells: 'leads',
  operatorIds: null,
  requests: advisoryRequests,
  parse: parseAdvisories,
};

function parseAdvisories(document: CapturedDocument): ParseOutcome {
  const decoded = decodeText(document.bytes, { declared: 'xml' });
  // A document of either kind is told by its first character; whatever else it is, the reader of XML has the word for it.
  const isJson = decoded.outcome === 'read' && /^\s*[[{]/.test(decoded.text);
  return isJson ? parseJson(decoded.text, document.retrievedAt) : parseXml(document);
}

function parseJson(text: string, retrievedAt: Instant): ParseOutcome {
  const json = readJson(text);
  if (json.outcome === 'refused') return refusedWhole(json.fault);
  const rows = stateRows(json.value);
  if (!rows) return ofAnotherKind(shown(json.value));
  return settled(rows.map((row, index) => readStateRow(row, pointerOf('', index), retrievedAt)));
}

function parseXml({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const syndication = readSyndication(bytes);
  if (syndication.outcome === 'refused') return refusedWhole(syndication.fault);
  const desk = deskOf(syndication.value);
  if (!desk && syndication.value.items.length > 0) return ofAnotherKind(shown(syndication.value.title));
  return settled(syndication.value.items.map((item) => readBulletin(desk ?? 'state', item, retrievedAt)));
}

function ofAnotherKind(got: string): ParseOutcome {
  return refusedWhole(refused('feed.wrong_type', '', got, 'advice of one of the four desks').fault);
}

function settled(readings: readonly Reading<BulletinReading>[]): ParseOutcome {
  const gathered = new Gathering();
  const single = new Set<string>();
  const joint: ClaimDraft[] = [];
  for (const reading of readings) {
    if (reading.outcome === 'refused') {
      gathered.setAside(reading.fault);
      continue;
    }
    const { value } = reading;
    if (value.outcome === 'passed-over') {
      gathered.passOver(value.reason);
      continue;
    }
    if (value.drafts.length === 1) {
      gathered.take(...value.drafts);
      single.add(value.drafts[0]!.item.id);
    } else joint.push(...value.drafts);
    // Of a day alone only its beginning is sure to have been.
    gathered.saw(value.when.earliest);
  }
  // A country's own page says more than one it shares with others.
  gathered.take(...joint.filter(({ item }) => !single.has(item.id)));
  return gathered.outcome(readings.length);
}
