import {
  instantOf,
  msOf,
  type ClaimDraft,
  type ClaimValue,
  type ConditionState,
  type Instant,
} from '@faultline/evidence';
import { isClosedInWords, isMarkedResolved, onlyInvestigates } from '../aws-health/condition-words.js';
import {
  cleanText,
  cutText,
  digestOf,
  htmlToText,
  isText,
  noted,
  pointerOf,
  read,
  readWhen,
  refused,
  shown,
  textOf,
  webAddress,
  type CleanText,
  type Reading,
  type SyndicatedItem,
  type When,
} from '../document/index.js';
import { statedIn } from '../aws-health/nature-and-cause.js';
import { clausesOf, type Clause } from '../aws-health/sentences.js';
import { regionOfCategory, regionsInTitle } from './region.js';

export const OPERATOR_ID = 'azure';
const PAGE = 'https://azure.status.microsoft/en-us/status';
const MICROSOFT_HOST = /(?:^|\.)(?:status\.microsoft|azure\.com|microsoft\.com)$/;
const ATOM = 'http://www.w3.org/2005/Atom';
/** Azure was not there before: nothing in the feed can be older. */
const EARLIEST: Instant = '2010-01-01T00:00:00.000Z';
const TEXT_READ_MAX = 100_000;
const ID_MAX = 300;

/** At the head or the end of a title: "Resolved - …", "… - Mitigated", "[Mitigated] …", "Post Incident Review - …". */
const OVER_IN_TITLE =
  /^\s*[[(]?\s*(?:resolved|mitigated)\s*(?:[\])]|\s[-–—]\s|:)|(?:\s[-–—]\s|:\s*|[[(])\s*(?:resolved|mitigated)\s*[\])]?\s*$|^\s*(?:(?:final|preliminary)\s+)?(?:post[ -]incident review|pir|rca)\b/i;
const MITIGATED =
  /\b(?:the|this|all) (?:issues?|incident|impact|outage|event|problem)\b[^.;]{0,40}\b(?:is|was|has been|have been) (?:now )?(?:fully |completely )?(?:mitigated|resolved)(?= and\b|[.,;]|$)/i;
const NOT_ALL =
  /\b(?:not|once|until|when|after|partial\w*|most|some|subset|except\w*|still|remain\w*|continu\w+|investigating)\b/i;

/** One item of the channel: what Microsoft says now of one incident. */
export interface Post {
  readonly locator: string;
  /** The guid, which is made of the title and comes again with the next incident of that title. */
  readonly id: string;
  readonly at: When;
  /** `azure:westus`; none where the post names no region. */
  readonly regionIds: readonly string[];
  readonly services: readonly string[];
  readonly title: string;
  readonly text: CleanText;
  readonly url: string;
}

/** Reads one item of the channel. Its categories are services and regions alike, and only a known region is one. */
export function readPost(item: SyndicatedItem, retrievedAt: Instant): Reading<Post> {
  const { locator, id: guid, title = '', body = '', link, categories } = item;
  const at = (field: string) => pointerOf(locator, field);
  for (const [field, raw, max] of [
    ['guid', guid ?? '', ID_MAX],
    ['title', title, TEXT_READ_MAX],
    ['description', body, TEXT_READ_MAX],
  ] as const)
    if (raw.length > max) return refused('field.too_long', at(field), shown(raw), `${max} characters`);
  const headline = cleanText(htmlToText(title)).text;
  const words = cleanText(htmlToText(body));
  const text = words.text === '' ? { text: headline, notes: [] } : words;
  if (text.text === '') return refused('field.missing', at('description'), shown(body), 'a text');
  const id = cleanText(guid ?? '').text || headline.slice(0, ID_MAX).toWellFormed();
  if (id === '') return refused('field.missing', at('guid'), shown(guid), 'a guid, or a title');
  const changed = textOf(item.element, 'updated', ATOM);
  const when = readWhen(changed ?? item.published, at(changed === undefined ? 'pubDate' : 'updated'), {
    earliest: EARLIEST,
    retrievedAt,
    future: 'refused',
  });
  if (when.outcome === 'refused') return when;

  const named = categories
    .filter((category) => category.length <= 1000 && isText(category))
    .map((raw) => cleanText(raw).text);
  const regionIds = [...new Set(named.flatMap((name) => regionOfCategory(name) ?? []))].sort();
  const services = named.filter((name) => name !== '' && regionOfCategory(name) === null);
  return read({
    locator,
    id,
    at: when.value,
    regionIds: regionIds.length > 0 ? regionIds : regionsInTitle(headline),
    services: [...new Set(services.map((name) => name.slice(0, 120).toWellFormed()))].sort().slice(0, 400),
    title: headline,
    text,
    url: addressOf(link),
  });
}

