import { z } from 'zod';
import { COVERAGE_STATES, FEED_HEALTH_STATES } from '@faultline/evidence';
import { Instant } from './coordinates.js';

const Quantiles = z.object({ p50: z.number(), p95: z.number() });

export const FeedView = z
  .object({
    id: z.string(),
    title: z.string(),
    licence: z.string(),
    attribution: z.string(),
    url: z.string().nullable(),
    polled: z.boolean(),
    cadenceSeconds: z.number(),
    contentAgeBudgetSeconds: z.number().nullable(),
    covers: z.array(z.string()),
    health: z.enum(FEED_HEALTH_STATES),
    reason: z.string(),
    lastPollAt: Instant.nullable(),
    lastSuccessAt: Instant.nullable(),
    newestContentAt: Instant.nullable(),
    contentAgeHours: z.number().nullable(),
    polls: z.number().int(),
    failures: z.number().int(),
    claims: z.number().int(),
    quarantined: z.number().int(),
    tells: z.enum(['reports', 'leads', 'data']),
    redistributable: z.boolean(),
    lag: z
      .object({
        claims: z.number().int(),
        publishedToRetrieved: Quantiles,
        retrievedToRecorded: Quantiles,
      })
      .nullable()
      .describe('Seconds; null where it is not known'),
  })
  .meta({ id: 'Feed' });

export const CoverageCell = z
  .object({
    incidentClass: z.string(),
    state: z.enum(COVERAGE_STATES),
    feedIds: z.array(z.string()),
    from: Instant.nullable(),
    to: Instant.nullable().describe('Last instant the coverage is known complete'),
    text: z.string(),
  })
  .meta({ id: 'CoverageCell' });

export const Coverage = z.object({ regionId: z.string(), classes: z.array(CoverageCell) }).meta({ id: 'Coverage' });

export const TimelineBucket = z
  .object({ begin: Instant, end: Instant, statements: z.number().int(), firstText: z.string().nullable() })
  .meta({ id: 'TimelineBucket' });
