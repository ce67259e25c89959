import { z } from 'zod';
import { TLP_LABELS } from '@faultline/evidence';

/** Name and version of the document. A change of its form is a new version; every released one stays readable. */
export const REPORT_SCHEMA = 'faultline-report/1';

const record = z.strictObject;
const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'an instant in UTC with milliseconds');
const hash = z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hex digits');
const claimId = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'the id of a claim');
const claimIds = z.array(claimId);
const count = z.number().int().min(0);
const lonLat = z.tuple([z.number(), z.number()]);
const interval = record({ p05: z.number(), p50: z.number(), p95: z.number() });

const subject = record({
  kind: z.literal('cloud-region'),
  id: z.string(),
  name: z.string(),
  operatorId: z.string(),
  partitionId: z.string(),
  metro: z.string(),
  country: z.string(),
  lonLat,
  precisionKm: z.number(),
  precisionMethod: z.string(),
  zoneIds: z.array(z.string()),
  zoneCount: z.number().int().nullable(),
  claimId,
});

const zone = record({
  id: z.string(),
  state: z.string(),
  label: z.string(),
  since: instant.nullable(),
  claimId: claimId.nullable(),
  freshness: z.string().nullable(),
  ageHours: z.number().nullable(),
  alreadyLost: z.boolean(),
  against: claimIds,
});

const now = record({
  state: z.string(),
  label: z.string(),
  since: instant.nullable(),
  claimId: claimId.nullable(),
  freshness: z.string(),
  ageHours: z.number().nullable(),
  demoted: z.boolean(),
  zones: z.array(zone),
  zonesTotal: count.nullable(),
  zonesDown: count,
  zonesLost: count,
  quorum: z.enum(['held', 'lost', 'not-known']),
  quorumText: z.string(),
  quorumClaimIds: claimIds,
  against: claimIds,
  reach: record({ until: instant, assumed: z.boolean(), claimId }).nullable(),
});

const aspect = record({
  aspect: z.string(),
  outcome: z.enum(['stated', 'not-stated', 'contested']),
  statedByOperator: z.boolean(),
  statements: z.array(record({ claimId, key: z.string(), stance: z.enum(['asserts', 'denies']), status: z.string() })),
});

const account = {
  id: z.string(),
  title: z.string(),
  peril: z.string(),
  lifecycle: z.string(),
  lifecycleReason: z.string(),
  status: z.string(),
  onset: instant.nullable(),
  lastStatementAt: instant.nullable(),
  freshness: z.string(),
  regionIds: z.array(z.string()),
  zoneIds: z.array(z.string()),
  countries: z.array(z.string()),
  severity: z.number().int().nullable(),
  originCount: count,
};
const incident = record({
  ...account,
  aspects: z.array(aspect),
  links: z.array(record({ claimId, score: z.number(), reasons: z.array(z.string()) })),
});
const coincident = record({ ...account, link: z.literal('no link asserted'), reason: z.string(), claimIds });

const part = record({ id: z.string(), label: z.string(), points: z.number(), claimIds });
const score = record({
  score: z.number(),
  shownScore: z.number().int(),
  band: z.string(),
  reference: z.number(),
  shownReference: z.number().int(),
  interval: interval.nullable(),
  contributions: z.array(
    record({
      factor: z.string(),
      label: z.string(),
      points: z.number(),
      shownPoints: z.number().int(),
      claimIds,
      parts: z.array(part),
    }),
  ),
});

const ahead = record({
  outcome: z.enum(['scored', 'prior-only', 'frozen', 'no-forward-score']),
  reason: z.string(),
  likelihood: score.nullable(),
  exposureAtReferenceSize: score.nullable(),
  probabilities: z.array(
    record({
      horizonDays: z.union([z.literal(30), z.literal(90), z.literal(365)]),
      pDamage: z.number(),
      pOutage: z.number(),
      p05: z.number(),
      p50: z.number(),
      p95: z.number(),
    }),
  ),
  frozenSince: instant.nullable(),
  modelVersion: z.string(),
  parameterHash: hash,
  inputHash: hash,
});

