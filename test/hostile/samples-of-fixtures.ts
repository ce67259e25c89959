import type { Format, SampleOf, Verdict } from './sample.js';

/** Feed, fixture, what it is written in, when it may have been retrieved, and for CSV its delimiter. */
type Row = readonly [string, string, Format, string, string?];

const ROWS: readonly Row[] = [
  ['aws-rss', 'all-2026.xml', 'syndication', '2026-11-21T00:00:00.000Z'],
  ['azure-status', 'several-2026.xml', 'syndication', '2026-11-21T00:00:00.000Z'],
  ['gcp-status', 'incidents-2026.json', 'json', '2026-11-21T00:00:00.000Z'],
  ['statuspage', 'summary-2026.json', 'json', '2026-11-21T00:00:00.000Z'],
  ['own-aws-health', 'eventbridge-open.json', 'json', '2026-11-21T00:00:00.000Z'],
  ['own-azure-health', 'alert-common.json', 'json', '2026-11-21T00:00:00.000Z'],
  ['gdacs', 'events.json', 'json', '2026-11-21T00:00:00.000Z'],
  ['gdacs', 'rss.xml', 'syndication', '2026-11-21T00:00:00.000Z'],
  ['cap', 'flood.xml', 'xml', '2026-11-21T00:00:00.000Z'],
  ['cap', 'active.json', 'json', '2026-11-21T00:00:00.000Z'],
  ['nga', 'warnings.json', 'json', '2026-11-21T00:00:00.000Z'],
  ['ioda', 'alerts.json', 'json', '2026-03-02T01:00:05.000Z'],
  ['ioda', 'events.json', 'json', '2026-03-02T01:00:05.000Z'],
  ['radar', 'outages.json', 'json', '2026-03-12T02:00:00.000Z'],
  ['radar', 'anomalies.json', 'json', '2026-03-12T02:00:00.000Z'],
  ['advisories', 'uk-fcdo.atom', 'syndication', '2026-03-06T12:00:00.000Z'],
  ['advisories', 'us-state.xml', 'syndication', '2026-03-06T12:00:00.000Z'],
  ['advisories', 'us-state.json', 'json', '2026-03-06T12:00:00.000Z'],
  ['news-rss', 'agency.atom', 'syndication', '2026-03-02T16:00:00.000Z'],
  ['news-rss', 'desk.rss', 'syndication', '2026-03-02T16:00:00.000Z'],
  ['gdelt', 'named.csv', 'csv', '2026-03-01T13:16:00.000Z'],
  ['ucdp-ged', 'ged-5.csv', 'csv', '2026-11-21T08:00:00.000Z'],
  ['ucdp-ged', 'candidate-page.json', 'json', '2026-11-21T08:00:00.000Z'],
  ['acled', 'page.json', 'json', '2026-11-25T08:00:00.000Z'],
  ['acled', 'export.csv', 'csv', '2026-11-25T08:00:00.000Z'],
  ['fedramp', 'marketplace.json', 'json', '2026-04-25T06:00:00.000Z'],
];

/** How feeds answer otherwise than their format, by feed. */
const OTHERWISE: Readonly<Record<string, Readonly<Record<string, Verdict>>>> = {
  gdelt: {
    // Its own documents are archives.
    'a zip archive': { refused: ['feed.malformed'] },
  },
};

/** The fixtures of feeds whose items their own specs make odd: here they are tried with what is wrong with documents. */
export function ofFixtures(isFeed: (id: string) => boolean, fixture: (id: string, name: string) => string): SampleOf[] {
  return ROWS.filter(([id]) => isFeed(id)).map(([id, name, format, retrievedAt, delimiter]) => ({
    ...{ id, name, format, retrievedAt, sound: fixture(id, name) },
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(OTHERWISE[id] === undefined ? {} : { otherwise: OTHERWISE[id] }),
  }));
}

const ENTRY = {
  id: 'note-1',
  version: '1',
  subject: 'aws:me-central-1',
  predicate: 'advice',
  value: { text: 'AWS recommends to move workloads — “now” & not later.' },
  source: { id: 'example', name: 'Example News', class: 'media', grade: 'C' },
  url: 'https://example.org/1',
  publishedAt: '2026-03-02T10:00:00Z',
};

/** What people enter and tools send: two claims each. */
export function byHand(isFeed: (id: string) => boolean): SampleOf[] {
  return ['desk', 'inbound'].filter(isFeed).map((id) => ({
    ...{ id, format: 'json' as const, retrievedAt: '2026-11-21T12:00:00.000Z' },
    sound: JSON.stringify({ claims: [ENTRY, { ...ENTRY, id: 'note-2', publishedAt: '2026-03-03' }] }),
  }));
}
