import type { z } from 'zod';
import { ageHours, claimStatus, speaksOfItsOwn, tlpOf, type Claim } from '@faultline/evidence';
import {
  coverageSummary,
  notesOfInput,
  zoneLabel,
  type Ahead,
  type Exposure,
  type ExplainedScore,
  type Now,
} from '@faultline/exposures';
import type { IncidentAccount } from '@faultline/incidents';
import type { CloudRegion, Operator, Places } from '@faultline/places';
import { MODEL_LIMITS } from '@faultline/scoring';
import type { Exposure as ExposureDto, ExposureSummary } from '../dto/exposures.js';
import type { CloudRegion as CloudRegionDto, Operator as OperatorDto } from '../dto/places.js';
import { claimText, claimView, sourceView, type ClaimContext } from './claim.view.js';
import { claimsShown, incidentsShown, MOST_SHOWN, shownOf } from './shown.js';
import { coincidentView, incidentView, statementView } from './incident.view.js';

export function regionView(region: CloudRegion): z.infer<typeof CloudRegionDto> {
  const { claim } = region;
  return {
    id: region.id,
    name: region.name,
    operatorId: region.operatorId,
    partitionId: region.partitionId,
    metro: region.metro,
    country: region.country,
    lonLat: region.lonLat,
    precisionKm: region.precisionKm,
    precisionMethod: region.precisionMethod,
    zoneIds: [...region.zoneIds],
    zoneCount: region.zoneCount,
    listed: region.listed,
    claimId: claim.id,
    source: claim.source.name,
    sourceUrl: claim.url,
    retrievedAt: claim.retrievedAt,
  };
}

export function operatorView(operator: Operator, { regions }: Places): z.infer<typeof OperatorDto> {
  const { id, name, kind, url, claim } = operator;
  const regionCount = [...regions.values()].filter(({ operatorId }) => operatorId === id).length;
  return { id, name, kind, url, regionCount, claimId: claim.id };
}

export function exposureSummary(exposure: Exposure): z.infer<typeof ExposureSummary> {
  const { region } = exposure;
  return {
    regionId: region.id,
    name: region.name,
    operatorId: region.operatorId,
    partitionId: region.partitionId,
    metro: region.metro,
    country: region.country,
    lonLat: region.lonLat,
    precisionKm: region.precisionKm,
    now: nowSummary(exposure.now),
    ahead: aheadSummary(exposure.ahead),
    coverage: coverageSummary(exposure.coverage),
    tlp: tlpOf(exposure.claims),
  };
}

export function exposureView(
  exposure: Exposure,
  all: readonly IncidentAccount[],
  revisions: ReadonlyMap<string, number>,
  context: ClaimContext,
): z.infer<typeof ExposureDto> {
  const { now, ahead } = exposure;
  const { publicAt } = context.coordinates;
  const id = encodeURIComponent(exposure.region.id);
  const incidents = incidentsShown(exposure);
  const coincident = exposure.coincident.slice(-MOST_SHOWN.coincident);
  const claims = claimsShown(exposure, incidents);
  const notKnown = exposure.notKnown.slice(-MOST_SHOWN.notKnown);
  const leftOut = exposure.leftOut.slice(0, MOST_SHOWN.leftOut);
  const incidentList = `/api/v1/incidents?region=${id}`;
  return {
    region: regionView(exposure.region),
    now: {
      disagreement: exposure.disagreement
        ? { ...exposure.disagreement, claimIds: [...exposure.disagreement.claimIds] }
        : null,
      ...nowSummary(now),
      zones: now.zones.map(({ id, state, stated, alreadyLost }) => ({
        id,
        state,
        label: zoneLabel({ state, stated }),
        text: stated ? claimText(stated.claim) : null,
        claimId: stated?.claim.id ?? null,
        source: stated ? sourceView(stated.claim.source) : null,
        statedAt: stated?.claim.publishedAt?.latest ?? null,
        ageHours: stated?.ageHours ?? null,
        freshness: stated?.freshness ?? null,
        alreadyLost,
      })),
      operatorsWord: operatorsWord(exposure.claims, publicAt),
      against: now.against.map((claim) =>
        statementView({ claim, key: claim.value.state, status: claimStatus(claim, exposure.claims) }, publicAt),
      ),
      incidents: incidents.map((incident) => incidentView(incident, all, revisions.get(incident.id) ?? null, context)),
      coincident: coincident.map(coincidentView),
    },
    ahead: {
      ...aheadSummary(ahead),
      likelihood: ahead.likelihood && scoreView(ahead.likelihood),
      exposureAtReferenceSize: ahead.exposureAtReferenceSize && scoreView(ahead.exposureAtReferenceSize),
      probabilities: ahead.probabilities.map((probability) => ({ ...probability })),
      frozenSince: ahead.frozenSince,
      modelVersion: ahead.modelVersion,
      parameterHash: ahead.parameterHash,
      inputHash: ahead.inputHash,
      notes: notesOfInput(exposure.input),
      limits: [...MODEL_LIMITS],
    },
    yours: { outcome: 'no-portfolio', text: 'No portfolio is loaded, so nothing is known of what is yours here.' },
    notKnown: notKnown.map((item) => ({ ...item })),
    defaulted: exposure.defaulted.map((item) => ({ ...item })),
    leftOut: leftOut.map((item) => ({ ...item })),
    hosting: { ...exposure.hosting, claimIds: [...exposure.hosting.claimIds] },
    claims: claims.map((claim) => claimView(claim, { ...context, peers: exposure.claims })),
    coverage: exposure.coverage.map((statement) => ({ ...statement, feedIds: [...statement.feedIds] })),
    tlp: tlpOf(exposure.claims),
    shown: {
      incidents: shownOf(incidents.length, exposure.incidents.length, incidentList),
      coincident: shownOf(
        coincident.length,
        exposure.coincident.length,
        `/api/v1/incidents?country=${exposure.region.country}`,
      ),
      claims: shownOf(claims.length, exposure.claims.length, `/api/v1/claims?region=${id}`),
      notKnown: shownOf(notKnown.length, exposure.notKnown.length, incidentList),
      leftOut: shownOf(leftOut.length, exposure.leftOut.length, incidentList),
    },
  };
}

