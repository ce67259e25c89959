/** How a spec wants its worker. */
export interface WorkerOptions {
  readonly databaseUrl: string;
  /** A file with the business time; without one it is the time of day. */
  readonly clockFile?: string;
  /** Whether it also sequences and projects. */
  readonly projecting: boolean;
  readonly slots: number;
  readonly leaseSeconds: number;
  readonly pauseMs: number;
  readonly poolSize?: number;
  /** It ends itself, as by kill -9, when it has taken work on for this many times and sent nothing of the last yet. */
  readonly dieAfterClaims?: number;
  /** A fault of the mechanism, put in on purpose: the harness must tell it. */
  readonly plant?: Plant;
}

export const PLANTS = ['no-lease', 'mark-before-send', 'id-per-attempt', 'swallowed-5xx', 'cursor-polling'] as const;
export type Plant = (typeof PLANTS)[number];
