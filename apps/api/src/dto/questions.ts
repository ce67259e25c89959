import { z } from 'zod';
import { ListQuery } from '../http/page.js';
import { AsOfQuery } from './coordinates.js';

// No `.meta({ id })` on these: see AsOfQuery.
export const IncidentsQuery = ListQuery.extend({
  region: z.string().max(80).optional().describe('Only incidents of this cloud region'),
  country: z.string().max(2).optional().describe('Only incidents in this country, ISO 3166-1 alpha-2'),
  peril: z.string().max(40).optional(),
});
export const ClaimsQuery = ListQuery.extend({
  subject: z.string().max(120).optional(),
  // Not by what an adversary believes of places, nor by what was looked for there: those are read on a region's own page.
  predicate: z
    .enum([
      'condition',
      'nature',
      'cause',
      'means',
      'damage',
      'duration',
      'attack',
      'earthquake',
      'data-loss',
      'advice',
    ])
    .optional(),
  region: z.string().max(80).optional().describe('Only claims that speak of this cloud region'),
  feed: z.string().max(40).optional(),
});
export type IncidentsQuestion = z.infer<typeof IncidentsQuery>;
export type ClaimsQuestion = z.infer<typeof ClaimsQuery>;

export const TimelineQuery = AsOfQuery.extend({
  from: z.string().max(40).describe('Begin of the first bucket, an instant with its zone'),
  to: z.string().max(40).describe('End of the last bucket'),
  stepHours: z.coerce
    .number()
    .int()
    .min(1)
    .max(24 * 31)
    .default(24),
});
export type TimelineQuestion = z.infer<typeof TimelineQuery>;
