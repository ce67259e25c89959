import { AsOfQuery } from './coordinates.js';
import type { z } from 'zod';

// No `.meta({ id })` on it: see AsOfQuery.
export const ReportQuery = AsOfQuery.pick({ asOf: true, position: true });
export type ReportQuestion = z.infer<typeof ReportQuery>;
