import type { ClaimDraft, Instant, Peril } from '@faultline/evidence';
import {
  cleanText,
  cutText,
  digestOf,
  fitted,
  htmlToText,
  noted,
  pointerOf,
  read,
  refused,
  shown,
  webAddress,
  withoutHidden,
  type Reading,
  type When,
} from '../document/index.js';
import type { Quarantine } from '../model/adapter.js';
import type { CapAlert, CapInfo } from './alert.js';
import { joinedByArea, oneOf, readHazard, type HazardReading } from './hazards.js';
import { perilOfInfo } from './peril.js';
import { readReferences } from './references.js';
import { senderOf } from './senders.js';
import { readSent } from './times.js';

const STATUSES = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const;
const MSG_TYPES = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const;
const SCOPES = ['Public', 'Restricted', 'Private'] as const;
const ID_MAX = 250;
const SENDER_MAX = 140;
const EVENT_SHOWN = 120;

/** What an alert message says that this service keeps. */
export type AlertReading =
  | { readonly outcome: 'taken'; readonly drafts: readonly ClaimDraft[]; readonly newest: Instant }
  | { readonly outcome: 'passed-over'; readonly reason: string; readonly newest: Instant | null }
  | { readonly outcome: 'refused'; readonly fault: Quarantine };

/**
 * Reads one alert message into claims. An Alert or Update is a hazard for each `info` block of one language; an Update
 * ends besides, as a later version of it, every alert it refers to; a Cancel takes back every alert it refers to.
 */
export function readAlert(alert: CapAlert, retrievedAt: Instant): AlertReading {
  const status = oneOf(STATUSES, alert.status, pointerOf(alert.at, 'status'));
  if (status.outcome === 'refused') return status;
  if (status.value !== 'Actual') return passedOver(`status-${status.value.toLowerCase()}`);
  const scope = oneOf(SCOPES, alert.scope ?? 'Public', pointerOf(alert.at, 'scope'));
  if (scope.outcome === 'refused') return scope;
  if (scope.value !== 'Public') return passedOver(`scope-${scope.value.toLowerCase()}`);
  const msgType = oneOf(MSG_TYPES, alert.msgType, alert.msgTypeAt);
  if (msgType.outcome === 'refused') return msgType;
  if (msgType.value === 'Ack' || msgType.value === 'Error') return passedOver(`message-${msgType.value.toLowerCase()}`);

  const message = readMessage(alert, msgType.value, retrievedAt);
  if (message.outcome === 'refused') return message;
  if (msgType.value === 'Cancel') return taken(message.value, retractionsOf(message.value, alert));

  const told = infosOfOneLanguage(alert.infos).map((info) => ({ info, peril: perilOfInfo(info) }));
  if (told.length === 0) {
    const { fault } = refused('field.missing', pointerOf(alert.at, 'info'), 'nothing', 'an info block');
    return { outcome: 'refused', fault };
  }
  if (told.every(({ peril }) => peril === null)) return passedOver('no-such-peril', message.value.sent.latest);
  const readings: HazardReading[] = [];
  for (const { info, peril } of told) {
    if (peril === null) continue;
    const reading = readHazard(info, peril, message.value.sent, retrievedAt);
    if (reading.outcome === 'refused') return reading;
    readings.push(reading.value);
  }
  const hazards = joinedByArea(readings);
  return taken(message.value, [
    ...hazardsOf(message.value, hazards, alert),
    ...replacementsOf(message.value, hazards, told, alert.at),
  ]);
}

function passedOver(reason: string, newest: Instant | null = null): AlertReading {
  return { outcome: 'passed-over', reason, newest };
}

function taken({ sent }: Message, drafts: readonly ClaimDraft[]): AlertReading {
  return { outcome: 'taken', drafts, newest: sent.latest };
}

/** The blocks in English, else those in the language of the first: an alert in two languages is said once. */
function infosOfOneLanguage(infos: readonly CapInfo[]): CapInfo[] {
  const languageOf = ({ language }: CapInfo) => language.toLowerCase().split(/[-_]/)[0] ?? '';
  const languages = infos.map(languageOf);
  const chosen = languages.includes('en') ? 'en' : languages[0];
  return infos.filter((info) => languageOf(info) === chosen);
}

/** A message whose identity is sound, and what every claim of it shares. */
interface Message {
  readonly sender: string;
  readonly identifier: string;
  readonly sent: When;
  /** Identifiers of the alerts of this sender it speaks of, the earliest first. */
  readonly references: readonly string[];
  readonly notes: readonly string[];
  readonly common: Pick<
    ClaimDraft,
    'subject' | 'stance' | 'thread' | 'source' | 'origin' | 'publishedAt' | 'confidence' | 'tlp' | 'captureClass'
  >;
  readonly countries: string[];
}

