import type { ClaimDraft, ClaimValue } from '@faultline/evidence';
import { TEXT_MAX } from '../document/index.js';
import { causesIn, isAdvice, naturesIn, type Cause } from './lexicon.js';
import type { Clause } from './sentences.js';

/** What a clause states of a trouble, whoever's it is; the claim is made of the sentences that say it. */
export interface Named {
  /** Tells it from the other things stated of the same subject. */
  readonly part: string;
  readonly stance: ClaimDraft['stance'];
  readonly make: (text: string) => ClaimValue;
}

/** The same with the claim made. */
export interface Stated {
  readonly part: string;
  readonly stance: ClaimDraft['stance'];
  readonly claim: ClaimValue;
}

const PERIL_OF: Readonly<Record<Cause, 'drone-strike' | 'missile-strike' | null>> = {
  'drone-strike': 'drone-strike',
  'missile-strike': 'missile-strike',
  'struck-by-objects': null,
  'conflict-damage': null,
  fire: null,
  software: null,
  network: null,
  grid: null,
  other: null,
};

/** What kind of trouble one clause names, what it says brought it about, and with what means. */
export function namedIn(clause: string): Named[] {
  const named: Named[] = naturesIn(clause).map((nature) => ({
    part: `nature:${nature}`,
    stance: 'asserts',
    make: (text) => ({ predicate: 'nature', value: { nature, text } }),
  }));
  for (const { cause, stance } of causesIn(clause)) {
    const peril = PERIL_OF[cause];
    named.push({
      part: stance === 'denies' ? `cause:${cause}:denied` : `cause:${cause}`,
      stance,
      make: (text) => ({ predicate: 'cause', value: { cause, peril, text } }),
    });
    const means = cause === 'drone-strike' ? 'drone' : cause === 'missile-strike' ? 'missile' : null;
    if (means === null || stance === 'denies') continue;
    named.push({ part: `means:${means}`, stance, make: (text) => ({ predicate: 'means', value: { means, text } }) });
  }
  return named;
}

/** The same of a whole text that has one subject: each thing once, with every sentence that says it. Advice says none. */
export function statedIn(clauses: readonly Clause[]): Stated[] {
  const held = new Map<string, { named: Named; texts: string[] }>();
  for (const { text, sentence } of clauses) {
    if (isAdvice(text)) continue;
    for (const named of namedIn(text)) {
      const entry = held.get(named.part) ?? { named, texts: [] };
      if (!entry.texts.includes(sentence)) entry.texts.push(sentence);
      held.set(named.part, entry);
    }
  }
  return [...held.values()].map(({ named: { part, stance, make }, texts }) => ({
    part,
    stance,
    claim: make(fitted(texts)),
  }));
}

/** Sentences as the text of one claim, cut to its length. */
export function fitted(texts: readonly string[]): string {
  const whole = texts.join(' ');
  return whole.length <= TEXT_MAX ? whole : `${whole.slice(0, TEXT_MAX - 1).toWellFormed()}…`;
}
