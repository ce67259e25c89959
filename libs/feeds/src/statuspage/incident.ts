import { z } from 'zod';
import type { Instant } from '@faultline/evidence';
import {
  cleanText,
  htmlToText,
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
import { componentStatus, EARLIEST, identifier } from './component.js';

const TEXT_READ_MAX = 100_000;

const text = z
  .string()
  .max(TEXT_READ_MAX)
  .refine(isText, ruled('field.invalid_text', 'text without NUL and lone surrogates'))
  .nullish()
  .transform((value) => value ?? '');
const STATUSES = ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'] as const;
const MAINTENANCE = ['scheduled', 'in_progress', 'verifying', 'completed'] as const;
const status = z
  .string()
  .toLowerCase()
  .pipe(z.enum([...STATUSES, ...MAINTENANCE]));
const impact = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['none', 'minor', 'major', 'critical', 'maintenance']));
const list = z.array(z.unknown()).max(10_000).nullish();

export type UpdateStatus = (typeof STATUSES)[number];
export type ComponentStatus = z.infer<typeof componentStatus>;

const incidentSchema = z.object({
  id: identifier,
  name: text,
  status: status.nullish(),
  impact: impact.nullish(),
  shortlink: z.unknown().optional(),
  components: list,
  incident_updates: list,
});
const updateSchema = z.object({
  id: identifier.nullish(),
  status: status.nullish(),
  body: text,
  affected_components: list,
});

/** One thing the vendor posted about an incident. */
export interface Update {
  readonly pointer: string;
  readonly id: string;
  /** When it says how things were. */
  readonly at: Instant;
  /** Between which instants it was published: when it was made and when it was last changed. */
  readonly earliest: Instant;
  readonly latest: Instant;
  readonly status: UpdateStatus;
  /** What it sets components to; empty where it names none. */
  readonly sets: readonly ComponentStatus[];
  /** The components it names; null where it names none. */
  readonly services: readonly string[] | null;
  readonly text: CleanText;
}

export interface Incident {
  readonly pointer: string;
  readonly id: string;
  readonly isMaintenance: boolean;
  readonly impact: 'none' | 'minor' | 'major' | 'critical' | null;
  readonly startedAt: Instant | null;
  readonly resolvedAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly services: readonly string[];
  readonly headline: CleanText;
  readonly url: string | null;
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
  const fields = value as Readonly<Record<string, unknown>>;
  const timeOf = (field: string): Instant | null => {
    const reading = readTime(fields, field, pointer, retrievedAt);
    if (reading.outcome === 'read') return reading.value;
    quarantined.push(reading.fault);
    return null;
  };
  const created = timeOf('created_at');
  const [startedAt, resolvedAt, updatedAt] = [
    timeOf('started_at') ?? created,
    timeOf('resolved_at'),
    timeOf('updated_at'),
  ];
  const headline = cleanText(raw.name);
  const common = {
    pointer,
    id: raw.id,
    startedAt,
    resolvedAt,
    updatedAt,
    services: namesOf(raw.components),
    headline,
    url: webAddress(raw.shortlink),
  };
  if (raw.impact === 'maintenance' || isMaintenance(raw.status))
    return { incident: { ...common, isMaintenance: true, impact: null, updates: [] }, quarantined };

  const updates: Update[] = [];
  for (const [index, item] of (raw.incident_updates ?? []).entries()) {
    const update = readUpdate(item, pointerOf(pointer, 'incident_updates', index), headline, retrievedAt);
    if (update.outcome === 'read') updates.push(update.value);
    else quarantined.push(update.fault);
  }
  if ((raw.incident_updates ?? []).length === 0) {
    const alone = readUpdate(
      { status: raw.status, body: raw.name, created_at: created, updated_at: updatedAt },
      pointer,
      headline,
      retrievedAt,
    );
    if (alone.outcome === 'read') updates.push(alone.value);
    else quarantined.push(alone.fault);
  }
  if (updates.length === 0) return { incident: null, quarantined };
  const incident = { ...common, isMaintenance: false, impact: raw.impact ?? null, updates: updates.sort(oldestFirst) };
  return { incident, quarantined };
}

function readUpdate(value: unknown, pointer: string, headline: CleanText, retrievedAt: Instant): Reading<Update> {
  const shape = readWith(updateSchema, value, pointer);
  if (shape.outcome === 'refused') return shape;
  const { id, status: is, body, affected_components: affected } = shape.value;
  if (is == null) return refused('field.missing', pointerOf(pointer, 'status'), shown(is), 'a status');
  if (isMaintenance(is)) return refused('field.enum', pointerOf(pointer, 'status'), shown(is), STATUSES.join(', '));
  const words = cleanText(htmlToText(body));
  const said = words.text === '' ? headline : words;
  if (said.text === '') return refused('field.missing', pointerOf(pointer, 'body'), shown(body), 'a text');
  const fields = value as Readonly<Record<string, unknown>>;
  const times: (Instant | null)[] = [];
  for (const field of ['display_at', 'created_at', 'updated_at']) {
    const reading = readTime(fields, field, pointer, retrievedAt);
    if (reading.outcome === 'refused') return reading;
    times.push(reading.value);
  }
  const [shownAt, created, changed] = times as [Instant | null, Instant | null, Instant | null];
  const earliest = created ?? shownAt ?? changed;
  if (earliest === null)
    return refused('time.missing', pointerOf(pointer, 'created_at'), shown(fields['created_at']), 'a time');
  return read({
    pointer,
    id: id ?? '',
    at: shownAt ?? earliest,
    earliest,
    latest: changed !== null && changed > earliest ? changed : earliest,
    status: is as UpdateStatus,
    sets: setsOf(affected),
    services: affected == null || affected.length === 0 ? null : namesOf(affected),
    text: said,
  });
}

function isMaintenance(is: string | null | undefined): boolean {
  return (MAINTENANCE as readonly (string | null | undefined)[]).includes(is);
}

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

function namesOf(components: readonly unknown[] | null | undefined): string[] {
  const names = (components ?? []).flatMap((component) => {
    const name = fieldOf(component, 'name');
    const clean = typeof name === 'string' && isText(name) ? cleanText(name).text.slice(0, 120).toWellFormed() : '';
    return clean === '' ? [] : [clean];
  });
  return [...new Set(names)].sort().slice(0, 400);
}

function setsOf(affected: readonly unknown[] | null | undefined): ComponentStatus[] {
  return (affected ?? []).flatMap((component) => {
    const set = componentStatus.safeParse(fieldOf(component, 'new_status'));
    return set.success ? [set.data] : [];
  });
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, field)
    ? (value as Record<string, unknown>)[field]
    : undefined;
}

function oldestFirst(a: Update, b: Update): number {
  const [x, y] = [a, b].map((update) => `${update.at} ${update.latest} ${update.id} ${update.text.text}`);
  return x! < y! ? -1 : x! > y! ? 1 : 0;
}
