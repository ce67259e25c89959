import type { ClaimDraft, Peril, Position } from '@faultline/evidence';
import {
  cleanText,
  cutText,
  htmlToText,
  isText,
  pointerOf,
  read,
  refused,
  shown,
  webAddress,
  type Reading,
  type When,
} from '../document/index.js';
import type { Instant } from '@faultline/evidence';
import type { CapInfo } from './alert.js';
import { readPosition } from './area.js';
import { readTimes } from './times.js';

type Hazard = Extract<ClaimDraft, { predicate: 'hazard' }>['value'];

const LEVELS = ['extreme', 'severe', 'moderate', 'minor', 'unknown'] as const;
const CERTAINTIES = ['observed', 'likely', 'possible', 'unlikely', 'unknown'] as const;
const READ_MAX = 50_000;
const EVENT_MAX = 500;
const AREA_MAX = 1000;

/** What one `info` block tells of a hazard: all of a claim but who says it, of which alert. */
export interface HazardReading {
  readonly value: Hazard;
  readonly position: Position | null;
  readonly occurredAt: ClaimDraft['occurredAt'];
  readonly expiresAt: Instant | null;
  readonly url: string | null;
  readonly notes: readonly string[];
}

/** Reads one `info` block of a known peril. */
export function readHazard(info: CapInfo, peril: Peril, sent: When, retrievedAt: Instant): Reading<HazardReading> {
  const at = (name: string) => pointerOf(info.at, name);
  const level = oneOf(LEVELS, info.severity, at('severity'));
  if (level.outcome === 'refused') return level;
  const certainty = oneOf(CERTAINTIES, info.certainty?.replace(/^very likely$/i, 'likely'), at('certainty'));
  if (certainty.outcome === 'refused') return certainty;
  const times = readTimes(info, sent, retrievedAt);
  if (times.outcome === 'refused') return times;
  const words = readWords(info);
  if (words.outcome === 'refused') return words;
  const position = readPosition(info.shapes);
  if (position.outcome === 'refused') return position;
  const { text, area, notes } = words.value;
  return read({
    value: { peril, level: level.value, certainty: certainty.value, magnitude: null, area, text },
    position: position.value,
    ...times.value,
    url: webAddress(info.web),
    notes,
  });
}

/** The same blocks told once: of blocks that say the same of several areas, one with all the areas. */
export function joinedByArea(readings: readonly HazardReading[]): HazardReading[] {
  const joined = new Map<string, HazardReading>();
  for (const reading of readings) {
    const { value, position, occurredAt, expiresAt } = reading;
    const key = JSON.stringify([{ ...value, area: null }, position, occurredAt, expiresAt]);
    const held = joined.get(key);
    const areas = held && [...new Set([held.value.area, value.area].filter((area) => area !== null))].join('; ');
    if (held === undefined) joined.set(key, reading);
    else {
      const { text } = cutText({ text: areas ?? '', notes: [] }, AREA_MAX);
      joined.set(key, { ...held, value: { ...held.value, area: text === '' ? null : text } });
    }
  }
  return [...joined.values()];
}

function readWords(info: CapInfo): Reading<{ text: string; area: string | null; notes: readonly string[] }> {
  const at = (name: string) => pointerOf(info.at, name);
  const event = readText(info.event, at('event'), EVENT_MAX);
  if (event.outcome === 'refused') return event;
  const headline = readText(info.headline, at('headline'), READ_MAX);
  if (headline.outcome === 'refused') return headline;
  const description = readText(info.description, at('description'), READ_MAX);
  if (description.outcome === 'refused') return description;
  const areas = readText(info.areaDescs.join('; '), at('areaDesc'), READ_MAX);
  if (areas.outcome === 'refused') return areas;
  // The first line of a hazard's text is its headline.
  const head = oneLine(headline.value.text) || oneLine(event.value.text);
  const notes = [...headline.value.notes, ...description.value.notes];
  const whole = cutText({ text: [head, description.value.text].filter((part) => part !== '').join('\n'), notes });
  const area = cutText({ text: oneLine(areas.value.text), notes: areas.value.notes }, AREA_MAX);
  if (whole.text === '') return refused('field.missing', at('event'), shown(info.event), 'an event or a headline');
  return read({ text: whole.text, area: area.text === '' ? null : area.text, notes: [...whole.notes, ...area.notes] });
}

function readText(raw: string | undefined, locator: string, max: number): Reading<ReturnType<typeof cleanText>> {
  const text = raw ?? '';
  if (text.length > max)
    return refused('field.too_long', locator, `${text.length} characters`, `at most ${max} characters`);
  if (!isText(text)) return refused('field.invalid_text', locator, shown(text), 'text without NUL and lone surrogates');
  return read(cleanText(htmlToText(text)));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The word of a list, whatever its case. */
export function oneOf<T extends string>(words: readonly T[], value: string | undefined, locator: string): Reading<T> {
  const wanted = `one of ${words.join(', ')}`;
  if (value === undefined) return refused('field.missing', locator, 'nothing', wanted);
  const found = words.find((word) => word.toLowerCase() === value.toLowerCase());
  return found === undefined ? refused('field.enum', locator, shown(value), wanted) : read(found);
}
