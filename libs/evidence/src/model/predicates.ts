import { z } from 'zod';
import { FOOTING_VALUES } from './footing.js';
import { STAKE_VALUES } from './stake.js';

export const PERILS = [
  'drone-strike',
  'missile-strike',
  'armed-attack',
  'sabotage',
  'cable-cut',
  'seizure',
  'sanction',
  'declared-threat',
  'unrest',
  'provider-outage',
  'grid-failure',
  'fire',
  'earthquake',
  'flood',
  'storm',
  'wildfire',
  'volcano',
] as const;
export type Peril = (typeof PERILS)[number];

/**
 * The condition of a zone, cloud region or operator as somebody stated it.
 * `investigating`: the operator looks into a disturbance and has not said what is impaired.
 * `restored`: the operator says a disturbance is over. `permanently-lost`: it will not come back.
 */
export const CONDITION_STATES = [
  'operational',
  'investigating',
  'degraded',
  'impaired',
  'unavailable',
  'recovering',
  'restored',
  'permanently-lost',
] as const;
export type ConditionState = (typeof CONDITION_STATES)[number];

const text = z.string().min(1).max(4000);
const lonLat = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const value = <P extends string, S extends z.ZodType>(predicate: P, schema: S) =>
  z.object({ predicate: z.literal(predicate), value: schema });

