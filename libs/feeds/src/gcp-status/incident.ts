import { z } from 'zod';
import type { Instant } from '@faultline/evidence';
import {
  cleanText,
  isText,
  pointerOf,
  read,
  readWhen,
  readWith,
  refused,
  ruled,
  shown,
  webAddress,
  type CleanText,
  type Reading,
} from '../document/index.js';
import type { Quarantine } from '../model/adapter.js';
import { subjectsOf, type Subject } from './location.js';

/** Google Cloud was not there before: nothing in the feed can be older. */
const EARLIEST: Instant = '2008-01-01T00:00:00.000Z';
const TEXT_READ_MAX = 100_000;
const PAGE = 'https://status.cloud.google.com/';

/** How a service was at an update. `severity` is another thing: an incident of low severity can be a disruption. */
export type Impact = 'available' | 'information' | 'disruption' | 'outage';
const IMPACT_OF: Readonly<Record<string, Impact>> = {
  AVAILABLE: 'available',
  AVAILABLE_INFORMATION: 'available',
  SERVICE_INFORMATION: 'information',
  SERVICE_DISRUPTION: 'disruption',
  SERVICE_OUTAGE: 'outage',
};

const text = z
  .string()
  .max(TEXT_READ_MAX)
  .refine(isText, ruled('field.invalid_text', 'text without NUL and lone surrogates'))
  .nullish()
  .transform((value) => value ?? '');
const impact = z
  .string()
  .transform((value, context) => {
    if (Object.hasOwn(IMPACT_OF, value.toUpperCase())) return IMPACT_OF[value.toUpperCase()]!;
    context.addIssue({ code: 'custom', message: 'a status of the feed', params: { code: 'field.enum' } });
    return z.NEVER;
  })
  .nullish()
  .transform((value) => value ?? null);
/** Elements that are none are left out: a place or product without a name says nothing. */
const named = z.array(z.unknown()).max(1000).nullish();

const incidentSchema = z.object({
  id: z.string().regex(/^[\w-]{1,100}$/, 'an incident id of letters and digits'),
  external_desc: text,
  status_impact: impact,
  service_name: text,
  affected_products: named,
  currently_affected_locations: named,
  previously_affected_locations: named,
  updates: z.array(z.unknown()).max(10_000).nullish(),
  most_recent_update: z.unknown().optional(),
  uri: z.unknown().optional(),
});
const updateSchema = z.object({ text, status: impact, affected_locations: named });

/** One thing Google posted about an incident. */
export interface Update {
  readonly pointer: string;
  /** When it says how things were. */
  readonly when: Instant;
  /** Between which instants it was published: when it was made and when it was last changed. */
  readonly earliest: Instant;
  readonly latest: Instant;
  readonly impact: Impact;
  readonly text: CleanText;
  /** The places it names itself; null where it names none. */
  readonly subjects: readonly Subject[] | null;
}

export interface Incident {
  readonly pointer: string;
  readonly id: string;
  readonly begin: Instant | null;
  readonly end: Instant | null;
  /** When anything of it last changed. */
  readonly modified: Instant | null;
  /** The worst it was. */
  readonly impact: Impact | null;
  readonly services: readonly string[];
  readonly current: readonly Subject[];
  readonly previous: readonly Subject[];
  readonly headline: CleanText;
  readonly url: string;
  /** From the oldest to the newest. */
  readonly updates: readonly Update[];
}

export interface IncidentReading {
  readonly incident: Incident | null;
  readonly quarantined: readonly Quarantine[];
}

