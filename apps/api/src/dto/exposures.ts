import { z } from 'zod';
import { COVERAGE_STATES, TLP_LABELS } from '@faultline/evidence';
import { NOW_STATES } from '@faultline/exposures';
import { ClaimView, Freshness, Lapse, SourceView } from './claims.js';
import { Instant } from './coordinates.js';
import { CoverageCell } from './feeds.js';
import { Coincident, Incident, Statement } from './incidents.js';
import { CloudRegion } from './places.js';
import { Shown } from './shown.js';

/** Worst first: the order in which the map colours by Now. */
export const NowState = z.enum(NOW_STATES);

export const Band = z.enum(['minimal', 'low', 'moderate', 'high', 'severe']);
export const Interval = z.object({ p05: z.number(), p50: z.number(), p95: z.number() });

export const NowSummary = z
  .object({
    state: NowState,
    label: z.string().describe('The state in words'),
    since: Instant.nullable(),
    statedBy: SourceView.nullable(),
    statedAt: Instant.nullable(),
    ageHours: z.number().nullable(),
    freshness: Freshness,
    lapse: Lapse,
    demoted: z.boolean().describe('True where the statement is stale: shown, but not as news'),
    zonesTotal: z.number().int().nullable(),
    zonesDown: z.number().int(),
    zonesLost: z.number().int(),
    quorum: z.enum(['held', 'lost', 'not-known']),
    quorumText: z.string(),
  })
  .meta({ id: 'NowSummary' });

export const AheadSummary = z
  .object({
    outcome: z.enum(['scored', 'prior-only', 'frozen', 'no-forward-score', 'failed']),
    reason: z.string().describe('Why it is not simply scored; empty where it is'),
    likelihoodScore: z.number().nullable(),
    likelihoodBand: Band.nullable(),
    probability30: Interval.extend({ pDamage: z.number() }).nullable(),
  })
  .meta({ id: 'AheadSummary' });

export const ExposureSummary = z
  .object({
    regionId: z.string(),
    name: z.string(),
    operatorId: z.string(),
    partitionId: z.string(),
    metro: z.string(),
    country: z.string(),
    lonLat: z.tuple([z.number(), z.number()]),
    precisionKm: z.number(),
    now: NowSummary,
    ahead: AheadSummary,
    coverage: z.enum([...COVERAGE_STATES, 'partly']),
    tlp: z.enum(TLP_LABELS).describe('The most restrictive label of the claims this rests on'),
  })
  .meta({ id: 'ExposureSummary' });

export const ZoneNow = z
  .object({
    id: z.string(),
    state: NowState.or(z.literal('no-statement')),
    label: z.string(),
    text: z.string().nullable(),
    claimId: z.string().nullable(),
    source: SourceView.nullable(),
    statedAt: Instant.nullable(),
    ageHours: z.number().nullable(),
    freshness: Freshness.nullable(),
    alreadyLost: z.boolean(),
  })
  .meta({ id: 'ZoneNow' });

export const Contribution = z
  .object({
    factor: z.string(),
    label: z.string(),
    points: z.number(),
    shownPoints: z.number().int().describe('Rounded so that what is shown adds up'),
    claimIds: z.array(z.string()),
    claimCount: z.number().int().describe('All claims behind it, of which `claimIds` names the last 200 at most'),
    parts: z.array(z.object({ id: z.string(), label: z.string(), points: z.number(), claimIds: z.array(z.string()) })),
  })
  .meta({ id: 'Contribution' });

export const ScoreView = z
  .object({
    score: z.number(),
    shownScore: z.number().int(),
    band: Band,
    reference: z.number(),
    shownReference: z.number().int(),
    interval: Interval.nullable(),
    contributions: z.array(Contribution),
  })
  .meta({ id: 'Score' });

export const Probability = z
  .object({
    horizonDays: z.number().int(),
    pDamage: z.number(),
    pOutage: z.number(),
    p05: z.number(),
    p50: z.number(),
    p95: z.number(),
  })
  .meta({ id: 'Probability' });

export const Ahead = AheadSummary.extend({
  likelihood: ScoreView.nullable(),
  exposureAtReferenceSize: ScoreView.nullable(),
  probabilities: z.array(Probability),
  frozenSince: Instant.nullable(),
  modelVersion: z.string(),
  parameterHash: z.string(),
  inputHash: z.string(),
  notes: z.array(z.string()).describe('What the model does in a corner this region is in, and what that does not mean'),
  limits: z.array(z.string()),
}).meta({ id: 'Ahead' });

export const Exposure = z
  .object({
    region: CloudRegion,
    now: NowSummary.extend({
      zones: z.array(ZoneNow),
      operatorsWord: z
        .object({ claimId: z.string(), text: z.string(), publishedAt: Instant, ageHours: z.number() })
        .nullable(),
      against: z.array(Statement).describe('Statements that stand against the condition in force, with who made them'),
      disagreement: z
        .object({
          kind: z.enum(['measured-trouble-not-stated', 'stated-trouble-not-measured']),
          text: z.string(),
          claimIds: z.array(z.string()),
        })
        .nullable()
        .describe('The operator’s word and what instruments measure do not fit together'),
      incidents: z.array(Incident),
      coincident: z.array(Coincident),
    }),
    ahead: Ahead,
    yours: z.object({ outcome: z.literal('no-portfolio'), text: z.string() }),
    notKnown: z.array(z.object({ aspect: z.string(), text: z.string() })),
    defaulted: z.array(z.object({ field: z.string(), value: z.string(), reason: z.string() })),
    leftOut: z
      .array(z.object({ id: z.string(), reason: z.string(), text: z.string() }))
      .describe('Incidents and claims the model was not given, and why'),
    hosting: z.object({
      outcome: z.enum(['none-found', 'not-searched', 'found']),
      text: z.string(),
      claimIds: z.array(z.string()),
    }),
    claims: z.array(ClaimView),
    coverage: z.array(CoverageCell),
    tlp: z.enum(TLP_LABELS).describe('The most restrictive label of the claims this rests on'),
    shown: z
      .object({ incidents: Shown, coincident: Shown, claims: Shown, notKnown: Shown, leftOut: Shown })
      .describe('Lists of this answer are cut at a fixed length; no score is'),
  })
  .meta({ id: 'Exposure' });
