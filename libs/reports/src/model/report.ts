import { claimStatus, freshness, type Claim, type Poll, tlpOf } from '@faultline/evidence';
import {
  DEFAULT_PARAMETERS,
  MODEL_LIMITS,
  PARAMETER_BASIS,
  zoneLabel,
  type Exposure,
  type Now,
  type World,
} from '@faultline/exposures';
import type { IncidentAccount } from '@faultline/incidents';
import type { LedgerLeaf } from '@faultline/ledger';
import {
  challengesPart,
  decisionsPart,
  hostingClaimsPart,
  agePart,
  aheadPart,
  basisPart,
  hindsightOf,
  oldestInputOf,
} from './derive.js';
import { gapsOf } from './gaps.js';
import { REPORT_SCHEMA, type CitedClaim, type Report } from './report-schema.js';

/** A claim is news for a day and old after a month; as in every answer. */
const CLAIM_AGE = { freshHours: 24, staleHours: 24 * 30 };

/** The claims a report on this exposure cites, in the order of publication: all of them must have a leaf. */
export function citedClaims(exposure: Exposure, world: World): Claim[] {
  const ids = new Set(exposure.claims.map(({ id }) => id));
  for (const { incident } of exposure.coincident) for (const { claim } of incident.links) ids.add(claim.id);
  for (const { claim } of exposure.now.reach ? [exposure.now.reach] : []) ids.add(claim.id);
  const cited = world.view.visible.filter(({ id }) => ids.has(id));
  const items = new Set(cited.map(({ feedId, source, item }) => `${feedId} ${source.id} ${item.id}`));
  // What a source took back is not judged without the words by which it did.
  const retracts = (claim: Claim) =>
    claim.predicate === 'retraction' && items.has(`${claim.feedId} ${claim.source.id} ${claim.value.itemId}`);
  // Nor is a dispute left out of what goes to an auditor.
  const disputes = (claim: Claim) => claim.predicate === 'challenge' && ids.has(claim.value.claimId);
  const incidents = [...exposure.incidents, ...exposure.coincident.map(({ incident }) => incident)];
  const incidentIds = new Set(incidents.flatMap(({ id, joinedIds }) => [id, ...(joinedIds ?? [])]));
  const decides = (claim: Claim) =>
    claim.predicate === 'review' && claim.value.incidentIds.some((id) => incidentIds.has(id));
  return world.view.visible.filter(
    (claim) => ids.has(claim.id) || retracts(claim) || disputes(claim) || decides(claim),
  );
}

/**
 * The exposure report of one cloud region. Nothing in it but the exposure, the world at its coordinates, the polls below
 * its position and the leaves of what it cites: the same coordinates give the same report.
 * @throws Error where a cited claim has no leaf: nothing is reported that the ledger does not hold.
 */
export function reportOf(
  exposure: Exposure,
  world: World,
  polls: readonly Poll[],
  leaves: ReadonlyMap<string, LedgerLeaf>,
): Report {
  const { coordinates } = world;
  const feeds = world.feeds.map(({ feed }) => feed);
  const { publicAt } = coordinates;
  const { region, input } = exposure;
  const claims = citedClaims(exposure, world);
  const parameterBasis = Object.fromEntries(
    Object.entries(PARAMETER_BASIS).map(([name, { basis, reason }]) => [name, { basis, reason }]),
  );
  const cadenceOf = (feedId: string) => feeds.find(({ id }) => id === feedId)?.cadenceSeconds ?? 0;
  const feedIds = new Set([
    ...claims.map(({ feedId }) => feedId),
    ...exposure.coverage.flatMap((cell) => cell.feedIds),
  ]);
  return {
    schema: REPORT_SCHEMA,
    subject: {
      kind: 'cloud-region',
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
      claimId: region.claim.id,
    },
    coordinates: { ...coordinates },
    basis: basisPart(claims, cadenceOf),
    tlp: tlpOf(claims),
    now: nowPart(exposure.now),
    incidents: exposure.incidents.map((incident) => ({
      ...accountPart(incident),
      aspects: incident.aspects.map(({ aspect, outcome, statedByOperator, statements }) => ({
        aspect,
        outcome,
        statedByOperator,
        statements: statements.map(({ claim, key, status }) => ({
          claimId: claim.id,
          key,
          stance: claim.stance,
          status,
        })),
      })),
      links: incident.links.map(({ claim, score, reasons }) => ({ claimId: claim.id, score, reasons: [...reasons] })),
    })),
    coincident: exposure.coincident.map(({ incident, reason }) => ({
      ...accountPart(incident),
      link: 'no link asserted',
      reason,
      claimIds: incident.links.map(({ claim }) => claim.id),
    })),
    ahead: aheadPart(exposure.ahead),
    model: {
      limits: [...MODEL_LIMITS],
      parameters: { ...DEFAULT_PARAMETERS },
      parameterBasis,
      input: { ...input.document },
      evidence: [...input.evidence].map(([id, { label, claimIds }]) => ({ id, label, claimIds: [...claimIds] })),
      zonesLeft: input.zonesLeft,
    },
    notKnown: exposure.notKnown.map((item) => ({ ...item })),
    defaulted: exposure.defaulted.map((item) => ({ ...item })),
    leftOut: exposure.leftOut.map((item) => ({ ...item })),
    coverage: exposure.coverage.map((statement) => ({
      ...statement,
      feedIds: [...statement.feedIds],
      gaps: gapsOf(statement, feeds, polls, publicAt),
    })),
    feeds: world.feeds
      .filter(({ feed }) => feedIds.has(feed.id))
      .map(({ feed, health }) => {
        return {
          id: feed.id,
          title: feed.title,
          licence: feed.licence,
          attribution: feed.attribution,
          cadenceSeconds: feed.cadenceSeconds,
          health: health.state,
          reason: health.reason,
          lastSuccessAt: health.lastSuccessAt,
          newestContentAt: health.newestContentAt,
          polls: health.polls,
          failures: health.failures,
          quarantined: health.quarantined,
        };
      }),
    hosting: hostingPart(exposure, claims),
    oldestInput: oldestInputOf(claims, publicAt),
    hindsight: hindsightOf(claims, coordinates, exposure.ahead.modelVersion, parameterBasis),
    reviewerDecisions: decisionsPart(claims),
    challenges: challengesPart(claims),
    claims: claims.map((claim) => citedPart(claim, claims, publicAt, cadenceOf, leaves.get(claim.id))),
  };
}

