import type { ClaimDraft, Instant } from '@faultline/evidence';
import {
  childOf,
  pointerOf,
  read,
  refused,
  shown,
  textOf,
  webAddress,
  type Reading,
  type SyndicatedItem,
  type Syndication,
  type When,
  type XmlElement,
} from '../document/index.js';
import { EARLIEST, embassyAlert, FCDO, plainText, SMARTRAVELLER, STATE_DEPARTMENT, travelAdvice } from './advice.js';
import { countriesNamed, countryName, isCountryCode } from '../countries/index.js';
import { readStateHeading } from './state-heading.js';
import { readWrittenTime } from './written-time.js';

/** What one item gave: claims, one for each country of a joint page, or the reason why it is passed over. */
export type BulletinReading =
  | { readonly outcome: 'advice'; readonly drafts: readonly ClaimDraft[]; readonly when: When }
  | { readonly outcome: 'passed-over'; readonly reason: 'no-country' | 'no-level' };

type DeskKind = 'state' | 'fcdo' | 'smartraveller' | 'embassy';

/** Which desk wrote a document, by the hosts of its links, then by what only one desk writes. Undefined for any other document. */
export function deskOf(document: Syndication): DeskKind | undefined {
  for (const { link, id } of document.items) {
    const desk = deskOfAddress(link) ?? deskOfAddress(id);
    if (desk) return desk;
  }
  if (document.items.some((item) => warningsOf(item) !== undefined)) return 'smartraveller';
  return document.items.some(({ title }) => readStateHeading(title ?? '').outcome === 'read') ? 'state' : undefined;
}

function deskOfAddress(address: string | undefined): DeskKind | undefined {
  const web = webAddress(address);
  if (web === null) return undefined;
  const { hostname, pathname } = new URL(web);
  if (hostname === 'travel.state.gov') return 'state';
  if (hostname === 'www.smartraveller.gov.au' || hostname === 'smartraveller.gov.au') return 'smartraveller';
  if (hostname === 'www.gov.uk' && pathname.startsWith('/foreign-travel-advice')) return 'fcdo';
  return MISSION.test(hostname) ? 'embassy' : undefined;
}

/** Reads one item of the desk's document. */
export function readBulletin(desk: DeskKind, item: SyndicatedItem, retrievedAt: Instant): Reading<BulletinReading> {
  const at = readTime(item, retrievedAt);
  if (at.outcome === 'refused') return at;
  const heading = plainText(item.title ?? '').text;
  if (heading === '') return refused('field.missing', pointerOf(item.locator, 'title'), shown(item.title), 'a heading');
  const bulletin = { when: at.value, heading, url: item.link, locator: item.locator };
  switch (desk) {
    case 'state':
      return readStatePage({ ...bulletin, body: item.body, written: 'rss' });
    case 'fcdo':
      return ofCountries(heading, item.locator, at.value, (country) =>
        travelAdvice(
          {
            ...bulletin,
            desk: FCDO,
            country,
            written: 'atom',
            body: item.body ?? deepText(childOf(item.element, 'summary')),
          },
          null,
        ),
      );
    case 'smartraveller': {
      const level = readAustralianLevel(item);
      if (level.outcome === 'refused') return level;
      return ofCountries(heading, item.locator, at.value, (country) =>
        travelAdvice(
          { ...bulletin, desk: SMARTRAVELLER, country, written: 'rss', body: bodyOf([level.value.words, item.body]) },
          level.value.level,
        ),
      );
    }
    case 'embassy':
      return readAlert(item, { ...bulletin, body: item.body });
  }
}

interface Page {
  readonly when: When;
  readonly heading: string;
  readonly url: string | undefined;
  readonly locator: string;
  readonly body: string | undefined;
}

/** A page of the Department of State, from either of its documents: the country and the level stand in the heading. */
export function readStatePage(page: Page & { readonly written: 'rss' | 'json' }): Reading<BulletinReading> {
  const heading = readStateHeading(page.heading);
  if (heading.outcome === 'refused')
    return refused(heading.fault.code, pointerOf(page.locator, 'title'), heading.fault.got, heading.fault.wanted);
  const { name, level } = heading.value;
  if (name === null) return read({ outcome: 'passed-over', reason: 'no-country' });
  // A page whose parts have levels of their own would only hide the pages of the parts.
  if (level === null) return read({ outcome: 'passed-over', reason: 'no-level' });
  return ofCountries(name, page.locator, page.when, (country) =>
    travelAdvice({ ...page, desk: STATE_DEPARTMENT, country }, level),
  );
}

