import { NOW_STATES, type ExplainedScore, type NowState } from '@faultline/exposures';
import { z } from 'zod';

type Band = ExplainedScore['band'];
/** Least first. */
export const BANDS = ['minimal', 'low', 'moderate', 'high', 'severe'] as const satisfies readonly Band[];

/**
 * What a subscriber wants to hear of. Each condition stands for itself; what is left out is not asked for.
 * They open an alert and decide which changes are worth a message; the message then tells every change.
 */
export const conditionsSchema = z
  .strictObject({
    /** A zone, or the region as a whole, is stated to be in this condition or a worse one. */
    condition: z.enum(NOW_STATES).nullable().default(null),
    /** Fewer zones are left than are needed. */
    quorum: z.boolean().default(false),
    /** An incident begins, recovers, ends, turns out permanent or is taken back. */
    lifecycle: z.boolean().default(false),
    /** The operator says what it came from, or says it differently. */
    cause: z.boolean().default(false),
    /** The operator says how long it will take, or says it differently. */
    duration: z.boolean().default(false),
    /** The likelihood score reaches this band or a higher one. */
    likelihood: z.enum(BANDS).nullable().default(null),
  })
  .refine(
    ({ condition, quorum, lifecycle, likelihood }) => condition !== null || quorum || lifecycle || likelihood !== null,
    { message: 'at least one of condition, quorum, lifecycle and likelihood: the others open no alert' },
  );
export type Conditions = z.infer<typeof conditionsSchema>;

/** Who wants to know what, of which cloud regions. An empty scope matches nothing. */
export interface Subscription {
  readonly tenantId: string;
  readonly id: string;
  readonly title: string;
  readonly regionIds: readonly string[];
  readonly conditions: Conditions;
}

/** Whether a state is at the threshold or worse. What nobody has stated is neither. */
export function reaches(state: string, threshold: NowState): boolean {
  const rank = NOW_STATES.indexOf(state as NowState);
  return rank !== -1 && rank <= NOW_STATES.indexOf(threshold);
}

export function reachesBand(band: string, threshold: Band): boolean {
  return BANDS.indexOf(band as Band) >= BANDS.indexOf(threshold);
}
