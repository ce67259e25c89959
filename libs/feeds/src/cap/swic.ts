import { z } from 'zod';
import { msOf, type Instant } from '@faultline/evidence';
import { isText, pointerOf, readWhen, readWith, refused, ruled, shown } from '../document/index.js';

import type { CapEntry } from './alert.js';
import { perilOfWords } from './peril.js';
import { EARLIEST } from './times.js';

const ALERTS = 'https://severeweather.wmo.int/v2/cap-alerts/';
/** `ae-ncm-en/2026/11/20/12/00/a1b2.xml`: a path below the folder of alerts, and no way out of it. */
const PATH = /^[a-z]{2}-[A-Za-z0-9_-]{1,60}(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,150}){1,8}$/;
/** Times of the summary have no zone: what has lapsed everywhere on Earth has lapsed. */
const ZONES_MS = 14 * 3_600_000;

const text = z
  .string()
  .max(2000)
  .refine(isText, ruled('field.invalid_text', 'text without NUL and lone surrogates'))
  .nullish();
const itemSchema = z
  .object({
    event: text,
    capURL: text,
    url: text,
    s: z.union([z.number(), z.string().max(20)]).nullish(),
    sent: z.unknown().optional(),
    expires: z.unknown().optional(),
  })
  .refine(({ capURL, url }) => Boolean(capURL ?? url), {
    ...ruled('field.missing', 'the path of its alert file'),
    path: ['capURL'],
  });

/** The items of the JSON summary of the WMO Severe Weather Information Centre; undefined where the document is another. */
export function swicItems(value: unknown): readonly unknown[] | undefined {
  const held = typeof value === 'object' && value !== null && Object.hasOwn(value, 'items') ? value : undefined;
  const items = held && (held as { items: unknown }).items;
  return Array.isArray(items) ? (items as unknown[]) : undefined;
}

/**
 * One item of the summary. It names neither sender nor kind of message and gives times without a zone, so it makes no
 * claim: it says where the alert is, which is asked for unless it has lapsed or maps to no peril.
 */
export function entryOfSwic(value: unknown, at: string, retrievedAt: Instant): CapEntry {
  const item = readWith(itemSchema, value, at);
  if (item.outcome === 'refused') return { kind: 'refused', fault: item.fault };
  const { capURL, url, event, s, sent, expires } = item.value;
  const path = capURL ?? url ?? '';
  if (!PATH.test(path)) {
    const { fault } = refused(
      'field.invalid',
      pointerOf(at, capURL == null ? 'url' : 'capURL'),
      shown(path),
      'a path of an alert file',
    );
    return { kind: 'refused', fault };
  }
  if (event != null && perilOfWords(event) === null) return { kind: 'passed-over', reason: 'no-such-peril' };
  const lapses = asUtc(expires, at, retrievedAt);
  if (lapses !== null && msOf(lapses) + ZONES_MS < msOf(retrievedAt)) return { kind: 'passed-over', reason: 'lapsed' };
  const severity = Number(s ?? Number.NaN);
  const changedAt = asUtc(sent, at, retrievedAt);
  return {
    kind: 'link',
    url: `${ALERTS}${path}`,
    at,
    urgency: Number.isInteger(severity) && severity >= 0 && severity <= 4 ? severity : 0,
    changedAt: changedAt !== null && changedAt <= retrievedAt ? changedAt : null,
  };
}

/** A time of the summary read as UTC, for ordering and for what has long lapsed; null where it is none. */
function asUtc(value: unknown, at: string, retrievedAt: Instant): Instant | null {
  if (typeof value !== 'string') return null;
  const zoned = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}$/.test(value) ? `${value}Z` : value;
  const when = readWhen(zoned, at, { earliest: EARLIEST, retrievedAt, future: 'meant' });
  return when.outcome === 'read' ? when.value.latest : null;
}
