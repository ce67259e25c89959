import type { z } from 'zod';
import { ageHours } from '@faultline/evidence';
import {
  coincidentWith,
  type Coincidence,
  type IncidentAccount,
  type Statement as StatementModel,
} from '@faultline/incidents';
import type { Coincident, Incident, IncidentSummary, Statement } from '../dto/incidents.js';
import { linksShown, MOST_SHOWN, shownOf } from './shown.js';
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
  const links = linksShown(incident);
  const beside = coincidentWith(incident, all);
  const coincident = beside.slice(0, MOST_SHOWN.coincidentOfIncident);
  return {
    ...incidentSummary(incident),
    aspects: incident.aspects.map((aspect) => ({
      aspect: aspect.aspect,
      outcome: aspect.outcome,
      statedByOperator: aspect.statedByOperator,
      statements: aspect.statements
        .slice(-MOST_SHOWN.statementsOfAspect)
        .map((statement) => statementView(statement, publicAt)),
    })),
    links: links.map(({ claim, score, reasons }) => ({ claimId: claim.id, score, reasons: [...reasons] })),
    claims: links.map(({ claim }) => claimView(claim, { ...context, peers })),
    coincident: coincident.map(coincidentView),
    shown: {
      claims: shownOf(links.length, peers.length, `/api/v1/incidents/${incident.id}/revisions`),
      coincident: shownOf(coincident.length, beside.length, listOf(incident)),
    },
    revision,
  };
}

function listOf({ countries, regionIds }: IncidentAccount): string {
  const [country] = countries;
  const [regionId] = regionIds;
  if (country !== undefined) return `/api/v1/incidents?country=${country}`;
  return regionId === undefined ? '/api/v1/incidents' : `/api/v1/incidents?region=${encodeURIComponent(regionId)}`;
}
