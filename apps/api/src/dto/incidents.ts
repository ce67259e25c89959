import { z } from 'zod';
import { ASPECTS, LIFECYCLES } from '@faultline/incidents';
import { ClaimStatus, ClaimView, Lapse, SourceView } from './claims.js';
import { Instant } from './coordinates.js';
import { Shown } from './shown.js';

export const Position = z.object({
  lonLat: z.tuple([z.number(), z.number()]),
  precisionKm: z.number(),
  method: z.string(),
});

/** One thing said about an incident, with who says so; several that disagree stand side by side. */
export const Statement = z
  .object({
    claimId: z.string(),
    text: z.string(),
    key: z.string().describe('The stated value in short, e.g. struck-by-objects'),
    stance: z.enum(['asserts', 'denies']),
    status: ClaimStatus,
    source: SourceView,
    publishedAt: Instant.nullable(),
    ageHours: z.number().nullable(),
  })
  .meta({ id: 'Statement' });

export const Aspect = z
  .object({
    aspect: z.enum(ASPECTS),
    outcome: z.enum(['stated', 'not-stated', 'contested']),
    statedByOperator: z.boolean(),
    statements: z.array(Statement),
  })
  .meta({ id: 'Aspect' });

export const IncidentSummary = z
  .object({
    id: z.string(),
    title: z.string(),
    peril: z.string(),
    lifecycle: z.enum(LIFECYCLES),
    status: ClaimStatus,
    onset: Instant.nullable(),
    lastStatementAt: Instant.nullable(),
    regionIds: z.array(z.string()),
    zoneIds: z.array(z.string()),
    countries: z.array(z.string()),
    position: Position.nullable(),
    severity: z.number().int().nullable(),
    claimCount: z.number().int(),
    originCount: z.number().int(),
    freshness: z.string(),
    lapse: Lapse,
    joinedIds: z.array(z.string()).describe('Incidents of other sources that are this same one'),
  })
  .meta({ id: 'IncidentSummary' });

export const Coincident = z
  .object({
    incident: IncidentSummary,
    link: z.literal('no link asserted'),
    reason: z.string().describe('Why it is shown at all, e.g. same-country-same-time'),
  })
  .meta({ id: 'Coincident' });

export const Incident = IncidentSummary.extend({
  aspects: z.array(Aspect),
  links: z.array(z.object({ claimId: z.string(), score: z.number(), reasons: z.array(z.string()) })),
  claims: z.array(ClaimView),
  coincident: z.array(Coincident),
  shown: z.object({ claims: Shown, coincident: Shown }),
  revision: z.number().int().nullable(),
}).meta({ id: 'Incident' });

export const IncidentRevision = z
  .object({
    incidentId: z.string(),
    revision: z.number().int(),
    position: z.number().int(),
    recordedAt: Instant,
    changed: z.array(z.string()),
    claimIds: z.array(z.string()),
    state: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'IncidentRevision' });