/** The claims one post makes of each region it names, or of Azure as a whole where it names none. */
export function draftsOfPost(post: Post): ClaimDraft[] {
  const { at, text, title, services, regionIds } = post;
  const clauses = clausesOf(text.text);
  const state = stateOf(title, clauses);
  const cut = cutText(text);
  const statements = [
    { part: 'condition', stance: 'asserts' as const, claim: conditionOf(state, services, cut.text) },
    ...statedIn(clauses),
  ];
  const version = `${at.latest}#${digestOf([title, cut.text, services])}`;
  const threads = [threadOf(post.id, at.earliest)];
  // What is over may have begun in the month before, in a thread of that month: it is over there too.
  if (state === 'restored') threads.push(threadOf(post.id, monthBefore(at.earliest)));
  return (regionIds.length > 0 ? regionIds : [OPERATOR_ID]).flatMap((subject) =>
    statements.flatMap(({ part, stance, claim }) =>
      threads.slice(0, part === 'condition' ? 2 : 1).map((thread, index): ClaimDraft => {
        const whole = index === 0 ? part : `${part}+month-before`;
        const isRegion = subject !== OPERATOR_ID;
        return {
          item: { id: post.id, version, part: isRegion ? `${whole}@${subject}` : whole },
          subject,
          stance,
          place: { regionIds: isRegion ? [subject] : [], zoneIds: [], countries: [], position: null },
          thread,
          source: { id: OPERATOR_ID, name: 'Microsoft Azure', class: 'provider', grade: 'A' },
          origin: OPERATOR_ID,
          url: post.url,
          locator: noted(post.locator, cut.notes),
          occurredAt: { begin: at.earliest, end: null },
          publishedAt: { ...at, basis: 'printed' },
          expiresAt: null,
          confidence: 0.95,
          tlp: 'TLP:CLEAR',
          captureClass: 'captured-primary',
          ...claim,
        };
      }),
    ),
  );
}

/** The feed gives no status. Over where title or words say so; `investigating` where they only investigate; else `degraded`. */
function stateOf(title: string, clauses: readonly Clause[]): ConditionState {
  const isOver =
    isMarkedResolved(title) || OVER_IN_TITLE.test(title) || isClosedInWords(clauses) || isMitigated(clauses);
  if (isOver) return 'restored';
  return onlyInvestigates(clauses) ? 'investigating' : 'degraded';
}

function isMitigated(clauses: readonly Clause[]): boolean {
  const at = clauses.findLastIndex(({ text }) => MITIGATED.test(text));
  return at >= 0 && !clauses.slice(at).some(({ text }) => NOT_ALL.test(text));
}

function conditionOf(state: ConditionState, services: readonly string[], text: string): ClaimValue {
  return { predicate: 'condition', value: { state, scope: 'subject', services: [...services], text } };
}

/** The posts of one guid within one month of UTC: the next incident of that title has the same guid. */
function threadOf(id: string, instant: Instant): string {
  return `${id} ${instant.slice(0, 7)}`;
}

function monthBefore(instant: Instant): Instant {
  return instantOf(msOf(`${instant.slice(0, 7)}-01T00:00:00.000Z`) - 1);
}

/** Items link to the page as a whole, and some to a host behind it that nobody should be sent to. */
function addressOf(link: string | undefined): string {
  const address = webAddress(link);
  return address !== null && MICROSOFT_HOST.test(new URL(address).hostname) ? address : PAGE;
}
