import { isCredible, type Claim } from '@faultline/evidence';
import type { ClaimOf, Stake, Stated } from './stake.js';

/**
 * What joins a thing to one that stands on it.
 * `hosted`: said to run in that region or partition. `platform`: a workload of that platform. `needs`: a dependency.
 * `serves`: a customer has that workload. `is`: one thing by two ids, or a part of the operator's own list.
 * `authorised`: may run there. It says nothing of where anything runs, and leads nowhere else.
 */
export const EDGE_KINDS = ['hosted', 'platform', 'needs', 'serves', 'is', 'authorised'] as const;
export type EdgeKind = (typeof EDGE_KINDS)[number];

/** How many of the alternatives of a need there must be, and who says so. */
export interface Redundancy {
  readonly k: number;
  readonly n: number;
  readonly claims: readonly Claim[];
}

export interface Edge {
  /** What is stood on. */
  readonly from: string;
  /** What stands on it. */
  readonly to: string;
  readonly kind: EdgeKind;
  /** Of a dependency: in which way. */
  readonly role: ClaimOf<'dependency'>['value']['role'] | null;
  /** Edges to one thing with one group are alternatives of one need. */
  readonly group: string;
  /** Every redundancy that is stated, side by side; empty where none is. */
  readonly redundancy: readonly Redundancy[];
  readonly claims: readonly Claim[];
  readonly denials: readonly Claim[];
  /** False where only sources say so that are not credible. */
  readonly credible: boolean;
  /** Denied by who may say so: shown, and it carries nothing. */
  readonly denied: boolean;
  readonly contradictedIn: readonly string[];
}

/** All edges of a stake, each once, in a fixed order. From a zone or a site there is none, since no claim has one. */
export function edgesOf(stake: Stake): Edge[] {
  const edges = new Map<string, Edge>();
  const add = (edge: Edge): void => {
    const key = JSON.stringify([edge.from, edge.to, edge.kind, edge.role, edge.group]);
    const held = edges.get(key);
    edges.set(key, held ? merged(held, edge) : edge);
  };
  for (const statement of stake.hosting) add(edgeOf(statement, statement.value.at.id, statement.subject, 'hosted'));
  for (const statement of stake.workloads) {
    const { platformId, customerId } = statement.value;
    const { subject } = statement;
    if (platformId !== null) add(edgeOf(statement, platformId, subject, 'platform'));
    if (customerId !== null) add(edgeOf(statement, subject, customerId, 'serves'));
  }
  for (const statement of stake.dependencies) {
    const { on, role, group, redundancy } = statement.value;
    const { claims } = statement;
    const stated = redundancy === null ? [] : [{ ...redundancy, claims }];
    add({ ...edgeOf(statement, on, statement.subject, 'needs'), role, group, redundancy: stated });
  }
  for (const statement of stake.authorisations) {
    const { partitionId, platformId } = statement.value;
    for (const place of [partitionId, platformId]) {
      if (place !== null) add(edgeOf(statement, place, statement.subject, 'authorised'));
    }
  }
  for (const edge of ownEdges(stake, new Set([...edges.values()].map(({ from }) => from)))) add(edge);
  return [...edges.values()].sort(byEnds);
}

/** What the reference data and the names say: which entity is which operator or partition, and whose a hosting region is. */
function ownEdges({ entities, places }: Stake, used: ReadonlySet<string>): Edge[] {
  const same = (from: string, to: string, claim: Claim | undefined): Edge[] =>
    claim === undefined ? [] : [{ ...BARE, from, to, kind: 'is', claims: [claim] }];
  const named = [...entities.values()].flatMap(({ id, operatorId, partitionId, claims }) => {
    const naming = claims.find(({ predicate, subject }) => predicate === 'entity' && subject === id);
    return [operatorId, partitionId].flatMap((place) => (place === null ? [] : same(place, id, naming)));
  });
  // Only of regions and partitions something stands on: from an operator down, never from it to where a workload runs.
  const onPartition = new Set([...used, ...named.map(({ from }) => from)]);
  const listed = [
    ...[...places.regions.values()]
      .filter(({ id }) => used.has(id))
      .flatMap(({ id, operatorId, claim }) => same(operatorId, id, claim)),
    ...[...places.partitions.values()]
      .filter(({ id }) => onPartition.has(id) && id !== places.partitions.get(id)?.operatorId)
      .flatMap(({ id, operatorId, claim }) => same(operatorId, id, claim)),
  ];
  return [...named, ...listed];
}

const BARE = {
  role: null,
  group: 'is',
  redundancy: [],
  denials: [],
  credible: true,
  denied: false,
  contradictedIn: [],
} as const;

type Kind = 'hosting' | 'workload' | 'dependency' | 'authorisation';

function edgeOf<P extends Kind>(statement: Stated<P>, from: string, to: string, kind: EdgeKind): Edge {
  const { claims, denials, status, contradictedIn } = statement;
  const credible = claims.some(isCredible);
  return {
    ...BARE,
    from,
    to,
    kind,
    group: kind,
    claims,
    denials,
    credible,
    denied: status === 'denied',
    contradictedIn,
  };
}

function merged(a: Edge, b: Edge): Edge {
  return {
    ...a,
    redundancy: [...a.redundancy, ...b.redundancy],
    claims: [...new Set([...a.claims, ...b.claims])],
    denials: [...new Set([...a.denials, ...b.denials])],
    credible: a.credible || b.credible,
    denied: a.denied && b.denied,
    contradictedIn: [...new Set([...a.contradictedIn, ...b.contradictedIn])].sort(),
  };
}

function byEnds(a: Edge, b: Edge): number {
  const [x, y] = [keyOf(a), keyOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function keyOf({ from, to, kind, role, group }: Edge): string {
  return `${from} ${to} ${kind} ${role ?? ''} ${group}`;
}
