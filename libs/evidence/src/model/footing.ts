import { z } from 'zod';
import { hostPartitionId, hostRegionId } from './stake.js';

/** What a thing beside cloud regions is; it is also the prefix of its id, `cable:falcon`. */
export const FOOTING_KINDS = ['cable', 'landing', 'chokepoint', 'facility', 'supply'] as const;
export type FootingKind = (typeof FOOTING_KINDS)[number];

export const FACILITY_KINDS = ['internet-exchange', 'landing-station', 'data-center', 'other'] as const;
export const SUPPLY_KINDS = ['power', 'water'] as const;
export const CHOKEPOINT_KINDS = ['strait', 'canal', 'land-crossing', 'corridor'] as const;
export const STANDING_STATES = [
  'planned',
  'in-construction',
  'in-service',
  'partly-in-service',
  'suspended',
  'restricted',
  'damaged',
  'repaired',
  'retired',
] as const;
export type StandingState = (typeof STANDING_STATES)[number];
export const NEED_KINDS = ['power', 'water', 'cable', 'passage', 'shared-fate'] as const;
export type NeedKind = (typeof NEED_KINDS)[number];
/** `stated`: somebody says it of the subject itself. `area`: it is said of the country, and of nothing finer. */
export const NEED_BASES = ['stated', 'area'] as const;
export const FOOTING_GAP_TOPICS = ['pair', 'need', 'capacity', 'standing', 'ownership', 'position'] as const;

export const FOOTING_PATTERN = `^(${FOOTING_KINDS.join('|')}):[a-z0-9]+(-[a-z0-9]+)*$`;
/** Side of a public cell in degrees. Things of third parties have the centre of their cell and nothing finer. */
export const PUBLIC_CELL_DEGREES = 0.5;
/** Half the diagonal of a public cell at the equator, rounded up: nothing in it is further from its centre. */
export const PUBLIC_CELL_RADIUS_KM = 40;

const text = z.string().min(1).max(4000);
const short = z.string().min(1).max(200);
const country = z.string().regex(/^[A-Z]{2}$/, 'a country as two capital letters (ISO 3166-1)');
const countries = z.array(country).min(1).max(40);
const calendar = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a year, month or day: YYYY, YYYY-MM or YYYY-MM-DD');
const isCellCentre = (degrees: number) => Number.isInteger((degrees - PUBLIC_CELL_DEGREES / 2) / PUBLIC_CELL_DEGREES);

export const footingId = z.string().max(120).regex(new RegExp(FOOTING_PATTERN), 'such as cable:falcon');
const idOf = (kind: FootingKind) =>
  z
    .string()
    .max(120)
    .regex(new RegExp(`^${kind}:[a-z0-9]+(-[a-z0-9]+)*$`), `such as ${kind}:name`);

/** Centre of a public cell, longitude first. A finer position is refused, so none can be stored. */
const publicCell = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
  .refine(([lon, lat]) => isCellCentre(lon) && isCellCentre(lat), {
    error: `the centre of a cell of ${PUBLIC_CELL_DEGREES} degrees, nothing finer`,
  });
/** Where a thing of a third party is, as far as it is kept. */
const whereabouts = {
  geoPublic: publicCell,
  precisionKm: z.number().min(PUBLIC_CELL_RADIUS_KM).max(5_000),
  precisionMethod: short,
};
/** `k` of `n` are needed. Stated by somebody or null; never assumed. */
const redundancy = z
  .object({ k: z.number().int().min(1).max(1000), n: z.number().int().min(1).max(1000) })
  .refine(({ k, n }) => k <= n, { error: 'k not above n', path: ['k'] })
  .nullable();

const value = <P extends string, S extends z.ZodType>(predicate: P, schema: S) =>
  z.object({ predicate: z.literal(predicate), value: schema });

