import { z } from 'zod';
import { Instant } from './coordinates.js';

export const ScoreRun = z
  .object({
    runId: z.string(),
    regionId: z.string(),
    asOf: Instant,
    position: z.number().int().describe('Ledger size it was read at'),
    outcome: z.string(),
    modelVersion: z.string(),
    parameterHash: z.string(),
    inputHash: z.string(),
    resultHash: z.string().describe('SHA-256 of the whole forward answer, canonical JSON'),
    likelihood: z.number().nullable(),
    probability30: z.number().nullable(),
    requestedBy: z.string(),
    recordedAt: Instant,
  })
  .meta({ id: 'ScoreRun' });
export const ScoreRunAnswer = z.object({ data: ScoreRun }).meta({ id: 'ScoreRunAnswer' });
export const ScoreRunList = z.object({ data: z.array(ScoreRun) }).meta({ id: 'ScoreRunList' });
export const ScoreRunCheck = z
  .object({
    data: z.object({
      run: ScoreRun,
      again: ScoreRun.omit({ runId: true, requestedBy: true, recordedAt: true }),
      same: z.boolean(),
      differs: z.array(z.string()).describe('What is not the same: the input, the parameters, the model, the result'),
    }),
  })
  .meta({ id: 'ScoreRunCheck' });
export const ScoreRunBody = z
  .strictObject({
    regionId: z.string().max(80),
    asOf: z.string().max(40).optional().describe('Default: now'),
    position: z.number().int().min(0).optional().describe('Ledger size. Default: the head'),
  })
  .meta({ id: 'ScoreRunBody' });
// No `.meta({ id })`: see AsOfQuery.
export const ScoreRunsQuery = z.object({ region: z.string().max(80).optional() });