/** What can be claimed: each predicate with the shape of its value. `text` is what was said, short, as said or in our words. */
export const CLAIM_VALUES = z.discriminatedUnion('predicate', [
  value(
    'condition',
    z.object({
      state: z.enum(CONDITION_STATES),
      /** `other-zones`: the statement is of all zones of the subject region that have no statement of their own. */
      scope: z.enum(['subject', 'other-zones']),
      services: z.array(z.string().min(1).max(120)).max(400),
      text,
    }),
  ),
  /** What kind of trouble it is, said without saying what brought it about: "localized power issue". */
  value('nature', z.object({ nature: z.enum(['power', 'connectivity', 'cooling', 'software', 'other']), text })),
  /** What brought it about. */
  value(
    'cause',
    z.object({
      cause: z.enum([
        'struck-by-objects',
        'drone-strike',
        'missile-strike',
        'conflict-damage',
        'fire',
        'software',
        'network',
        'grid',
        'other',
      ]),
      peril: z.enum(PERILS).nullable(),
      text,
    }),
  ),
  /** What the struck thing was struck with, once somebody says so. */
  value('means', z.object({ means: z.enum(['drone', 'missile', 'other']), text })),
  value(
    'damage',
    z.object({
      kinds: z.array(z.enum(['structural', 'power', 'water', 'fire', 'data', 'network'])).min(1),
      facilitiesStruck: z.number().int().min(0).nullable(),
      text,
    }),
  ),
  value('attribution', z.object({ actor: z.string().min(1).max(200), text })),
  value('duration', z.object({ phrase: z.string().min(1).max(200), until: z.string().nullable(), text })),
  /** A hostile act, standoff (missile, drone, air, naval) or local. Severity as scoring: 3 damage to a data center or cable, 2 to comparable infrastructure, 1 kinetic nearby, 0 threat or interception. */
  value(
    'attack',
    z.object({
      peril: z.enum(PERILS),
      mode: z.enum(['standoff', 'local']),
      severity: z.number().int().min(0).max(3),
      text,
    }),
  ),
  /** A statement by a party naming operators, sites or classes as targets. Moves attractiveness, confirms nothing. */
  value(
    'declared-threat',
    z.object({
      operators: z.array(z.string().min(1).max(80)),
      countries: z.array(z.string().regex(/^[A-Z]{2}$/)),
      text,
    }),
  ),
  /** A reason an adversary gives. Never a hosting fact. */
  value(
    'alleged-target-reason',
    z.object({ reason: z.enum(['military-hosting', 'intelligence-hosting', 'other']), text }),
  ),
  /** A search that was made for hosting claims, and that it found none: what, where, when. */
  value(
    'hosting-search',
    z.object({
      searchedFor: text,
      searchedIn: z.array(z.string().min(1).max(200)).min(1),
      outcome: z.literal('none-found'),
      text,
    }),
  ),
  value('data-loss', z.object({ what: text, text })),
  value('advice', z.object({ text })),
  value('loss-estimate', z.object({ amountUsd: z.number().min(0), what: z.string().min(1).max(200), text })),
  value('affected-party', z.object({ party: z.string().min(1).max(200), text })),
  value(
    'earthquake',
    z.object({
      magnitude: z.number().min(-3).max(10).nullable(),
      magnitudeType: z.string().max(20).nullable(),
      depthKm: z.number().min(-15).max(1000).nullable(),
      lonLat,
      reviewed: z.boolean(),
      text,
    }),
  ),
  /**
   * A natural or technical hazard as an agency states or forecasts it. `magnitude` is of the hazard where it happens,
   * in the source's own unit; it is no severity of an act.
   */
  value(
    'hazard',
    z.object({
      peril: z.enum(PERILS),
      /** The source's own level, mapped to the five words of CAP 1.2 `severity`. */
      level: z.enum(['extreme', 'severe', 'moderate', 'minor', 'unknown']),
      certainty: z.enum(['observed', 'likely', 'possible', 'unlikely', 'unknown']),
      magnitude: z.object({ value: z.number(), unit: z.string().min(1).max(40) }).nullable(),
      area: z.string().max(1000).nullable(),
      text,
    }),
  ),
  /** What an instrument measured of networks or services, independent of what their operator says. */
  value(
    'telemetry',
    z.object({
      signal: z.enum(['reachability', 'routing', 'traffic', 'origin']),
      state: z.enum(['normal', 'reduced', 'lost']),
      /** Measured over expected, where the source gives both: 1 is as usual. */
      ratio: z.number().min(0).max(1_000_000).nullable(),
      text,
    }),
  ),
  /** A government's advice on travel to a country, on the four levels most of them use; 4 is do not travel. */
  value('travel-advice', z.object({ level: z.number().int().min(1).max(4).nullable(), text })),
  /** A warning to shipping. */
  value(
    'navigation-warning',
    z.object({ topic: z.enum(['cable', 'missile', 'military', 'hazard', 'other']), number: z.string().max(80), text }),
  ),
  /** Something that may have happened, named by a machine or a headline. It starts a search, never an incident. */
  value('lead', z.object({ peril: z.enum(PERILS).nullable(), mentions: z.number().int().min(0).nullable(), text })),
  /**
   * What a reviewer decided of our links: two incidents are one, are two, or a claim does not belong to an incident
   * (named by its seed). Undone by a later decision, never by an edit.
   */
  value(
    'review',
    z.object({
      decision: z.enum(['merge', 'split', 'reject', 'readmit']),
      incidentIds: z.array(z.uuid()).min(1).max(2),
      claimId: z.uuid().nullable(),
      seedClaimId: z.uuid().nullable(),
      text,
    }),
  ),
  /** Somebody disputes a claim, or what became of that. It travels with the claim wherever the claim goes. */
  value(
    'challenge',
    z.object({ claimId: z.uuid(), state: z.enum(['open', 'withdrawn', 'upheld', 'dismissed']), text }),
  ),
  /** The source takes an item of its own back. May arrive before what it retracts. */
  value('retraction', z.object({ itemId: z.string().min(1).max(400), text })),
  value('place.operator', z.object({ name: z.string(), kind: z.string(), url: z.string().nullable() })),
  value(
    'place.partition',
    z.object({ name: z.string(), operatorId: z.string(), positionPolicy: z.enum(['metro', 'none']) }),
  ),
  value(
    'place.region',
    z.object({
      name: z.string(),
      operatorId: z.string(),
      partitionId: z.string(),
      metro: z.string(),
      country: z.string().regex(/^[A-Z]{2}$/),
      lonLat,
      precisionKm: z.number().min(10),
      precisionMethod: z.string(),
      zoneIds: z.array(z.string()),
      zoneCount: z.number().int().min(1).nullable(),
      listed: z.enum(['available', 'announced', 'closed', 'restricted']),
    }),
  ),
  ...FOOTING_VALUES,
  ...STAKE_VALUES,
]);
export type ClaimValue = z.infer<typeof CLAIM_VALUES>;
export type Predicate = ClaimValue['predicate'];
