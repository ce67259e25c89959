import { isCredible, type Claim } from '@faultline/evidence';
import { edgesOf, type Edge, type Redundancy } from './edges.js';
import { hostedIn, hostingOf, nameOf, type HostingAnswer } from './searches.js';
import type { ClaimOf, Stake } from './stake.js';

export const DIRECTIONS = ['down', 'up'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/**
 * What the loss of the subject means for a thing that stands on it, as far as the claims say.
 * `cannot-run`: fewer alternatives remain than it is stated to need. `keeps-running`: enough remain.
 * `contested`: what is stated of its redundancy disagrees. `not-stated`: nobody says how many it needs.
 * `authorised-only`: it may run on something here; that it does, nobody says. `denied-only`: who may deny it did.
 */
export const EFFECTS = [
  'subject',
  'cannot-run',
  'contested',
  'not-stated',
  'keeps-running',
  'authorised-only',
  'denied-only',
] as const;
export type Effect = (typeof EFFECTS)[number];

/** One need of a thing: its alternatives, how many of them there must be, and what became of it. */
export interface Need {
  readonly group: string;
  readonly on: readonly string[];
  readonly redundancy: readonly Redundancy[];
  /** Null where a thing was reached from above: what it stands on is asked, not what the loss of that does. */
  readonly effect: Effect | null;
}

export interface ReachedNode {
  readonly id: string;
  readonly name: string;
  /** Null as in {@link Need}. */
  readonly effect: Effect | null;
  readonly needs: readonly Need[];
}

export interface BlastRadius {
  readonly subjects: readonly string[];
  readonly direction: Direction;
  /** In the order of their ids, the subjects among them. */
  readonly nodes: readonly ReachedNode[];
  readonly edges: readonly Edge[];
  /** What is known of hosting: in each region asked about, or of each workload and platform that was reached. */
  readonly hosting: readonly { readonly id: string; readonly name: string; readonly answer: HostingAnswer }[];
  /** Parties of which somebody said that they were affected in the regions asked about. Says nothing of what they run there. */
  readonly affected: readonly { readonly party: string; readonly claims: readonly ClaimOf<'affected-party'>[] }[];
  readonly claims: readonly Claim[];
}

/**
 * What stands on `subjects`, or what they stand on, edge by edge. `severity` `impaired` asks of subjects in trouble that
 * are not lost: then nothing is said to stop. Authorisations are shown and not followed; an edge denied by who may deny
 * it is shown and carries nothing; the word of sources that are not credible, and one that is contradicted, decides
 * nothing. Undefined where a subject is none of this stake, as every zone and site is.
 */
export function blastRadius(
  stake: Stake,
  subjects: readonly string[],
  direction: Direction,
  severity: 'lost' | 'impaired' = 'lost',
): BlastRadius | undefined {
  if (subjects.length === 0 || !subjects.every((id) => isSubject(stake, id))) return undefined;
  const all = edgesOf(stake);
  const reached = reach(all, subjects, direction);
  const nodes =
    direction === 'down' ? below(stake, reached.edges, all, subjects, severity) : above(stake, reached.ids, all);
  const live = direction === 'down' ? livingEdges(reached.edges, nodes) : reached.edges;
  const kept = nodes.filter(({ id }) => subjects.includes(id) || live.some(({ from, to }) => id === from || id === to));
  const regions = subjects.filter((id) => stake.places.regions.has(id));
  const hosting = [
    ...regions.map((id) => ({ id, name: nameOf(stake, id), answer: hostedIn(stake, id) })),
    ...(direction === 'up' || regions.length === 0 ? hostingOfEntities(stake, kept) : []),
  ];
  const affected = direction === 'down' ? affectedIn(stake, regions) : [];
  const claims = [
    ...live.flatMap((edge) => [...edge.claims, ...edge.denials]),
    ...hosting.flatMap(({ answer }) => answer.claims),
    ...affected.flatMap((party) => party.claims),
  ];
  return { subjects, direction, nodes: kept, edges: live, hosting, affected, claims: [...new Set(claims)] };
}

/** Whether something can be asked of it: an entity, a cloud region, a partition, an operator. Never a zone. */
export function isSubject({ entities, places }: Stake, id: string): boolean {
  return entities.has(id) || places.regions.has(id) || places.partitions.has(id) || places.operators.has(id);
}

/** Edges that lead on. Who has a workload is not lost with it, and what may run somewhere is not said to. */
function leadsOn(edge: Edge, direction: Direction): boolean {
  return edge.kind !== 'authorised' && !edge.denied && (direction === 'up' || edge.kind !== 'serves');
}

function reach(
  all: readonly Edge[],
  subjects: readonly string[],
  direction: Direction,
): { ids: ReadonlySet<string>; edges: Edge[] } {
  const byStart = new Map<string, Edge[]>();
  for (const edge of all) {
    const start = direction === 'down' ? edge.from : edge.to;
    byStart.set(start, [...(byStart.get(start) ?? []), edge]);
  }
  const ids = new Set(subjects);
  const edges: Edge[] = [];
  const queue = [...subjects];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    for (const edge of byStart.get(id) ?? []) {
      edges.push(edge);
      const next = direction === 'down' ? edge.to : edge.from;
      if (!leadsOn(edge, direction) || ids.has(next)) continue;
      ids.add(next);
      queue.push(next);
    }
  }
  return { ids, edges };
}

