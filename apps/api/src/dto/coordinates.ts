import { TLP_LABELS } from '@faultline/evidence';
import { z } from 'zod';

export const Instant = z.string().describe('ISO 8601 in UTC with milliseconds');

/** No `.meta({ id })` on a query schema: @nestjs/swagger 12.0.2 then documents no parameters. */
export const AsOfQuery = z.object({
  asOf: z.string().optional().describe('Short for validAt = publicAt. An instant with its zone.'),
  validAt: z.string().optional().describe('When it holds in the world. Default: now.'),
  publicAt: z.string().optional().describe('What had been published by then. Default: now.'),
  position: z.string().optional().describe('Ledger size N: what we had recorded. Default: the head.'),
  recordedAt: z.string().optional().describe('Instead of position: the size the ledger had at this instant.'),
});

export const Coordinates = z
  .object({
    validAt: Instant,
    publicAt: Instant,
    position: z.number().int().describe('Ledger size N the answer was read at'),
    basis: z.enum(['contemporaneous', 'reconstruction']),
    claims: z.number().int().describe('Dated claims the answer rests on'),
    backfilled: z
      .number()
      .int()
      .describe('How many of them we recorded later than their feed’s cadence after publication'),
    undated: z.number().int().describe('Reference facts without a time of publication that the answer rests on'),
    tlp: z.enum(TLP_LABELS).describe('TLP 2.0 label of the answer: the most restrictive of what it rests on'),
  })
  .meta({ id: 'Coordinates' });

export const listOf = <T extends z.ZodType>(id: string, item: T) =>
  z.object({ data: z.array(item), next: z.string().nullable(), coordinates: Coordinates }).meta({ id });
export const oneOf = <T extends z.ZodType>(id: string, item: T) =>
  z.object({ data: item, coordinates: Coordinates }).meta({ id });
