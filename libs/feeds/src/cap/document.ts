import type { Instant } from '@faultline/evidence';
import {
  decodeText,
  pointerOf,
  read,
  readJson,
  readSyndication,
  readXml,
  refused,
  shown,
  type Reading,
} from '../document/index.js';
import type { CapturedDocument } from '../model/adapter.js';
import type { CapEntry } from './alert.js';
import { entryOfFeature } from './nws-json.js';
import { entryOfSwic, swicItems } from './swic.js';
import { entriesOfItem } from './syndicated.js';
import { alertOfXml, alertsWithin } from './xml-alert.js';

/** What a document holds, whichever of its formats it is in: CAP, an index of alerts, GeoJSON, the WMO summary. */
export function readEntries({ bytes, retrievedAt }: CapturedDocument): Reading<CapEntry[]> {
  const decoded = decodeText(bytes, { declared: 'xml' });
  if (decoded.outcome === 'refused') return decoded;
  return decoded.text.trimStart().startsWith('<')
    ? entriesOfXml(bytes, retrievedAt)
    : entriesOfJson(decoded.text, retrievedAt);
}

function entriesOfXml(bytes: Uint8Array, retrievedAt: Instant): Reading<CapEntry[]> {
  const root = readXml(bytes);
  if (root.outcome === 'refused') return root;
  if (['feed', 'rss', 'RDF'].includes(root.value.name)) {
    const index = readSyndication(bytes);
    return index.outcome === 'refused'
      ? index
      : read(index.value.items.flatMap((item) => entriesOfItem(item, retrievedAt)));
  }
  const alerts = alertsWithin(root.value, pointerOf('', root.value.name));
  if (alerts.length > 0)
    return read(alerts.map(({ element, at }) => ({ kind: 'alert', alert: alertOfXml(element, at) })));
  const got = `a document <${root.value.name.slice(0, 40)}>`;
  return refused('feed.wrong_type', `offset ${root.value.offset}`, got, 'a CAP alert, or an index of alerts');
}

function entriesOfJson(text: string, retrievedAt: Instant): Reading<CapEntry[]> {
  const json = readJson(text);
  if (json.outcome === 'refused') return json;
  const { value } = json;
  const held = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const own = (name: string) => (Object.hasOwn(held, name) ? held[name] : undefined);
  const features = own('features');
  if (own('type') === 'FeatureCollection' && Array.isArray(features))
    return read(
      (features as unknown[]).map((feature, index) => entryOfFeature(feature, pointerOf('', 'features', index))),
    );
  if (own('type') === 'Feature') return read([entryOfFeature(value, '')]);
  const items = swicItems(value);
  if (items) return read(items.map((item, index) => entryOfSwic(item, pointerOf('', 'items', index), retrievedAt)));
  return refused('feed.wrong_type', '', shown(value), 'GeoJSON of alerts, or the summary of the WMO');
}
