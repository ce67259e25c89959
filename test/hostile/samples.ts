import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FEEDS, ownDocuments } from '@faultline/feeds';
import { awsHealth } from './samples-aws-health.js';
import type { Sample, SampleOf, Verdict } from './sample.js';
import { byHand, ofFixtures } from './samples-of-fixtures.js';
import { usgs } from './samples-usgs.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A fixture of a feed, as text. */
export function fixture(feedId: string, name: string): string {
  return readFileSync(path.join(ROOT, 'libs/feeds/src', feedId, 'fixtures', name), 'utf8');
}

/**
 * A sound document of every feed there is, and items odd in every way its documents can be. A feed without a row here
 * fails its spec.
 */
const isFeed = (id: string): boolean => FEEDS.has(id);

const ROWS: readonly SampleOf[] = [
  awsHealth(fixture),
  usgs(fixture),
  ...ofFixtures(isFeed, fixture),
  ...byHand(isFeed),
  ...own(),
];

export const SAMPLES: readonly Sample[] = ROWS.map((row) => {
  const feed = FEEDS.get(row.id);
  if (!feed) throw new Error(`${row.id} is no feed of the registry`);
  return { ...row, parse: (document) => feed.parse(document) };
});

/** Our own documents: only ever written by us, and read as strictly. */
function own(): SampleOf[] {
  // What is no bundle is told by the first thing missing in it.
  const missing: Verdict = { refused: ['field.missing', 'field.invalid'] };
  const otherJson = ['an error in JSON', 'a word', 'a number', 'a text in quotes'];
  return ownDocuments(ROOT).map(({ feed, bytes }) => ({
    id: feed.id,
    format: 'json',
    isOurs: true,
    sound: feed.id === 'places-record' ? shortened(bytes) : new TextDecoder().decode(bytes),
    retrievedAt: '2026-11-21T12:00:00.000Z',
    strict: feed.id === 'reference' ? ['field.invalid'] : ['feed.wrong_type'],
    ...(feed.id === 'reference' ? { otherwise: Object.fromEntries(otherJson.map((name) => [name, missing])) } : {}),
  }));
}

/** A few rows of each section: every kind is there, and reading it hundreds of times takes seconds. */
function shortened(bytes: Uint8Array): string {
  const document = JSON.parse(new TextDecoder().decode(bytes)) as { sections: Record<string, unknown[]> };
  const sections = Object.fromEntries(
    Object.entries(document.sections).map(([name, rows]) => [name, rows.slice(0, 3)]),
  );
  return JSON.stringify({ ...document, sections });
}
