import { CONDITION_STATES, spanOfDate } from '@faultline/evidence';
import { z } from 'zod';
import { ruled } from '../document/index.js';

const words = (max: number) => z.string().min(1).max(max);
const secureUrl = z
  .string()
  .max(2000)
  .regex(/^https:\/\/[^\s/]+/, 'an address that begins with https://');
const sourceKey = words(120);
const operatorId = words(20).regex(/^[a-z]+$/, 'an operator id, lower case letters only, such as aws');
const partitionId = words(80).regex(/^[a-z][a-z0-9-]*$/, 'a partition id such as aws-us-gov');
const placeCode = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const day = z
  .string()
  .refine((text) => spanOfDate(text) !== undefined, ruled('time.out_of_range', 'a day of the calendar, YYYY-MM-DD'));

/** Where a row was read. Its licence is stated even where facts alone were taken. */
export const rowSourceSchema = z.strictObject({ title: words(300), url: secureUrl, licence: words(300) });

export const operatorRowSchema = z.strictObject({
  id: operatorId,
  name: words(200),
  kind: words(80),
  url: secureUrl.nullable(),
  source: sourceKey,
  retrieved: day,
});

export const partitionRowSchema = z.strictObject({
  id: partitionId,
  operator: operatorId,
  name: words(200),
  /** `none`: the partition is named and no more, it has no region rows. */
  positionPolicy: z.enum(['metro', 'none']),
  source: sourceKey,
  retrieved: day,
});

const lonLat = z
  .tuple([z.number(), z.number()])
  .refine(
    ([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90,
    ruled('geo.out_of_range', '[longitude, latitude]'),
  )
  .refine(([lon, lat]) => lon !== 0 || lat !== 0, ruled('geo.null_island', 'a place, not where the axes cross'));

/** What an operator last said of a region; `listed` where all that is known is that its list has the region. */
export const conditionSchema = z.strictObject({
  state: z.enum(['listed', ...CONDITION_STATES.filter((state) => state !== 'operational')]),
  text: words(600),
  statedAt: day.nullable(),
  source: sourceKey,
});

export const regionRowSchema = z.strictObject({
  id: words(80),
  code: words(60).regex(placeCode, 'the code the operator gives the region, such as me-central-1'),
  name: words(200),
  partition: partitionId,
  metro: words(120),
  country: z.string().regex(/^[A-Z]{2}$/, 'a country as two capital letters (ISO 3166-1)'),
  lonLat,
  precisionKm: z.number().min(10, 'at least 10 km: no position of a site is kept').max(1_000),
  precisionMethod: words(200),
  zoneIds: z.array(words(80)).max(20),
  /** How many zones the operator states, with or without ids. Null: not stated. */
  zoneCount: z.number().int().min(1).max(20).nullable(),
  /** Where ids and number of the zones were read; null where neither is given. */
  zoneSource: sourceKey.nullable(),
  /** As the operator's list had it when it was read. Says nothing about condition. */
  listed: z.enum(['available', 'announced', 'closed', 'restricted']),
  condition: conditionSchema,
  source: sourceKey,
  retrieved: day,
});

export type RowSource = z.infer<typeof rowSourceSchema>;
export type OperatorRow = z.infer<typeof operatorRowSchema>;
export type PartitionRow = z.infer<typeof partitionRowSchema>;
export type RegionRow = z.infer<typeof regionRowSchema>;

const sources = z.record(z.string(), z.unknown());

/** The frame of the bundled document. Rows and sources are read one by one, so that a bad one costs only itself. */
export const bundleSchema = z.strictObject({
  operators: z.strictObject({ sources, operators: z.array(z.unknown()) }),
  partitions: z.strictObject({ sources, partitions: z.array(z.unknown()) }),
  regions: z.array(z.strictObject({ operator: operatorId, sources, regions: z.array(z.unknown()) })),
});
export type Bundle = z.infer<typeof bundleSchema>;