const model = record({
  limits: z.array(z.string()),
  parameters: z.record(z.string(), z.unknown()).describe('Every parameter by name; parameterHash is of this object'),
  parameterBasis: z.record(z.string(), record({ basis: z.string(), reason: z.string() })),
  input: z
    .looseObject({ as_of: z.string() })
    .describe('The whole document that was scored: `faultline score` takes it; inputHash is of this object'),
  evidence: z
    .array(record({ id: z.string(), label: z.string(), claimIds }))
    .describe('The claims behind each incident and each belief of the input, by its id there'),
  zonesLeft: count,
});

const coverage = record({
  incidentClass: z.enum(['provider-outage', 'armed-conflict', 'natural-hazard', 'declared-threat', 'connectivity']),
  state: z.enum(['watched', 'silent', 'stale', 'failing', 'record-only', 'leads-only', 'late-data', 'unmonitored']),
  feedIds: z.array(z.string()),
  from: instant.nullable(),
  to: instant.nullable(),
  text: z.string(),
  gaps: z
    .array(record({ begin: instant.nullable(), end: instant, reason: z.string() }))
    .describe('When nobody looked, [begin, end); begin is null where nobody ever had before'),
});

const feed = record({
  id: z.string(),
  title: z.string(),
  licence: z.string(),
  attribution: z.string(),
  cadenceSeconds: z.number(),
  health: z.string(),
  reason: z.string(),
  lastSuccessAt: instant.nullable(),
  newestContentAt: instant.nullable(),
  polls: count,
  failures: count,
  quarantined: count,
});

const citedClaim = record({
  id: claimId,
  status: z.string(),
  freshness: z.string(),
  ageHours: z.number().nullable(),
  backfilled: z.boolean(),
  claim: z
    .record(z.string(), z.unknown())
    .describe('What was recorded: the object that `ledger.record` is the text of'),
  ledger: record({
    position: count,
    recordedAt: instant.describe('By the database clock; not part of the leaf'),
    record: z.string(),
    salt: z.string().regex(/^[0-9a-f]{32}$/, '32 lower-case hex digits'),
    leafHash: hash,
  }),
});

/** An exposure report: what it says, and all that is needed to check it without us. */
export const reportSchema = record({
  schema: z.literal(REPORT_SCHEMA),
  subject,
  coordinates: record({ validAt: instant, publicAt: instant, position: count }),
  basis: record({
    basis: z.enum(['contemporaneous', 'reconstruction']),
    claims: count,
    backfilled: count,
    undated: count,
    text: z.string(),
  }),
  tlp: z.enum(TLP_LABELS),
  now,
  incidents: z.array(incident),
  coincident: z.array(coincident),
  ahead,
  model,
  notKnown: z.array(record({ aspect: z.string(), text: z.string() })),
  defaulted: z.array(record({ field: z.string(), value: z.string(), reason: z.string() })),
  leftOut: z.array(record({ id: z.string(), reason: z.string(), text: z.string() })),
  coverage: z.array(coverage),
  feeds: z.array(feed),
  hosting: record({
    outcome: z.enum(['none-found', 'not-searched', 'found']),
    text: z.string(),
    /** Each says where it is said of, a region at the finest; side by side where they disagree. */
    claims: z.array(record({ claimId, subject: z.string(), stance: z.enum(['asserts', 'denies']), text: z.string() })),
    searches: z.array(
      record({
        claimId,
        searchedFor: z.string(),
        searchedIn: z.array(z.string()),
        publishedAt: instant.nullable(),
        retrievedAt: instant,
      }),
    ),
  }),
  oldestInput: record({ claimId, publishedAt: instant, ageHours: z.number() }).nullable(),
  hindsight: z.array(
    record({ kind: z.enum(['grade', 'transcription', 'undated-reference', 'model']), text: z.string(), claimIds }),
  ),
  reviewerDecisions: record({
    count: z.number().int().min(0),
    text: z.string(),
    items: z.array(
      record({ claimId, decision: z.string(), incidentIds: z.array(z.string()), text: z.string(), by: z.string() }),
    ),
  }),
  challenges: record({
    count: z.number().int().min(0),
    text: z.string(),
    items: z.array(
      record({
        claimId,
        ofClaimId: claimId,
        state: z.string(),
        text: z.string(),
        by: z.string(),
        since: instant.nullable(),
      }),
    ),
  }),
  claims: z.array(citedClaim),
}).meta({ id: 'ExposureReport' });

export type Report = z.infer<typeof reportSchema>;
export type CitedClaim = Report['claims'][number];
