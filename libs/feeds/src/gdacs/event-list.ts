import { z } from 'zod';
import { htmlToText, pointerOf } from '../document/index.js';
import type { ListedEvent } from './listed.js';

const recordSchema = z.record(z.string(), z.unknown()).catch({});
const featureSchema = z.object({ properties: z.record(z.string(), z.unknown()), geometry: z.unknown() });
const pointSchema = z.object({ type: z.literal('Point'), coordinates: z.array(z.unknown()) });
const affectedSchema = z.array(z.object({ iso3: z.unknown(), iso2: z.unknown() }).partial().catch({})).catch([]);

/** A feature of the event list: an event, the outline of one that stands there too as a point, or nothing of ours. */
export type ListedFeature =
  { readonly kind: 'event'; readonly event: ListedEvent } | { readonly kind: 'outline' } | { readonly kind: 'foreign' };

/** One GeoJSON feature of the GDACS event list. */
export function listedInFeature(value: unknown, locator: string): ListedFeature {
  const feature = featureSchema.safeParse(value);
  if (!feature.success || !Object.hasOwn(feature.data.properties, 'eventtype')) return { kind: 'foreign' };
  const { properties, geometry } = feature.data;
  const of = (name: string): unknown => held(properties, name);
  const { Class: label } = properties;
  if (typeof label === 'string' && /^(?:Poly|Line)/i.test(label)) return { kind: 'outline' };
  const point = pointSchema.safeParse(geometry);
  const [lon, lat] = point.success ? point.data.coordinates : [];
  const severity = recordSchema.parse(of('severitydata'));
  const words = of('htmldescription');
  const event: ListedEvent = {
    locator,
    fieldsAt: pointerOf(locator, 'properties'),
    positionAt: pointerOf(locator, 'geometry'),
    shape: 'list',
    eventtype: of('eventtype'),
    eventid: of('eventid'),
    episodeid: of('episodeid'),
    version: undefined,
    alertlevel: of('alertlevel'),
    alertscore: of('alertscore'),
    episodealertlevel: of('episodealertlevel'),
    episodealertscore: of('episodealertscore'),
    iscurrent: of('iscurrent'),
    temporary: of('istemporary'),
    fromdate: inUtc(of('fromdate')),
    todate: inUtc(of('todate')),
    datemodified: inUtc(of('datemodified')),
    pubDate: undefined,
    lon,
    lat,
    severity: held(severity, 'severity'),
    severityUnit: held(severity, 'severityunit'),
    severityText: held(severity, 'severitytext'),
    population: undefined,
    country: of('country'),
    iso3: of('iso3'),
    affected: affectedSchema.parse(of('affectedcountries')).map(({ iso3, iso2 }) => iso3 || iso2),
    title: typeof words === 'string' ? htmlToText(words) : of('name'),
    description: undefined,
    link: held(recordSchema.parse(of('url')), 'report'),
    observer: of('source'),
  };
  return { kind: 'event', event };
}

/** An empty text says as little as no field. */
function held(properties: Record<string, unknown>, name: string): unknown {
  const value = Object.hasOwn(properties, name) ? properties[name] : undefined;
  return value === '' ? undefined : value;
}

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/;

/** The list leaves out the zone that the RSS writes after the same times: GMT. */
function inUtc(value: unknown): unknown {
  return typeof value === 'string' && LOCAL.test(value.trim()) ? `${value.trim()}Z` : value;
}
