import type { Instant } from '@faultline/evidence';
import type { Status } from '../aws-health/board.js';
import { isMarkedResolved } from '../aws-health/condition-words.js';
import { EARLIEST } from '../aws-health/current-events.js';
import { placeOfService } from '../aws-health/place.js';
import {
  cleanText,
  htmlToText,
  pointerOf,
  read,
  readEpoch,
  readWhen,
  refused,
  shown,
  webAddress,
  type CleanText,
  type Reading,
  type SyndicatedItem,
  type When,
} from '../document/index.js';

const POST_MAX = 50_000;
const GUID_MAX = 300;
/** `https://status.aws.amazon.com/#ec2-us-east-1_1757251800`: the service, its region where it has one, seconds since 1970. */
const GUID = /^https?:\/\/status\.aws\.amazon\.com\/?#(([\w.-]{1,160})_(\d{1,12}))$/;

/** The words a title begins with, and the status of the board's legend they stand for. */
const STATUS_OF_WORDS: readonly (readonly [RegExp, Status])[] = [
  [/^service is operating normally\b/i, 0],
  [/^(?:informational message|information|informational)\s*:/i, 1],
  [/^(?:performance issues?|service degradation|service impact)\s*:/i, 2],
  [/^service disruption\s*:/i, 3],
];
const STATUS_WORDS =
  /^(?:service is operating normally|informational message|information|informational|performance issues?|service degradation|service impact|service disruption)\s*:\s*/i;

/** One post: an update of some event, which the feed does not name. */
export interface Post {
  readonly locator: string;
  /** The end of the guid: `ec2-us-east-1_1757251800`. */
  readonly id: string;
  /** `ec2-us-east-1`. */
  readonly serviceKey: string;
  /** `aws:us-east-1`; null for a service without a region. */
  readonly regionId: string | null;
  /** Null where the post is about several. */
  readonly service: string | null;
  /** What the guid and the date printed both allow. */
  readonly at: When;
  /** Null where the title begins with none of the known words, or with those for "over", which {@link isOver} tells. */
  readonly status: Exclude<Status, 0> | null;
  /** The title says that it is over. Titles are changed afterwards: see {@link draftsOfPost}. */
  readonly isOver: boolean;
  readonly headline: CleanText;
  readonly text: CleanText;
  readonly url: string | null;
}

interface GuidParts {
  readonly id: string;
  readonly serviceKey: string;
  readonly seconds: string;
}

/** What the guid of an item names; null where it is none of this feed. */
export function partsOfGuid(guid: string | undefined): GuidParts | null {
  const match = guid === undefined || guid.length > GUID_MAX ? null : GUID.exec(guid.trim());
  return match === null ? null : { id: match[1]!, serviceKey: match[2]!, seconds: match[3]! };
}

/** Reads one item of the feed. The guid names service, region and time; the title begins with the status in words. */
export function readPost(item: SyndicatedItem, retrievedAt: Instant): Reading<Post> {
  const { locator, id: guid, title = '', body = '' } = item;
  const at = (field: string) => pointerOf(locator, field);
  if (guid === undefined || guid === '') return refused('field.missing', at('guid'), shown(guid), 'a guid');
  const named = partsOfGuid(guid);
  if (named === null)
    return refused(
      'field.invalid',
      at('guid'),
      shown(guid),
      'https://status.aws.amazon.com/#<service>-<region>_<seconds>',
    );
  if (title.length > POST_MAX) return refused('field.too_long', at('title'), shown(title), `${POST_MAX} characters`);
  if (body.length > POST_MAX)
    return refused('field.too_long', at('description'), shown(body), `${POST_MAX} characters`);
  const when = readPublished(item, named.seconds, retrievedAt);
  if (when.outcome === 'refused') return when;

  const whole = cleanText(htmlToText(title));
  const words = cleanText(htmlToText(body));
  const headline = { ...whole, text: whole.text.replace(STATUS_WORDS, '') };
  const text = words.text === '' ? (headline.text === '' ? whole : headline) : words;
  if (text.text === '') return refused('field.missing', at('description'), shown(body), 'a text');
  const status = STATUS_OF_WORDS.find(([begins]) => begins.test(whole.text))?.[1] ?? null;
  const place = placeOfService(named.serviceKey);
  const isOfSeveral = place.service === '' || /^multiple/i.test(place.service);
  return read({
    locator,
    id: named.id,
    serviceKey: named.serviceKey,
    regionId: place.region === null ? null : `aws:${place.region}`,
    service: isOfSeveral ? null : place.service.slice(0, 120),
    at: when.value,
    status: status === 0 ? null : status,
    isOver: status === 0 || isMarkedResolved(whole.text) || isMarkedResolved(words.text),
    headline,
    text,
    url: webAddress(guid) ?? webAddress(item.link),
  });
}

/**
 * When a post was published: as its date says. The guid carries the same instant; where the two differ, somewhere
 * between them, and where only the guid has one that can be, then.
 */
function readPublished(item: SyndicatedItem, epoch: string, retrievedAt: Instant): Reading<When> {
  const bounds = { earliest: EARLIEST, retrievedAt };
  const printed = readWhen(item.published, pointerOf(item.locator, 'pubDate'), { ...bounds, future: 'refused' });
  const named = readEpoch(epoch, pointerOf(item.locator, 'guid'), { ...bounds, unit: 'seconds' });
  if (printed.outcome === 'refused') {
    const isMissing = printed.fault.code === 'time.missing';
    return isMissing && named.outcome === 'read' ? read({ earliest: named.value, latest: named.value }) : printed;
  }
  if (named.outcome === 'refused') return printed;
  const { earliest, latest } = printed.value;
  return read({
    earliest: named.value < earliest ? named.value : earliest,
    latest: named.value > latest ? named.value : latest,
  });
}
