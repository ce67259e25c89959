import type { Instant } from '@faultline/evidence';
import {
  childrenOf,
  pointerOf,
  readWhen,
  refused,
  shown,
  textOf,
  webAddress,
  type SyndicatedItem,
  type XmlElement,
} from '../document/index.js';
import type { CapEntry } from './alert.js';
import { perilOfWords } from './peril.js';
import { EARLIEST } from './times.js';
import { alertOfXml, alertsWithin, isCap } from './xml-alert.js';

/** How much an entry is worth asking for, by the severity it states. */
const URGENCY: Readonly<Record<string, number>> = { extreme: 4, severe: 3, moderate: 2, unknown: 1, minor: 0 };

/**
 * What one entry of an Atom or RSS index holds. A whole alert in it is read as one. An entry that carries the fields of
 * an alert with its `identifier`, `sender` and `sent` is an alert without more. Without them nothing later can name it
 * again, so the alert is where the entry links to; of a test, of what maps to no peril, and of a restricted alert the
 * link is not followed.
 */
export function entriesOfItem(item: SyndicatedItem, retrievedAt: Instant): CapEntry[] {
  const whole = alertsWithin(item.element, item.locator);
  const link = linkOf(item);
  if (whole.length > 0)
    return whole.map(({ element, at }) => ({ kind: 'alert', alert: alertOfXml(element, at, link ?? undefined) }));
  const flat = flatAlert(item, link);
  if (flat) return [flat];
  const reason = unwanted(item.element);
  if (reason !== undefined) return [{ kind: 'passed-over', reason }];
  if (link === null) {
    const got = shown(item.link ?? item.title);
    return [unlinked(pointerOf(item.locator, 'link'), got)];
  }
  return [
    {
      kind: 'link',
      url: link,
      at: item.locator,
      changedAt: changedAt(item.updated ?? item.published, item.locator, retrievedAt),
      urgency: URGENCY[capText(item.element, 'severity')?.toLowerCase() ?? ''] ?? 1,
    },
  ];
}

function changedAt(written: string | undefined, at: string, retrievedAt: Instant): Instant | null {
  const when = readWhen(written, at, { earliest: EARLIEST, retrievedAt, future: 'refused' });
  return when.outcome === 'read' ? when.value.latest : null;
}

function unlinked(locator: string, got: string): CapEntry {
  const { fault } = refused('field.missing', locator, got, 'an alert, or a link to one over http or https');
  return { kind: 'refused', fault };
}

/** The text of a `cap:` child of an entry. */
function capText(element: XmlElement, name: string): string | undefined {
  const namespace = element.children.find((child) => child.name === name && isCap(child))?.namespace;
  return namespace === undefined ? undefined : textOf(element, name, namespace);
}

/** An entry that is a whole alert in itself, its fields standing where CAP has `alert`, `info` and `area`. */
function flatAlert(item: SyndicatedItem, link: string | null): CapEntry | undefined {
  const { element, locator } = item;
  if (['identifier', 'sender', 'sent', 'event'].some((name) => capText(element, name) === undefined)) return undefined;
  const namespace = element.children.find(isCap)!.namespace;
  const fields = element.children.filter((child) => child.namespace === namespace);
  const area: XmlElement = { ...element, name: 'area', namespace, children: fields, text: '' };
  const info: XmlElement = { ...area, name: 'info', children: [...fields, area] };
  const { msgType, ...alert } = alertOfXml(
    { ...area, name: 'alert', children: [...fields, info] },
    locator,
    link ?? undefined,
  );
  return { kind: 'alert', alert: { ...alert, msgType: msgType ?? capText(element, 'message_type') } };
}

/** Why an entry's alert is not asked for, by what the entry itself says of it. */
function unwanted(element: XmlElement): string | undefined {
  const status = capText(element, 'status')?.toLowerCase();
  if (status !== undefined && ['test', 'exercise', 'system', 'draft'].includes(status)) return `status-${status}`;
  const scope = capText(element, 'scope')?.toLowerCase();
  if (scope === 'restricted' || scope === 'private') return `scope-${scope}`;
  const event = capText(element, 'event');
  return event !== undefined && perilOfWords(event) === null ? 'no-such-peril' : undefined;
}

/** The link said to be of CAP where there is one, else the entry's own. */
function linkOf({ element, link }: SyndicatedItem): string | null {
  const typed = [...childrenOf(element, 'link'), ...childrenOf(element, 'enclosure')].find(({ attributes }) =>
    /\bcap\b/i.test(attributes.get('type') ?? ''),
  );
  return webAddress(typed?.attributes.get('href') ?? typed?.attributes.get('url')) ?? webAddress(link);
}
