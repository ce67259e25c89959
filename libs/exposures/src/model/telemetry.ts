import { isCredible, msOf, type Claim, type Coordinates, type Instant } from '@faultline/evidence';
import type { CloudRegion } from '@faultline/places';
import { toldBy } from './told.js';
import type { NowState } from './condition.js';

/** The operator's word and what instruments measure do not fit together. Neither is taken for the other. */
export interface Disagreement {
  readonly kind: 'measured-trouble-not-stated' | 'stated-trouble-not-measured';
  readonly text: string;
  readonly claimIds: readonly string[];
}

type Telemetry = Extract<Claim, { predicate: 'telemetry' }>;

/** A measurement of something that goes on is news for a day unless its source says how long it goes on. */
const MEASURED_HOURS = 24;
const HOUR_MS = 3_600_000;

/** Credible measurements of the region or its country that hold at the coordinates, in the order of publication. */
export function telemetryOf(region: CloudRegion, visible: readonly Claim[], { validAt }: Coordinates): Telemetry[] {
  return toldBy(visible)
    .of('telemetry')
    .filter(
      (claim): claim is Telemetry =>
        claim.predicate === 'telemetry' &&
        claim.stance === 'asserts' &&
        isCredible(claim) &&
        (claim.place.regionIds.includes(region.id) || claim.place.countries.includes(region.country)) &&
        holds(claim, validAt),
    );
}

function holds({ occurredAt, publishedAt }: Telemetry, validAt: Instant): boolean {
  const begin = occurredAt?.begin ?? publishedAt?.latest;
  if (begin === undefined || begin > validAt) return false;
  if (occurredAt?.end != null) return validAt < occurredAt.end;
  const last = [begin, publishedAt?.latest ?? begin].sort().at(-1)!;
  return msOf(validAt) - msOf(last) <= MEASURED_HOURS * HOUR_MS;
}

/**
 * Whether the operator says all is well, or nothing, while instruments lose the region or its country; and whether it
 * says the region is down while they reach the region itself as usual. That a country is reachable says nothing of a
 * region in it, so that is no disagreement.
 */
export function disagreementOf(
  region: CloudRegion,
  state: NowState,
  telemetry: readonly Telemetry[],
): Disagreement | null {
  const trouble = telemetry.filter(({ value }) => value.state !== 'normal');
  const quiet = state === 'no-impairment-stated' || state === 'restored' || state === 'unmonitored';
  if (quiet && trouble.length > 0) {
    const last = trouble.at(-1)!;
    const where = trouble.some(({ place }) => place.regionIds.includes(region.id))
      ? 'this region'
      : 'the country it stands in';
    return {
      kind: 'measured-trouble-not-stated',
      text: `${last.source.name} measures ${where} as ${last.value.state}, and the operator states no impairment: ${last.value.text}`,
      claimIds: trouble.map(({ id }) => id),
    };
  }
  const ofRegion = telemetry.filter(({ place }) => place.regionIds.includes(region.id));
  const isStatedDown = state === 'unavailable' || state === 'impaired' || state === 'permanently-lost';
  if (isStatedDown && ofRegion.length > 0 && ofRegion.every(({ value }) => value.state === 'normal')) {
    const last = ofRegion.at(-1)!;
    return {
      kind: 'stated-trouble-not-measured',
      text: `The operator states trouble, and ${last.source.name} reaches this region as usual: ${last.value.text}`,
      claimIds: ofRegion.map(({ id }) => id),
    };
  }
  return null;
}
