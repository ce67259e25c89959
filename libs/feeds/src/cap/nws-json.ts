import { z } from 'zod';
import { isText, pointerOf, readWith, ruled } from '../document/index.js';
import type { CapAlert, CapEntry, CapValue } from './alert.js';

const text = z
  .string()
  .max(50_000)
  .refine(isText, ruled('field.invalid_text', 'text without NUL and lone surrogates'))
  .nullish()
  .transform((value) => value?.trim() || undefined);
const texts = z.union([z.array(z.string().max(2000)).max(500), text.transform((value) => (value ? [value] : []))]);
const valueLists = z.record(z.string().max(200), z.unknown()).nullish();

const referenceSchema = z.union([
  z.string().max(2000),
  z
    .object({ sender: z.string().max(400), identifier: z.string().max(400), sent: z.string().max(80) })
    .transform(({ sender, identifier, sent }) => `${sender},${identifier},${sent}`),
]);

const featureSchema = z.object({
  properties: z.object({
    '@id': text,
    id: text,
    sender: text,
    sent: z.unknown().optional(),
    status: text,
    messageType: text,
    scope: text,
    references: z.union([
      z.array(referenceSchema).max(1000),
      text.transform((value) => (value ? value.split(/\s+/) : [])),
    ]),
    language: text,
    category: texts,
    event: text,
    response: texts,
    severity: text,
    certainty: text,
    effective: z.unknown().optional(),
    onset: z.unknown().optional(),
    expires: z.unknown().optional(),
    ends: z.unknown().optional(),
    headline: text,
    description: text,
    areaDesc: text,
    eventCode: valueLists,
    parameters: valueLists,
  }),
  geometry: z.unknown().optional(),
});

/** Reads one GeoJSON feature whose properties are the fields of a CAP alert, as the API of the US National Weather Service writes it. */
export function entryOfFeature(value: unknown, at: string): CapEntry {
  const feature = readWith(featureSchema, value, at);
  if (feature.outcome === 'refused') return { kind: 'refused', fault: feature.fault };
  const { properties, geometry } = feature.value;
  const base = pointerOf(at, 'properties');
  const alert: CapAlert = {
    at: base,
    identifierAt: pointerOf(base, 'id'),
    msgTypeAt: pointerOf(base, 'messageType'),
    identifier: properties.id,
    sender: properties.sender,
    sent: properties.sent,
    status: properties.status,
    msgType: properties.messageType,
    scope: properties.scope,
    references: properties.references,
    url: properties['@id'],
    infos: [
      {
        at: base,
        language: properties.language ?? 'en-US',
        categories: properties.category,
        event: properties.event,
        responseTypes: properties.response,
        severity: properties.severity,
        certainty: properties.certainty,
        effective: properties.effective,
        onset: properties.onset,
        expires: properties.expires,
        ends: properties.ends,
        headline: properties.headline,
        description: properties.description,
        web: undefined,
        eventCodes: valuesOf(properties.eventCode),
        parameters: valuesOf(properties.parameters),
        areaDescs: properties.areaDesc === undefined ? [] : [properties.areaDesc],
        shapes: geometry == null ? [] : [{ form: 'geojson', value: geometry, at: pointerOf(at, 'geometry') }],
      },
    ],
  };
  return { kind: 'alert', alert };
}

/** `{ SAME: ["TOR"] }` as a list of named values; what is no text is left out. */
function valuesOf(lists: Record<string, unknown> | null | undefined): CapValue[] {
  return Object.entries(lists ?? {}).flatMap(([name, held]) =>
    (Array.isArray(held) ? held : [held]).flatMap((value: unknown) =>
      typeof value === 'string' ? [{ name, value }] : [],
    ),
  );
}
