import { z } from 'zod';
import { COVERAGE_STATES } from '@faultline/evidence';
import { AsOfQuery, Instant } from './coordinates.js';
import { Band, Interval, NowState } from './exposures.js';

const Coverage = z.enum([...COVERAGE_STATES, 'partly']);
const Outcome = z.enum(['scored', 'prior-only', 'frozen', 'no-forward-score']);
const Days = z.union([z.literal(30), z.literal(90), z.literal(365)]);
const Sentences = z.array(z.string()).describe('What the numbers are and are not');

export const ScoredBy = z
  .object({
    modelVersion: z.string(),
    parameterHash: z.string().describe('SHA-256 of the parameter set'),
    inputHash: z.string().describe('SHA-256 of the model’s input, canonical JSON'),
  })
  .meta({ id: 'ScoredBy' });

export const GroupExposure = z
  .object({
    subject: z.object({ kind: z.enum(['operator', 'country', 'workload']), id: z.string(), name: z.string() }),
    outcome: z.enum(['scored', 'partly-known', 'no-forward-score', 'no-region']),
    sentences: Sentences,
    regions: z
      .array(
        z.object({
          regionId: z.string(),
          outcome: Outcome,
          likelihoodScore: z.number().nullable(),
          likelihoodBand: Band.nullable(),
          probability30: z.number().nullable(),
          coverage: Coverage,
          coveredTo: Instant.nullable(),
        }),
      )
      .describe('By id: nothing is ranked'),
    horizons: z.array(
      z.object({
        horizonDays: Days,
        expectedCampaigns: z.number(),
        atLeast: z.number().describe('Chance of at least one damaging campaign: no less than this'),
        atMost: z.number().describe('… and no more than this'),
      }),
    ),
    coverage: z.record(z.string(), z.number().int()).describe('Regions by coverage'),
    coveredTo: Instant.nullable().describe('The earliest end of a watch on armed conflict; null where one has none'),
    identity: ScoredBy,
  })
  .meta({ id: 'GroupExposure' });

export const ZoneExposure = z
  .object({
    zoneId: z.string(),
    regionId: z.string(),
    outcome: Outcome,
    sentences: Sentences,
    now: z.object({ state: NowState.or(z.literal('no-statement')), alreadyLost: z.boolean() }),
    hitGivenCampaign: z.number().nullable(),
    probabilities: z.array(Interval.extend({ horizonDays: Days, pHit: z.number() })),
    coverage: Coverage,
    coveredTo: Instant.nullable(),
    identity: ScoredBy,
  })
  .meta({ id: 'ZoneExposure' });

const Simulation = z.object({
  years: z.number().int(),
  seed: z.number().int(),
  meanAnnualLossUsd: z.number().describe('Limited to the value at risk'),
  meanUncappedUsd: z.number(),
  standardErrorUsd: z.number(),
  pAnyLoss: z.number(),
  cappedShare: z.number().describe('Share of years in which the loss reached all there is'),
  exceedance: z
    .array(
      z.object({
        chanceAYear: z.number().describe('1 % a year is 0.01'),
        aepUsd: z.number().describe('The year’s sum exceeds this'),
        oepUsd: z.number().describe('The year’s largest event exceeds this'),
        tvarUsd: z.number().describe('Mean of the years at or above the sum'),
      }),
    )
    .describe('Exceedance curve'),
});

export const PortfolioExposure = z
  .object({
    outcome: z.enum(['scored', 'partly-known', 'no-forward-score', 'no-portfolio']),
    revision: z.number().int().nullable(),
    sentences: Sentences,
    regions: z.array(
      z.object({
        regionId: z.string(),
        assets: z.number().int(),
        valuePerDayUsd: z.number(),
        failoverShare: z.number(),
        outcome: Outcome,
        exposureScore: z.number(),
        exposureBand: Band,
        exposureInterval: Interval,
        likelihoodScore: z.number(),
        likelihoodBand: Band,
        probability30: Interval.extend({ pDamage: z.number() }),
        pOutageGivenEvent: z.number(),
        ealUsd: z.number(),
        ongoingUsd: z.number(),
        notes: z.array(z.string()),
        coverage: Coverage,
        coveredTo: Instant.nullable(),
      }),
    ),
    alreadyLost: z.array(z.object({ regionId: z.string(), assets: z.number().int(), valuePerDayUsd: z.number() })),
    notCounted: z.array(z.object({ reason: z.string(), assets: z.number().int(), text: z.string() })),
    ealUsd: z.number().describe('Expected annual loss, not limited to the value at risk'),
    simulation: Simulation.nullable(),
    ranking: z.array(
      z.object({
        a: z.string(),
        b: z.string(),
        pAGreater: z.number(),
        verdict: z.enum(['a-above-b', 'b-above-a', 'not-distinguishable']),
        text: z.string(),
      }),
    ),
    identity: ScoredBy,
  })
  .meta({ id: 'PortfolioExposure' });

