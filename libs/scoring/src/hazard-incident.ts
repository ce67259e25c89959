import { chordSquared, unitVector } from '@faultline/geo';
import type { PreparedFootprint, Vector } from '@faultline/geo';
import { decayFrame, weightAtEpoch } from './decay-class.js';
import type { DecayClass, DecayFrame } from './decay-class.js';
import { AMOUNT_LIMIT, quantise, reachKm } from './site-kernel.js';
import type { Sites } from './sites.js';

/** Where an incident took place. */
export type HazardPlace =
  | { readonly kind: 'nowhere' }
  | {
      readonly kind: 'point';
      readonly lonDegrees: number;
      readonly latDegrees: number;
      /** How far off the position may be, 1 σ. */
      readonly precisionKm: number;
    }
  | { readonly kind: 'footprint'; readonly footprint: PreparedFootprint };

/** An incident as the hazard at sites needs it. */
export interface HazardIncident {
  readonly id: string;
  readonly place: HazardPlace;
  /** In severity-3 equivalents, at most 1. */
  readonly severityWeight: number;
  /** Probability that it took place. */
  readonly confidence: number;
  /** Days since the Unix epoch. */
  readonly occurredDay: number;
  /** Which of the decay classes it fades with. */
  readonly decayClass: number;
  /** The code of the theatre all of which a standoff attack bears on. */
  readonly standoffTheatre?: number;
}

/** The part of the model's parameters that says how near is near. */
export interface HazardRules {
  readonly d0Km: number;
  /** What an incident of a standoff attack is worth anywhere in its theatre, of a nearby one. */
  readonly theatreShare: number;
  /** An incident farther than this adds nothing by distance. Left out, nothing is cut off. */
  readonly reachKm?: number;
}

/** An incident's weight as of its class's epoch, and the circle outside which it adds nothing by distance. */
export interface PlacedIncident {
  readonly incident: HazardIncident;
  /** Severity-3 equivalents at the epoch. */
  readonly amount: number;
  /** What it adds everywhere in its theatre, whole quanta. */
  readonly theatreAmount: number;
  readonly centre: Vector;
  readonly lonDegrees: number;
  readonly latDegrees: number;
  readonly radiusKm: number;
  /** The circle's radius as a squared chord; −1 for none. */
  readonly chordLimit: number;
  /** d₀² plus the squared precision of the incident. */
  readonly lengthKm2: number;
}

const nowhere = { centre: [1, 0, 0], lonDegrees: 0, latDegrees: 0, radiusKm: -1, chordLimit: -1 } as const;

const degreesPerRadian = 180 / Math.PI;

/** Places an incident. @throws RangeError for one that has no such class, place or weight */
export function placeIncident(
  incident: HazardIncident,
  sites: Sites,
  rules: HazardRules,
  frames: readonly DecayFrame[],
): PlacedIncident {
  const { id, severityWeight, confidence, occurredDay, decayClass } = incident;
  const frame = frames[decayClass];
  if (frame === undefined) throw refusal(id, `decay class ${decayClass}`, `one of ${frames.length}`);
  if (!(severityWeight >= 0 && confidence >= 0 && confidence <= 1)) {
    throw refusal(id, `weight ${severityWeight} and confidence ${confidence}`, '0 or more, and a probability');
  }
  if (!Number.isFinite(occurredDay)) throw refusal(id, `day ${occurredDay}`, 'a finite one');
  const amount = severityWeight * confidence * weightAtEpoch(occurredDay, frame);
  if (amount >= AMOUNT_LIMIT) throw refusal(id, `weight ${amount}`, `less than ${AMOUNT_LIMIT}`);
  const bears = incident.standoffTheatre !== undefined && incident.standoffTheatre < sites.theatreCount;
  const theatreAmount = bears ? quantise(amount * rules.theatreShare) : 0;
  const circle = circleOf(incident, amount, sites, rules);
  return { incident, amount, theatreAmount, ...circle };
}

type Circle = Omit<PlacedIncident, 'incident' | 'amount' | 'theatreAmount'>;

function circleOf({ id, place }: HazardIncident, amount: number, sites: Sites, rules: HazardRules): Circle {
  const own = place.kind === 'point' ? place.precisionKm ** 2 : 0;
  const lengthKm2 = rules.d0Km ** 2 + own;
  const greatestKm = Math.sqrt(lengthKm2 + sites.greatestPrecisionKm2);
  const reach = Math.min(reachKm(amount, rules.d0Km, Math.sqrt(lengthKm2), greatestKm), rules.reachKm ?? Infinity);
  if (place.kind === 'nowhere') return { ...nowhere, lengthKm2 };
  if (place.kind === 'footprint') {
    const { centre, radiusKm } = place.footprint;
    const [x, y, z] = centre;
    const lonDegrees = Math.atan2(y, x) * degreesPerRadian;
    const latDegrees = Math.atan2(z, Math.hypot(x, y)) * degreesPerRadian;
    return {
      centre,
      lonDegrees,
      latDegrees,
      ...upTo(reach < 0 ? -1 : (radiusKm + reach) * (1 + 1e-9) + 1e-6),
      lengthKm2,
    };
  }
  const { lonDegrees, latDegrees, precisionKm } = place;
  if (!(Number.isFinite(lonDegrees) && Math.abs(latDegrees) <= 90 && precisionKm >= 0 && precisionKm < Infinity)) {
    throw refusal(id, `[${lonDegrees}, ${latDegrees}] ± ${precisionKm} km`, 'a place and its precision');
  }
  return { centre: unitVector(lonDegrees, latDegrees), lonDegrees, latDegrees, ...upTo(reach), lengthKm2 };
}

function upTo(radiusKm: number): Pick<Circle, 'radiusKm' | 'chordLimit'> {
  return { radiusKm, chordLimit: radiusKm < 0 ? -1 : chordSquared(radiusKm) };
}

function refusal(id: string, got: string, wanted: string): RangeError {
  return new RangeError(`SiteHazard: got ${got} for incident ${JSON.stringify(id)}, wanted ${wanted}`);
}

/** The frame of each class. */
export function framesOf(classes: readonly DecayClass[]): readonly DecayFrame[] {
  return classes.map(decayFrame);
}
