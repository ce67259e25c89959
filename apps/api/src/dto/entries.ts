import { z } from 'zod';
import { LIFECYCLES } from '@faultline/incidents';

export const EntriesBody = z.object({
  claims: z.array(z.record(z.string(), z.unknown())).min(1).max(500).describe('As docs/feeds/desk.md describes them'),
});

/** Providers' own forms of what they tell a tenant alone: `own-` and the format is the feed. */
export const OWN_FORMATS = ['aws-health', 'azure-health'] as const;
export const OwnDocument = z
  .union([z.record(z.string(), z.unknown()), z.array(z.unknown())])
  .describe('As docs/feeds/own-aws-health.md and own-azure-health.md describe it');

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
      passedOver: z.record(z.string(), z.number().int()).describe('Read, and of no concern: how many, by named reason'),
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
    incidents: z.array(Side).describe('The two, each as it is by itself; joined ones are shown as one elsewhere'),
    incidentIds: z.array(z.string()),
    score: z.number(),
    reasons: z.array(z.string()),
    outcome: z.enum(['joined', 'review', 'apart']),
  })
  .meta({ id: 'Kinship' });