/** What regions rest on and their operators mostly do not run. None of it tells of an incident, and no position is finer than a public cell. */
export const FOOTING_VALUES = [
  value(
    'place.cable',
    z.object({
      name: short,
      aliases: z.array(short).max(10),
      /** Towns as their ids. Not all of them need be here: `landingsStated` says how many there are, if somebody does. */
      landingIds: z.array(idOf('landing')).max(80),
      landingsStated: z.number().int().min(1).max(200).nullable(),
      chokepointIds: z.array(idOf('chokepoint')).max(12),
      lengthKm: z.number().min(1).max(100_000).nullable(),
      /** As designed, in Tbit/s. What is lit is less and seldom public. */
      designCapacityTbps: z.number().min(0).max(10_000).nullable(),
      inServiceSince: calendar.nullable(),
      text,
    }),
  ),
  value('place.landing', z.object({ name: short, country, ...whereabouts, text })),
  value('place.chokepoint', z.object({ name: short, kind: z.enum(CHOKEPOINT_KINDS), countries, ...whereabouts, text })),
  value(
    'place.facility',
    z.object({
      name: short,
      kind: z.enum(FACILITY_KINDS),
      runBy: short.nullable(),
      metro: short,
      country,
      ...whereabouts,
      text,
    }),
  ),
  /** A grid or a water system, as a whole: no plant, station or line of it. */
  value('place.supply', z.object({ name: short, kind: z.enum(SUPPLY_KINDS), countries, text })),
  /** In which state something is said to be. One statement in a row of them; the last that has begun holds. */
  value('place.standing', z.object({ state: z.enum(STANDING_STATES), text })),
  /** A number somebody published of how much passes or can pass. */
  value('place.throughput', z.object({ amount: z.number().min(0), unit: short, period: calendar.nullable(), text })),
  /** Who owns or runs it. */
  value(
    'place.ownership',
    z.object({ role: z.enum(['owner', 'runs']), names: z.array(short).min(1).max(40), complete: z.boolean(), text }),
  ),
  /** That a region, operator, country or another of these needs something. Never of a zone or a site. */
  value(
    'place.need',
    z.object({
      on: z.union([footingId, hostRegionId]),
      kind: z.enum(NEED_KINDS),
      basis: z.enum(NEED_BASES),
      redundancy,
      text,
    }),
  ),
  /** The region that the operator of the subject region pairs it with. The way back is another claim, if anybody makes it. */
  value('place.pair', z.object({ with: hostRegionId, purpose: short, text })),
  /** What was looked for and not found. Not known, and not "none". */
  value(
    'place.gap',
    z.object({
      topic: z.enum(FOOTING_GAP_TOPICS),
      question: text,
      searchedIn: z.array(short).min(1).max(20),
      searchedOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
      text,
    }),
  ),
] as const;

const FOOTING_PREDICATES: ReadonlySet<string> = new Set(FOOTING_VALUES.map((option) => option.shape.predicate.value));
const IS_FOOTING = new RegExp(FOOTING_PATTERN);

/** Whether a predicate says what regions rest on. */
export function isFooting(predicate: string): boolean {
  return FOOTING_PREDICATES.has(predicate);
}

interface Placed {
  readonly predicate: string;
  readonly subject: string;
  readonly place: {
    readonly regionIds: readonly string[];
    readonly zoneIds: readonly string[];
    readonly position: unknown;
  };
}

const OF_ITSELF: Readonly<Record<string, FootingKind>> = {
  'place.cable': 'cable',
  'place.landing': 'landing',
  'place.chokepoint': 'chokepoint',
  'place.facility': 'facility',
  'place.supply': 'supply',
};
const ABOUT = [IS_FOOTING, /^country:[A-Z]{2}$/, /^[a-z]+$/];

/**
 * What no schema of one field can say: a claim of this side is about a thing of its kind, a country, an operator, a
 * partition or a cloud region; never about a zone, and it has no position beside its cell. It is no word on any region
 * but its subject, so it names none as its place.
 */
export function footingFault(draft: Placed): { path: readonly string[]; wanted: string } | undefined {
  if (!isFooting(draft.predicate)) return undefined;
  const { predicate, subject, place } = draft;
  if (place.zoneIds.length > 0) return { path: ['place', 'zoneIds'], wanted: 'no zone: a cloud region is the finest' };
  if (place.position !== null) return { path: ['place', 'position'], wanted: 'no position beside the public cell' };
  if (place.regionIds.length > 0)
    return { path: ['place', 'regionIds'], wanted: 'none: its subject says of whom it is' };
  const kind = OF_ITSELF[predicate];
  if (kind !== undefined)
    return subject.startsWith(`${kind}:`) && IS_FOOTING.test(subject)
      ? undefined
      : { path: ['subject'], wanted: `${kind}:name` };
  const isRegion = hostRegionId.safeParse(subject).success;
  if (predicate === 'place.pair') return isRegion ? undefined : { path: ['subject'], wanted: 'a cloud region' };
  const known =
    ABOUT.some((form) => form.test(subject)) ||
    isRegion ||
    (predicate === 'place.ownership' && hostPartitionId.safeParse(subject).success);
  return known
    ? undefined
    : { path: ['subject'], wanted: 'a cloud region, operator, country, cable or the like; never a zone' };
}