const RANK: Readonly<Record<Effect, number>> = {
  'authorised-only': 0,
  'denied-only': 0,
  'keeps-running': 1,
  'not-stated': 2,
  contested: 2,
  'cannot-run': 3,
  subject: 3,
};

/** The effects on all that was reached from above: raised until nothing changes; they only ever rise, so that ends. */
function below(
  stake: Stake,
  reached: readonly Edge[],
  all: readonly Edge[],
  subjects: readonly string[],
  severity: 'lost' | 'impaired',
): ReachedNode[] {
  const incoming = new Map<string, Edge[]>();
  for (const edge of all) incoming.set(edge.to, [...(incoming.get(edge.to) ?? []), edge]);
  const ids = [...new Set([...subjects, ...reached.map(({ to }) => to)])].sort();
  const effects = new Map<string, Effect>(subjects.map((id) => [id, 'subject']));
  const rankOf = (id: string): number => {
    const effect = effects.get(id);
    if (effect === undefined) return 0;
    return effect === 'subject' && severity === 'impaired' ? RANK['not-stated'] : RANK[effect];
  };
  const needs = new Map<string, Need[]>();
  for (let changed = true; changed;) {
    changed = false;
    for (const id of ids) {
      if (subjects.includes(id)) continue;
      const of = needsOf(incoming.get(id) ?? [], rankOf);
      const effect = worst(of.map((need) => need.effect)) ?? untouched(incoming.get(id) ?? []);
      needs.set(id, of);
      if (effects.get(id) === effect) continue;
      effects.set(id, effect);
      changed = true;
    }
  }
  return ids.map((id) => ({ id, name: nameOf(stake, id), effect: effects.get(id)!, needs: needs.get(id) ?? [] }));
}

/** The needs of one thing that something here touches, each with what is left of it. */
function needsOf(incoming: readonly Edge[], rankOf: (id: string) => number): (Need & { effect: Effect })[] {
  const groups = new Map<string, Edge[]>();
  for (const edge of incoming.filter((edge) => leadsOn(edge, 'up'))) {
    const group = goesWith(edge) ? `${edge.group} ${edge.from}` : edge.group;
    groups.set(group, [...(groups.get(group) ?? []), edge]);
  }
  return [...groups.values()].flatMap((edges) => {
    const touched = edges.filter(({ from }) => rankOf(from) >= RANK['not-stated']);
    if (touched.length === 0) return [];
    const [first] = edges;
    const on = [...new Set(edges.map(({ from }) => from))].sort();
    const redundancy = edges.flatMap((edge) => edge.redundancy);
    return [{ group: first!.group, on, redundancy, effect: effectOf(edges, redundancy, rankOf) }];
  });
}

