import { Injectable } from '@nestjs/common';
import { blockOf, challengesIn, type AsOfQuestion, type Claim } from '@faultline/evidence';
import type { WorldAt } from '@faultline/exposures';
import { lastRevisions, revisionsOf, type IncidentAccount } from '@faultline/incidents';
import type { ClaimsQuestion, IncidentsQuestion } from './dto/questions.js';
import { pageOf, type ListQuestion } from './http/page.js';
import { ProblemException } from './http/problem.filter.js';
import { notFound } from './places.service.js';
import { Reader } from './reader.js';
import { claimView, type ClaimContext } from './views/claim.view.js';
import { incidentSummary, incidentView } from './views/incident.view.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

@Injectable()
export class IncidentsService {
  constructor(private readonly reader: Reader) {}

  async list(question: IncidentsQuestion) {
    const { data, coordinates } = await this.reader.read(question, ({ world }) => {
      const wanted = world.view.incidents.filter(
        (incident) =>
          (question.region === undefined || incident.regionIds.includes(question.region)) &&
          (question.country === undefined || incident.countries.includes(question.country)) &&
          (question.peril === undefined || incident.peril === question.peril),
      );
      const { page, next } = pageOf(wanted, question, (incident) => incident.id);
      return { data: { rows: page.map(incidentSummary), next }, claims: claimsOf(page) };
    });
    return { data: data.rows, next: data.next, coordinates };
  }

  one(incidentId: string, question: AsOfQuestion) {
    requireUuid(incidentId);
    return this.reader.read(question, async (at, tx) => {
      const { incidents } = at.world.view;
      const incident = incidents.find(({ id, joinedIds }) => id === incidentId || joinedIds?.includes(incidentId));
      if (!incident) throw notFound('incident', incidentId);
      const revisions = await lastRevisions(tx, [incident.id], at.world.coordinates.position);
      const view = incidentView(incident, incidents, revisions.get(incident.id) ?? null, this.context(at));
      return { data: view, claims: claimsOf([incident]) };
    });
  }

  async revisions(incidentId: string, question: ListQuestion) {
    requireUuid(incidentId);
    const { data, coordinates } = await this.reader.read(question, async ({ world }, tx) => {
      const revisions = await revisionsOf(tx, incidentId, world.coordinates.position);
      if (revisions.length === 0) throw notFound('recorded incident', incidentId);
      const { page, next } = pageOf(revisions, question, ({ revision }) => String(revision));
      const rows = page.map(({ state, ...revision }) => ({ ...revision, claimIds: state.claimIds, state }));
      const cited = new Set(page.flatMap(({ state }) => state.claimIds));
      return { data: { rows, next }, claims: world.view.visible.filter((claim) => cited.has(claim.id)) };
    });
    return { data: data.rows, next: data.next, coordinates };
  }

  async claims(question: ClaimsQuestion) {
    const { data, coordinates } = await this.reader.read(question, (at) => {
      const wanted = at.world.view.visible.filter(
        (claim) =>
          (question.subject === undefined || claim.subject === question.subject) &&
          (question.predicate === undefined || claim.predicate === question.predicate) &&
          (question.region === undefined || claim.place.regionIds.includes(question.region)) &&
          (question.feed === undefined || claim.feedId === question.feed),
      );
      const { page, next } = pageOf(wanted, question, (claim) => claim.id);
      return { data: { rows: page.map((claim) => this.view(claim, at)), next }, claims: page };
    });
    return { data: data.rows, next: data.next, coordinates };
  }

  claim(claimId: string, question: AsOfQuestion) {
    requireUuid(claimId);
    return this.reader.read(question, (at) => {
      const claim = at.world.view.visible.find(({ id }) => id === claimId);
      if (!claim) throw notFound('claim', claimId);
      return { data: this.view(claim, at), claims: [claim] };
    });
  }

  private view(claim: Claim, at: WorldAt) {
    const block = blockOf(claim);
    const peers = block === 'place' ? [claim] : at.world.view.visible.filter((peer) => blockOf(peer) === block);
    return claimView(claim, { ...this.context(at), peers });
  }

  private context(at: WorldAt): ClaimContext {
    return {
      coordinates: at.world.coordinates,
      peers: at.world.view.visible,
      cadenceOf: (feedId) => this.reader.cadenceOf(feedId),
      lapses: at.world.lapses,
      challenges: challengesIn(at.world.view.visible),
    };
  }
}

function claimsOf(incidents: readonly IncidentAccount[]): Claim[] {
  return [...new Set(incidents.flatMap(({ links }) => links.map(({ claim }) => claim)))];
}

function requireUuid(id: string): void {
  if (!UUID.test(id))
    throw new ProblemException(400, 'id.format', `got ${JSON.stringify(id.slice(0, 80))}, wanted a UUID in lower case`);
}
