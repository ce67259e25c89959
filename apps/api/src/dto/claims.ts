import { z } from 'zod';
import { Instant } from './coordinates.js';

export const Freshness = z.enum(['fresh', 'aging', 'stale', 'unknown', 'future']);
export const Lapse = z
  .string()
  .nullable()
  .describe('Why it reads older than its own age: the feeds that told it no longer keep it up; null where one does');
export const ClaimStatus = z.enum(['reported', 'corroborated', 'confirmed', 'disputed', 'denied', 'retracted']);

export const SourceView = z
  .object({ id: z.string(), name: z.string(), class: z.string(), grade: z.string() })
  .meta({ id: 'Source' });

export const ClaimView = z
  .object({
    id: z.string(),
    feedId: z.string(),
    subject: z.string(),
    predicate: z.string(),
    stance: z.enum(['asserts', 'denies']),
    text: z.string().describe('What was said, in short'),
    value: z.record(z.string(), z.unknown()),
    source: SourceView,
    origin: z.string(),
    url: z.string().nullable().describe('Address of the place to check it, as the source gives it'),
    locator: z.string().nullable(),
    place: z.object({ regionIds: z.array(z.string()), zoneIds: z.array(z.string()), countries: z.array(z.string()) }),
    occurredAt: z.object({ begin: Instant.nullable(), end: Instant.nullable() }).nullable(),
    publishedAt: z.object({ earliest: Instant, latest: Instant, basis: z.string() }).nullable(),
    retrievedAt: Instant,
    recordedAt: Instant,
    position: z.number().int(),
    backfilled: z.boolean(),
    captureClass: z.string(),
    captureHash: z.string(),
    status: ClaimStatus,
    freshness: Freshness,
    lapse: Lapse,
    ageHours: z.number().nullable().describe('publicAt minus publication; null where undated'),
    tlp: z.string(),
    challenges: z
      .array(
        z.object({
          challengeId: z.string(),
          state: z.enum(['open', 'withdrawn', 'upheld', 'dismissed']),
          text: z.string(),
          by: z.string(),
          since: Instant.nullable(),
        }),
      )
      .describe('Who disputes it, and what became of that'),
  })
  .meta({ id: 'Claim' });
export type ClaimView = z.infer<typeof ClaimView>;
