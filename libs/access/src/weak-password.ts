import { contextWordIn } from './password.js';

/** Guesses of 10⁸ and more, by the estimator: under it a password is among the common and breached ones, or near one. */
const LEAST_SCORE = 3;

/** Why a password is not taken. */
export type Weakness =
  { readonly reason: 'context'; readonly word: string } | { readonly reason: 'guessable'; readonly word: null };

type Estimate = (password: string, surroundings: readonly string[]) => number;
let estimator: Promise<Estimate> | undefined;

/** Dictionaries of a megabyte, read when somebody first sets a password. */
async function readEstimator(): Promise<Estimate> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return (password, surroundings) => zxcvbn.check(password, [...surroundings]).score;
}

/**
 * What is wrong with a password of the right length: a word of its surroundings in it, or that it is soon guessed from
 * lists of common and breached passwords and what people make of them. Undefined where it is taken.
 */
export async function weaknessOf(
  password: string,
  surroundings: { login: string; tenantId: string },
): Promise<Weakness | undefined> {
  const word = contextWordIn(password, surroundings);
  if (word !== undefined) return { reason: 'context', word };
  estimator ??= readEstimator();
  const score = (await estimator)(password.normalize('NFKC'), Object.values(surroundings));
  return score < LEAST_SCORE ? { reason: 'guessable', word: null } : undefined;
}
