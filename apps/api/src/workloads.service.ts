import { Injectable } from '@nestjs/common';
import { blockOf, challengesIn, type AsOfQuestion, type Claim } from '@faultline/evidence';
import type { WorldAt } from '@faultline/exposures';
import { blastRadius, stakeOf, type Entity, type Stake } from '@faultline/workloads';
import type { BlastRadiusQuestion } from './dto/workloads.js';
import { pageOf, type ListQuestion } from './http/page.js';
import { ProblemException } from './http/problem.filter.js';
import { notFound } from './places.service.js';
import { Reader } from './reader.js';
import {
  blastRadiusView,
  claimsOfEntity,
  entitySummary,
  entityView,
  workloadSummary,
  type StakeContext,
} from './views/workload.view.js';

@Injectable()
export class WorkloadsService {
  /** What was projected of a world stays right for as long as that world is kept. */
  private readonly stakes = new WeakMap<WorldAt, Stake>();

  constructor(private readonly reader: Reader) {}

  workloads(question: ListQuestion) {
    return this.list(question, ({ kind }) => kind === 'workload', workloadSummary);
  }

  workload(workloadId: string, question: AsOfQuestion) {
    return this.page(workloadId, 'workload', question, ({ kind }) => kind === 'workload');
  }

  entities(question: ListQuestion) {
    return this.list(question, () => true, entitySummary);
  }

  entity(entityId: string, question: AsOfQuestion) {
    return this.page(entityId, 'entity', question, () => true);
  }

  blastRadius(question: BlastRadiusQuestion) {
    const { subject, direction } = question;
    return this.reader.read(question, (at) => {
      const context = this.context(at);
      if (context.stake.places.zones.has(subject)) {
        const detail = `got ${JSON.stringify(subject)}, a zone: there is no way from a zone to who is in it; ask of its cloud region`;
        throw new ProblemException(400, 'subject.too_fine', detail);
      }
      const incident = at.world.view.incidents.find(({ id }) => id === subject);
      const severity = incident ? ('impaired' as const) : ('lost' as const);
      const subjects = incident ? incident.regionIds.filter((id) => context.stake.places.regions.has(id)) : [subject];
      if (incident && subjects.length === 0) {
        throw new ProblemException(
          400,
          'subject.no_region',
          'got an incident in no cloud region: ask of one that has one',
        );
      }
      const radius = blastRadius(context.stake, subjects, direction, severity);
      if (!radius) throw notFound('cloud region, partition, operator, entity or incident', subject);
      const data = blastRadiusView(radius, { incidentId: incident?.id ?? null, severity }, context);
      return { data, claims: radius.claims };
    });
  }

  private async list<V extends { id: string }>(
    question: ListQuestion,
    wanted: (entity: Entity) => boolean,
    view: (entity: Entity, context: StakeContext) => V,
  ) {
    const { data, coordinates } = await this.reader.read(question, (at) => {
      const context = this.context(at);
      const entities = [...context.stake.entities.values()].filter(wanted);
      const { page, next } = pageOf(entities, question, ({ id }) => id);
      const claims = new Set<Claim>(page.flatMap((entity) => entity.claims));
      return { data: { rows: page.map((entity) => view(entity, context)), next }, claims: [...claims] };
    });
    return { data: data.rows, next: data.next, coordinates };
  }

  private page(id: string, kind: string, question: AsOfQuestion, wanted: (entity: Entity) => boolean) {
    return this.reader.read(question, (at) => {
      const context = this.context(at);
      const entity = context.stake.entities.get(id);
      if (!entity || !wanted(entity)) throw notFound(kind, id);
      return { data: entityView(entity, context), claims: claimsOfEntity(entity) };
    });
  }

  private context(at: WorldAt): StakeContext {
    const { coordinates, view, places } = at.world;
    const stake = this.stakes.get(at) ?? stakeOf(view.visible, places, coordinates);
    this.stakes.set(at, stake);
    return {
      stake,
      claims: {
        coordinates,
        cadenceOf: (feedId) => this.reader.cadenceOf(feedId),
        challenges: challengesIn(view.visible),
      },
      peersOf: (claim) =>
        stake.entities.get(claim.subject)?.claims ?? view.visible.filter((peer) => blockOf(peer) === blockOf(claim)),
    };
  }
}