function readMessage(alert: CapAlert, msgType: 'Alert' | 'Update' | 'Cancel', retrievedAt: Instant): Reading<Message> {
  const identifier = readName(alert.identifier, alert.identifierAt, ID_MAX);
  if (identifier.outcome === 'refused') return identifier;
  const sender = readName(alert.sender, pointerOf(alert.at, 'sender'), SENDER_MAX);
  if (sender.outcome === 'refused') return sender;
  const sent = readSent(alert.sent, pointerOf(alert.at, 'sent'), retrievedAt);
  if (sent.outcome === 'refused') return sent;
  const own = { identifier: identifier.value, sentAt: sent.value.latest, isCancel: msgType === 'Cancel' };
  const references =
    msgType === 'Alert'
      ? read({ identifiers: [], notes: [] })
      : readReferences(alert.references, own, pointerOf(alert.at, 'references'));
  if (references.outcome === 'refused') return references;
  const { source, countries } = senderOf(sender.value);
  const thread = itemIdOf(sender.value, references.value.identifiers[0] ?? identifier.value);
  return read({
    identifier: identifier.value,
    sender: sender.value,
    sent: sent.value,
    references: references.value.identifiers,
    notes: references.value.notes,
    common: {
      subject: fitted(`cap:${thread}`, 120),
      stance: 'asserts',
      thread,
      source,
      origin: source.id,
      publishedAt: { ...sent.value, basis: 'printed' },
      confidence: source.grade === 'A' ? 0.95 : 0.9,
      tlp: 'TLP:CLEAR',
      captureClass: 'captured-primary',
    },
    countries: [...countries],
  });
}

function readName(value: string | undefined, locator: string, max: number): Reading<string> {
  if (value === undefined) return refused('field.missing', locator, 'nothing', 'a name');
  if (value.length > max) return refused('field.too_long', locator, shown(value), `at most ${max} characters`);
  const isPlain = withoutHidden(value).removed === 0 && !/[\n\t]/.test(value) && value.isWellFormed();
  return isPlain
    ? read(value)
    : refused('field.invalid_text', locator, shown(value), 'a name without hidden characters');
}

function itemIdOf(sender: string, identifier: string): string {
  return fitted(`${sender},${identifier}`, 400);
}

/** The parts of an item, one for each block that is told. Those of a later message answer to those of an earlier. */
function partOf(index: number): string {
  return index === 0 ? 'hazard' : `hazard ${index + 1}`;
}

function hazardsOf(message: Message, hazards: readonly HazardReading[], alert: CapAlert): ClaimDraft[] {
  return hazards.map(({ value, position, occurredAt, expiresAt, url, notes }, index) => ({
    ...message.common,
    item: {
      id: itemIdOf(message.sender, message.identifier),
      version: message.sent.latest,
      part: partOf(index),
      revises: true,
    },
    place: { regionIds: [], zoneIds: [], countries: [...message.countries], position },
    url: url ?? webAddress(alert.url),
    locator: noted(alert.at, [...message.notes, ...notes]).slice(0, 400),
    occurredAt,
    expiresAt,
    predicate: 'hazard',
    value,
  }));
}

/**
 * That the alerts an Update refers to hold no longer: of each a later version, which ends with the Update and begins
 * where the Update does, so that it moves no onset; of what is yet to begin nothing is left. All else in it follows from
 * the alert that is ended, the peril and the name of the event, so that two Updates that split one alert between them
 * say the same of it.
 */
function replacementsOf(
  message: Message,
  hazards: readonly HazardReading[],
  told: readonly { info: CapInfo; peril: Peril | null }[],
  at: string,
): ClaimDraft[] {
  const { info, peril } = told.find((block) => block.peril !== null)!;
  if (peril === null) return [];
  const event = cutText(cleanText((info.event ?? peril).replace(/\s+/g, ' ')), EVENT_SHOWN);
  const { latest } = message.sent;
  const begin = hazards[0]?.occurredAt?.begin ?? null;
  return message.references.flatMap((identifier) =>
    hazards.map((_, index) => ({
      ...message.common,
      item: {
        id: itemIdOf(message.sender, identifier),
        version: `${latest} replaced ${digestOf([message.common.thread, peril, event.text, begin])}`,
        part: partOf(index),
        revises: true,
      },
      place: { regionIds: [], zoneIds: [], countries: [...message.countries], position: null },
      url: null,
      locator: noted(pointerOf(at, 'references'), message.notes).slice(0, 400),
      occurredAt: { begin, end: begin !== null && begin > latest ? begin : latest },
      expiresAt: null,
      predicate: 'hazard' as const,
      value: {
        peril,
        level: 'unknown' as const,
        certainty: 'unknown' as const,
        magnitude: null,
        area: null,
        text: `${event.text}\nReplaced by the update sent at ${latest}.`,
      },
    })),
  );
}

function retractionsOf(message: Message, alert: CapAlert): ClaimDraft[] {
  const info = infosOfOneLanguage(alert.infos)[0];
  const said = cutText(cleanText(htmlToText((info?.headline ?? info?.event ?? '').slice(0, 20_000))), 1000);
  return message.references.map((identifier) => {
    const itemId = itemIdOf(message.sender, identifier);
    return {
      ...message.common,
      item: {
        id: itemIdOf(message.sender, message.identifier),
        version: message.sent.latest,
        part: `retraction ${digestOf([itemId])}`,
      },
      place: { regionIds: [], zoneIds: [], countries: [...message.countries], position: null },
      url: webAddress(info?.web) ?? webAddress(alert.url),
      locator: noted(alert.at, message.notes).slice(0, 400),
      occurredAt: null,
      expiresAt: null,
      predicate: 'retraction' as const,
      value: { itemId, text: said.text === '' ? `Cancelled by ${message.identifier}` : said.text },
    };
  });
}
