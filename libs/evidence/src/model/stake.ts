import { z } from 'zod';

/** What an entity of the stake side is; it is also the prefix of its id, `org:anthropic`. */
export const ENTITY_KINDS = ['org', 'person', 'platform', 'model', 'silicon', 'workload', 'topic', 'page'] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** As docs/concepts.md has them. They are shown, never filtered or sorted by. */
export const WORKLOAD_CLASSES = [
  'military',
  'intelligence',
  'government',
  'critical-infrastructure',
  'ai-platform',
  'commercial',
] as const;
export type WorkloadClass = (typeof WORKLOAD_CLASSES)[number];

export const COMMITMENT_STATES = ['paid', 'committed', 'conditional', 'announced', 'contested'] as const;
export const COMMITMENT_KINDS = [
  'equity',
  'purchase',
  'capacity',
  'capital-expenditure',
  'contract',
  'revenue',
] as const;
export const REMARK_TOPICS = [
  'role',
  'capability',
  'availability',
  'statement',
  'relation',
  'performance',
  'valuation',
  'forecast',
  'scenario',
  'advice',
  'use',
  'strike',
  /** What stands on a page and is no part of what it says: a teaser, a template, an advertisement. */
  'furniture',
] as const;
export const SIDES_RELATIONS = ['contradiction', 'compatible', 'series', 'different-things'] as const;

/** Patterns as text, so that the schema here and the CHECK of the database are one and the same. */
export const ENTITY_PATTERN = `^(${ENTITY_KINDS.join('|')}):[a-z0-9]+(-[a-z0-9]+)*$`;
/**
 * A cloud region by the form its operator gives it, and nothing finer: a zone (`aws:mec1-az2`, `aws:me-central-1a`,
 * `gcp:me-central1-a`), an availability domain (`oci:me-dubai-1-ad-1`) and a site do not match. An operator whose form is
 * not here has no hosting claims.
 */
export const REGION_PATTERN =
  '^(aws:[a-z]+(-[a-z]+)+-[0-9]+|azure:[a-z]+[0-9]?|gcp:[a-z]+-[a-z]+[0-9]+|oci:[a-z]+(-[a-z]+)+-[0-9]+)$';
/** A partition: no colon, so no region, zone or site. */
export const PARTITION_PATTERN = '^[a-z]+(-[a-z0-9]+)*$';

const text = z.string().min(1).max(4000);
const short = z.string().min(1).max(200);
export const entityId = z.string().max(120).regex(new RegExp(ENTITY_PATTERN), 'an entity, such as org:anthropic');
export const hostRegionId = z
  .string()
  .max(80)
  .regex(new RegExp(REGION_PATTERN), 'a cloud region, such as aws:me-central-1; never a zone or a site');
export const hostPartitionId = z
  .string()
  .max(80)
  .regex(new RegExp(PARTITION_PATTERN), 'a partition, such as aws-us-gov');
/** The calendar as far as it is known: a year, a month or a day. */
const calendar = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a year, month or day: YYYY, YYYY-MM or YYYY-MM-DD');
const itemId = z.string().min(1).max(200);

const value = <P extends string, S extends z.ZodType>(predicate: P, schema: S) =>
  z.object({ predicate: z.literal(predicate), value: schema });

/** `k` of `n` alternatives are needed. Stated by somebody or null; never assumed. */
const redundancy = z
  .object({ k: z.number().int().min(1).max(1000), n: z.number().int().min(1).max(1000) })
  .refine(({ k, n }) => k <= n, { error: 'k not above n', path: ['k'] });

