import type { ClaimDraft, Instant } from '@faultline/evidence';
import { cleanText, cutText, htmlToText, noted, webAddress, type CleanText, type When } from '../document/index.js';
import { countryName } from '../countries/index.js';

/** No desk has published its advice in these forms for longer. */
export const EARLIEST: Instant = '2000-01-01T00:00:00.000Z';
const TEXT_MAX = 1500;
/** What is read of a text before its markup is taken out: enough for what is kept of it. */
const RAW_MAX = 20_000;

/** Who advises. */
export interface Desk {
  /** Begins the id of every item of the desk. */
  readonly key: string;
  readonly source: { readonly id: string; readonly name: string };
}

export const STATE_DEPARTMENT: Desk = {
  key: 'us-state',
  source: { id: 'gov:us', name: 'U.S. Department of State' },
};
export const FCDO: Desk = {
  key: 'uk-fcdo',
  source: { id: 'gov:gb', name: 'UK Foreign, Commonwealth & Development Office' },
};
export const SMARTRAVELLER: Desk = {
  key: 'au-smartraveller',
  source: { id: 'gov:au', name: 'Australian Department of Foreign Affairs and Trade' },
};

/** One page of advice, or one alert, read. */
export interface Bulletin {
  readonly desk: Desk;
  readonly country: string;
  readonly when: When;
  /** Tells apart the same advice written in two documents of one desk: `rss`, `atom`, `json`. */
  readonly written: string;
  readonly heading: string;
  readonly body: string | undefined;
  readonly url: string | undefined;
  readonly locator: string;
}

/** The claim of a page of advice; a later one for the same country replaces it. */
export function travelAdvice(bulletin: Bulletin, level: number | null): ClaimDraft {
  const { desk, country } = bulletin;
  return {
    ...common(bulletin),
    item: { id: `${desk.key}:${country}`, version: versionOf(bulletin), part: 'travel-advice', revises: true },
    predicate: 'travel-advice',
    value: { level, text: wordsOf(bulletin).text },
  };
}

/** The claim of an embassy's alert to citizens in its host country. */
export function embassyAlert(bulletin: Bulletin, id: string): ClaimDraft {
  return {
    ...common(bulletin),
    item: { id, version: versionOf(bulletin), part: 'alert', revises: true },
    predicate: 'advice',
    value: { text: wordsOf(bulletin).text },
  };
}

function versionOf({ when, written }: Bulletin): string {
  return `${when.latest} ${written}`;
}

function common(bulletin: Bulletin) {
  const { desk, country, when, url, locator } = bulletin;
  return {
    subject: `country:${country}`,
    stance: 'asserts' as const,
    place: { regionIds: [], zoneIds: [], countries: [country], position: null },
    thread: null,
    source: { ...desk.source, class: 'government' as const, grade: 'B' as const },
    origin: desk.source.id,
    url: webAddress(url),
    locator: noted(locator, wordsOf(bulletin).notes),
    occurredAt: null,
    publishedAt: { ...when, basis: 'printed' as const },
    expiresAt: null,
    confidence: 0.95,
    tlp: 'TLP:CLEAR' as const,
    captureClass: 'captured-primary' as const,
  };
}

/** The heading and, on a line of its own, the beginning of what follows it. */
function wordsOf({ heading, body, country }: Bulletin): CleanText {
  const head = plainText(heading);
  const rest = plainText(body ?? '');
  const text = [head.text === '' ? countryName(country) : head.text, rest.text]
    .filter((part) => part !== '')
    .join('\n');
  return cutText({ text, notes: [...head.notes, ...rest.notes] }, TEXT_MAX);
}

/** A text of a desk, which may hold markup, as clean text without. */
export function plainText(raw: string): CleanText {
  return cleanText(htmlToText(raw.slice(0, RAW_MAX).toWellFormed()));
}
