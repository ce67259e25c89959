import type { ClaimDraft, Instant } from '@faultline/evidence';
import {
  childOf,
  cleanText,
  cutText,
  htmlToText,
  noted,
  pointerOf,
  read,
  readWhen,
  refused,
  shown,
  webAddress,
  type Reading,
  type SyndicatedItem,
} from '../document/index.js';
import { countryIn } from './headline-country.js';
import { perilOf } from './headline-peril.js';

/** Older than any desk's document of today's news. */
const EARLIEST: Instant = '1995-01-01T00:00:00.000Z';
const HEADLINE_MAX = 500;
/** What is read of a headline before its markup is taken out. */
const RAW_MAX = 5000;
const ID_MAX = 280;
/** Ids that are the world's and not only the desk's own. */
const OF_THE_WORLD = /^(?:https?:\/\/|tag:|urn:)/i;

/** Reads one item of the desk `deskName` into the lead it is. */
export function readLead(item: SyndicatedItem, deskName: string, retrievedAt: Instant): Reading<ClaimDraft> {
  const url = webAddress(item.link) ?? webAddress(item.id);
  const id = item.id ?? url;
  if (id === null || id === undefined)
    return refused('field.missing', pointerOf(item.locator, 'guid'), shown(item.id), 'a guid or a link');
  if (id.length > ID_MAX)
    return refused('field.too_long', pointerOf(item.locator, 'guid'), shown(id), `an id of ${ID_MAX} characters`);
  const when = readWhen(item.updated ?? item.published, pointerOf(item.locator, item.updated ? 'updated' : 'pubDate'), {
    earliest: EARLIEST,
    retrievedAt,
    future: 'refused',
  });
  if (when.outcome === 'refused') return when;
  const headline = cutText(cleanText(htmlToText((item.title ?? '').slice(0, RAW_MAX).toWellFormed())), HEADLINE_MAX);
  if (headline.text === '')
    return refused('field.missing', pointerOf(item.locator, 'title'), shown(item.title), 'a headline');
  const text = headline.text.replace(/\n+/gu, ' ');
  const host = hostOf(url);
  if (host === undefined)
    return refused('field.missing', pointerOf(item.locator, 'link'), shown(item.link), 'a link to a page of the desk');
  const root = hostOf(webAddress(childOf(item.element, 'source', '')?.attributes.get('url'))) ?? host;
  const country = countryIn(text);
  return read({
    item: {
      id: OF_THE_WORLD.test(id) ? id : `${host.slice(0, 100)} ${id}`,
      version: when.value.latest,
      part: 'lead',
      revises: true,
    },
    subject: country === null ? `lead:${host.slice(0, 100)}` : `country:${country}`,
    stance: 'asserts',
    place: { regionIds: [], zoneIds: [], countries: country === null ? [] : [country], position: null },
    thread: null,
    source: {
      id: `media:${root}`.slice(0, 120),
      name: (root === host ? deskName : root).slice(0, 200).toWellFormed(),
      class: 'media',
      // A desk that names another as the source only passes on what that one wrote.
      grade: root === host ? 'C' : 'D',
    },
    origin: root.slice(0, 160),
    url,
    locator: noted(item.locator, headline.notes),
    occurredAt: null,
    publishedAt: { ...when.value, basis: 'printed' },
    expiresAt: null,
    confidence: 0.2,
    tlp: 'TLP:CLEAR',
    captureClass: 'captured-primary',
    predicate: 'lead',
    value: { peril: perilOf(text), mentions: null, text },
  });
}

/** The host of an address without `www.`; undefined where there is no address. */
function hostOf(url: string | null): string | undefined {
  return url === null ? undefined : new URL(url).hostname.replace(/^www\./, '') || undefined;
}
