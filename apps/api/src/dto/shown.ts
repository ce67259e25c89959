import { z } from 'zod';

/** Of a list inside an answer: how many of how many. */
export const Shown = z
  .object({
    shown: z.number().int(),
    total: z.number().int(),
    text: z.string().describe('Empty where all are shown; else how many of how many, and which list has all of them'),
  })
  .meta({ id: 'Shown' });