/** The predicates of the stake side. None of them tells of an incident, and none has a place finer than a cloud region. */
export const STAKE_VALUES = [
  /** That there is such a thing and what it is called. `operatorId`, `partitionId`: which place of the reference data it is or is run by. */
  value(
    'entity',
    z.object({
      name: short,
      aliases: z.array(short).max(20),
      operatorId: z.string().max(80).nullable(),
      partitionId: hostPartitionId.nullable(),
      text,
    }),
  ),
  /** What an organisation runs, or is said to run: on which platform, in which class. Says nothing of where. */
  value(
    'workload',
    z.object({
      class: z.enum(WORKLOAD_CLASSES).nullable(),
      customerId: entityId.nullable(),
      platformId: entityId.nullable(),
      text,
    }),
  ),
  /** That somebody may run a workload, in a partition at the finest. "Authorised" is never "runs there". */
  value(
    'authorisation',
    z.object({
      scheme: z.enum(['fedramp', 'dod-impact-level', 'other']),
      level: short,
      authority: short.nullable(),
      grantedOn: calendar.nullable(),
      partitionId: hostPartitionId.nullable(),
      platformId: entityId.nullable(),
      text,
    }),
  ),
  /** Money or capacity promised: the direction is from who owes to who receives. */
  value(
    'commitment',
    z.object({
      kind: z.enum(COMMITMENT_KINDS),
      from: entityId.nullable(),
      to: entityId.nullable(),
      /** Whom it is between, where the direction is not stated. */
      between: z.array(entityId).max(10),
      amount: z.number().min(0).nullable(),
      /** ISO 4217 for money; `GW` and `chips` for capacity. */
      unit: z.string().regex(/^([A-Z]{3}|GW|chips)$/),
      bound: z.enum(['exact', 'at-least', 'up-to', 'about']),
      state: z.enum(COMMITMENT_STATES),
      condition: text.nullable(),
      period: z
        .object({ from: calendar.nullable(), to: calendar.nullable(), years: z.number().min(0).nullable() })
        .nullable(),
      text,
    }),
  ),
  /** That the subject needs another entity. `group` names the alternatives among which `redundancy` counts. */
  value(
    'dependency',
    z.object({
      on: entityId,
      role: z.enum(['runs-on', 'trained-on', 'bought-through', 'part-of', 'supplied-by', 'integrates']),
      group: z.string().min(1).max(80),
      redundancy: redundancy.nullable(),
      text,
    }),
  ),
  /** That a workload or platform runs at a cloud region, or in a partition without word of the region. */
  value(
    'hosting',
    z.object({
      at: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('region'), id: hostRegionId }),
        z.object({ kind: z.literal('partition'), id: hostPartitionId }),
      ]),
      text,
    }),
  ),
  /** What else was said of entities. It moves nothing. */
  value('remark', z.object({ topic: z.enum(REMARK_TOPICS), about: z.array(entityId).max(30), text })),
  /** That statements do not fit together, or seem not to. `itemIds` are the sources' items, each side with what it says. */
  value(
    'disagreement',
    z.object({
      about: z.array(entityId).min(1).max(30),
      point: short,
      relation: z.enum(SIDES_RELATIONS),
      sides: z
        .array(z.object({ itemIds: z.array(itemId).min(1).max(30), says: text }))
        .min(2)
        .max(12),
      reading: text,
      text,
    }),
  ),
  /** What was looked for and not found, where and when. The answer is not known; it is not "none". */
  value(
    'gap',
    z.object({
      about: z
        .array(z.union([entityId, hostRegionId]))
        .min(1)
        .max(60),
      topic: z.enum([
        'hosting',
        'place',
        'condition',
        'authorisation',
        'contract',
        'source',
        'dependency',
        'score',
        'method',
      ]),
      question: text,
      searchedIn: z.array(short).min(1).max(20),
      searchedOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
      text,
    }),
  ),
] as const;

const STAKE_PREDICATES: ReadonlySet<string> = new Set(STAKE_VALUES.map((option) => option.shape.predicate.value));

/** Whether a predicate is of the stake side: what stands somewhere and for whom, never what happens. */
export function isStake(predicate: string): boolean {
  return STAKE_PREDICATES.has(predicate);
}

const IS_ENTITY = new RegExp(ENTITY_PATTERN);

/** Whether a subject is an entity of the stake side, by its id. */
export function isEntityId(id: string): boolean {
  return IS_ENTITY.test(id);
}

/** What a hosting claim may be about. */
export const HOSTED_PATTERN = '^(workload|platform):[a-z0-9]+(-[a-z0-9]+)*$';
const IS_HOSTED = new RegExp(HOSTED_PATTERN);

interface Placed {
  readonly predicate: string;
  readonly subject: string;
  readonly value: unknown;
  readonly place: {
    readonly regionIds: readonly string[];
    readonly zoneIds: readonly string[];
    readonly position: unknown;
  };
}

/**
 * What no schema of one field can say: a claim of the stake side is about an entity, has no zone and no position, and
 * only a hosting claim has a cloud region, the one it names. The database checks the same of hosting claims.
 */
export function stakeFault(draft: Placed): { path: readonly string[]; wanted: string } | undefined {
  if (!isStake(draft.predicate)) return undefined;
  const { subject, place } = draft;
  if (!isEntityId(subject)) return { path: ['subject'], wanted: 'an entity, such as org:anthropic' };
  if (place.zoneIds.length > 0) return { path: ['place', 'zoneIds'], wanted: 'no zone: a cloud region is the finest' };
  if (place.position !== null)
    return { path: ['place', 'position'], wanted: 'no position: a cloud region is the finest' };
  const hosting = draft.predicate === 'hosting';
  if (hosting && !IS_HOSTED.test(subject)) return { path: ['subject'], wanted: 'a workload or a platform' };
  const { at } = draft.value as { at?: { kind: string; id: string } };
  const regionIds = hosting && at?.kind === 'region' ? [at.id] : [];
  return place.regionIds.length === regionIds.length && place.regionIds.every((id) => id === regionIds[0])
    ? undefined
    : { path: ['place', 'regionIds'], wanted: `exactly ${JSON.stringify(regionIds)}` };
}