function ofCountries(
  name: string,
  locator: string,
  when: When,
  draftOf: (country: string) => ClaimDraft,
): Reading<BulletinReading> {
  const countries = countriesNamed(name);
  if (!countries)
    return refused('field.enum', pointerOf(locator, 'title'), shown(name), 'the name of a country the table knows');
  return read({ outcome: 'advice', drafts: countries.map(draftOf), when });
}

const ID_MAX = 380;
/** Hosts of embassies and consulates: the two letters are those of the host country, but `uk`. */
const MISSION = /^(?:[a-z0-9-]{1,20}\.)?([a-z0-9-]{2,20})\.us(?:embassy|consulate|mission)\.gov$/;

function readAlert(item: SyndicatedItem, page: Page): Reading<BulletinReading> {
  const web = webAddress(item.link) ?? webAddress(item.id);
  const letters = web === null ? undefined : MISSION.exec(new URL(web).hostname)?.[1];
  if (letters === undefined)
    return refused('field.invalid', pointerOf(item.locator, 'link'), shown(item.link), 'a page of a mission');
  // Missions to organisations, as to the United Nations, have no host country.
  if (letters.length !== 2) return read({ outcome: 'passed-over', reason: 'no-country' });
  const country = letters === 'uk' ? 'GB' : letters.toUpperCase();
  if (!isCountryCode(country))
    return refused('field.enum', pointerOf(item.locator, 'link'), shown(letters), 'two letters of a host country');
  const own = item.id ?? item.link!;
  if (own.length > ID_MAX)
    return refused('field.too_long', pointerOf(item.locator, 'guid'), shown(own), `an id of ${ID_MAX} characters`);
  const id = webAddress(own) === null ? `us-mission:${country} ${own}` : own;
  const desk = {
    key: 'us-mission',
    source: { id: STATE_DEPARTMENT.source.id, name: `U.S. Mission, ${countryName(country)}` },
  };
  return read({
    outcome: 'advice',
    drafts: [embassyAlert({ ...page, desk, country, written: 'rss' }, id)],
    when: page.when,
  });
}

/** The words of the four levels of advice; the number beside them has been counted on two scales. */
const AUSTRALIAN_LEVELS: readonly (readonly [RegExp, number])[] = [
  [/^do not travel\b/i, 4],
  [/^reconsider your need to travel\b/i, 3],
  [/^exercise a high degree of caution\b/i, 2],
  [/^exercise normal safety precautions\b/i, 1],
];

function readAustralianLevel(item: SyndicatedItem): Reading<{ level: number | null; words: string | undefined }> {
  const warnings = warningsOf(item);
  if (!warnings) return read({ level: null, words: undefined });
  const words = warnings === item.element ? undefined : textOf(warnings, 'description');
  const known = AUSTRALIAN_LEVELS.find(([pattern]) => pattern.test(words ?? ''));
  if (known) return read({ level: known[1], words });
  const number = textOf(warnings, 'level');
  // Of a number on five one cannot tell which scale is meant.
  if (number === undefined || /^[1-5]\s*\/\s*5$/.test(number)) return read({ level: null, words });
  if (/^[1-4]$/.test(number)) return read({ level: Number(number), words });
  return refused('field.enum', pointerOf(item.locator, 'warnings', 'level'), shown(number), 'a level from 1 to 4');
}

/** The element of warnings, which is in the desk's own namespace; the level may stand outside of it. */
function warningsOf({ element }: SyndicatedItem): XmlElement | undefined {
  const own = element.children.filter(({ namespace }) => namespace.includes('smartraveller'));
  return (
    own.find(({ name }) => name === 'warnings') ?? (own.some(({ name }) => name === 'level') ? element : undefined)
  );
}

function readTime(item: SyndicatedItem, retrievedAt: Instant): Reading<When> {
  return readWrittenTime(
    item.updated ?? item.published,
    pointerOf(item.locator, item.updated === undefined && item.published !== undefined ? 'pubDate' : 'updated'),
    { earliest: EARLIEST, retrievedAt, future: 'refused' },
  );
}

function bodyOf(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('\n');
}

/** All text in and below an element: a summary in XHTML is made of elements. */
function deepText(element: XmlElement | undefined): string | undefined {
  if (!element) return undefined;
  return [element.text.trim(), ...element.children.map((child) => deepText(child) ?? '')]
    .filter((text) => text !== '')
    .join('\n');
}
