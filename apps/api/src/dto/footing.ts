import { z } from 'zod';
import {
  CHOKEPOINT_KINDS,
  FACILITY_KINDS,
  FOOTING_GAP_TOPICS,
  NEED_BASES,
  NEED_KINDS,
  STANDING_STATES,
  SUPPLY_KINDS,
  TLP_LABELS,
} from '@faultline/evidence';
import { ClaimStatus, ClaimView, SourceView } from './claims.js';
import { Instant } from './coordinates.js';
import { CloudRegion, Operator } from './places.js';

const Tlp = z.enum(TLP_LABELS).describe('The most restrictive label of the claims this rests on');
const Outcome = z.enum(['found', 'none-found', 'not-searched']).describe('None found is not “none”');
const Ref = z.object({ id: z.string(), name: z.string() });

/** What every statement says of itself. */
const said = {
  text: z.string(),
  claimId: z.string(),
  source: SourceView,
  status: ClaimStatus,
  since: Instant.nullable().describe('When it began to hold, where somebody says so'),
  statedAt: Instant.nullable().describe('When it was published; null where undated'),
  ageHours: z
    .number()
    .nullable()
    .describe('publicAt minus publication: nobody has said anything since, as far as we know'),
};

export const StandingView = z.object({ state: z.enum(STANDING_STATES), ...said }).meta({ id: 'Standing' });
export const OwnershipView = z
  .object({
    role: z.enum(['owner', 'runs']),
    names: z.array(z.string()),
    complete: z.boolean().describe('False where others are not named'),
    ...said,
  })
  .meta({ id: 'Ownership' });
export const ThroughputView = z
  .object({ amount: z.number(), unit: z.string(), period: z.string().nullable(), ...said })
  .meta({ id: 'Throughput' });
export const NeedView = z
  .object({
    subject: z.string().describe('Who needs it'),
    on: z.string(),
    onName: z.string(),
    kind: z.enum(NEED_KINDS),
    basis: z.enum(NEED_BASES).describe('`stated`: of the subject itself. `area`: of its country and nothing finer'),
    redundancy: z.object({ k: z.number().int(), n: z.number().int() }).nullable().describe('Null: not stated'),
    ...said,
  })
  .meta({ id: 'Need' });
export const FootingGapView = z
  .object({
    subject: z.string(),
    topic: z.enum(FOOTING_GAP_TOPICS),
    question: z.string(),
    searchedIn: z.array(z.string()),
    searchedOn: z.string(),
    hindsight: z.boolean().describe('Searched after publicAt'),
    text: z.string(),
    claimId: z.string(),
  })
  .meta({ id: 'FootingGap' });

/** What is known of one question, or what was searched for it. */
const known = <T extends z.ZodType>(item: T) =>
  z.object({ outcome: Outcome, text: z.string(), current: z.array(item), past: z.array(item) });
export const StandingKnown = known(StandingView).meta({ id: 'StandingKnown' });
export const OwnershipKnown = known(OwnershipView).meta({ id: 'OwnershipKnown' });

const summary = { id: z.string(), name: z.string(), text: z.string() };
const whole = {
  ...summary,
  standing: StandingKnown,
  ownership: OwnershipKnown,
  throughput: z.array(ThroughputView),
  needs: z.array(NeedView).describe('What it needs'),
  neededBy: z.array(NeedView).describe('Cloud regions, countries and operators that are said to need it'),
  gaps: z.array(FootingGapView),
  tlp: Tlp,
  claims: z.array(ClaimView),
};
const whereabouts = {
  geoPublic: z
    .tuple([z.number(), z.number()])
    .describe('Centre of a public cell of half a degree, [longitude, latitude]'),
  precisionKm: z.number(),
  precisionMethod: z.string(),
};

export const Cable = z
  .object({
    ...whole,
    aliases: z.array(z.string()),
    landings: z.array(Ref.extend({ country: z.string().nullable() })),
    landingsStated: z.number().int().nullable().describe('How many it has, where somebody says so; we may know fewer'),
    chokepoints: z.array(Ref),
    lengthKm: z.number().nullable(),
    designCapacityTbps: z.number().nullable().describe('As designed. Null: not known'),
    inServiceSince: z.string().nullable(),
  })
  .meta({ id: 'Cable' });
