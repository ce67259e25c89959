import {
  score,
  type IncidentRecord,
  type RegionResult,
  type ScoreDocument,
  type ScoreResult,
} from '@faultline/scoring';
import type { ScoreInput } from './score-input.js';

/** A model: what it makes of a document. */
export type Model = (document: ScoreDocument) => ScoreResult;

/** What a score rested on at one position and time, and the model that was used. */
export interface ScoredInput {
  readonly input: Pick<ScoreInput, 'document' | 'zonesLeft'>;
  readonly model?: Model;
}

/** A score that moved, and by what: `to − from = timePassing + newFacts + modelChange`, exactly. */
export interface Moved {
  readonly from: number;
  readonly to: number;
  /** The old facts under the old model, at the new time: decay, and coverage as it went on. */
  readonly timePassing: number;
  /** The new facts in place of the old, both at the new time under the old model. */
  readonly newFacts: number;
  /** The new model in place of the old, on the new facts at the new time. */
  readonly modelChange: number;
}

/** Ids in a document that another does not have, has otherwise, or has alone. */
export interface Changed {
  readonly added: readonly string[];
  readonly revised: readonly string[];
  readonly gone: readonly string[];
}

export type Movement =
  | { readonly outcome: 'none'; readonly reason: string }
  | {
      readonly outcome: 'moved';
      readonly likelihood: Moved;
      readonly exposure: Moved;
      readonly incidents: Changed;
      readonly claims: Changed;
    };

/**
 * Splits the movement of a region's scores between two positions. Time goes first, because a fact that was published
 * after the old time cannot be looked at from there: the old facts are carried to the new time, then exchanged for the
 * new ones, then the model is. Coverage goes with time: a feed that was live let time pass quietly, a dead one froze it.
 *
 * Scores are taken in steps of 2⁻⁴⁰ point, so that the parts add up to the movement bit for bit.
 */
export function movementOf(before: ScoredInput, after: ScoredInput): Movement {
  if (before.input.zonesLeft === 0 || after.input.zonesLeft === 0) {
    return { outcome: 'none', reason: 'Without a zone left there is no forward score to compare.' };
  }
  const old = before.input.document;
  const now = after.input.document;
  const id = now.regions?.[0]?.id;
  if (id === undefined || old.regions?.[0]?.id !== id) {
    throw new RangeError(`got the regions ${String(old.regions?.[0]?.id)} and ${String(id)}, wanted one and the same`);
  }
  const oldModel = before.model ?? score;
  const steps = [
    oldModel(old),
    oldModel({ ...old, as_of: now.as_of, theatres: theatresOf(old, now) }),
    oldModel(now),
    (after.model ?? score)(now),
  ].map((result) => regionIn(result, id));
  const moved = (valueOf: (region: RegionResult) => number): Moved => {
    const [from = 0, aged = 0, informed = 0, to = 0] = steps.map((region) => quantised(valueOf(region)));
    return { from, to, timePassing: aged - from, newFacts: informed - aged, modelChange: to - informed };
  };
  return {
    outcome: 'moved',
    likelihood: moved((region) => region.likelihood.score),
    exposure: moved((region) => region.exposure.score),
    incidents: changed(old.incidents ?? [], now.incidents ?? []),
    claims: changed(old.claims ?? [], now.claims ?? []),
  };
}

/** The theatres of the old document with the coverage they have in the new one. */
function theatresOf(old: ScoreDocument, now: ScoreDocument): ScoreDocument['theatres'] {
  return old.theatres?.map((theatre) => {
    const next = now.theatres?.find((candidate) => candidate.id === theatre.id);
    return next === undefined
      ? theatre
      : { ...theatre, coverage_start: next.coverage_start, coverage_end: next.coverage_end };
  });
}

function regionIn(result: ScoreResult, id: string): RegionResult {
  const region = result.regions.find((candidate) => candidate.id === id);
  if (region === undefined) throw new RangeError(`the model gave no result for ${id}`);
  return region;
}

const QUANTA_PER_POINT = 2 ** 40;

/** Scores are at most 100: sums and differences of such steps are exact in a double. */
function quantised(points: number): number {
  return Math.round(points * QUANTA_PER_POINT) / QUANTA_PER_POINT;
}

type Identified = Pick<IncidentRecord, 'id'>;

function changed(old: readonly Identified[], now: readonly Identified[]): Changed {
  const held = new Map(old.map((record) => [record.id, JSON.stringify(record)]));
  const ids = new Set(now.map(({ id }) => id));
  return {
    added: now.filter(({ id }) => !held.has(id)).map(({ id }) => id),
    revised: now
      .filter((record) => held.has(record.id) && held.get(record.id) !== JSON.stringify(record))
      .map(({ id }) => id),
    gone: old.filter(({ id }) => !ids.has(id)).map(({ id }) => id),
  };
}
