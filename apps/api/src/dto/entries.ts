import { z } from 'zod';
import { LIFECYCLES } from '@faultline/incidents';

export const EntriesBody = z.object({
  claims: z.array(z.record(z.string(), z.unknown())).min(1).max(500).describe('As docs/feeds/desk.md describes them'),
});

export const ReviewBody = z.object({
  decision: z.enum(['merge', 'split', 'reject', 'readmit']),
  incidentIds: z.array(z.uuid()).min(1).max(2).describe('Two to merge or split; one to reject a claim from'),
  claimId: z.uuid().optional().describe('The claim to take out of the incident, or to let in again'),
  text: z.string().trim().min(3).max(2000).describe('Why: it is kept and shown'),
});

export const ChallengeBody = z.object({
  state: z.enum(['open', 'withdrawn', 'upheld', 'dismissed']).default('open'),
  text: z.string().trim().min(3).max(2000),
});

/** What became of what was sent. */
export const Entered = z
  .object({
    data: z.object({
      claimsNew: z.number().int(),
      claimsRepeated: z.number().int(),
      captureHash: z.string(),
      quarantined: z.array(z.object({ code: z.string(), pointer: z.string(), got: z.string(), wanted: z.string() })),
    }),
  })
  .meta({ id: 'Entered' });

const Side = z.object({
  id: z.string(),
  title: z.string(),
  lifecycle: z.enum(LIFECYCLES),
  feedIds: z.array(z.string()),
});

/** Two incidents that may be one, or were decided on. */
export const Kinship = z
  .object({
    incidents: z.array(Side).describe('The two; fewer where they are joined and shown as one'),
    incidentIds: z.array(z.string()),
    score: z.number(),
    reasons: z.array(z.string()),
    outcome: z.enum(['joined', 'review', 'apart']),
  })
  .meta({ id: 'Kinship' });
