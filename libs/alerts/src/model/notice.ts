import type { Brief, Contradiction } from './brief.js';
import type { Fact, Quoted } from './fact.js';
import { reaches, reachesBand, type Conditions } from './subscription.js';

export const NOTICE_KINDS = ['initial', 'update', 'correction', 'retraction', 'resolved'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** A fact as a subscription was last told it, and the notice that told it. */
export interface ToldFact extends Fact {
  readonly noticeId: string | null;
}

/** What a subscription was last told of one region. `ended`: its alert is closed, the next one is a new one. */
export interface Told {
  readonly facts: readonly ToldFact[];
  readonly ended: boolean;
}

export interface Change {
  readonly key: string;
  readonly kind: Fact['kind'];
  readonly subject: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly claims: readonly Quoted[];
}

/** Something a subscription was told that no longer stands, with the notices that told it. */
export interface Correction {
  readonly subject: string;
  readonly told: string;
  readonly toldBy: readonly Quoted[];
  readonly noticeIds: readonly string[];
  readonly reason: Contradiction['reason'];
  readonly by: Quoted | null;
}

export interface NoticeDraft {
  readonly kind: NoticeKind;
  /** Why this subscription is told, as the stage that decided it names it. */
  readonly reason: string;
  readonly changes: readonly Change[];
  readonly corrections: readonly Correction[];
  readonly told: readonly Fact[];
}

/** Why nobody is told. Kept with the subscription, so that "why was I not told?" has an answer. */
export type Silence =
  'out-of-scope' | 'region-not-known' | 'no-condition-met' | 'nothing-changed' | 'below-threshold' | 'backfilled';

/** The facts that meet a condition of the subscription: while there is one, its alert is firing. */
export function met(conditions: Conditions, facts: readonly Fact[]): Fact[] {
  return facts.filter((fact) => meets(conditions, fact.kind, fact.value));
}

function meets(conditions: Conditions, kind: Fact['kind'], value: string | null): boolean {
  if (value === null) return false;
  switch (kind) {
    case 'state':
    case 'zone':
      return conditions.condition !== null && reaches(value, conditions.condition);
    case 'quorum':
      return conditions.quorum && value === 'lost';
    case 'lifecycle':
      return conditions.lifecycle && value !== 'resolved' && value !== 'retracted';
    case 'likelihood':
      return conditions.likelihood !== null && reachesBand(value, conditions.likelihood);
    case 'cause':
    case 'duration':
    case 'detail':
    case 'naming':
      return false;
  }
}

/** Whether a change is worth a message: it enters or leaves what was asked for, or is a kind of change asked for by name. */
function triggers(conditions: Conditions, before: Fact | undefined, after: Fact | undefined): boolean {
  const kind = (after ?? before)!.kind;
  if (kind === 'lifecycle' || kind === 'cause' || kind === 'duration') return conditions[kind];
  return meets(conditions, kind, before?.value ?? null) || meets(conditions, kind, after?.value ?? null);
}

/** What of the told no longer stands: taken back by its source, denied, or contradicted by the operator since. */
export function contradictionsOf(told: readonly Fact[], brief: Brief): Contradiction[] {
  const held = new Map(brief.facts.map((fact) => [fact.key, fact]));
  return told.flatMap((fact): Contradiction[] => {
    if (fact.value === null || fact.claims.length === 0 || held.get(fact.key)?.value === fact.value) return [];
    const statuses = fact.claims.map(({ id }) => brief.statusOf.get(id));
    if (statuses.every((status) => status === 'retracted')) return [{ key: fact.key, reason: 'retracted', by: null }];
    if (statuses.every((status) => status === 'retracted' || status === 'denied'))
      return [{ key: fact.key, reason: 'denied-by-operator', by: null }];
    if (fact.kind !== 'naming') return [];
    const by = brief.working.get(zoneOfNaming(fact.key));
    return by ? [{ key: fact.key, reason: 'contradicted-by-operator', by }] : [];
  });
}

function zoneOfNaming(key: string): string {
  return key.split(' ')[1] ?? '';
}

/** Differences between what was told and what holds, in the order of the facts; what is gone comes last. */
export function changesOf(
  told: readonly Fact[],
  facts: readonly Fact[],
): { before: Fact | undefined; after: Fact | undefined }[] {
  const before = new Map(told.map((fact) => [fact.key, fact]));
  const after = new Map(facts.map((fact) => [fact.key, fact]));
  const present = facts
    .filter((fact) => (before.get(fact.key)?.value ?? null) !== fact.value)
    .map((fact) => ({ before: before.get(fact.key), after: fact }));
  const gone = told
    .filter((fact) => fact.value !== null && !after.has(fact.key))
    .map((fact) => ({ before: fact, after: undefined }));
  return [...present, ...gone];
}

/**
 * What a subscription is to be told, from what it was last told and what holds now: no notice with a named reason, one,
 * or a correction and beside it what is new. Pure: the same two states give the same answer.
 */
export function noticesOf(
  conditions: Conditions,
  told: Told | null,
  brief: Brief,
): { readonly notices: readonly NoticeDraft[] } | { readonly silence: Silence } {
  const firing = met(conditions, brief.facts);
  if (told === null || told.ended) {
    if (firing.length === 0) return { silence: 'no-condition-met' };
    if (!firing.some(isNew)) return { silence: 'backfilled' };
    const stated = brief.facts.filter(
      ({ value, kind }) =>
        value !== null && (kind !== 'likelihood' || conditions.likelihood !== null) && !isQuiet(kind, value),
    );
    return {
      notices: [
        draft('initial', 'first-told', changed(stated.map((after) => ({ before: undefined, after }))), [], brief.facts),
      ],
    };
  }
  const contradictions = contradictionsOf(told.facts, brief);
  const wrong = new Set(contradictions.map(({ key }) => key));
  const corrections = contradictions.map((contradiction) => correctionOf(contradiction, told.facts));
  const changes = changesOf(told.facts, brief.facts).filter(({ before, after }) => !wrong.has((after ?? before)!.key));
  const takenBack = told.facts.some(({ kind }) => kind === 'lifecycle') && everyIncident(told, brief, 'retracted');
  if (takenBack)
    return { notices: [draft('retraction', 'every-incident-retracted', changed(changes), corrections, brief.facts)] };
  const notices: NoticeDraft[] = [];
  const worth = changes.filter(({ before, after }) => triggers(conditions, before, after));
  const silence: Silence =
    changes.length === 0 ? 'nothing-changed' : worth.length === 0 ? 'below-threshold' : 'backfilled';
  const isWorthIt = worth.some(({ before, after }) =>
    after ? isNew(after) : before !== undefined && brief.facts.some(isNew),
  );
  if (corrections.length > 0) {
    const kept = told.facts.filter(({ key }) => !wrong.has(key));
    const replaced = brief.facts.filter(({ key }) => wrong.has(key));
    notices.push(draft('correction', 'told-and-contradicted', [], corrections, [...kept, ...replaced]));
  }
  if (isWorthIt) {
    const over = firing.length === 0 && everyIncident(told, brief, 'resolved');
    notices.push(
      draft(over ? 'resolved' : 'update', over ? 'end-stated' : 'changed', changed(changes), [], brief.facts),
    );
  }
  return notices.length > 0 ? { notices } : { silence };
}

function draft(
  kind: NoticeKind,
  reason: string,
  changes: readonly Change[],
  corrections: readonly Correction[],
  told: readonly Fact[],
): NoticeDraft {
  return { kind, reason, changes, corrections, told };
}

function changed(pairs: readonly { before: Fact | undefined; after: Fact | undefined }[]): Change[] {
  return pairs.map(({ before, after }) => ({
    key: (after ?? before)!.key,
    kind: (after ?? before)!.kind,
    subject: (after ?? before)!.subject,
    from: before?.words ?? null,
    to: after?.words ?? null,
    claims: (after ?? before)!.claims,
  }));
}

function correctionOf({ key, reason, by }: Contradiction, told: readonly ToldFact[]): Correction {
  const fact = told.find((candidate) => candidate.key === key)!;
  return {
    subject: fact.subject,
    told: fact.words,
    toldBy: fact.claims,
    noticeIds: fact.noticeId === null ? [] : [fact.noticeId],
    reason,
    by,
  };
}

function isNew({ claims }: Fact): boolean {
  return claims.some(({ news }) => news);
}

/** Said to be fine: no news in the first notice. */
function isQuiet(kind: Fact['kind'], value: string): boolean {
  return (kind === 'zone' && value === 'no-impairment-stated') || (kind === 'quorum' && value !== 'lost');
}

/** Whether every incident that was told as open now has this lifecycle. */
function everyIncident(told: Told, brief: Brief, lifecycle: 'resolved' | 'retracted'): boolean {
  const open = told.facts.filter(
    ({ kind, value }) => kind === 'lifecycle' && value !== 'resolved' && value !== 'retracted',
  );
  return (
    open.length > 0 &&
    open.every(({ key }) => brief.facts.find((fact) => fact.key === key)?.value === lifecycle) &&
    !brief.facts.some(({ kind, value }) => kind === 'lifecycle' && value !== 'resolved' && value !== 'retracted')
  );
}
