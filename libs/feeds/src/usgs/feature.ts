import { z } from 'zod';
import type { ClaimDraft, Instant } from '@faultline/evidence';
import {
  cleanText,
  cutText,
  isText,
  noted,
  pointerOf,
  read,
  readEpoch,
  readWith,
  refused,
  ruled,
  shown,
  webAddress,
  type EpochBounds,
  type Reading,
} from '../document/index.js';

/** The feed holds days or weeks: nothing in it can be older. */
const EARLIEST: Instant = '1980-01-01T00:00:00.000Z';
/** Said of a position where the feed states no error of it: what global networks locate to. */
const ASSUMED_PRECISION_KM = 10;

const text = z.string().max(4000).refine(isText, ruled('field.invalid_text', 'text without NUL and lone surrogates'));
const SOURCE_ID = /^[A-Za-z0-9_-]{1,60}$/;

const headSchema = z.object({
  id: z.string().regex(SOURCE_ID, 'an event id of letters and digits'),
  properties: z.object({
    status: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['automatic', 'reviewed', 'deleted'])),
    updated: z.unknown().optional(),
    place: text.nullish(),
    title: text.nullish(),
    ids: text.nullish(),
    url: z.unknown().optional(),
  }),
});
const quakeSchema = z.object({
  properties: z.object({
    type: z.literal('earthquake'),
    time: z.unknown().optional(),
    mag: z.number().min(-3).max(10).nullish(),
    magType: text.nullish(),
    horizontalError: z.number().min(0).max(20_000).nullish(),
  }),
  geometry: z.unknown(),
});

const geometrySchema = z.object({
  type: z.literal('Point'),
  coordinates: z.tuple([z.number(), z.number()]).rest(z.number().nullable()),
});

/** One feature read: its claim, and the newest instant in it. */
export interface FeatureReading {
  readonly draft: ClaimDraft;
  readonly newest: Instant;
}

/** Reads one feature of a summary feed into the one claim it makes. Of a deleted one only its identity need be sound. */
export function readFeature(value: unknown, pointer: string, retrievedAt: Instant): Reading<FeatureReading> {
  const head = readWith(headSchema, value, pointer);
  if (head.outcome === 'refused') return head;
  const { id, properties } = head.value;
  const bounds: EpochBounds = { unit: 'milliseconds', earliest: EARLIEST, retrievedAt };
  const updated = readEpoch(properties.updated, pointerOf(pointer, 'properties', 'updated'), bounds);
  if (updated.outcome === 'refused') return updated;

  const title = cleanText(properties.title ?? properties.place ?? '');
  const words = cutText(title.text === '' ? { text: `Earthquake ${id}`, notes: [] } : title);
  const common = {
    subject: `usgs:${id}`,
    stance: 'asserts',
    thread: id,
    source: { id: 'usgs', name: 'U.S. Geological Survey', class: 'sensor', grade: 'A' },
    origin: 'usgs',
    url: webAddress(properties.url),
    locator: noted(pointer, [...alsoKnownAs(id, properties.ids), ...words.notes]),
    publishedAt: { earliest: updated.value, latest: updated.value, basis: 'printed' },
    expiresAt: null,
    confidence: properties.status === 'reviewed' ? 0.99 : 0.9,
    tlp: 'TLP:CLEAR',
    captureClass: 'captured-primary',
  } as const;

  if (properties.status === 'deleted') {
    const draft: ClaimDraft = {
      ...common,
      item: { id, version: updated.value, part: 'retraction' },
      place: { regionIds: [], zoneIds: [], countries: [], position: null },
      occurredAt: null,
      predicate: 'retraction',
      value: { itemId: id, text: words.text },
    };
    return read({ draft, newest: updated.value });
  }
  const quake = readWith(quakeSchema, value, pointer);
  if (quake.outcome === 'refused') return quake;
  const { mag, magType, horizontalError } = quake.value.properties;
  const time = readEpoch(quake.value.properties.time, pointerOf(pointer, 'properties', 'time'), bounds);
  if (time.outcome === 'refused') return time;
  const where = readPosition(quake.value.geometry, pointerOf(pointer, 'geometry'));
  if (where.outcome === 'refused') return where;
  const { lonLat, depthKm } = where.value;
  const position = {
    lonLat,
    precisionKm: horizontalError ?? ASSUMED_PRECISION_KM,
    method:
      horizontalError == null ? 'USGS epicentre, no error stated: assumed' : 'USGS epicentre, stated horizontal error',
  };
  const draft: ClaimDraft = {
    ...common,
    item: { id, version: updated.value, part: 'earthquake', revises: true },
    place: { regionIds: [], zoneIds: [], countries: [], position },
    occurredAt: { begin: time.value, end: null },
    predicate: 'earthquake',
    value: {
      magnitude: mag ?? null,
      magnitudeType: magType ? cleanText(magType).text.slice(0, 20) : null,
      depthKm,
      lonLat,
      reviewed: properties.status === 'reviewed',
      text: words.text,
    },
  };
  return read({ draft, newest: updated.value > time.value ? updated.value : time.value });
}

function readPosition(
  geometry: unknown,
  pointer: string,
): Reading<{ lonLat: [number, number]; depthKm: number | null }> {
  const shape = readWith(geometrySchema, geometry, pointer);
  if (shape.outcome === 'refused') return shape;
  const [lon, lat, depth = null] = shape.value.coordinates;
  const at = pointerOf(pointer, 'coordinates');
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) {
    return refused('geo.out_of_range', at, shown([lon, lat]), 'longitude from -180 to 180, latitude from -90 to 90');
  }
  if (lon === 0 && lat === 0) return refused('geo.null_island', at, shown([lon, lat]), 'a located epicentre');
  if (depth !== null && (depth < -15 || depth > 1000)) {
    return refused('field.range', pointerOf(at, 2), shown(depth), 'a depth from -15 to 1000 km');
  }
  return read({ lonLat: [lon, lat], depthKm: depth });
}

/** Other ids the same earthquake goes by: networks report one earthquake apart until USGS merges them. */
function alsoKnownAs(id: string, ids: string | null | undefined): string[] {
  const others = (ids ?? '').split(',').filter((other) => SOURCE_ID.test(other) && other !== id);
  return others.length === 0 ? [] : [`also ${others.slice(0, 5).join(', ').slice(0, 200)}`];
}
