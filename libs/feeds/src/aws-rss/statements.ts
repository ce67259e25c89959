import { instantOf, msOf, type ClaimDraft, type Instant } from '@faultline/evidence';
import type { BoardEvent, Entry } from '../aws-health/board.js';
import { isClosedInWords } from '../aws-health/condition-words.js';
import { zonesIn } from '../aws-health/place.js';
import { clausesOf, type Clause } from '../aws-health/sentences.js';
import { draftsOfEvent } from '../aws-health/statements.js';
import type { Post } from './post.js';

/** A title that says "over" was made so this soon after its post: our assumption, where the post itself does not say so. */
const MARKED_WITHIN_MS = 7 * 24 * 3_600_000;

const SAYS_OVER =
  /\b(?:operating normally|fully recovered|(?:has|have) (?:now )?(?:been )?(?:fully )?(?:resolved|recovered)|is (?:now )?resolved)\b/i;
const SAYS_ONGOING = /\b(?:investigating|continu\w+|still|working (?:to|on|toward)|not (?:yet )?)\b/i;
const GOES_ON = /\b(?:continu\w+|still|remain\w*)\b/i;

/**
 * The claims one post makes, by itself: the same words on the Health board make the same claims. A title that says "over"
 * counts from the post's own time where its text says so too; titles of earlier posts are changed once all is over, so
 * else it counts as said by the time we saw it, and at the latest a week after the post.
 */
export function draftsOfPost(post: Post, retrievedAt: Instant): ClaimDraft[] {
  const { at, text } = post;
  const entry: Entry = {
    pointer: post.locator,
    text,
    at: { ...at, basis: 'printed' },
    status: post.status,
    marked: post.isOver && closesItself(text.text, post.headline.text),
  };
  const event: BoardEvent = {
    pointer: post.locator,
    itemId: post.id,
    regionId: post.regionId,
    service: post.service,
    start: at.earliest,
    status: post.status ?? 1,
    summary: post.headline,
    closed: post.isOver,
    archived: false,
    impaired: [],
    entries: [entry],
  };
  const clauses = clausesOf(text.text);
  return draftsOfEvent(event, retrievedAt).flatMap((draft) => {
    if (onlyGoesOn(draft, clauses)) return [];
    const ofPost: ClaimDraft = {
      ...draft,
      thread: draft.thread === null ? null : threadOf(post.serviceKey, at.earliest),
      url: post.url ?? draft.url,
    };
    if (draft.item.part.startsWith('board')) return [seenLater(ofPost, at.latest)];
    return isEnd(ofPost) ? [ofPost, ofMonthBefore(ofPost, post)] : [ofPost];
  });
}

/**
 * "We continue to work on the power issue in mec1-az2" states no degree, and how bad the zone was said to be before
 * stands in another post: such words mend nothing, so they are no condition of the zone.
 */
function onlyGoesOn(draft: ClaimDraft, clauses: readonly Clause[]): boolean {
  if (draft.predicate !== 'condition' || !draft.place.zoneIds.includes(draft.subject)) return false;
  if (draft.value.state !== 'degraded' && draft.value.state !== 'investigating') return false;
  return clauses
    .filter(({ text }) => zonesIn(text).some(({ zoneId }) => zoneId === draft.subject))
    .every(({ text }) => GOES_ON.test(text));
}

function closesItself(text: string, headline: string): boolean {
  const clauses = clausesOf(text);
  if (text === headline || isClosedInWords(clauses)) return true;
  return (
    clauses.some((clause) => SAYS_OVER.test(clause.text)) && !clauses.some(({ text: said }) => SAYS_ONGOING.test(said))
  );
}

/** When it became so nobody says: it holds from when it was seen. */
function seenLater(draft: ClaimDraft, postedAt: Instant): ClaimDraft {
  const { earliest, latest } = draft.publishedAt!;
  const limit = instantOf(msOf(postedAt) + MARKED_WITHIN_MS);
  return {
    ...draft,
    occurredAt: null,
    publishedAt: { earliest, latest: latest < limit ? latest : limit, basis: 'inferred' },
  };
}

/**
 * The posts of one service and region within one month of UTC. The feed names no event; a thread made of the gaps
 * between posts would depend on which of them a document still holds, this one depends on the post alone.
 */
function threadOf(serviceKey: string, instant: Instant): string {
  return `${serviceKey} ${instant.slice(0, 7)}`;
}

function isEnd(draft: ClaimDraft): boolean {
  return draft.predicate === 'condition' && draft.value.state === 'restored' && draft.thread !== null;
}

/** What is over may have begun in the month before, in a thread of that month: it is over there too. */
function ofMonthBefore(draft: ClaimDraft, { serviceKey, at }: Post): ClaimDraft {
  const firstOfMonthMs = msOf(`${at.earliest.slice(0, 7)}-01T00:00:00.000Z`);
  return {
    ...draft,
    item: { ...draft.item, part: `${draft.item.part}+month-before` },
    thread: threadOf(serviceKey, instantOf(firstOfMonthMs - 1)),
  };
}