function nowSummary(now: Now): z.infer<typeof ExposureSummary>['now'] {
  const claim = now.stated?.claim;
  return {
    state: now.state,
    label: now.label,
    since: now.since,
    statedBy: claim ? sourceView(claim.source) : null,
    statedAt: claim?.publishedAt?.latest ?? null,
    ageHours: now.stated?.ageHours ?? null,
    freshness: now.freshness,
    lapse: now.lapse,
    demoted: now.demoted,
    zonesTotal: now.zonesTotal,
    zonesDown: now.zonesDown,
    zonesLost: now.zonesLost,
    quorum: now.quorum,
    quorumText: now.quorumText,
  };
}

function aheadSummary(ahead: Ahead): z.infer<typeof ExposureSummary>['ahead'] {
  const [month] = ahead.probabilities;
  return {
    outcome: ahead.outcome,
    reason: ahead.reason,
    likelihoodScore: ahead.likelihood?.score ?? null,
    likelihoodBand: ahead.likelihood?.band ?? null,
    probability30: month ? { pDamage: month.pDamage, p05: month.p05, p50: month.p50, p95: month.p95 } : null,
  };
}

function scoreView(scored: ExplainedScore): NonNullable<z.infer<typeof ExposureDto>['ahead']['likelihood']> {
  return {
    ...scored,
    contributions: scored.contributions.map((contribution) => ({
      ...contribution,
      claimIds: contribution.claimIds.slice(-MOST_SHOWN.claimIds),
      claimCount: contribution.claimIds.length,
      parts: partsView(contribution.parts),
    })),
  };
}

type Parts = ExplainedScore['contributions'][number]['parts'];

/** The weightiest parts, and the sum of the rest: they still add up. */
function partsView(parts: Parts) {
  const kept = new Set([...parts].sort((a, b) => Math.abs(b.points) - Math.abs(a.points)).slice(0, MOST_SHOWN.parts));
  const rest = parts.filter((part) => !kept.has(part));
  const shown = parts
    .filter((part) => kept.has(part))
    .map((part) => ({ ...part, claimIds: part.claimIds.slice(-MOST_SHOWN.claimIds) }));
  if (rest.length === 0) return shown;
  const points = rest.reduce((sum, part) => sum + part.points, 0);
  return [...shown, { id: 'rest', label: `${rest.length} more`, points, claimIds: [] }];
}

function operatorsWord(
  claims: readonly Claim[],
  publicAt: string,
): z.infer<typeof ExposureDto>['now']['operatorsWord'] {
  const last = claims
    .filter((claim) => claim.publishedAt !== null && claim.source.class === 'provider' && speaksOfItsOwn(claim))
    .at(-1);
  if (!last?.publishedAt) return null;
  const { latest } = last.publishedAt;
  return { claimId: last.id, text: claimText(last), publishedAt: latest, ageHours: ageHours(latest, publicAt) ?? 0 };
}
