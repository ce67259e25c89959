import { z } from 'zod';
import { SIDES_RELATIONS, TLP_LABELS } from '@faultline/evidence';
import { DIRECTIONS, EDGE_KINDS, EFFECTS } from '@faultline/workloads';
import { ClaimStatus, ClaimView } from './claims.js';
import { AsOfQuery } from './coordinates.js';

const Tlp = z.enum(TLP_LABELS).describe('The most restrictive label of the claims this rests on');

export const HostingAnswer = z
  .object({
    outcome: z.enum(['found', 'none-found', 'not-searched']).describe('None found is not “none”'),
    text: z.string().describe('Where, or what was searched and when'),
    claimIds: z.array(z.string()),
  })
  .meta({ id: 'HostingAnswer' });

/** One statement with who makes it and who denies it; those that disagree stand side by side. */
export const StatedFact = z
  .object({
    subject: z.string(),
    value: z.record(z.string(), z.unknown()),
    status: ClaimStatus,
    claimIds: z.array(z.string()),
    denialClaimIds: z.array(z.string()),
    contradictedIn: z.array(z.string()).describe('Numbers of the disagreements that call it contradicted'),
  })
  .meta({ id: 'StatedFact' });

export const EntityRef = z.object({ id: z.string(), name: z.string() });

export const EntitySummary = z
  .object({
    id: z.string(),
    kind: z.string(),
    name: z.string(),
    aliases: z.array(z.string()),
    operatorId: z.string().nullable(),
    partitionId: z.string().nullable(),
    claimCount: z.number().int(),
    disagreementCount: z.number().int(),
    gapCount: z.number().int(),
    tlp: Tlp,
  })
  .meta({ id: 'EntitySummary' });

export const WorkloadSummary = EntitySummary.extend({
  classes: z.array(z.string()).describe('Every class somebody gives it. Nothing is filtered or sorted by it'),
  customers: z.array(EntityRef),
  platforms: z.array(EntityRef),
  hosting: HostingAnswer,
}).meta({ id: 'WorkloadSummary' });

export const DisagreementView = z
  .object({
    number: z.string(),
    point: z.string(),
    relation: z.enum(SIDES_RELATIONS),
    sides: z.array(z.object({ says: z.string(), claimIds: z.array(z.string()) })),
    reading: z.string().nullable().describe('Ours; null while a side of it was not visible'),
    hindsight: z.boolean().describe('Written after publicAt'),
    claimId: z.string(),
  })
  .meta({ id: 'Disagreement' });

export const GapView = z
  .object({
    topic: z.string(),
    question: z.string(),
    searchedIn: z.array(z.string()),
    searchedOn: z.string(),
    hindsight: z.boolean().describe('Searched after publicAt'),
    text: z.string(),
    claimId: z.string(),
  })
  .meta({ id: 'Gap' });

export const ItemClaim = ClaimView.extend({ itemId: z.string().describe('The source’s own id, such as C083') }).meta({
  id: 'ItemClaim',
});

export const Entity = EntitySummary.extend({
  workload: z.array(StatedFact).describe('What it is as a workload: class, customer, platform'),
  authorisations: z.array(StatedFact).describe('Authorised in a partition is not hosted in a region'),
  commitments: z.array(StatedFact),
  dependencies: z.array(StatedFact),
  hostedAt: z.array(StatedFact),
  hosting: HostingAnswer,
  disagreements: z.array(DisagreementView),
  gaps: z.array(GapView),
  claims: z.array(ItemClaim).describe('Every visible claim that names it, and those its disagreements set beside them'),
}).meta({ id: 'Entity' });

const RedundancyView = z.object({ k: z.number().int(), n: z.number().int(), claimIds: z.array(z.string()) });

export const BlastRadiusNode = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    effect: z.enum(EFFECTS).nullable().describe('What the loss of the subject means for it; null in answers upwards'),
    needs: z.array(
      z.object({
        group: z.string(),
        on: z.array(z.string()),
        redundancy: z.array(RedundancyView).describe('Every redundancy stated; empty where none is'),
        effect: z.enum(EFFECTS).nullable(),
      }),
    ),
  })
  .meta({ id: 'BlastRadiusNode' });

export const BlastRadiusEdge = z
  .object({
    from: z.string().describe('What is stood on'),
    to: z.string().describe('What stands on it'),
    kind: z.enum(EDGE_KINDS),
    role: z.string().nullable(),
    group: z.string(),
    redundancy: z.array(RedundancyView),
    claimIds: z.array(z.string()),
    denialClaimIds: z.array(z.string()),
    credible: z.boolean(),
    denied: z.boolean(),
    contradictedIn: z.array(z.string()),
    tlp: Tlp,
  })
  .meta({ id: 'BlastRadiusEdge' });

export const BlastRadiusView = z
  .object({
    subjects: z.array(EntityRef),
    incidentId: z.string().nullable(),
    direction: z.enum(DIRECTIONS),
    severity: z.enum(['lost', 'impaired']).describe('Of an incident the regions are impaired, not lost'),
    nodes: z.array(BlastRadiusNode),
    edges: z.array(BlastRadiusEdge),
    hosting: z.array(HostingAnswer.extend({ id: z.string(), name: z.string() })),
    affected: z
      .array(z.object({ party: z.string(), entityId: z.string().nullable(), claimIds: z.array(z.string()) }))
      .describe('Who is named as affected in the regions asked about, or as not; no word of what they run there'),
    limits: z.array(z.string()),
    tlp: Tlp,
    claims: z.array(ItemClaim),
  })
  .meta({ id: 'BlastRadius' });

// No `.meta({ id })`: see AsOfQuery.
export const BlastRadiusQuery = AsOfQuery.extend({
  subject: z.string().min(1).max(120).describe('A cloud region, partition, operator, entity or incident; never a zone'),
  direction: z.enum(DIRECTIONS).default('down').describe('down: what stands on it. up: what it stands on'),
});
export type BlastRadiusQuestion = z.infer<typeof BlastRadiusQuery>;