export const HistoryPoint = z
  .object({
    asOf: Instant,
    outcome: z.string(),
    now: NowState.nullable().describe('Of a cloud region'),
    likelihoodScore: z.number().nullable(),
    likelihoodInterval: Interval.nullable(),
    probability30: Interval.extend({ pDamage: z.number() }).nullable(),
    expectedCampaigns30: z.number().nullable().describe('Of several regions'),
    ealUsd: z.number().nullable().describe('Of the own portfolio'),
    coverage: z.record(z.string(), z.number().int()),
    coveredTo: Instant.nullable(),
    inputHash: z.string(),
  })
  .meta({ id: 'HistoryPoint' });

const Moved = z.object({
  from: z.number(),
  to: z.number(),
  timePassing: z.number(),
  newFacts: z.number(),
  modelChange: z.number(),
});
const Changed = z.object({ added: z.array(z.string()), revised: z.array(z.string()), gone: z.array(z.string()) });
const Place = z.object({
  asOf: Instant,
  position: z.number().int(),
  coveredTo: Instant.nullable(),
  identity: ScoredBy,
});
export const Movement = z
  .object({
    outcome: z.enum(['moved', 'none']),
    reason: z.string(),
    from: Place,
    to: Place,
    likelihood: Moved.nullable(),
    exposure: Moved.nullable(),
    incidents: Changed.nullable(),
    claims: Changed.nullable(),
    sentences: Sentences,
  })
  .meta({ id: 'Movement' });

const Swing = z.object({ low: z.number(), high: z.number(), swing: z.number() });
export const Sensitivity = z
  .object({
    rows: z.array(
      z.object({
        parameter: z.string(),
        basis: z.string(),
        reason: z.string(),
        low: z.string(),
        standing: z.string(),
        high: z.string(),
        exposure: Swing,
        likelihood: Swing,
      }),
    ),
    text: z.string(),
    identity: ScoredBy,
  })
  .meta({ id: 'Sensitivity' });

const Day = z.number().min(0).max(3_650);
const RegionId = z.string().max(80);
const PatchBody = z.discriminatedUnion('patch', [
  z.strictObject({ patch: z.literal('zones-out'), zoneIds: z.array(z.string().max(80)).min(1).max(50), days: Day }),
  z.strictObject({ patch: z.literal('regions-lost'), regionIds: z.array(RegionId).min(1).max(50), days: Day }),
  z.strictObject({
    patch: z.literal('shared-dependency'),
    name: z.string().min(1).max(120),
    zoneIds: z.array(z.string().max(80)).min(1).max(50),
  }),
  z.strictObject({
    patch: z.literal('dependency-out'),
    name: z.string().min(1).max(120),
    days: Day,
    dependents: z
      .array(z.strictObject({ regionId: RegionId, lossShare: z.number().min(0).max(1) }))
      .min(1)
      .max(50),
  }),
  z.strictObject({ patch: z.literal('watch-lost'), country: z.string().length(2), since: z.string().max(40) }),
  z.strictObject({ patch: z.literal('quiet'), days: Day }),
  z.strictObject({ patch: z.literal('report-withdrawn'), claimId: z.uuid() }),
  z.strictObject({
    patch: z.literal('value-moved'),
    from: RegionId,
    to: RegionId,
    share: z.number().min(0).max(1),
  }),
]);
export const ScenarioBody = z
  .strictObject({ name: z.string().min(1).max(200), patches: z.array(PatchBody).min(1).max(20) })
  .meta({ id: 'ScenarioBody' });

const Change = z.object({ base: z.number(), scenario: z.number(), change: z.number() });
export const Scenario = z
  .object({
    name: z.string(),
    marked: z.literal('scenario').describe('Invented: nothing here has happened'),
    sentences: Sentences,
    regions: z.array(
      z.object({
        regionId: z.string(),
        exposure: Change,
        likelihood: Change,
        ealUsd: Change,
        ongoingUsd: Change,
        pOutageGivenEvent: Change,
        contributions: z.record(z.string(), z.number()).describe('Points of E by factor, scenario less base'),
        notes: z.array(z.string()),
      }),
    ),
    conditional: z
      .array(
        z.object({
          regionId: z.string(),
          zoneIds: z.array(z.string()),
          propertyUsd: z.number(),
          interruptionUsd: z.number(),
          totalUsd: z.number(),
        }),
      )
      .describe('What is lost if exactly this happens; no probability is attached'),
    othersLost: z.number().int().describe('Regions without anything of yours, lost whole: how many'),
    identity: ScoredBy,
  })
  .meta({ id: 'Scenario' });

// No `.meta({ id })` on these: see AsOfQuery.
export const HistoryQuery = AsOfQuery.pick({ position: true, recordedAt: true }).extend({
  from: z.string().max(40).describe('The first instant, with its zone'),
  to: z.string().max(40).describe('The last instant'),
  points: z.coerce.number().int().min(2).max(60).default(30),
});
export const MovementQuery = AsOfQuery.extend({
  fromAsOf: z.string().max(40).optional().describe('The earlier instant. Default: the same as asOf'),
  fromPosition: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe('The earlier ledger size. Default: the same as position'),
});
export const PortfolioQuery = AsOfQuery.extend({
  years: z.coerce.number().int().min(0).max(100_000).default(10_000).describe('Simulated years; 0 for none'),
  seed: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});
export type HistoryQuestion = z.infer<typeof HistoryQuery>;
export type MovementQuestion = z.infer<typeof MovementQuery>;
export type PortfolioQuestion = z.infer<typeof PortfolioQuery>;
