import {
  ageHours,
  claimStatus,
  freshness,
  lapsed,
  isBackfilled,
  type Challenge,
  type Claim,
  type Coordinates,
  type Lapses,
  type SourceClass,
} from '@faultline/evidence';
import type { ClaimView } from '../dto/claims.js';

/** What is needed to show a claim: its peers decide its status, its feed's cadence whether it was backfilled. */
export interface ClaimContext {
  readonly coordinates: Coordinates;
  readonly peers: readonly Claim[];
  readonly cadenceOf: (feedId: string) => number;
  readonly lapses?: Lapses | undefined;
  readonly challenges: ReadonlyMap<string, readonly Challenge[]>;
}

const CLAIM_AGE = { freshHours: 24, staleHours: 24 * 30 };

export function sourceView(source: {
  id: string;
  name: string;
  class: SourceClass;
  grade: string;
}): ClaimView['source'] {
  return { id: source.id, name: source.name, class: source.class, grade: source.grade };
}

export function claimText(claim: Claim): string {
  if ('text' in claim.value) return claim.value.text;
  return 'name' in claim.value ? claim.value.name : claim.subject;
}

export function claimView(
  claim: Claim,
  { coordinates, peers, cadenceOf, lapses, challenges }: ClaimContext,
): ClaimView {
  const published = claim.publishedAt?.latest ?? null;
  const lapse = lapses?.([claim]) ?? null;
  return {
    id: claim.id,
    feedId: claim.feedId,
    subject: claim.subject,
    predicate: claim.predicate,
    stance: claim.stance,
    text: claimText(claim),
    value: claim.value,
    source: sourceView(claim.source),
    origin: claim.origin,
    url: claim.url,
    locator: claim.locator,
    place: { regionIds: claim.place.regionIds, zoneIds: claim.place.zoneIds, countries: claim.place.countries },
    occurredAt: claim.occurredAt,
    publishedAt: claim.publishedAt,
    retrievedAt: claim.retrievedAt,
    recordedAt: claim.recordedAt,
    position: claim.position,
    backfilled: isBackfilled(claim, cadenceOf(claim.feedId)),
    captureClass: claim.captureClass,
    captureHash: claim.captureHash,
    status: claimStatus(claim, peers),
    freshness: lapsed(freshness(published, claim.expiresAt, CLAIM_AGE, coordinates.publicAt), lapse),
    lapse: lapse?.reason ?? null,
    ageHours: ageHours(published, coordinates.publicAt),
    tlp: claim.tlp,
    challenges: [...(challenges.get(claim.id) ?? [])],
  };
}
