import type { z } from 'zod';
import { tlpOf, type Claim } from '@faultline/evidence';
import {
  hostingOf,
  nameOf,
  type BlastRadius,
  type Disagreement,
  type Entity,
  type HostingAnswer as HostingModel,
  type Redundancy,
  type Stake,
  type Stated,
} from '@faultline/workloads';
import type {
  BlastRadiusView,
  DisagreementView,
  Entity as EntityDto,
  EntitySummary,
  HostingAnswer,
  ItemClaim,
  StatedFact,
  WorkloadSummary,
} from '../dto/workloads.js';
import { claimView, type ClaimContext } from './claim.view.js';

export const BLAST_RADIUS_LIMITS = [
  'Region level is the finest: nothing is known here of zones or sites of others, and nothing is inferred.',
  'Authorised in a partition is not hosted in a region; an operator is not a region.',
  'What nobody claims is not here. “None found” says what was searched and when, and is not “none”.',
];

/** What is needed to show claims of the stake side. */
export interface StakeContext {
  readonly stake: Stake;
  readonly claims: Omit<ClaimContext, 'peers'>;
  /** The claims a claim's status is worked out among. */
  readonly peersOf: (claim: Claim) => readonly Claim[];
}

const idsOf = (claims: readonly Claim[]): string[] => claims.map(({ id }) => id);

export function entitySummary(entity: Entity): z.infer<typeof EntitySummary> {
  const { id, kind, name, aliases, operatorId, partitionId, claims, disagreements, gaps } = entity;
  return {
    id,
    kind,
    name,
    aliases: [...aliases],
    operatorId,
    partitionId,
    claimCount: claims.length,
    disagreementCount: disagreements.length,
    gapCount: gaps.length,
    tlp: tlpOf(claims),
  };
}

export function workloadSummary(entity: Entity, { stake }: StakeContext): z.infer<typeof WorkloadSummary> {
  const values = entity.workload.map(({ value }) => value);
  const refs = (ids: readonly (string | null)[]) =>
    [...new Set(ids)].flatMap((id) => (id === null ? [] : [{ id, name: nameOf(stake, id) }]));
  return {
    ...entitySummary(entity),
    classes: [...new Set(values.flatMap((value) => value.class ?? []))].sort(),
    customers: refs(values.map(({ customerId }) => customerId)),
    platforms: refs(values.map(({ platformId }) => platformId)),
    hosting: hostingView(hostingOf(entity)),
  };
}

export function entityView(entity: Entity, context: StakeContext): z.infer<typeof EntityDto> {
  return {
    ...entitySummary(entity),
    workload: entity.workload.map(statedView),
    authorisations: entity.authorisations.map(statedView),
    commitments: entity.commitments.map(statedView),
    dependencies: entity.dependencies.map(statedView),
    hostedAt: entity.hosting.map(statedView),
    hosting: hostingView(hostingOf(entity)),
    disagreements: entity.disagreements.map((disagreement) => disagreementView(disagreement, context)),
    gaps: entity.gaps.map(({ id, retrievedAt, value: { topic, question, searchedIn, searchedOn, text } }) => ({
      ...{ topic, question, searchedIn, searchedOn, text },
      hindsight: retrievedAt > context.claims.coordinates.publicAt,
      claimId: id,
    })),
    claims: claimsOfEntity(entity).map((claim) => itemClaim(claim, context)),
  };
}

/** Every claim the page of an entity rests on: those that name it, and those its disagreements set side by side. */
export function claimsOfEntity({ claims, disagreements, hosting }: Entity): Claim[] {
  const beside = disagreements.flatMap(({ sides }) => sides.flatMap((side) => side.claims));
  const hosted = hosting.flatMap((statement) => [...statement.claims, ...statement.denials]);
  return [...new Set([...claims, ...beside, ...hosted])];
}

export function blastRadiusView(
  radius: BlastRadius,
  asked: { incidentId: string | null; severity: 'lost' | 'impaired' },
  context: StakeContext,
): z.infer<typeof BlastRadiusView> {
  const { stake } = context;
  return {
    subjects: radius.subjects.map((id) => ({ id, name: nameOf(stake, id) })),
    ...asked,
    direction: radius.direction,
    nodes: radius.nodes.map(({ id, name, effect, needs }) => ({
      id,
      name,
      kind: kindOf(stake, id),
      effect,
      needs: needs.map((need) => ({ ...need, on: [...need.on], redundancy: need.redundancy.map(redundancyView) })),
    })),
    edges: radius.edges.map(({ claims, denials, redundancy, contradictedIn, ...edge }) => ({
      ...edge,
      redundancy: redundancy.map(redundancyView),
      claimIds: idsOf(claims),
      denialClaimIds: idsOf(denials),
      contradictedIn: [...contradictedIn],
      tlp: tlpOf([...claims, ...denials]),
    })),
    hosting: radius.hosting.map(({ id, name, answer }) => ({ id, name, ...hostingView(answer) })),
    affected: radius.affected.map(({ party, claims }) => ({
      party,
      entityId:
        [...stake.entities.values()].find(({ name, aliases }) => [name, ...aliases].includes(party))?.id ?? null,
      claimIds: idsOf(claims),
    })),
    limits: BLAST_RADIUS_LIMITS,
    tlp: tlpOf(radius.claims),
    claims: radius.claims.map((claim) => itemClaim(claim, context)),
  };
}

function itemClaim(claim: Claim, { claims, peersOf }: StakeContext): z.infer<typeof ItemClaim> {
  return { ...claimView(claim, { ...claims, peers: peersOf(claim) }), itemId: claim.item.id };
}

interface AnyStated extends Pick<Stated<'workload'>, 'subject' | 'status' | 'contradictedIn'> {
  readonly value: object;
  readonly claims: readonly Claim[];
  readonly denials: readonly Claim[];
}

function statedView(statement: AnyStated): z.infer<typeof StatedFact> {
  return {
    subject: statement.subject,
    value: { ...statement.value },
    status: statement.status,
    claimIds: idsOf(statement.claims),
    denialClaimIds: idsOf(statement.denials),
    contradictedIn: [...statement.contradictedIn],
  };
}

function disagreementView(
  { number, claim, sides, partial }: Disagreement,
  { claims: { coordinates } }: StakeContext,
): z.infer<typeof DisagreementView> {
  const { point, relation, reading } = claim.value;
  return {
    number,
    point,
    relation,
    sides: sides.map((side) => ({ says: side.says, claimIds: idsOf(side.claims) })),
    reading: partial ? null : reading,
    hindsight: claim.retrievedAt > coordinates.publicAt,
    claimId: claim.id,
  };
}

function hostingView({ outcome, text, claims }: HostingModel): z.infer<typeof HostingAnswer> {
  return { outcome, text, claimIds: idsOf(claims) };
}

function redundancyView({ k, n, claims }: Redundancy): { k: number; n: number; claimIds: string[] } {
  return { k, n, claimIds: idsOf(claims) };
}

function kindOf({ entities, places }: Stake, id: string): string {
  if (entities.has(id)) return entities.get(id)!.kind;
  if (places.regions.has(id)) return 'region';
  return places.operators.has(id) ? 'operator' : 'partition';
}