export const LandingPoint = z
  .object({ ...whole, country: z.string(), ...whereabouts, cables: z.array(Ref) })
  .meta({ id: 'LandingPoint' });
export const Chokepoint = z
  .object({
    ...whole,
    kind: z.enum(CHOKEPOINT_KINDS),
    countries: z.array(z.string()),
    ...whereabouts,
    cables: z.array(Ref).describe('That are said to pass it'),
  })
  .meta({ id: 'Chokepoint' });
export const Facility = z
  .object({
    ...whole,
    kind: z.enum(FACILITY_KINDS),
    runBy: z.string().nullable(),
    metro: z.string(),
    country: z.string(),
    ...whereabouts,
  })
  .meta({ id: 'Facility' });
export const Supply = z
  .object({ ...whole, kind: z.enum(SUPPLY_KINDS), countries: z.array(z.string()) })
  .meta({ id: 'Supply' });

export const RegionPair = z
  .object({
    id: z.string(),
    regionId: z.string(),
    withId: z.string(),
    direction: z.enum(['mutual', 'one-way']).describe('one-way: only withId is the standby of regionId'),
    purpose: z.string().describe('In the operator’s own terms'),
    theatres: z.tuple([z.string().nullable(), z.string().nullable()]).describe('Of each; null where it is not known'),
    independence: z
      .enum(['same-theatre', 'different-theatres', 'not-known'])
      .describe('same-theatre: not independent. Different theatres alone make nothing independent'),
    finding: z.string(),
    shared: z.array(z.string()).describe('What both are said to need, themselves or their countries'),
    claimIds: z.array(z.string()),
    sources: z.array(SourceView),
    url: z.string().nullable(),
    tlp: Tlp,
  })
  .meta({ id: 'RegionPair' });

export const Partition = z
  .object({
    id: z.string(),
    name: z.string(),
    operatorId: z.string(),
    positionPolicy: z.enum(['metro', 'none']).describe('none: it is named and no more'),
    regionCount: z.number().int(),
    ownership: OwnershipKnown,
    claimId: z.string(),
  })
  .meta({ id: 'Partition' });

export const OperatorPage = Operator.extend({
  standing: StandingKnown,
  ownership: OwnershipKnown,
  needs: z.array(NeedView).describe('Said of the operator as a whole; of which regions, nobody says'),
  gaps: z.array(FootingGapView),
  tlp: Tlp,
  claims: z.array(ClaimView),
}).meta({ id: 'OperatorPage' });

export const RegionPage = CloudRegion.extend({
  standing: StandingKnown.describe('Whether it is there at all. Its condition is told of on /exposures'),
  ownership: OwnershipKnown,
  needs: z.array(NeedView.extend({ of: z.enum(['region', 'area', 'operator']).describe('Of whom it is said') })),
  needsText: z.string(),
  cables: z
    .array(Ref.extend({ landings: z.array(Ref), standing: StandingView.nullable().describe('Null: not known') }))
    .describe('That land in its country. Which of them it uses, nobody says'),
  cablesText: z.string(),
  pairs: z.array(RegionPair),
  pairsText: z.string(),
  gaps: z.array(FootingGapView),
  tlp: Tlp,
  claims: z.array(ClaimView),
}).meta({ id: 'CloudRegionPage' });

// In lists: without the claims themselves, which are on the page of each.
export const CableSummary = Cable.omit({ claims: true }).meta({ id: 'CableSummary' });
export const LandingPointSummary = LandingPoint.omit({ claims: true }).meta({ id: 'LandingPointSummary' });
export const ChokepointSummary = Chokepoint.omit({ claims: true }).meta({ id: 'ChokepointSummary' });
export const FacilitySummary = Facility.omit({ claims: true }).meta({ id: 'FacilitySummary' });
export const SupplySummary = Supply.omit({ claims: true }).meta({ id: 'SupplySummary' });