function accountPart(incident: IncidentAccount) {
  const { id, title, peril, lifecycle, lifecycleReason, status, onset, lastStatementAt, severity } = incident;
  return {
    ...{ id, title, peril, lifecycle, lifecycleReason, status, onset, lastStatementAt, severity },
    freshness: incident.freshness,
    regionIds: [...incident.regionIds],
    zoneIds: [...incident.zoneIds],
    countries: [...incident.countries],
    originCount: incident.originCount,
  };
}

function hostingPart({ hosting, region }: Exposure, claims: readonly Claim[]): Report['hosting'] {
  return {
    outcome: hosting.outcome,
    text: hosting.text,
    claims: hostingClaimsPart(claims, region.id),
    searches: claims.flatMap((claim) =>
      claim.predicate === 'hosting-search' && hosting.claimIds.includes(claim.id)
        ? [
            {
              claimId: claim.id,
              searchedFor: claim.value.searchedFor,
              searchedIn: [...claim.value.searchedIn],
              publishedAt: claim.publishedAt?.latest ?? null,
              retrievedAt: claim.retrievedAt,
            },
          ]
        : [],
    ),
  };
}

function citedPart(
  claim: Claim,
  peers: readonly Claim[],
  publicAt: string,
  cadenceOf: (feedId: string) => number,
  leaf: LedgerLeaf | undefined,
): CitedClaim {
  if (leaf === undefined)
    throw new Error(`the claim ${claim.id} has no leaf in the ledger: nothing is reported without`);
  return {
    id: claim.id,
    status: claimStatus(claim, peers),
    freshness: freshness(claim.publishedAt?.latest ?? null, claim.expiresAt, CLAIM_AGE, publicAt),
    ...agePart(claim, publicAt, cadenceOf),
    claim: JSON.parse(leaf.record) as CitedClaim['claim'],
    ledger: {
      position: leaf.position,
      recordedAt: claim.recordedAt,
      record: leaf.record,
      salt: leaf.salt,
      leafHash: leaf.leafHash,
    },
  };
}

/** Now as the report writes it, with the ids of the claims behind each part. */
function nowPart(now: Now): Report['now'] {
  const statedBy = now.zones.flatMap(({ stated }) => (stated ? [stated.claim.id] : []));
  return {
    state: now.state,
    label: now.label,
    since: now.since,
    claimId: now.stated?.claim.id ?? null,
    freshness: now.freshness,
    ageHours: now.stated?.ageHours ?? null,
    demoted: now.demoted,
    zones: now.zones.map(({ id, state, stated, alreadyLost }) => ({
      id,
      state,
      label: zoneLabel({ state, stated }),
      since: stated?.since ?? null,
      claimId: stated?.claim.id ?? null,
      freshness: stated?.freshness ?? null,
      ageHours: stated?.ageHours ?? null,
      alreadyLost,
      against: (stated?.against ?? []).map(({ id: claimId }) => claimId),
    })),
    zonesTotal: now.zonesTotal,
    zonesDown: now.zonesDown,
    zonesLost: now.zonesLost,
    quorum: now.quorum,
    quorumText: now.quorumText,
    quorumClaimIds: [...new Set([...statedBy, ...(now.stated ? [now.stated.claim.id] : [])])],
    against: now.against.map(({ id }) => id),
    reach: now.reach && { until: now.reach.until, assumed: now.reach.assumed, claimId: now.reach.claim.id },
  };
}
