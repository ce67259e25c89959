import { dedup } from './dedup.js';
import { deliver } from './deliver.js';
import { match } from './match.js';
import type { Candidate, Outbox, Stage } from './stage.js';

/** Read aloud: what a change goes through before anybody is told. */
export const STAGES: readonly Stage[] = [match, dedup, deliver];

export interface Step {
  readonly stage: string;
  readonly outcome: 'passed' | 'stopped';
  readonly reason: string;
  readonly noticeId: string | null;
}

/** Takes a candidate through the stages until one stops it. Every step is returned with its reason. */
export async function runStages(candidate: Candidate, outbox: Outbox): Promise<Step[]> {
  const steps: Step[] = [];
  let held = candidate;
  for (const { name, decide } of STAGES) {
    const outcome = await decide(held, outbox);
    const noticeId = outcome.outcome === 'passed' ? (outcome.noticeIds?.at(-1) ?? null) : null;
    steps.push({ stage: name, outcome: outcome.outcome, reason: outcome.reason, noticeId });
    if (outcome.outcome === 'stopped') return steps;
    held = outcome.candidate;
  }
  return steps;
}