function effectOf(edges: readonly Edge[], redundancy: readonly Redundancy[], rankOf: (id: string) => number): Effect {
  const on = new Set(edges.map(({ from }) => from));
  const surelyLost = (from: string) =>
    rankOf(from) === RANK['cannot-run'] && edges.some((edge) => edge.from === from && edge.credible);
  const lost = [...on].filter(surelyLost).length;
  const maybe = [...on].filter((from) => rankOf(from) >= RANK['not-stated'] && !surelyLost(from)).length;
  const whole = edges.every(goesWith);
  const credible = redundancy.filter(({ claims }) => claims.some(isCredible));
  const stated = whole ? [{ k: 1, n: 1 }] : credible;
  if (stated.length === 0) return 'not-stated';
  const { k, n } = stated[0]!;
  const disagree =
    stated.some((other) => other.k !== k || other.n !== n) ||
    on.size > n ||
    edges.some(({ contradictedIn }) => contradictedIn.length > 0);
  if (disagree && !whole) return 'contested';
  if (!edges.some(carriesTheRun)) return 'not-stated';
  if (n - lost < k) return 'cannot-run';
  return n - lost - maybe < k ? 'not-stated' : 'keeps-running';
}

/** What was bought through somebody, or supplied by them, may run on without them. */
function carriesTheRun({ role }: Edge): boolean {
  return role !== 'bought-through' && role !== 'supplied-by';
}

/** One thing by two ids, a part of a whole, a workload its customer has: what becomes of the one becomes of the other. */
function goesWith({ kind, role }: Edge): boolean {
  return kind === 'is' || kind === 'serves' || role === 'part-of';
}

function worst(effects: readonly Effect[]): Effect | undefined {
  return effects.reduce<Effect | undefined>((held, next) => {
    if (held === undefined || RANK[next] > RANK[held]) return next;
    return RANK[next] === RANK[held] && next === 'contested' ? next : held;
  }, undefined);
}

/** Of what was reached by edges that carry nothing. */
function untouched(incoming: readonly Edge[]): Effect {
  return incoming.some(({ kind, denied }) => kind === 'authorised' && !denied) ? 'authorised-only' : 'denied-only';
}

/** Without what lies behind something that keeps running: there the loss ends. */
function livingEdges(reached: readonly Edge[], nodes: readonly ReachedNode[]): Edge[] {
  const effects = new Map(nodes.map(({ id, effect }) => [id, effect]));
  return reached.filter(({ from }) => RANK[effects.get(from) ?? 'authorised-only'] >= RANK['not-stated']);
}

function above(stake: Stake, ids: ReadonlySet<string>, all: readonly Edge[]): ReachedNode[] {
  const shown = new Set([...ids, ...all.filter(({ to }) => ids.has(to)).map(({ from }) => from)]);
  return [...shown].sort().map((id) => {
    const groups = new Map<string, Edge[]>();
    for (const edge of all.filter(({ to, kind }) => to === id && kind === 'needs' && ids.has(id))) {
      groups.set(edge.group, [...(groups.get(edge.group) ?? []), edge]);
    }
    const needs = [...groups].map(([group, edges]) => ({
      group,
      on: [...new Set(edges.map(({ from }) => from))].sort(),
      redundancy: edges.flatMap((edge) => edge.redundancy),
      effect: null,
    }));
    return { id, name: nameOf(stake, id), effect: null, needs };
  });
}

function hostingOfEntities(stake: Stake, nodes: readonly ReachedNode[]): BlastRadius['hosting'] {
  return nodes.flatMap(({ id, name }) => {
    const entity = stake.entities.get(id);
    return entity && (entity.kind === 'workload' || entity.kind === 'platform')
      ? [{ id, name, answer: hostingOf(entity) }]
      : [];
  });
}

function affectedIn(stake: Stake, regions: readonly string[]): BlastRadius['affected'] {
  const parties = new Map<string, ClaimOf<'affected-party'>[]>();
  for (const claim of stake.affected.filter(({ subject }) => regions.includes(subject))) {
    parties.set(claim.value.party, [...(parties.get(claim.value.party) ?? []), claim]);
  }
  return [...parties].map(([party, claims]) => ({ party, claims })).sort((a, b) => (a.party < b.party ? -1 : 1));
}
