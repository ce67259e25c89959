import { cleanText, Gathering, readSyndication, refusedWhole } from '../document/index.js';
import { configuredRequests } from '../advisories/fetch.js';
import type { CapturedDocument, FeedAdapter, ParseOutcome } from '../model/adapter.js';
import { readLead } from './lead.js';

/** News desks and agencies the operator names, in RSS or Atom. What they write are leads and nothing more. */
export const newsRssFeed: FeedAdapter = {
  id: 'news-rss',
  title: 'News desks chosen by the operator',
  licence:
    'The desks’ own terms; the operator who names a desk answers for its use. Headlines only, nothing redistributed.',
  attribution: 'The desk named as source of each lead',
  redistributable: false,
  url: null,
  cadenceSeconds: 600,
  contentAgeBudgetSeconds: 2 * 86_400,
  covers: ['armed-conflict'],
  tells: 'leads',
  operatorIds: null,
  requests: ({ urls }) => configuredRequests(urls),
  parse: parseNews,
};

function parseNews({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const syndication = readSyndication(bytes);
  if (syndication.outcome === 'refused') return refusedWhole(syndication.fault);
  const desk = nameOf(syndication.value.title);
  const gathered = new Gathering();
  for (const item of syndication.value.items) {
    const reading = readLead(item, desk, retrievedAt);
    if (reading.outcome === 'refused') {
      gathered.setAside(reading.fault);
      continue;
    }
    gathered.take(reading.value);
    const { earliest } = reading.value.publishedAt!;
    gathered.saw(earliest);
  }
  return gathered.outcome(syndication.value.items.length);
}

function nameOf(title: string | undefined): string {
  const name = cleanText((title ?? '').slice(0, 1000).toWellFormed()).text.replaceAll('\n', ' ');
  return name === '' ? 'a desk without a name' : name;
}