/** Reads one incident. An update or a time that cannot be read is set aside by itself. */
export function readIncident(value: unknown, pointer: string, retrievedAt: Instant): IncidentReading {
  const shape = readWith(incidentSchema, value, pointer);
  if (shape.outcome === 'refused') return { incident: null, quarantined: [shape.fault] };
  const raw = shape.value;
  const quarantined: Quarantine[] = [];
  const times = value as Readonly<Record<string, unknown>>;
  const timeOf = (field: string): Instant | null => {
    const reading = readTime(times, field, pointer, retrievedAt);
    if (reading.outcome === 'read') return reading.value;
    quarantined.push(reading.fault);
    return null;
  };
  const [begin, end, created, modified] = [timeOf('begin'), timeOf('end'), timeOf('created'), timeOf('modified')];
  const headline = cleanText(raw.external_desc);

  const updates: Update[] = [];
  const posted: [unknown, string][] = (raw.updates ?? []).map((update, index) => [
    update,
    pointerOf(pointer, 'updates', index),
  ]);
  const newest = raw.most_recent_update;
  if (newest != null && !posted.some(([update]) => whenOf(update) === whenOf(newest)))
    posted.push([newest, pointerOf(pointer, 'most_recent_update')]);
  for (const [update, at] of posted) {
    const reading = readUpdate(update, at, { impact: raw.status_impact, end: end ?? null, headline }, retrievedAt);
    if (reading.outcome === 'read') updates.push(reading.value);
    else quarantined.push(reading.fault);
  }
  if (posted.length === 0) {
    const alone = readAlone(
      raw.status_impact,
      headline,
      [created ?? modified ?? null, modified ?? null, begin ?? null],
      pointer,
    );
    if (alone.outcome === 'read') updates.push(alone.value);
    else quarantined.push(alone.fault);
  }
  if (updates.length === 0) return { incident: null, quarantined };
  const products = namesOf(raw.affected_products, 'title');
  const uri = typeof raw.uri === 'string' && /^\/?[\w/-]{1,200}$/.test(raw.uri) ? raw.uri.replace(/^\//, '') : '';
  return {
    incident: {
      pointer,
      id: raw.id,
      begin: begin ?? null,
      end: end ?? null,
      modified: modified ?? null,
      impact: raw.status_impact,
      services: products.length > 0 ? products : namesOf([{ title: raw.service_name }], 'title'),
      current: subjectsOf(namesOf(raw.currently_affected_locations, 'id')),
      previous: subjectsOf(namesOf(raw.previously_affected_locations, 'id')),
      headline,
      url: webAddress(`${PAGE}${uri}`) ?? PAGE,
      updates: updates.sort(oldestFirst),
    },
    quarantined,
  };
}

function readUpdate(
  value: unknown,
  pointer: string,
  of: Pick<Incident, 'impact' | 'end' | 'headline'>,
  retrievedAt: Instant,
): Reading<Update> {
  const shape = readWith(updateSchema, value, pointer);
  if (shape.outcome === 'refused') return shape;
  const { status, affected_locations: locations } = shape.value;
  const words = cleanText(shape.value.text);
  const said = words.text === '' ? of.headline : words;
  if (said.text === '') return refused('field.missing', pointerOf(pointer, 'text'), shown(shape.value.text), 'a text');
  if ((status ?? of.impact) === null)
    return refused('field.missing', pointerOf(pointer, 'status'), shown(status), 'a status');
  const times: Instant[] = [];
  const fields = value as Readonly<Record<string, unknown>>;
  for (const field of ['when', 'created', 'modified']) {
    const reading = readTime(fields, field, pointer, retrievedAt);
    if (reading.outcome === 'refused') return reading;
    times.push(reading.value ?? '');
  }
  const [when, created] = times as [Instant, Instant];
  const latest = [...times].sort().at(-1)!;
  if (latest === '') return refused('time.missing', pointerOf(pointer, 'when'), shown(fields['when']), 'a time');
  const at = when || created || latest;
  return read({
    pointer,
    when: at,
    earliest: created || when || latest,
    latest,
    // Updates of old had no status of their own; the incident's is of before its end.
    impact: status ?? (of.end !== null && at >= of.end ? 'available' : of.impact!),
    text: said,
    subjects: locations == null || locations.length === 0 ? null : subjectsOf(namesOf(locations, 'id')),
  });
}

function whenOf(update: unknown): unknown {
  return typeof update === 'object' && update !== null && 'when' in update ? update.when : undefined;
}

/** An incident without any update: its headline, as it was made. */
function readAlone(
  is: Impact | null,
  headline: CleanText,
  [made, modified, begin]: readonly (Instant | null)[],
  pointer: string,
): Reading<Update> {
  if (headline.text === '')
    return refused('field.missing', pointerOf(pointer, 'updates'), 'nothing', 'an update, or a description');
  if (is === null) return refused('field.missing', pointerOf(pointer, 'status_impact'), 'nothing', 'a status');
  const earliest = made ?? begin ?? null;
  if (earliest === null) return refused('time.missing', pointerOf(pointer, 'created'), 'nothing', 'a time');
  const latest = modified != null && modified > earliest ? modified : earliest;
  return read({ pointer, when: earliest, earliest, latest, impact: is, text: headline, subjects: null });
}

/** A time of `fields`, null where it is absent or empty, as `end` is of an open incident. */
function readTime(
  fields: Readonly<Record<string, unknown>>,
  field: string,
  pointer: string,
  retrievedAt: Instant,
): Reading<Instant | null> {
  const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (value === undefined || value === null || value === '') return read(null);
  const when = readWhen(value, pointerOf(pointer, field), { earliest: EARLIEST, retrievedAt, future: 'refused' });
  return when.outcome === 'read' ? read(when.value.latest) : when;
}

function namesOf(list: readonly unknown[] | null | undefined, field: 'id' | 'title'): string[] {
  const names = (list ?? []).flatMap((element) => {
    const name: unknown =
      typeof element === 'object' && element !== null && Object.hasOwn(element, field)
        ? (element as Record<string, unknown>)[field]
        : undefined;
    const clean = typeof name === 'string' && isText(name) ? cleanText(name).text.slice(0, 120).toWellFormed() : '';
    return clean === '' ? [] : [clean];
  });
  return [...new Set(names)].sort().slice(0, 400);
}

function oldestFirst(a: Update, b: Update): number {
  const [x, y] = [a, b].map((update) => `${update.when} ${update.latest} ${update.text.text}`);
  return x! < y! ? -1 : x! > y! ? 1 : 0;
}
