import { isRecord, pointerOf } from '../document/index.js';

/** One event as some door of AWS Health gives it, its members by the names of EventBridge. */
export interface StatedEvent {
  readonly pointer: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly description: unknown;
}

/** What the Health API calls what EventBridge calls otherwise. */
const NAMES: Readonly<Record<string, string>> = { arn: 'eventArn', region: 'eventRegion' };

/**
 * The events of a document: one EventBridge event or an array of them, an answer of DescribeEvents (`events`) or of
 * DescribeEventDetails (`successfulSet`). Undefined where it is none of these.
 */
export function eventsOf(value: unknown): StatedEvent[] | undefined {
  if (Array.isArray(value)) {
    if (value.length === 0 || !value.every(isOfEventBridge)) return undefined;
    return value.map((one, index) => ofEventBridge(one, pointerOf('', index)));
  }
  if (isOfEventBridge(value)) return [ofEventBridge(value, '')];
  if (!isRecord(value)) return undefined;
  const { events, successfulSet } = value;
  if (Array.isArray(events)) return events.map((event, index) => ofApi(event, undefined, pointerOf('/events', index)));
  if (!Array.isArray(successfulSet)) return undefined;
  return successfulSet.map((one: unknown, index) => {
    const { event, eventDescription } = isRecord(one) ? one : {};
    const text = isRecord(eventDescription) ? eventDescription['latestDescription'] : undefined;
    return ofApi(event, text, pointerOf('/successfulSet', index, 'event'));
  });
}

function isOfEventBridge(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && value['source'] === 'aws.health' && isRecord(value['detail']);
}

function ofEventBridge(value: Readonly<Record<string, unknown>>, at: string): StatedEvent {
  const event = value['detail'] as Readonly<Record<string, unknown>>;
  return { pointer: pointerOf(at, 'detail'), event, description: inEnglish(event['eventDescription']) };
}

function ofApi(value: unknown, description: unknown, pointer: string): StatedEvent {
  const event = isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, held]) => [NAMES[name] ?? name, held]))
    : {};
  return { pointer, event, description };
}

/** Descriptions come in several languages; the readers of words know English. */
function inEnglish(descriptions: unknown): unknown {
  if (!Array.isArray(descriptions)) return undefined;
  const held = descriptions.filter(isRecord);
  const english = held.find(({ language }) => typeof language === 'string' && /^en\b|^en_/i.test(language));
  return (english ?? held[0])?.['latestDescription'];
}
