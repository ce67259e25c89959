import { z } from 'zod';

export const Operator = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    url: z.string().nullable(),
    regionCount: z.number().int(),
    claimId: z.string(),
  })
  .meta({ id: 'Operator' });

export const CloudRegion = z
  .object({
    id: z.string(),
    name: z.string(),
    operatorId: z.string(),
    partitionId: z.string(),
    metro: z.string(),
    country: z.string(),
    lonLat: z.tuple([z.number(), z.number()]).describe('A metro, not a site'),
    precisionKm: z.number(),
    precisionMethod: z.string(),
    zoneIds: z.array(z.string()),
    zoneCount: z.number().int().nullable(),
    listed: z.string().describe('As the operator’s own list had it when we read it; no word about its condition'),
    claimId: z.string(),
    source: z.string(),
    sourceUrl: z.string().nullable(),
    retrievedAt: z.string(),
  })
  .meta({ id: 'CloudRegion' });

export const Zone = z
  .object({
    id: z.string(),
    regionId: z.string(),
    operatorId: z.string(),
    country: z.string(),
    precisionKm: z.number(),
    positionStatement: z.string(),
  })
  .meta({ id: 'Zone' });
