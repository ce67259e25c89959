import type { z } from 'zod';
import { ageHours } from '@faultline/evidence';
import {
  coincidentWith,
  type Coincidence,
  type IncidentAccount,
  type Statement as StatementModel,
} from '@faultline/incidents';
import type { Coincident, Incident, IncidentSummary, Statement } from '../dto/incidents.js';
import { claimText, claimView, sourceView, type ClaimContext } from './claim.view.js';

export function incidentSummary(incident: IncidentAccount): z.infer<typeof IncidentSummary> {
  return {
    id: incident.id,
    title: incident.title,
    peril: incident.peril,
    lifecycle: incident.lifecycle,
    status: incident.status,
    onset: incident.onset,
    lastStatementAt: incident.lastStatementAt,
    regionIds: [...incident.regionIds],
    zoneIds: [...incident.zoneIds],
    countries: [...incident.countries],
    position: incident.position,
    severity: incident.severity,
    claimCount: incident.links.length,
    originCount: incident.originCount,
    freshness: incident.freshness,
    lapse: incident.lapse ?? null,
    joinedIds: [...(incident.joinedIds ?? [])],
  };
}

export function coincidentView({ incident, reason }: Coincidence): z.infer<typeof Coincident> {
  return { incident: incidentSummary(incident), link: 'no link asserted', reason };
}

export function statementView({ claim, key, status }: StatementModel, publicAt: string): z.infer<typeof Statement> {
  const published = claim.publishedAt?.latest ?? null;
  return {
    claimId: claim.id,
    text: claimText(claim),
    key,
    stance: claim.stance,
    status,
    source: sourceView(claim.source),
    publishedAt: published,
    ageHours: ageHours(published, publicAt),
  };
}

export function incidentView(
  incident: IncidentAccount,
  all: readonly IncidentAccount[],
  revision: number | null,
  context: ClaimContext,
): z.infer<typeof Incident> {
  const { publicAt } = context.coordinates;
  const peers = incident.links.map(({ claim }) => claim);
  return {
    ...incidentSummary(incident),
    aspects: incident.aspects.map((aspect) => ({
      aspect: aspect.aspect,
      outcome: aspect.outcome,
      statedByOperator: aspect.statedByOperator,
      statements: aspect.statements.map((statement) => statementView(statement, publicAt)),
    })),
    links: incident.links.map(({ claim, score, reasons }) => ({ claimId: claim.id, score, reasons: [...reasons] })),
    claims: peers.map((claim) => claimView(claim, { ...context, peers })),
    coincident: coincidentWith(incident, all).map(coincidentView),
    revision,
  };
}
